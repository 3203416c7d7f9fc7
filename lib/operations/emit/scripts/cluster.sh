# shellcheck shell=bash
# How the scripts beside this file ask the cluster, change it, and keep out of each other's way.
# Sourced by application.sh, never run.

# What has been read by then.
declare -A fact workload_of least_of flagger_has
declare -a kube_options
declare timeout

# What kubectl complains of has the cluster's words in it.
kube() {
    {
        kubectl "${kube_options[@]}" "$@" 2>&1 1>&3 3>&- | safe_lines >&2 3>&-
    } 3>&1
}
# What takes long, in the background: see nap.
kube_long() {
    kubectl "${kube_options[@]}" "$@" >/dev/null 2> >(safe_lines >&2) &
    wait "$!"
}
here() { kube --namespace "${fact[namespace]}" "$@"; }

# Where a thing is: the namespace that its manifest names, else the application's.
space_name() {
    local space=${space_of[$1]:--}

    [ "$space" != - ] || space=${fact[namespace]}
    printf '%s' "$space"
}
there() { kube --namespace "$(space_name "$1")" "${@:2}"; }

# Something about a thing, by JSONPath; nothing when the thing is not there.
ask() { there "$1" get "$1" --ignore-not-found --output "jsonpath=$2"; }

is_there() { [ -n "$(ask "$1" '{.metadata.name}')" ]; }

# Of each thing that is there a line: its name as in manifest_things, a tab, and what the template says.
ask_all() {
    local template=$1 thing space things
    local -A things_in=()

    shift
    for thing in "$@"; do
        things_in[$(space_name "$thing")]+="$thing "
    done
    for space in "${!things_in[@]}"; do
        read -r -a things <<<"${things_in[$space]}"
        ask_in "$space" "$template" "${things[@]}" || return 1
    done
}

# The first of each call is asked for twice: a single one would be no list.
ask_in() {
    local space=$1 template=$2

    shift 2
    while [ $# -gt 0 ]; do
        kube --namespace "$space" get "$1" "${@:1:100}" --ignore-not-found --show-managed-fields --output "$(of_each "$template")" || return 1
        shift "$(($# < 100 ? $# : 100))"
    done | name_things
}

# A template for the things of a list, each a line, which name_things reads.
of_each() { printf '%s' "jsonpath={range .items[*]}{.kind}{'\\t'}{.apiVersion}{'\\t'}{.metadata.name}{'\\t'}$1{'\\n'}{end}"; }
name_things() {
    local kind version name rest group

    while IFS=$'\t' read -r kind version name rest; do
        group=${version%/*}
        [[ $version == */* ]] || group=''
        printf '%s\t%s\n' "$kind.${version##*/}.$group/$name" "$rest"
    done
}

need_cluster() {
    local why

    command -v kubectl >/dev/null || not_begun "kubectl is not on the PATH"
    why=$(kube --request-timeout 20s get --raw /readyz 2>&1) || not_begun "the cluster cannot be reached, nothing was changed: ${why##*$'\n'}"
}

# --- one at a time ---
# The record of deploys, a ConfigMap, says who is at work, and until when at most. Services' names begin with no _.

locked='' lock_ends=0

record() { printf '%s-deploy' "${fact[application]}"; }

# This machine, as far as numbers of processes go; nothing where that cannot be told.
machine() {
    [ ! -r /proc/sys/kernel/random/boot_id ] || printf '%s/%s' "$(cat /proc/sys/kernel/random/boot_id)" "$(readlink /proc/self/ns/pid)"
}

# Whether a process, `<number> <machine>`, may run still.
may_run() { [ -z "${1#* }" ] || [ "${1#* }" != "$(machine)" ] || [ -d "/proc/${1%% *}" ]; }

