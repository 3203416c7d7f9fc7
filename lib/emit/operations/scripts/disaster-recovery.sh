#!/usr/bin/env bash
# Brings the application back. Needs bash 4 or later and kubectl, nothing else.
set -euo pipefail

# shellcheck source=application.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/application.sh"

usage() {
    cat <<'END'
usage: disaster-recovery.sh VERB [OPTION...]

  check       what is wrong: services that are missing, stopped or not ready; objects that are missing or were changed
  restart     restart the services that are not ready, callees first; with --service that one in any case
  scale       give services with too few pods their least number again
  backup      write the application's objects to an archive; no secret values, no data of volumes
  list        archives, the newest first, and whether they are whole
  restore     put the objects of an archive back: the newest whole one, or --from NAME
  recover     check; then restart, scale, restore, as far as needed and no further; then verify
  verify      as deploy-hybrid.sh verify
  monitor     check again and again, and say what changes

  --service NAME    only this service
  --timeout TIME    how long to wait at each step, such as 90s, 10m or 1h (default 10m)
  --context NAME    context of kubectl (default: the current one)
  --dry-run         say what would be done, change nothing
  --output json     findings as JSON, an object a line, on standard output (default: text)
  --backups FOLDER  where archives are (default: backups beside the scripts' folder)
  --keep NUMBER     backup: how many whole archives to keep (default 14)
  --from NAME       restore: this archive
  --interval TIME   monitor: time between two checks (default 30s)
  --count NUMBER    monitor: end after so many checks (default: never)

exit status: 0 done and all is well, 1 something is wrong still, 2 wrong call, 3 not begun and nothing changed, 130 interrupted
END
}

backups=$folder/backups keep=14 from='' interval=30 count=0

# --- archives ---------------------------------------------------------------------------------------------------------
# An archive is a folder named after its time, with objects.yaml and its checksum. It gets its name when it is complete.

# Kinds that an archive has no use for: what runs to an end would run again; secret values stay in their store.
is_archived() {
    case ${1%%.*} in
    Job | Secret) return 1 ;;
    *) return 0 ;;
    esac
}

# Of a List from the cluster, the documents as they can be applied: without what the cluster itself keeps about an object.
# The pods that an autoscaler decides on are its own (`scaled`: names of what it scales).
documents_of_list() {
    awk -v scaled=" $1 " '
        function indent(text) { match(text, /^ */); return RLENGTH }
        /^- / { print "---"; inside = 1; skip = -1; part = ""; kind = ""; name = ""; $0 = "  " substr($0, 3) }
        /^[a-z]/ { inside = 0 }
        !inside { next }
        { line = substr($0, 3); depth = indent(line) }
        skip >= 0 && (line == "" || depth > skip || (depth == skip && line ~ /^ *- /)) { next }
        { skip = -1 }
        line != "" && depth == 0 { part = line; sub(/:.*/, "", part) }
        part == "kind" { kind = line; sub(/^kind: /, "", kind) }
        part == "metadata" && line ~ /^  name: / { name = line; sub(/^  name: /, "", name) }
        part == "status" { skip = 0; next }
        part == "metadata" && line ~ /^  (uid|resourceVersion|creationTimestamp|generation|selfLink|managedFields|ownerReferences|finalizers):/ { skip = 2; next }
        part == "metadata" && line ~ /^    (deployment\.kubernetes\.io\/|pv\.kubernetes\.io\/|volume\.kubernetes\.io\/|kubectl\.kubernetes\.io\/)/ { skip = 4; next }
        part == "spec" && kind == "PersistentVolumeClaim" && line ~ /^  volumeName:/ { next }
        part == "spec" && line ~ /^  replicas:/ && index(scaled, " " kind "/" name " ") { next }
        part == "spec" && kind == "Namespace" { skip = 0; next }
        { print line }
    '
}

