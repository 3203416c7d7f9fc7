#!/usr/bin/env bash
# Brings the application up and keeps it up. Needs bash 4.4 or later and kubectl, nothing else.
set -euo pipefail

# shellcheck source=application.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/application.sh"
# shellcheck source=preflight.sh
. "$folder/scripts/preflight.sh"
# shellcheck source=transitions.sh
. "$folder/scripts/transitions.sh"

usage() {
    cat <<'END'
usage: deploy-hybrid.sh VERB [OPTION...]

  deploy      check the cluster, apply the manifests in order, wait for the pods, verify; when that fails, go back to
              what ran before
  verify      is everything there that was promised: objects, pods, endpoints, autoscalers, certificates, routes
  health      are the pods of all services ready
  rollback    go back to what ran before the last deploy
  status      a line for each service, and for each object of ours that no manifest says any more
  diff        what deploy would change
  delete      delete what deploy applied, except the namespace and volume claims; needs --yes

  --service NAME   only this service
  --timeout TIME   how long to wait in all, such as 90s, 10m or 1h (default 10m)
  --context NAME   context of kubectl (default: the current one)
  --dry-run        check and say what would be done, change nothing
  --output json    status and findings as JSON, an object a line, on standard output (default: text)
  --no-rollback    deploy: leave things as they are when it fails
  --prune          deploy: at its end, delete what is ours and no manifest says any more; no volume claims
  --yes            delete: do it
  --take-over      go on where another run holds the application and is dead
  --with-data      delete, --prune: volume claims as well; delete: and the namespace

exit status: 0 done, 1 failed, 2 wrong call, 3 not begun and nothing changed, 130 interrupted (deploy again completes it)
END
}

sure='' no_rollback=''

# --- what ran before ---

# Writes down the revisions of all workloads, unless a deploy that was interrupted has done so.
write_record() {
    local name workload revision lines=()

    if [ "$(ask "configmap/$(record)" '{.data._state}')" = deploying ]; then
        say "an earlier deploy was interrupted; a rollback goes back to what ran before that"
        return 0
    fi
    for name in "${services[@]}"; do
        [ -n "${workload_of[$name]+known}" ] || continue
        workload=${workload_of[$name]}
        revision=$(revision_of "$workload")
        [ -z "$revision" ] || lines+=("--from-literal=$name=$revision")
    done
    put_record deploying "${lines[@]}"
    keep_config
}

put_record() {
    local state=$1
    shift
    here create configmap "$(record)" --from-literal="_state=$state" "$@" --dry-run=client --output yaml |
        here apply --server-side --field-manager hybriddeploy-scripts --force-conflicts --filename - >/dev/null
}

# What is deployed, and since when, tells what an archive is worth.
set_deployed() {
    if [ -n "$only_service" ]; then
        set_state deployed
    else
        patch_record "$locked" _state deployed _deployed "$(date -u +%Y%m%dT%H%M%SZ)" _manifests "$(sum_of_manifests)"
    fi
}

set_state() { patch_record "$locked" _state "$1"; }

ran_before=''

# Back to the recorded revisions, callees first; fails when one does not come up again.
go_back() {
    local name workload before now failed=0 changed=() names=()

    mapfile -t names < <(each_workload)
    [ -n "$dry_run" ] || bring_config "${names[@]}" || failed=1
    for name in "${names[@]}"; do
        workload=${workload_of[$name]}
        before=$(ask "configmap/$(record)" "{.data['$name']}")
        now=$(revision_of "$workload")
        if [ -z "$before" ]; then
            say "$name: did not run before; it stays as it is"
            continue
        fi
        ran_before=yes
        [ "$now" != "$before" ] || continue
        say "$name: back to revision $before${dry_run:+ (not done: --dry-run)}"
        [ -z "$dry_run" ] || continue
        if return_to "$workload" "$before"; then
            changed+=("$name")
        else
            failed=1
        fi
    done
    start_clock
    for name in "${changed[@]}"; do
        await_workload "${workload_of[$name]}" || {
            say "$name: is not ready again"
            failed=1
        }
    done
    [ "${#changed[@]}" -gt 0 ] || [ -z "$ran_before" ] || say "every service runs what it ran before"
    return "$failed"
}

# --- applying ---