# Sets entries of the record, names and values by turns; not when its holder is another one than the first word says.
patch_record() {
    local patch

    patch="[{\"op\": \"test\", \"path\": \"/data/_holder\", \"value\": $(json_string "$1")}"
    shift
    while [ $# -gt 1 ]; do
        patch+=", {\"op\": \"add\", \"path\": \"/data/$1\", \"value\": $(json_string "$2")}"
        shift 2
    done
    here --request-timeout 20s patch configmap "$(record)" --type json --field-manager hybriddeploy-scripts --patch "$patch]" >/dev/null 2>&1
}

# Takes the application for a verb, or ends. Where there is no namespace there is nothing to take.
lock() {
    local process holder why

    if [ -n "$locked$dry_run" ] || ! is_there "namespace/${fact[namespace]}"; then
        return 0
    fi
    process="$$ $(machine)" holder="$1 by ${USER:-$(id -un)} on $HOSTNAME, process $$, begun at $(date -u +%Y-%m-%dT%H:%M:%SZ)"
    lock_ends=$(($(date +%s) + 2 * timeout + 300))
    why=$(here create configmap "$(record)" "--from-literal=_holder=$holder" "--from-literal=_process=$process" \
        "--from-literal=_ends=$lock_ends" 2>&1 >/dev/null) || take_from_others "$holder" "$process" "$why"
    locked=$holder
    trap unlock EXIT
}

take_from_others() {
    local mine=$1 process ends holder left

    IFS='|' read -r ends process holder <<<"$(ask "configmap/$(record)" '{.data._ends}|{.data._process}|{.data._holder}')"
    [ -n "$ends$process$holder" ] || not_begun "the ConfigMap $(record) cannot be written: $3"
    if [ -n "$holder" ]; then
        [[ $ends =~ ^[0-9]{1,12}$ ]] || ends=0
        left=$((ends - $(date +%s)))
        if [ -z "$take_over" ] && [ "$left" -gt 0 ] && may_run "$process"; then
            not_begun "$holder, is at work: wait for it, $((left / 60 + 1)) minutes at most; where it is dead, say --take-over"
        fi
        say "taking over from a run that is dead: $holder"
    fi
    patch_record "$holder" _holder "$mine" _process "$2" _ends "$lock_ends" || not_begun "another run was faster: wait for it"
}

unlock() { [ -z "$locked" ] || patch_record "$locked" _holder '' || true; }

# All waiting of a run ends at one time. Who waits longer than was said at first says so.
deadline=0
start_clock() {
    local now

    deadline=$((SECONDS + timeout))
    [ -n "$locked" ] || return 0
    now=$(date +%s)
    [ $((now + timeout + 60)) -gt "$lock_ends" ] || return 0
    lock_ends=$((now + 2 * timeout + 300))
    patch_record "$locked" _ends "$lock_ends" || failed "another run has taken over"
}

# --- changing ---

# Waits until the pods of a workload are those that it wants.
await_workload() {
    local rest=$((deadline - SECONDS))

    case ${1%%.*} in
    Rollout)
        await_rollout "$1"
        return
        ;;
    # With OnDelete nothing replaces pods but somebody who deletes them.
    StatefulSet | DaemonSet) [ "$(ask "$1" '{.spec.updateStrategy.type}')" != OnDelete ] || return 0 ;;
    esac
    kube_long --namespace "${fact[namespace]}" rollout status "$1" --timeout "$((rest > 0 ? rest : 1))s" || return 1
    if [ -n "${flagger_has[${1#*/}]-}" ] && is_there "$1-primary"; then
        say "$(plainly "$1"): what is new in it takes over step by step; Flagger judges it from here on"
    fi
}

# A new version that takes over step by step is judged by Argo Rollouts, for as long as its steps are.
await_rollout() {
    local generation seen phase words

    while :; do
        IFS='|' read -r generation seen phase words <<<"$(ask "$1" '{.metadata.generation}|{.status.observedGeneration}|{.status.phase}|{.status.message}')"
        case $generation/$seen/$phase in
        "$seen/$seen/Healthy") return 0 ;;
        "$seen/$seen/Paused")
            say "$(plainly "$1"): the new version takes over step by step; Argo Rollouts judges it from here on ($words)"
            return 0
            ;;
        "$seen/$seen/Degraded")
            say "$(plainly "$1"): $words"
            return 1
            ;;
        esac
        [ "$SECONDS" -lt "$deadline" ] || return 1
        nap 1
    done
}

# Whether all conflicts are with people, a canary's controller, or about a number of pods that no autoscaler of others decides on.
is_forced() {
    local others

    others=$(grep -o 'conflicts\? with "[^"]*"\( with subresource "[^"]*"\)\?' <<<"$1" |
        grep -v 'with "kubectl\|with "hybriddeploy\|with "rollouts-controller') || return 0
    ! grep -qv 'subresource "scale"' <<<"$others" || return 1
    ! here get hpa --output "jsonpath={range .items[*]}{.metadata.labels.app\\.kubernetes\\.io/part-of}{.metadata.ownerReferences[*].kind}{'\\n'}{end}" |
        grep -qvx "${fact[application]}\|.*ScaledObject"
}