# What autoscalers scale: Kind/name each.
scaled_things() {
    local thing kind name

    for thing in "${manifest_things[@]}"; do
        case ${thing%%.*} in
        HorizontalPodAutoscaler)
            kind=$(ask "$thing" '{.spec.scaleTargetRef.kind}') name=$(ask "$thing" '{.spec.scaleTargetRef.name}')
            printf '%s/%s ' "$kind" "$name"
            ;;
        esac
    done
}

# Things as one List. A single one is no List unless it is looked for.
get_list() {
    if [ $# -eq 1 ]; then
        here get "${1%%/*}" --field-selector "metadata.name=${1#*/}" --output yaml
    else
        here get "$@" --ignore-not-found --output yaml
    fi
}

# All objects of the application that are there.
write_objects() {
    local scaled chunk=() thing

    scaled=$(scaled_things)
    for thing in "${manifest_things[@]}" ''; do
        if [ -n "$thing" ] && is_archived "$thing"; then
            chunk+=("$thing")
        fi
        if [ "${#chunk[@]}" -ge 100 ] || { [ -z "$thing" ] && [ "${#chunk[@]}" -gt 0 ]; }; then
            get_list "${chunk[@]}" | documents_of_list "$scaled"
            chunk=()
        fi
    done
}

is_whole() {
    local sum

    sum=$(cksum <"$backups/$1/objects.yaml" 2>/dev/null) && [ "$sum" = "$(cat -- "$backups/$1/checksum" 2>/dev/null)" ]
}

# Names of archives, the newest first.
each_archive() {
    local path

    for path in "$backups"/[0-9]*Z; do
        [ ! -d "$path" ] || printf '%s\n' "${path##*/}"
    done | sort -r
}

newest_whole() {
    local name

    while read -r name; do
        if is_whole "$name"; then
            printf '%s' "$name"
            return 0
        fi
        say "archive $name is damaged and passed over"
    done < <(each_archive)
}

partial=''
forget_partial() { [ -z "$partial" ] || rm -rf -- "$partial"; }

run_backup() {
    local name kept=0 state

    need_cluster
    name=$(date -u +%Y%m%dT%H%M%SZ)
    if [ -n "$dry_run" ]; then
        say "would write $backups/$name"
        return 0
    fi
    mkdir -p -- "$backups"
    partial=$(mktemp -d -- "$backups/.partial-XXXXXX")
    trap forget_partial EXIT
    write_objects >"$partial/objects.yaml" || failed "the objects cannot be read; no archive was written"
    grep -q '^kind:' "$partial/objects.yaml" || failed "there is nothing of the application in the cluster; no archive was written"
    cksum <"$partial/objects.yaml" >"$partial/checksum"
    [ ! -e "$backups/$name" ] || failed "there is an archive $name already: try again in a second"
    chmod 755 "$partial"
    mv -- "$partial" "$backups/$name"
    partial=''
    say "archive $name: $(grep -c '^kind:' "$backups/$name/objects.yaml") objects"
    while read -r name; do
        state=damaged
        ! is_whole "$name" || state=whole
        [ "$state" = damaged ] || kept=$((kept + 1))
        if [ "$state" = whole ] && [ "$kept" -gt "$keep" ]; then
            rm -rf -- "${backups:?}/$name"
            say "archive $name is past the $keep that are kept: removed"
        fi
    done < <(each_archive)
}

run_list() {
    local name state objects

    while read -r name; do
        state=damaged
        ! is_whole "$name" || state=whole
        objects=$(grep -c '^kind:' "$backups/$name/objects.yaml" 2>/dev/null || true)
        if [ "$output" = json ]; then
            json_object archive "$name" state "$state" objects "${objects:-0}"
        else
            printf '%-18s %-8s %s objects\n' "$name" "$state" "${objects:-0}"
        fi
    done < <(each_archive)
}

# --- what is wrong ----------------------------------------------------------------------------------------------------

# What objects should be: those of the newest whole archive, else those of the manifests.
should_be() {
    local archive i

    archive=$(newest_whole)
    if [ -n "$archive" ]; then
        printf '%s\n' "$backups/$archive/objects.yaml"
        return 0
    fi
    for i in "${!manifest_files[@]}"; do
        if is_meant "$i" && is_archived "${manifest_things[$i]}"; then
            manifest_path "${manifest_files[$i]}"
            printf '\n'
        fi
    done
}

# Objects that are not as they should be, as kubectl diff calls them.
each_difference() {
    local file status=0 diff files=()

    while read -r file; do
        files+=(--filename "$file")
    done < <(should_be)
    diff=$(kube diff --server-side --force-conflicts --field-manager hybriddeploy-restore "${files[@]}" 2>/dev/null) || status=$?
    [ "$status" -le 1 ] || return "$status"
    sed -n 's/^diff .* [^ ]*\/\([^ /]*\)$/\1/p' <<<"$diff"
}

# group.version.Kind.namespace.name
name_in_diff() {
    local kind version group

    IFS=. read -r kind version group <<<"${1%%/*}"
    printf '%s.%s.%s.%s' "${group:+$group.}$version" "$kind" "${fact[namespace]}" "${1#*/}"
}

# What runs pods is reported with them when it is missing.
report_differences() {
    local thing changed

    if ! is_there "namespace/${fact[namespace]}"; then
        report problem "Namespace/${fact[namespace]}" "is not there, nor is anything in it"
        return 0
    fi
    changed=$'\n'$(each_difference)$'\n'
    for thing in "${manifest_things[@]}"; do
        is_archived "$thing" || continue
        if [[ $changed != *$'\n'"$(name_in_diff "$thing")"$'\n'* ]]; then
            continue
        elif is_there "$thing"; then
            report problem "$(plainly "$thing")" "was changed"
        elif [[ " ${workload_of[*]} " != *" $thing "* ]]; then
            report problem "$(plainly "$thing")" "is not there"
        fi
    done
}

look_everywhere() {
    problems=0
    report_pods
    report_differences
    [ "$problems" -eq 0 ]
}

run_check() {
    need_cluster
    look_everywhere
}

# --- the steps of recovery --------------------------------------------------------------------------------------------

would() { [ -n "$dry_run" ] && say "would $*"; }

# Restarts the services that are in a state, callees first; with --service that one.
run_restart() {
    local name wanted ready state status=0

    need_cluster
    while read -r name; do
        look_at "$name"
        if [ "$state" != unready ] && { [ -z "$only_service" ] || [ "$state" != ready ]; }; then
            continue
        fi
        ! would "restart $name" || continue
        say "restart $name"
        start_clock
        if ! restart_workload "${workload_of[$name]}" || ! await_workload "${workload_of[$name]}"; then
            say "$name is not ready after $timeout s"
            status=1
        fi
    done < <(each_workload)
    return "$status"
}

run_scale() {
    local name wanted ready state status=0

    need_cluster
    while read -r name; do
        look_at "$name"
        case $state in
        stopped | few) ;;
        *) continue ;;
        esac
        ! would "scale $name to ${least_of[$name]}" || continue
        say "scale $name to ${least_of[$name]}"
        start_clock
        if ! here scale "${workload_of[$name]}" --replicas "${least_of[$name]}" >/dev/null || ! await_workload "${workload_of[$name]}"; then
            say "$name is not ready after $timeout s"
            status=1
        fi
    done < <(each_workload)
    return "$status"
}

