#!/usr/bin/env bash
# Brings the application up and keeps it up. Needs bash 4 or later and kubectl, nothing else.
set -euo pipefail

# shellcheck source=application.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/application.sh"

usage() {
    cat <<'END'
usage: deploy-hybrid.sh VERB [OPTION...]

  deploy      check the cluster, apply the manifests in order, wait for the pods, verify; when that fails, go back to
              what ran before
  verify      is everything there that was promised: objects, pods, endpoints, autoscalers, certificates, routes
  health      are the pods of all services ready
  rollback    go back to what ran before the last deploy
  status      a line for each service
  diff        what deploy would change
  delete      delete what deploy applied, except the namespace and volume claims; needs --yes

  --service NAME   only this service
  --timeout TIME   how long to wait in all, such as 90s, 10m or 1h (default 10m)
  --context NAME   context of kubectl (default: the current one)
  --dry-run        check and say what would be done, change nothing
  --output json    status and findings as JSON, an object a line, on standard output (default: text)
  --no-rollback    deploy: leave things as they are when it fails
  --yes            delete: do it
  --with-data      delete: volume claims and the namespace as well

exit status: 0 done, 1 failed, 2 wrong call, 3 not begun and nothing changed, 130 interrupted (deploy again completes it)
END
}

sure='' with_data='' no_rollback=''

# --- before anything is changed ---------------------------------------------------------------------------------------

check_version() {
    local text major minor wanted=${fact[kubernetes]#*.}

    text=$(kube get --raw /version)
    major=$(sed -n 's/.*"major": *"\([0-9]*\).*/\1/p' <<<"$text")
    minor=$(sed -n 's/.*"minor": *"\([0-9]*\).*/\1/p' <<<"$text")
    [ -n "$minor" ] || return 0
    [ "$major" -gt 1 ] || [ "$minor" -ge "$wanted" ] ||
        report problem cluster "is Kubernetes $major.$minor, the manifests are for ${fact[kubernetes]}: generate with --kube-version $major.$minor"
}

# The kinds that the manifests are of, once each.
each_kind() { printf '%s\n' "${manifest_things[@]%%/*}" | sort -u; }

check_kinds() {
    local kind name group version known where

    while IFS=. read -r name version group; do
        where=api/$version
        [ -z "$group" ] || where=apis/$group/$version
        if ! known=$(kube get --raw "/$where" 2>/dev/null) || [[ $known != *"\"kind\":\"$name\""* ]]; then
            kind=$name.$version${group:+.$group}
            report problem "$kind" "the cluster does not know this kind: install what defines it, or leave the part of the model out"
        fi
    done < <(each_kind)
}

check_rights() {
    local kind verb

    while read -r kind; do
        for verb in get patch create; do
            here auth can-i "$verb" "$kind" --quiet 2>/dev/null ||
                report problem "$kind" "you may not $verb it in the namespace ${fact[namespace]}: ask for the right, or use another context"
        done
    done < <(each_kind)
}

check_secrets() {
    local secret name keys has key

    for secret in "${existing_secrets[@]}"; do
        name=${secret%% *} keys=${secret#* }
        has=$(here get secret "$name" --ignore-not-found --output "go-template={{range \$key, \$value := .data}}{{\$key}} {{end}}")
        if [ -z "$has" ]; then
            report problem "Secret/$name" "is not in the namespace ${fact[namespace]}: create it first; no manifest brings it"
            continue
        fi
        for key in $keys; do
            [[ " $has" == *" $key "* ]] || report problem "Secret/$name" "has no key $key"
        done
    done
}

preflight() {
    local i

    need_cluster
    for i in "${!manifest_files[@]}"; do
        manifest_path "${manifest_files[$i]}" >/dev/null
    done
    check_version
    check_kinds
    check_rights
    check_secrets
    [ "$problems" -eq 0 ] || not_begun "nothing was changed"
}

# --- what ran before --------------------------------------------------------------------------------------------------

# The newest revision of a workload; nothing when it is not there.
revision_of() {
    is_there "$1" || return 0
    case ${1%%.*} in
    Rollout) ask "$1" '{.status.stableRS}' ;;
    *) here rollout history "$1" | sed -n 's/^\([0-9][0-9]*\)[[:space:]].*/\1/p' | tail -n 1 ;;
    esac
}

# Writes down the revisions of all workloads. A deploy that was interrupted has done so already, and half of what runs now is its own.
write_record() {
    local name workload revision lines=()

    if [ "$(ask "configmap/${fact[application]}-deploy" '{.data.state}')" = deploying ]; then
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
}

put_record() {
    local state=$1
    shift
    here create configmap "${fact[application]}-deploy" --from-literal="state=$state" "$@" --dry-run=client --output yaml |
        here apply --server-side --field-manager hybriddeploy-scripts --force-conflicts --filename - >/dev/null
}

