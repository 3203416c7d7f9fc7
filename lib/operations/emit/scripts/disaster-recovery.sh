#!/usr/bin/env bash
# Brings the application back. Needs bash 4.4 or later and kubectl, nothing else.
set -euo pipefail

# shellcheck source=application.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/application.sh"
# shellcheck source=archives.sh
. "$folder/scripts/archives.sh"

usage() {
    cat <<'END'
usage: disaster-recovery.sh VERB [OPTION...]

  check       what is wrong: services that are missing, stopped or not ready; objects that are missing or were changed
  restart     restart the services that are not ready, callees first; with --service that one in any case
  scale       give services with too few pods their least number again
  backup      write the application's objects to an archive; no secret values, no data of volumes
  list        archives, the newest first, and whether they are whole
  restore     put the objects back: from the newest whole archive since the last deploy, else from the manifests; or
              --from NAME
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
  --take-over       go on where another run holds the application and is dead
  --interval TIME   monitor: time between two checks (default 30s)
  --count NUMBER    monitor: end after so many checks (default: never)

exit status: 0 done and all is well, 1 something is wrong still, 2 wrong call, 3 not begun and nothing changed, 130 interrupted
END
}

keep=14 from='' interval=30 count=0

# --- archives ---

partial=''
forget_partial() { [ -z "$partial" ] || rm -rf -- "$partial"; }

run_backup() {
    local name kept=0

    need_cluster
    name=$(date -u +%Y%m%dT%H%M%SZ)
    if [ -n "$dry_run" ]; then
        say "would write $backups/$name"
        return 0
    fi
    mkdir -p -- "$backups" || not_begun "the folder $backups cannot be made"
    partial=$(mktemp -d -- "$backups/.partial-XXXXXX") || not_begun "no archive can be written to $backups"
    trap forget_partial EXIT
    write_objects >"$partial/objects.yaml" || failed "the objects cannot be read or written; there is no new archive, and the older ones stay"
    grep -q '^kind:' "$partial/objects.yaml" || failed "there is nothing of the application in the cluster; there is no new archive"
    cksum <"$partial/objects.yaml" >"$partial/checksum" || failed "the archive cannot be written; the older ones stay"
    # An archive is named after its second.
    while [ -e "$backups/$name" ]; do
        sleep 1
        name=$(date -u +%Y%m%dT%H%M%SZ)
    done
    chmod 755 "$partial"
    mv -- "$partial" "$backups/$name" || failed "the archive cannot be written; the older ones stay"
    partial=''
    say "archive $name: $(grep -c '^kind:' "$backups/$name/objects.yaml") objects"
    while read -r name; do
        [ "$(archive_state "$name")" = whole ] || continue
        kept=$((kept + 1))
        if [ "$kept" -gt "$keep" ]; then
            rm -rf -- "${backups:?}/$name"
            say "archive $name is past the $keep that are kept: removed"
        fi
    done < <(each_archive)
}

run_list() {
    local name state objects

    while read -r name; do
        state=$(archive_state "$name")
        objects=$(grep -c '^kind:' "$backups/$name/objects.yaml" 2>/dev/null || true)
        if [ "$output" = json ]; then
            json_object archive "$name" state "$state" objects "${objects:-0}"
        else
            printf '%-18s %-8s %s objects\n' "$name" "$state" "${objects:-0}"
        fi
    done < <(each_archive)
}

# --- what is wrong ---

# The archive that says what objects should be: none from before the last deploy of these manifests.
archive_of_now() {
    local archive deployed sum

    archive=$(newest_whole)
    IFS='|' read -r deployed sum <<<"$(ask "configmap/$(record)" '{.data._deployed}|{.data._manifests}' 2>/dev/null)"
    if [ -n "$archive" ] && [[ $archive < $deployed ]]; then
        if [ "$sum" = "$(sum_of_manifests)" ]; then
            say "archive $archive is from before the last deploy and passed over"
            return 0
        fi
        say "archive $archive is from before the last deploy, and so is what is known here: generate the folder again"
    fi
    printf '%s' "$archive"
}

# Files that say what objects should be: the objects of an archive, else the manifests.
should_be() {
    local i

    if [ -n "$1" ]; then
        printf '%s\n' "$backups/$1/objects.yaml"
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
    local file status=0 diff files=() call=(kube diff --server-side --force-conflicts --field-manager)

    if [ -n "$1" ]; then
        diff=$(without_addresses <"$backups/$1/objects.yaml" | "${call[@]}" hybriddeploy-restore --filename -) || status=$?
    else
        while read -r file; do
            files+=(--filename "$file")
        done < <(should_be '')
        diff=$("${call[@]}" hybriddeploy "${files[@]}") || status=$?
    fi
    [ "$status" -le 1 ] || return "$status"
    sed -n 's/^diff .* [^ ]*\/\([^ /]*\)$/\1/p' <<<"$diff"
}

# group.version.Kind.namespace.name
name_in_diff() {
    local kind version group space=${space_of[$1]}

    IFS=. read -r kind version group <<<"${1%%/*}"
    printf '%s.%s.%s.%s' "${group:+$group.}$version" "$kind" "${space#-}" "${1#*/}"
}