# Applies what comes before (`before`) or after (`after`) all that runs pods. Subsets of pods that replace others come after them.
apply_around() {
    local i thing when past=before files=()

    for i in "${!manifest_files[@]}"; do
        thing=${manifest_things[$i]} when=$past
        if runs_pods "$thing"; then
            past=after
            continue
        fi
        [ "${thing%%.*}${replaced[${manifest_services[$i]}]-}" != DestinationRuleyes ] || when=after
        if [ "$when" = "$1" ] && is_meant "$i" && ! is_left_out "$thing" && ! is_in_flight "$thing"; then
            files+=("$(manifest_path "${manifest_files[$i]}")")
        fi
    done
    apply_files "${files[@]}"
}

# Applies what runs the pods of one rank, and waits for it; the rank - is that of the application's own.
apply_rank() {
    local rank=$1 i service thing files=() things=() jobs=()

    for i in "${!manifest_files[@]}"; do
        service=${manifest_services[$i]} thing=${manifest_things[$i]}
        if ! runs_pods "$thing" || ! is_meant "$i" || [ "${rank_of[$service]--}" != "$rank" ]; then
            continue
        fi
        if [ "${thing%%.*}" = Job ]; then
            jobs+=("$(manifest_path "${manifest_files[$i]}")")
        else
            files+=("$(manifest_path "${manifest_files[$i]}")") things+=("$thing")
        fi
    done
    apply_files "${files[@]}" || return 1
    apply_jobs "${jobs[@]}" || return 1
    [ -z "$dry_run" ] || return 0
    for thing in "${things[@]}"; do
        case ${thing%%.*} in CronJob | ScaledJob) continue ;; esac
        say "waiting for $(plainly "$thing")"
        await_workload "$thing" || {
            say "$(plainly "$thing") did not become ready in $timeout s:"
            explain_pods "${thing#*/}"
            return 1
        }
    done
}

# Why pods are not ready, in their own words.
explain_pods() {
    here get pods --selector "app.kubernetes.io/name=$1" --output \
        'jsonpath={range .items[*]}{.metadata.name}{": "}{.status.phase}{range .status.containerStatuses[*]}{" "}{.state.waiting.reason}{" "}{.state.waiting.message}{end}{" "}{.status.conditions[?(@.status=="False")].message}{"\n"}{end}' |
        sed 's/^/  /' | head -n 10 | safe_lines >&2
}