# Applies files. What people changed by hand is taken back; what a controller changed is its own, and told as a conflict.
apply_files() {
    local why file call=(kube apply --server-side --field-manager hybriddeploy)

    [ $# -gt 0 ] || return 0
    [ -z "$dry_run" ] || call+=(--dry-run=server)
    for file in "$@"; do
        call+=(--filename "$file")
    done
    why=$("${call[@]}" 2>&1 >/dev/null) && return 0
    if [[ $why =~ conflicts?\ with ]] && is_forced "$why"; then
        "${call[@]}" --force-conflicts >/dev/null && return 0
    fi
    say "$why"
    return 1
}

# Applies what runs to an end. Kubernetes changes none of it once it is there, so another one takes its place.
apply_jobs() {
    local why file thing

    for file in "$@"; do
        thing=$(kube get --filename "$file" --ignore-not-found --output 'jsonpath={.kind}.v1.batch/{.metadata.name}')
        if [ -n "$thing" ] && why=$(kube apply --server-side --field-manager hybriddeploy --force-conflicts --dry-run=server --filename "$file" 2>&1 >/dev/null); then
            thing=''
        elif [ -n "$thing" ] && [[ $why != *'field is immutable'* ]]; then
            say "$why"
            return 1
        elif [ -n "$thing" ] && [ "$(ask "$thing" '{.status.active}')" -gt 0 ] 2>/dev/null; then
            say "$(plainly "$thing") runs still, and cannot be changed: wait for it, or delete it"
            return 1
        fi
        if [ -n "$thing" ]; then
            say "$(plainly "$thing"): another one takes its place${dry_run:+ (not done: --dry-run)}"
            [ -z "$dry_run" ] || continue
            here delete "$thing" >/dev/null || return 1
        fi
        apply_files "$file" || return 1
    done
}

# Restored fields have a manager of their own, so that a later deploy can tell them from those of the manifests.
apply_restored() { kube apply --server-side --field-manager hybriddeploy-restore --force-conflicts "$@"; }

# Of things, those with fields that a restore brought.
restored_of() {
    local thing managers

    while IFS=$'\t' read -r thing managers; do
        [[ $managers != *hybriddeploy-restore* ]] || printf '%s\n' "$thing"
    done < <(ask_all '{.metadata.managedFields[*].manager}' "$@") | sort -u
}

# Gives up all fields that a restore brought: what nobody else wants goes.
release() {
    local kind version group space=${space_of[$1]}

    IFS=. read -r kind version group <<<"${1%%/*}"
    [ "$space" != - ] || space=''
    printf 'apiVersion: %s\nkind: %s\nmetadata: {name: "%s"%s}\n' "${group:+$group/}$version" "$kind" "${1#*/}" "${space:+, namespace: \"$space\"}" |
        apply_restored --filename - >/dev/null
}

# The thing that runs the pods of a service; once Flagger has begun, a copy of it.
running_thing() {
    local thing=${workload_of[$1]}

    [ -z "${flagger_has[$1]-}" ] || ! is_there "$thing-primary" || thing+=-primary
    printf '%s' "$thing"
}

restart_workload() {
    case ${1%%.*} in
    Rollout) here patch "$1" --type merge --patch "{\"spec\":{\"restartAt\":\"$(date -u +%Y-%m-%dT%H:%M:%SZ)\"}}" >/dev/null ;;
    *) here rollout restart "$1" >/dev/null ;;
    esac
}

# The revision of a workload that serves; nothing when it is not there.
revision_of() {
    case ${1%%.*} in
    Rollout) ask "$1" '{.status.stableRS}' ;;
    Deployment) ask "$1" '{.metadata.annotations.deployment\.kubernetes\.io/revision}' ;;
    *) ! is_there "$1" || here rollout history "$1" | sed -n 's/^\([0-9][0-9]*\)[[:space:]].*/\1/p' | tail -n 1 ;;
    esac
}

# Back to a revision. That of a Rollout is the name of its ReplicaSet's template.
return_to() {
    local template label

    case ${1%%.*} in
    Rollout)
        template=$(here get replicaset "${1#*/}-$2" --output 'jsonpath={.spec.template}') || return 1
        label="\"rollouts-pod-template-hash\":\"$2\""
        template=$(sed "s/$label,//; t; s/,$label//; t; s/$label//" <<<"$template")
        here patch "$1" --type json --patch "[{\"op\": \"replace\", \"path\": \"/spec/template\", \"value\": $template}]" >/dev/null
        ;;
    *)
        here rollout undo "$1" --to-revision "$2" >/dev/null || return 1
        [ "${1%%.*}" != StatefulSet ] || replace_unready "${1#*/}"
        ;;
    esac
}

