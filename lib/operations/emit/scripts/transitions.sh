# shellcheck shell=bash
# The way from what runs to what the manifests say: what goes, what is handed over, what cannot be changed. Sourced, never run.

# shellcheck source=application.sh
[ -n "${folder-}" ] || . "$(dirname -- "${BASH_SOURCE[0]}")/application.sh"
# shellcheck source=archives.sh
. "$folder/scripts/archives.sh"

prune='' with_data=''

ours() { printf 'app.kubernetes.io/part-of=%s,app.kubernetes.io/managed-by=hybriddeploy' "${fact[application]}"; }

# Kind and group/name of a thing: versions come and go.
without_version() {
    thing_key=${1#*.}
    thing_key="${1%%.*} ${thing_key#*.}"
}

# Objects with the application's labels that no manifest says any more, and their services. Endpoints are their Service's.
orphans=()
declare -A orphan_of=() replaced=()

find_orphans() {
    local thing rest thing_key kinds template
    local -A said=()

    for thing in "${manifest_things[@]}"; do
        without_version "$thing"
        said[$thing_key]=yes
    done
    kinds=$(kube api-resources --namespaced --verbs delete,list --output name | sed '/^endpoints$/d' | tr '\n' ,) || true
    [ -n "$kinds" ] || return 0
    template="{.metadata.labels.app\\.kubernetes\\.io/name}|{.metadata.ownerReferences[*].kind}"
    while IFS=$'\t' read -r thing rest; do
        without_version "$thing"
        [ -z "${said[$thing_key]-}${rest#*|}" ] || continue
        orphans+=("$thing") orphan_of[$thing]=${rest%|*}
        ! runs_pods "$thing" || [ -z "${rank_of[${rest%|*}]-}" ] || replaced[${rest%|*}]=yes
    done < <(here get "${kinds%,}" --selector "$(ours)${only_service:+,app.kubernetes.io/name=$only_service}" --output "$(of_each "$template")" | name_things)
}

holds_data() {
    case ${1%%.*} in
    Namespace | PersistentVolumeClaim) return 0 ;;
    StatefulSet) [ "$(ask "$1" '{.spec.persistentVolumeClaimRetentionPolicy.whenDeleted}')" = Delete ] ;;
    *) return 1 ;;
    esac
}

take_out() {
    say "delete $(plainly "$1")${dry_run:+ (not done: --dry-run)}"
    [ -n "$dry_run" ] || there "$1" delete "$1" --ignore-not-found --wait=false >/dev/null
}

# Routes go first, then all else, then the things that run pods.
turn_of() {
    case ${1%%.*} in
    VirtualService | *Route) printf 1 ;;
    *) if runs_pods "$1"; then printf 3; else printf 2; fi ;;
    esac
}

# Once what is new serves, what ran a service's pods in another way goes; with --prune all that no manifest says.
take_out_orphans() {
    local thing

    while read -r thing; do
        if [ -z "$prune${replaced[${orphan_of[$thing]:--}]-}" ]; then
            report warning "$(plainly "$thing")" "no manifest says it any more, and it stays: deploy --prune takes it out"
        elif [ -z "$with_data" ] && holds_data "$thing"; then
            report warning "$(plainly "$thing")" "holds data and stays: --with-data takes it out"
        else
            take_out "$thing" || report warning "$(plainly "$thing")" "stays"
        fi
    done < <(for thing in "${orphans[@]}"; do printf '%s %s\n' "$(turn_of "$thing")" "$thing"; done | sort | cut -d ' ' -f 2)
}

# --- numbers of pods ---

scales() {
    case ${1%%.*} in
    HorizontalPodAutoscaler | ScaledObject) return 0 ;;
    *) return 1 ;;
    esac
}

# An autoscaler that no manifest says goes before its service gets a number of pods.
drop_scalers() {
    local thing left=()

    for thing in "${orphans[@]}"; do
        if scales "$thing" && [ -n "${rank_of[${orphan_of[$thing]:--}]-}" ]; then
            say "$(plainly "$thing") goes: the manifests say how many pods ${orphan_of[$thing]} has"
            take_out "$thing" || return 1
        else
            left+=("$thing")
        fi
    done
    orphans=("${left[@]}")
}