# Things that are not as they should be, for whoever thinks of changing them otherwise.
declare -A was_changed=()

# What runs pods is reported with them when it is missing.
report_differences() {
    local thing changed edited existing archive things=()

    was_changed=()
    if ! is_there "namespace/${fact[namespace]}"; then
        report problem "Namespace/${fact[namespace]}" "is not there, nor is anything in it"
        return 0
    fi
    for thing in "${manifest_things[@]}"; do
        ! is_archived "$thing" || things+=("$thing")
    done
    archive=$(archive_of_now)
    if ! existing=$(ask_all '' "${things[@]}") || ! changed=$(each_difference "$archive") || ! edited=$(each_edited "$archive"); then
        report problem "${fact[application]}" "its objects cannot be compared with what they should be: see above"
        return 0
    fi
    for thing in "${things[@]}"; do
        if [[ $'\n'$existing != *$'\n'"$thing"$'\t'* ]]; then
            [[ " ${workload_of[*]} " == *" $thing "* ]] || report problem "$(plainly "$thing")" "is not there"
        elif [[ $'\n'$changed$'\n' == *$'\n'"$(name_in_diff "$thing")"$'\n'* || $'\n'$edited$'\n' == *$'\n'"$thing"$'\n'* ]]; then
            report problem "$(plainly "$thing")" "was changed"
            was_changed[$thing]=yes
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

# --- the steps of recovery ---

would() { [ -n "$dry_run" ] && say "would $*"; }

# Restarts the services that are in a state, callees first; with --service that one.
run_restart() {
    local name thing wanted ready updated state status=0

    need_cluster
    lock restart
    while read -r name; do
        look_at "$name"
        if [ "$state" != unready ] && { [ -z "$only_service" ] || [ "$state" != ready ]; }; then
            continue
        fi
        if [ -n "${was_changed[${workload_of[$name]}]-}" ]; then
            say "$name was changed: a restart would not help"
            continue
        fi
        ! would "restart $name" || continue
        say "restart $name"
        start_clock
        thing=$(running_thing "$name")
        if ! restart_workload "$thing" || ! await_workload "$thing"; then
            say "$name is not ready after $timeout s"
            status=1
        fi
    done < <(each_workload)
    return "$status"
}

run_scale() {
    local name thing wanted ready updated state status=0

    need_cluster
    lock scale
    while read -r name; do
        look_at "$name"
        case $state in
        stopped | few) ;;
        *) continue ;;
        esac
        ! would "scale $name to ${least_of[$name]}" || continue
        say "scale $name to ${least_of[$name]}"
        start_clock
        thing=$(running_thing "$name")
        if ! here scale "$thing" --replicas "${least_of[$name]}" >/dev/null || ! await_workload "$thing"; then
            say "$name is not ready after $timeout s"
            status=1
        fi
    done < <(each_workload)
    return "$status"
}

# Puts objects back from an archive; without one, from the manifests beside the scripts.
run_restore() {
    local files=() archive=$from

    need_cluster
    if [ -n "$archive" ]; then
        [ -d "$backups/$archive" ] || not_begun "there is no archive $archive in $backups; disaster-recovery.sh list says which there are"
        case $(archive_state "$archive") in
        damaged) not_begun "the archive $archive is damaged: its objects are not those that were written" ;;
        foreign) not_begun "the archive $archive is of another application: $(head -n 1 "$backups/$archive/objects.yaml")" ;;
        esac
    else
        archive=$(archive_of_now)
    fi
    lock restore
    if [ -n "$archive" ]; then
        say "restore from archive $archive"
    else
        say "there is no whole archive since the last deploy in $backups: restore from the manifests"
    fi
    mapfile -t files < <(should_be "$archive")
    ! would "apply ${#files[@]} file(s)" || return 0
    await_namespace
    if [ -n "$archive" ]; then
        restore_archive "${files[0]}" && take_back_edits "$archive" && restore_archive "${files[0]}"
    else
        apply_files "${files[@]}"
    fi || failed "not everything could be restored"
    await_pods
}

# A Service gets its address again, unless it has another one or somebody else has it.
restore_archive() {
    local why

    why=$(apply_restored --filename "$1" 2>&1 >/dev/null) || without_addresses <"$1" | apply_restored --filename - >/dev/null || {
        say "$why"
        return 1
    }
}

# A namespace that is going must be gone before it can be made again.
await_namespace() {
    [ -z "$(ask "namespace/${fact[namespace]}" '{.metadata.deletionTimestamp}')" ] ||
        kube_long wait --for=delete "namespace/${fact[namespace]}" --timeout "${timeout}s"
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
    await_numbers
    return "$status"
}

run_recover() {
    need_cluster
    lock recover
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

# --- looking ---

run_verify() { bash "$folder/scripts/deploy-hybrid.sh" verify "${passed_on[@]}"; }

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
        nap "$interval"
    done
    look_everywhere 2>/dev/null
}

# --- the call ---

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