# External secrets become Secrets by their operator; pods that come before would fail and be tried again.
await_secrets() {
    local thing

    for thing in "${manifest_things[@]}"; do
        [ "${thing%%.*}" = ExternalSecret ] || continue
        say "waiting for the Secret of $(plainly "$thing")"
        until [ -n "$(ask "secret/${thing#*/}" '{.metadata.name}')" ]; do
            if [ "$SECONDS" -ge "$deadline" ]; then
                say "no Secret ${thing#*/}: $(ask "$thing" '{.status.conditions[*].message}')"
                return 1
            fi
            nap 1
        done
    done
}

# Objects that a backup brought back are the restorer's, too: it gives them up. Claims cannot be changed.
release_restored() {
    local thing

    while read -r thing; do
        [ "${thing%%.*}" = PersistentVolumeClaim ] || release "$thing" || return 1
    done < <(restored_of "${manifest_things[@]}")
}

each_rank() {
    printf '%s\n' -
    printf '%s\n' "${rank_of[@]}" | sort -n -u
}

apply_all() {
    local rank

    start_clock
    find_in_flight
    drop_scalers || return 1
    hand_over || return 1
    apply_around before || return 1
    [ -n "$dry_run" ] || await_secrets || return 1
    while read -r rank; do
        apply_rank "$rank" || return 1
    done < <(each_rank)
    apply_around after || return 1
    [ -n "$dry_run" ] || await_numbers
}

run_deploy() {
    preflight
    if ! is_there "namespace/${fact[namespace]}"; then
        if [ -n "$dry_run" ]; then
            say "the namespace ${fact[namespace]} is not there: all ${#manifest_files[@]} objects would be new"
            return 0
        fi
        apply_files "$(manifest_path "${manifest_files[0]}")" || failed "the namespace cannot be made"
    fi
    find_orphans
    check_changes
    if [ -n "$dry_run" ]; then
        apply_all || failed "the cluster would refuse this; nothing was changed"
        take_out_orphans
        say "the cluster would take all of it; nothing was changed"
        return 0
    fi
    lock deploy
    write_record
    if apply_all && release_restored; then
        run_verify || say "deployed, but see the problems above"
        [ "$problems" -gt 0 ] || {
            take_out_orphans
            set_deployed
        }
    else
        problems=1
    fi
    [ "$problems" -gt 0 ] || {
        say "${fact[application]} is deployed"
        return 0
    }
    [ -z "$no_rollback" ] || failed "the deployment failed; --no-rollback: everything stays as it is"
    say "the deployment failed: going back"
    go_back || failed "the deployment failed, and so did the way back; look at: deploy-hybrid.sh health"
    set_state rolled-back
    [ -n "$ran_before" ] || failed "the deployment failed; no service ran before, and what is there stays for you to look at"
    failed "the deployment failed; every service runs again what it ran before"
}

run_rollback() {
    need_cluster
    lock rollback
    [ -n "$(ask "configmap/$(record)" '{.data._state}')" ] || not_begun "no deploy is on record in the namespace ${fact[namespace]}"
    go_back || failed "not everything went back"
    [ -n "$dry_run" ] || set_state rolled-back
}

# --- looking ---

# Things that are meant.
each_meant() {
    local i

    for i in "${!manifest_things[@]}"; do
        ! is_meant "$i" || printf '%s\n' "${manifest_things[$i]}"
    done
}

# All that is asked of things at once: a selector, conditions, what routes say, an address.
readonly how_things_are="{.spec.selector}|{range .status.conditions[*]}{.type}={.status} {end}|{.status.parents[*].conditions[?(@.type=='Accepted')].status}|{.status.loadBalancer.ingress[0]}"

# A kind that the cluster does not know spoils a question about many: then each is asked for alone.
read_things() {
    local thing

    ask_all "$how_things_are" "$@" 2>/dev/null && return 0
    for thing in "$@"; do
        ask_all "$how_things_are" "$thing" || report problem "$(plainly "$thing")" "cannot be read"
    done
}

verify_things() {
    local thing answers rest selector conditions accepted address endpoints things=()
    local -A answer_of=()

    mapfile -t things < <(each_meant)
    answers=$(read_things "${things[@]}")
    while IFS=$'\t' read -r thing rest; do
        [ -z "$thing" ] || answer_of[$thing]=$rest
    done <<<"$answers"
    endpoints=$(here get endpointslices --output "jsonpath={range .items[*]}{.metadata.labels.kubernetes\\.io/service-name}{range .endpoints[*]}={.conditions.ready}{end}{' '}{end}")
    for thing in "${things[@]}"; do
        if [ -z "${answer_of[$thing]+there}" ]; then
            report problem "$(plainly "$thing")" "is not in the cluster: deploy again"
            continue
        fi
        IFS='|' read -r selector conditions accepted address <<<"${answer_of[$thing]}"
        case ${thing%%.*} in
        Service)
            [ -z "$selector" ] || [[ " $endpoints" =~ " ${thing#*/}="[a-z=]*true ]] ||
                report problem "$(plainly "$thing")" "has no ready endpoint: nobody answers there"
            ;;
        HorizontalPodAutoscaler) verify_condition "$thing" "$conditions" ScalingActive warning "reads no metrics: is a metrics server installed?" ;;
        ScaledJob) verify_condition "$thing" "$conditions" Ready warning "runs no Jobs: is KEDA installed, and do its triggers answer?" ;;
        ScaledObject) verify_condition "$thing" "$conditions" Ready warning "scales nothing: is KEDA installed, and do its triggers answer?" ;;
        Canary)
            [[ " $conditions" != *" Promoted=False "* ]] ||
                report warning "$(plainly "$thing")" "Flagger has taken back the last version that it judged: the one before it serves"
            ;;
        Certificate) verify_condition "$thing" "$conditions" Ready problem "is not issued" ;;
        ExternalSecret) verify_condition "$thing" "$conditions" Ready warning "is not brought from its store" ;;
        HTTPRoute | GRPCRoute | TLSRoute) [[ $accepted == *True* ]] || report warning "$(plainly "$thing")" "no gateway has accepted it yet" ;;
        Job) [[ " $conditions" != *" Failed=True "* ]] || report problem "$(plainly "$thing")" "has failed: look at its pods' logs" ;;
        Ingress) [ -n "$address" ] || report warning "$(plainly "$thing")" "has no address yet" ;;
        esac
    done
}