# The number of pods is the autoscaler's from now on. Without an owner it would become 1; the autoscaler comes before it could.
hand_over() {
    local i thing rest number kind version group files=() targets=()
    local -A scaler_of=()

    for i in "${!manifest_things[@]}"; do
        ! scales "${manifest_things[$i]}" || ! is_meant "$i" || scaler_of[${manifest_things[$i]#*/}]=$i
    done
    for thing in "${manifest_things[@]}"; do
        case ${thing%%.*} in
        Deployment | StatefulSet | Rollout) [ -z "${scaler_of[${thing#*/}]-}" ] || targets+=("$thing") ;;
        esac
    done
    [ "${#targets[@]}" -gt 0 ] || return 0
    while IFS=$'\t' read -r thing rest; do
        number=${rest%%|*}
        case $rest in '|'* | *'|') continue ;; esac
        say "$(plainly "$thing"): its $number pods are the autoscaler's from now on${dry_run:+ (not done: --dry-run)}"
        files+=("$(manifest_path "${manifest_files[${scaler_of[${thing#*/}]}]}")")
        [ -z "$dry_run" ] || continue
        IFS=. read -r kind version group <<<"${thing%%/*}"
        printf 'apiVersion: %s\nkind: %s\nmetadata: {name: "%s", namespace: "%s"}\nspec: {replicas: %s}\n' "$group/$version" "$kind" "${thing#*/}" \
            "${fact[namespace]}" "$number" | kube apply --server-side --field-manager hybriddeploy-scripts --filename - >/dev/null || return 1
    done < <(ask_all '{.spec.replicas}|{.metadata.managedFields[?(@.manager=="hybriddeploy")].fieldsV1.f:spec.f:replicas}' "${targets[@]}")
    apply_files "${files[@]}"
}

# --- canaries ---

# Routes whose weights Argo Rollouts moves at this moment.
declare -A in_flight=()

find_in_flight() {
    local service phase names name

    for service in "${!workload_of[@]}"; do
        [ "${workload_of[$service]%%.*}" = Rollout ] || continue
        IFS='|' read -r phase names <<<"$(ask "${workload_of[$service]}" '{.status.phase}|{.spec.strategy.canary.trafficRouting..name}')"
        case $phase in
        Paused | Progressing)
            for name in $names; do
                in_flight[${name%".${fact[namespace]}"}]=$service
            done
            ;;
        esac
    done
}

# Whether a canary has a route in its hands: all of a list of routes is its controller's.
is_in_flight() {
    case ${1%%.*} in
    VirtualService | DestinationRule | *Route) [ -n "${in_flight[${1#*/}]-}" ] && is_there "$1" || return 1 ;;
    *) return 1 ;;
    esac
    say "$(plainly "$1") stays as it is while the canary of ${in_flight[${1#*/}]} is on its way: deploy again afterwards"
}

# --- what cannot be changed ---

way_of() {
    local delete="kubectl --namespace ${fact[namespace]} delete $1 $2"

    case $1 in
    StatefulSet) printf '%s' "$delete --cascade=orphan, then deploy: its pods and claims stay, and pods are replaced one by one; claims are enlarged or copied by hand" ;;
    Deployment | DaemonSet) printf '%s' "$delete --cascade=orphan, then deploy: its pods serve until you delete them, when the new ones are ready" ;;
    Service) printf '%s' "$delete, then deploy at once: it gets another address, and nobody answers in between" ;;
    PersistentVolumeClaim) printf '%s' "give the volume another name, deploy, and copy the data" ;;
    *) printf '%s' "$delete, then deploy" ;;
    esac
}

# Asks the cluster first whether it would refuse to change a field. Jobs are made again anyway.
check_changes() {
    local i thing why line kind='' name='' told='' call=(kube apply --server-side --dry-run=server --force-conflicts --field-manager hybriddeploy)

    for thing in "${orphans[@]}"; do
        if [ "${thing%%.*}" = Canary ] && [ -n "${workload_of[${orphan_of[$thing]:--}]-}" ]; then
            report problem "$(plainly "$thing")" "no manifest says it any more, and Flagger has the service in its hands. Have it given back: kubectl --namespace ${fact[namespace]} patch canary ${thing#*/} --type merge --patch '{\"spec\":{\"revertOnDeletion\":true}}', delete the Canary, wait for the service's pods, then deploy"
        fi
    done
    for i in "${!manifest_files[@]}"; do
        thing=${manifest_things[$i]}
        [ "${thing%%.*}" = Job ] || is_left_out "$thing" || ! is_meant "$i" || call+=(--filename "$(manifest_path "${manifest_files[$i]}")")
    done
    why=$("${call[@]}" 2>&1 >/dev/null) || true
    while IFS= read -r line; do
        [[ ! $line =~ The\ ([A-Za-z]+)\ \"([^\"]+)\" ]] || kind=${BASH_REMATCH[1]} name=${BASH_REMATCH[2]}
        [[ $line =~ immutable|updates\ to\ statefulset\ spec|forbidden\ after\ creation|may\ not\ (be\ )?change|cannot\ change|not\ be\ less\ than ]] || continue
        say "$line"
        [ "$told" != "$kind/$name" ] || continue
        told=$kind/$name
        report problem "$told" "a field of it cannot be changed. Keep its value in the model; or $(way_of "$kind" "$name")"
    done <<<"$why"
    [ "$problems" -eq 0 ] || not_begun "nothing was changed"
}

# --- configuration ---

# Pods of an older revision get the configuration of that time, kept before each deploy.
keep_config() {
    here get configmap --selector "$(ours)" --output yaml | documents_of_list '' |
        here create configmap "$(record)-config" --from-file=objects=/dev/stdin --dry-run=client --output yaml |
        here apply --server-side --field-manager hybriddeploy-scripts --force-conflicts --filename - >/dev/null ||
        say "the configuration of now cannot be kept: a way back will not bring it"
}

bring_config() {
    local why services objects

    printf -v services ',%s' "$@"
    objects=$(ask "configmap/$(record)-config" '{.data.objects}')
    [ -n "$objects" ] || return 0
    why=$(kube apply --server-side --field-manager hybriddeploy --force-conflicts --selector "app.kubernetes.io/name in (${services#,})" \
        --filename - <<<"$objects" 2>&1 >/dev/null) || [[ $why == *"no objects passed"* ]] || {
        say "$why"
        return 1
    }
}