# Of a StatefulSet, a pod that never was ready is waited for, not replaced.
replace_unready() {
    local pod ready

    while IFS='|' read -r pod ready; do
        if [ -n "$pod" ] && [ "$ready" != True ]; then
            here delete pod "$pod" --wait=false >/dev/null || return 1
        fi
    done < <(here get pods --selector "app.kubernetes.io/name=$1,app.kubernetes.io/instance=${fact[application]}" --output \
        'jsonpath={range .items[*]}{.metadata.name}|{.status.conditions[?(@.type=="Ready")].status}{"\n"}{end}')
}

# --- pods ---

# Numbers of pods by workload.
declare -A pods_of=()

# Asks for the numbers of services' pods.
look_around() {
    local name thing rest text things=()

    for name in "$@"; do
        thing=${workload_of[$name]}
        things+=("$thing")
        [ -z "${flagger_has[$name]-}" ] || things+=("$thing-primary")
    done
    pods_of=()
    [ "${#things[@]}" -gt 0 ] || return 0
    text=$(ask_all '{.spec.replicas}|{.status.readyReplicas}|{.status.updatedReplicas}|{.status.desiredNumberScheduled}|{.status.numberReady}' "${things[@]}") ||
        failed "what runs the pods cannot be read"
    while IFS=$'\t' read -r thing rest; do
        [ -z "$thing" ] || pods_of[$thing]=$rest
    done <<<"$text"
}

# Sets wanted, ready, updated, and state: ready, missing, stopped, few or unready.
state_of() {
    local thing=${workload_of[$1]} scheduled running pods

    pods=${pods_of["$thing-primary"]:-${pods_of[$thing]-}}
    IFS='|' read -r wanted ready updated scheduled running <<<"$pods"
    case ${thing%%.*} in
    DaemonSet) wanted=$scheduled ready=$running ;;
    esac
    wanted=${wanted:-0} ready=${ready:-0} updated=${updated:-0} state=ready
    if [ -z "$pods" ]; then
        state=missing
    elif [ "$wanted" -lt "${least_of[$1]}" ] && [ "${thing%%.*}" != DaemonSet ]; then
        state=few
        [ "$wanted" -gt 0 ] || state=stopped
    elif [ "$ready" -lt "$wanted" ]; then
        state=unready
    fi
}

# Whether what runs a service's pods stays what it is: Flagger begins with a copy of it.
has_begun() {
    [ -n "${flagger_has[$1]-}" ] || return 0
    case $(ask "canaries.flagger.app/$1" '{.status.phase}') in '' | Initializing) return 1 ;; esac
}

# A new autoscaler takes its service to the least number of pods after a while.
await_numbers() {
    local name wanted ready updated state names=() all

    mapfile -t names < <(each_workload)
    while :; do
        look_around "${names[@]}"
        all=yes
        for name in "${names[@]}"; do
            state_of "$name"
            { [ "$state" = ready ] && has_begun "$name"; } || all=''
        done
        if [ -n "$all" ] || [ "$SECONDS" -ge "$deadline" ]; then
            return 0
        fi
        nap 1
    done
}

look_at() {
    look_around "$1"
    state_of "$1"
}

report_pods() {
    local name wanted ready updated state names=()

    mapfile -t names < <(each_workload)
    look_around "${names[@]}"
    for name in "${names[@]}"; do
        state_of "$name"
        case $state/${workload_of[$name]%%.*} in
        ready/Deployment)
            if [ "$updated" -lt "$wanted" ]; then
                report warning "$name" "$ready of $wanted pods are ready, $updated of the version that is wanted"
            else
                report ok "$name" "$ready of $wanted pods are ready"
            fi
            ;;
        ready/*) report ok "$name" "$ready of $wanted pods are ready" ;;
        missing/*) report problem "$name" "missing: what runs its pods is not there" ;;
        unready/*) report problem "$name" "unready: $ready of $wanted pods are ready" ;;
        *) report problem "$name" "$state: $ready of $wanted pods, at least ${least_of[$name]} are wanted" ;;
        esac
    done
}