set_state() {
    here patch configmap "${fact[application]}-deploy" --type merge --field-manager hybriddeploy-scripts --patch "{\"data\":{\"state\":\"$1\"}}" >/dev/null
}

# Back to the recorded revisions, callees first. Says so for each; fails when one does not come up again.
go_back() {
    local name workload before now failed=0 changed=()

    while read -r name; do
        workload=${workload_of[$name]}
        before=$(ask "configmap/${fact[application]}-deploy" "{.data['$name']}")
        now=$(revision_of "$workload")
        if [ -z "$before" ]; then
            say "$name: did not run before; it stays as it is"
            continue
        fi
        [ "$now" != "$before" ] || continue
        say "$name: back to revision $before${dry_run:+ (not done: --dry-run)}"
        [ -z "$dry_run" ] || continue
        case ${workload%%.*} in
        Rollout) here patch "$workload" --subresource status --type merge --patch '{"status":{"abort":true}}' >/dev/null || failed=1 ;;
        *) here rollout undo "$workload" --to-revision "$before" >/dev/null || failed=1 ;;
        esac
        changed+=("$name")
    done < <(each_workload)
    start_clock
    for name in "${changed[@]}"; do
        await_workload "${workload_of[$name]}" || {
            say "$name: is not ready again"
            failed=1
        }
    done
    [ "${#changed[@]}" -gt 0 ] || say "every service runs what it ran before"
    return "$failed"
}

# --- applying ---------------------------------------------------------------------------------------------------------

# Applies, a step at a time, what comes before (`before`) or after (`after`) all that runs pods.
apply_around() {
    local which=$1 i file step last='' past='' files=()

    for i in "${!manifest_files[@]}"; do
        file=${manifest_files[$i]} step=${manifest_files[$i]%%-*}
        if runs_pods "${manifest_things[$i]}"; then
            past=after
            continue
        fi
        if [ "${past:-before}" != "$which" ] || ! is_meant "$i"; then
            continue
        fi
        if [ "$last" != "$step" ]; then
            apply_files "${files[@]}" || return 1
            files=()
        fi
        last=$step
        files+=("$(manifest_path "$file")")
    done
    apply_files "${files[@]}"
}

# Applies what runs the pods of one rank, and waits for it; the rank - is that of the application's own.
apply_rank() {
    local rank=$1 i service thing files=() things=()

    for i in "${!manifest_files[@]}"; do
        service=${manifest_services[$i]} thing=${manifest_things[$i]}
        if ! runs_pods "$thing" || ! is_meant "$i" || [ "${rank_of[$service]--}" != "$rank" ]; then
            continue
        fi
        files+=("$(manifest_path "${manifest_files[$i]}")") things+=("$thing")
    done
    [ "${#files[@]}" -gt 0 ] || return 0
    apply_files "${files[@]}" || return 1
    [ -z "$dry_run" ] || return 0
    for thing in "${things[@]}"; do
        case ${thing%%.*} in
        Job | CronJob) continue ;;
        esac
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
        'jsonpath={range .items[*]}{.metadata.name}{": "}{.status.phase}{range .status.containerStatuses[*]}{" "}{.state.waiting.reason}{" "}{.state.waiting.message}{end}{"\n"}{end}' |
        sed 's/^/  /' | head -n 10 >&2
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
            sleep 1
        done
    done
}

# Objects that a backup brought back belong to the restorer as well; what the manifests no longer say must be able to go.
release_restored() {
    local thing

    for thing in "${manifest_things[@]}"; do
        if is_restored "$thing"; then
            release "$thing" || return 1
        fi
    done
}

each_rank() {
    printf '%s\n' -
    printf '%s\n' "${rank_of[@]}" | sort -n -u
}

apply_all() {
    local rank

    start_clock
    apply_around before || return 1
    [ -n "$dry_run" ] || await_secrets || return 1
    while read -r rank; do
        apply_rank "$rank" || return 1
    done < <(each_rank)
    apply_around after
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
    if [ -n "$dry_run" ]; then
        apply_all || failed "the cluster would refuse this; nothing was changed"
        say "the cluster would take all of it; nothing was changed"
        return 0
    fi
    write_record
    if apply_all && release_restored; then
        run_verify || say "deployed, but see the problems above"
        [ "$problems" -gt 0 ] || set_state deployed
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
    failed "the deployment failed; every service runs again what it ran before"
}

run_rollback() {
    need_cluster
    [ -n "$(ask "configmap/${fact[application]}-deploy" '{.data.state}')" ] || not_begun "no deploy is on record in the namespace ${fact[namespace]}"
    go_back || failed "not everything went back"
    [ -n "$dry_run" ] || set_state rolled-back
}

# --- looking ----------------------------------------------------------------------------------------------------------