# Puts objects back from an archive; without one, from the manifests beside the scripts.
run_restore() {
    local file files=() archive=$from

    need_cluster
    if [ -n "$archive" ]; then
        [ -d "$backups/$archive" ] || not_begun "there is no archive $archive in $backups; disaster-recovery.sh list says which there are"
        is_whole "$archive" || not_begun "the archive $archive is damaged: its objects are not those that were written"
    else
        archive=$(newest_whole)
    fi
    if [ -n "$archive" ]; then
        say "restore from archive $archive"
        files=("$backups/$archive/objects.yaml")
    else
        say "there is no whole archive in $backups: restore from the manifests"
        mapfile -t files < <(should_be)
    fi
    ! would "apply ${#files[@]} file(s)" || return 0
    await_namespace
    if [ -n "$archive" ]; then
        apply_restored --filename "${files[0]}" >/dev/null
    else
        apply_files "${files[@]}"
    fi || failed "not everything could be restored"
    await_pods
}

# A namespace that is going must be gone before it can be made again.
await_namespace() {
    [ -z "$(ask "namespace/${fact[namespace]}" '{.metadata.deletionTimestamp}')" ] ||
        kube wait --for=delete "namespace/${fact[namespace]}" --timeout "${timeout}s" >/dev/null
}

await_pods() {
    local name status=0

    start_clock
    while read -r name; do
        await_workload "${workload_of[$name]}" || {
            say "$name is not ready after $timeout s"
            status=1
        }
    done < <(each_workload)
    return "$status"
}