# Where a condition is not met, its own words are asked for.
verify_condition() {
    local thing=$1 conditions=$2 condition=$3 result=$4 words=$5 message

    [[ " $conditions" != *" $condition=True "* ]] || return 0
    message=$(ask "$thing" "{.status.conditions[?(@.type==\"$condition\")].message}")
    report "$result" "$(plainly "$thing")" "$words${message:+ ($message)}"
}

run_verify() {
    need_cluster
    report_pods
    verify_things
    [ "$problems" -eq 0 ]
}

run_health() {
    need_cluster
    report_pods
    [ "$problems" -eq 0 ]
}

run_status() {
    local name image safe wanted ready updated state thing names=()

    need_cluster
    mapfile -t names < <(each_workload)
    look_around "${names[@]}"
    [ "$output" = json ] || printf '%-32s %-12s %-8s %s\n' SERVICE KIND READY IMAGE
    for name in "${names[@]}"; do
        state_of "$name"
        image=$(ask "$(running_thing "$name")" "{.spec.template.spec.containers[?(@.name==\"$name\")].image}")
        if [ "$output" = json ]; then
            json_object service "$name" kind "${workload_of[$name]%%.*}" state "$state" ready "$ready" wanted "$wanted" image "$image"
        else
            make_safe "$image"
            printf '%-32s %-12s %-8s %s\n' "$name" "${workload_of[$name]%%.*}" "$ready/$wanted" "$safe"
        fi
    done
    find_orphans
    for thing in "${orphans[@]}"; do
        if [ "$output" = json ]; then
            json_object orphan "$(plainly "$thing")" service "${orphan_of[$thing]}"
        else
            printf '%-32s %-12s %-8s %s\n' "${thing#*/}" "${thing%%.*}" - "no manifest says it: deploy --prune takes it out"
        fi
    done
}

run_diff() {
    local i files=() status=0

    need_cluster
    for i in "${!manifest_files[@]}"; do
        is_meant "$i" || continue
        files+=(--filename "$(manifest_path "${manifest_files[$i]}")")
    done
    kube diff --server-side --force-conflicts --field-manager hybriddeploy "${files[@]}" | safe_lines || status=$?
    return "$status"
}

# --- going ---

run_delete() {
    local i thing

    need_cluster
    [ -n "$sure$dry_run" ] || wrong_call "this takes ${fact[application]} out of the namespace ${fact[namespace]}: say --yes, or --dry-run to see what would go"
    lock delete
    for ((i = ${#manifest_things[@]} - 1; i >= 0; i--)); do
        thing=${manifest_things[$i]}
        [ -z "$only_service" ] || [ "${manifest_services[$i]}" = "$only_service" ] || continue
        case ${thing%%.*} in
        Namespace | PersistentVolumeClaim) [ -n "$with_data" ] || continue ;;
        esac
        take_out "$thing" || problems=1
    done
    [ -n "$dry_run$only_service" ] || here delete configmap "$(record)" "$(record)-config" --ignore-not-found >/dev/null
    [ "$problems" -eq 0 ]
}

# --- the call ---

own_option() {
    case $1 in
    --yes) sure=yes ;;
    --prune) prune=yes ;;
    --with-data) with_data=yes ;;
    --no-rollback) no_rollback=yes ;;
    *) return 0 ;;
    esac
    return 1
}

own_word() { return 1; }

main() {
    local verb=${1-}

    case $verb in
    -h | --help | help)
        usage
        return 0
        ;;
    deploy | verify | health | rollback | status | diff | delete) shift ;;
    '') wrong_call "name a verb: deploy, verify, health, rollback, status, diff or delete (--help says more)" ;;
    *) wrong_call "there is no verb $verb (--help says which there are)" ;;
    esac
    load_facts
    read_options "$@"
    on_interruption 'run the same again, which completes it'
    "run_$verb"
}

main "$@"