verify_objects() {
    local i thing

    for i in "${!manifest_things[@]}"; do
        is_meant "$i" || continue
        thing=${manifest_things[$i]}
        is_there "$thing" || report problem "$(plainly "$thing")" "is not in the cluster: deploy again"
    done
}

# One by one: kinds whose health has a word of its own.
verify_conditions() {
    local i thing kind

    for i in "${!manifest_things[@]}"; do
        is_meant "$i" || continue
        thing=${manifest_things[$i]} kind=${manifest_things[$i]%%.*}
        case $kind in
        Service) verify_endpoints "${thing#*/}" ;;
        HorizontalPodAutoscaler) verify_condition "$thing" ScalingActive warning "reads no metrics: is a metrics server installed?" ;;
        Certificate) verify_condition "$thing" Ready problem "is not issued" ;;
        ExternalSecret) verify_condition "$thing" Ready warning "is not brought from its store" ;;
        HTTPRoute | GRPCRoute | TLSRoute) verify_route "$thing" ;;
        Ingress)
            [ -n "$(ask "$thing" '{.status.loadBalancer.ingress[0]}')" ] || report warning "$(plainly "$thing")" "has no address yet"
            ;;
        esac
    done
}

verify_endpoints() {
    local ready

    [ -n "$(ask "service/$1" '{.spec.selector}')" ] || return 0
    ready=$(here get endpointslices --selector "kubernetes.io/service-name=$1" --output 'jsonpath={.items[*].endpoints[*].conditions.ready}')
    [[ $ready == *true* ]] || report problem "Service/$1" "has no ready endpoint: nobody answers there"
}

verify_condition() {
    local thing=$1 condition=$2 result=$3 words=$4 status message

    status=$(ask "$thing" "{.status.conditions[?(@.type==\"$condition\")].status}")
    [ "$status" != True ] || return 0
    message=$(ask "$thing" "{.status.conditions[?(@.type==\"$condition\")].message}")
    report "$result" "$(plainly "$thing")" "$words${message:+ ($message)}"
}

verify_route() {
    local accepted

    accepted=$(ask "$1" '{.status.parents[*].conditions[?(@.type=="Accepted")].status}')
    [[ $accepted == *True* ]] || report warning "$(plainly "$1")" "no gateway has accepted it yet"
}

run_verify() {
    need_cluster
    verify_objects
    report_pods
    verify_conditions
    [ "$problems" -eq 0 ]
}

run_health() {
    need_cluster
    report_pods
    [ "$problems" -eq 0 ]
}

run_status() {
    local name image wanted ready state

    need_cluster
    [ "$output" = json ] || printf '%-32s %-12s %-8s %s\n' SERVICE KIND READY IMAGE
    while read -r name; do
        look_at "$name"
        image=$(ask "${workload_of[$name]}" "{.spec.template.spec.containers[?(@.name==\"$name\")].image}")
        if [ "$output" = json ]; then
            json_object service "$name" kind "${workload_of[$name]%%.*}" state "$state" ready "$ready" wanted "$wanted" image "$image"
        else
            printf '%-32s %-12s %-8s %s\n' "$name" "${workload_of[$name]%%.*}" "$ready/$wanted" "$image"
        fi
    done < <(each_workload)
}

run_diff() {
    local i files=() status=0

    need_cluster
    for i in "${!manifest_files[@]}"; do
        is_meant "$i" || continue
        files+=(--filename "$(manifest_path "${manifest_files[$i]}")")
    done
    kube diff --server-side --force-conflicts --field-manager hybriddeploy "${files[@]}" || status=$?
    return "$status"
}

# --- going ------------------------------------------------------------------------------------------------------------

run_delete() {
    local i thing

    need_cluster
    [ -n "$sure$dry_run" ] || wrong_call "this takes ${fact[application]} out of the namespace ${fact[namespace]}: say --yes, or --dry-run to see what would go"
    for ((i = ${#manifest_things[@]} - 1; i >= 0; i--)); do
        thing=${manifest_things[$i]}
        [ -z "$only_service" ] || [ "${manifest_services[$i]}" = "$only_service" ] || continue
        case ${thing%%.*} in
        Namespace | PersistentVolumeClaim) [ -n "$with_data" ] || continue ;;
        esac
        say "delete $(plainly "$thing")${dry_run:+ (not done: --dry-run)}"
        [ -n "$dry_run" ] || here delete "$thing" --ignore-not-found --wait=false >/dev/null || problems=1
    done
    [ -n "$dry_run$only_service" ] || here delete configmap "${fact[application]}-deploy" --ignore-not-found >/dev/null
    [ "$problems" -eq 0 ]
}

# --- the call ---------------------------------------------------------------------------------------------------------

own_option() {
    case $1 in
    --yes) sure=yes ;;
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