run_recover() {
    need_cluster
    only_problems=yes
    say "1 of 5: check"
    if look_everywhere; then
        say "all is well"
        return 0
    fi
    say "2 of 5: restart what is not ready"
    run_restart || say "a restart was not enough"
    if [ -z "$dry_run" ] && look_everywhere; then
        say "recovered by restarting"
        return 0
    fi
    say "3 of 5: scale up what is stopped"
    run_scale || say "scaling was not enough"
    if [ -z "$dry_run" ] && look_everywhere; then
        say "recovered by scaling"
        return 0
    fi
    say "4 of 5: restore what is missing or was changed"
    run_restore || say "restoring was not enough"
    [ -z "$dry_run" ] || return 0
    say "5 of 5: verify"
    only_problems=''
    look_everywhere || failed "not everything is back; see the problems above"
    say "recovered by restoring"
}

# --- looking ----------------------------------------------------------------------------------------------------------

run_verify() { "$folder/scripts/deploy-hybrid.sh" verify "${passed_on[@]}"; }

run_monitor() {
    local before='' now round=0

    need_cluster
    while :; do
        round=$((round + 1))
        now=$(look_everywhere 2>&1 || true)
        if [ "$now" != "$before" ]; then
            printf '%s\n%s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$now"
            before=$now
        fi
        [ "$count" -eq 0 ] || [ "$round" -lt "$count" ] || break
        sleep "$interval"
    done
    look_everywhere 2>/dev/null
}

# --- the call ---------------------------------------------------------------------------------------------------------

need_number() {
    case $2 in '' | *[!0-9]*) wrong_call "$1 needs a number" ;; esac
}

own_option() {
    case $1 in
    --backups | --keep | --from | --interval | --count) [ -n "${2-}" ] || wrong_call "$1 needs a value" ;;
    *) return 0 ;;
    esac
    case $1 in
    --backups) backups=$2 ;;
    --from)
        case $2 in *[!0-9TZ]*) wrong_call "$2 is no name of an archive; disaster-recovery.sh list says which there are" ;; esac
        from=$2
        ;;
    --interval) interval=$(seconds "$2") ;;
    --keep)
        need_number "$1" "$2"
        [ "$2" -gt 0 ] || wrong_call "--keep needs at least 1"
        keep=$2
        ;;
    --count)
        need_number "$1" "$2"
        count=$2
        ;;
    esac
    return 2
}

own_word() { return 1; }

passed_on=()

main() {
    local verb=${1-}

    case $verb in
    -h | --help | help)
        usage
        return 0
        ;;
    check | restart | scale | backup | list | restore | recover | verify | monitor) shift ;;
    '') wrong_call "name a verb: check, restart, scale, backup, list, restore, recover, verify or monitor (--help says more)" ;;
    *) wrong_call "there is no verb $verb (--help says which there are)" ;;
    esac
    passed_on=("$@")
    load_facts
    read_options "$@"
    on_interruption 'run the same again, which completes it'
    "run_$verb"
}

main "$@"
