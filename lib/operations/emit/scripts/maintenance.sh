#!/usr/bin/env bash
# Changes a running application for a while: what shall stay belongs into the model. Needs bash 4.4 or later and kubectl.
set -euo pipefail

# shellcheck source=application.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/application.sh"

usage() {
    cat <<'END'
usage: maintenance.sh VERB [WORD...] [OPTION...]

  image SERVICE IMAGE        run another image; back to the one before when its pods do not become ready
  log-level SERVICE LEVEL    set LOG_LEVEL to debug, info, warning or error; back when the pods do not become ready
  restart                    restart all services, callees before their callers; with --service that one
  rotate-secret SECRET       have its store asked again, then restart the services that use it
  rotate-certificate NAME    have cert-manager issue it again

  --service NAME   restart: only this service
  --timeout TIME   how long to wait in all, such as 90s, 10m or 1h (default 10m)
  --context NAME   context of kubectl (default: the current one)
  --dry-run        say what would be done, change nothing
  --take-over      go on where another run holds the application and is dead

The next deploy sets what the model says: bring a change that shall stay into the model.
exit status: 0 done, 1 failed (and back to what was before), 2 wrong call, 3 not begun and nothing changed, 130 interrupted
END
}

words=()

need_words() {
    [ "${#words[@]}" -eq "$1" ] || wrong_call "this takes $2 (--help says more)"
}

need_workload() {
    need_service "$1"
    [ -n "${workload_of[$1]+known}" ] || wrong_call "$1 runs to an end; there is nothing to change while it runs"
    is_there "${workload_of[$1]}" || not_begun "$1 is not in the cluster: deploy first"
}

# Waits for a changed workload; when it does not become ready, the change is taken back.
settle() {
    local name=$1 what=$2 before=$3

    start_clock
    if await_workload "${workload_of[$name]}"; then
        say "$name: $what"
        return 0
    fi
    say "$name did not become ready in $timeout s: going back"
    return_to "${workload_of[$name]}" "$before"
    start_clock
    await_workload "${workload_of[$name]}" || say "$name is not ready again either"
    failed "$name runs what it ran before"
}

# kubectl set does not know Rollouts; a patch does. The container of a service is called as the service.
patch_container() {
    here patch "${workload_of[$1]}" --type "$2" --field-manager kubectl-set --patch "$3" >/dev/null
}

run_image() {
    local name image=${words[1]-} index before

    need_words 2 "a service and an image"
    name=${words[0]}
    case $image in
    *[!A-Za-z0-9._:/@-]* | -*) wrong_call "$image is no image: write registry/name:tag or registry/name@digest" ;;
    *:* | *@*) ;;
    *) wrong_call "$image has neither tag nor digest" ;;
    esac
    need_cluster
    need_workload "$name"
    if [ -n "$dry_run" ]; then
        say "would run $image as $name"
        return 0
    fi
    lock image
    index=$(container_index "$name")
    before=$(revision_of "${workload_of[$name]}")
    patch_container "$name" json "[{\"op\": \"replace\", \"path\": \"/spec/template/spec/containers/$index/image\", \"value\": \"$image\"}]"
    settle "$name" "runs $image" "$before"
}

# Where the service's own container stands among those of its pods.
container_index() {
    local index=0 container

    for container in $(ask "${workload_of[$1]}" '{.spec.template.spec.containers[*].name}'); do
        if [ "$container" = "$1" ]; then
            printf '%s' "$index"
            return 0
        fi
        index=$((index + 1))
    done
    not_begun "the pods of $1 have no container $1: deploy again"
}

run_log_level() {
    local name level=${words[1]-} index at=-1 position=0 variable before

    need_words 2 "a service and a level"
    name=${words[0]}
    case $level in
    debug | info | warning | error) ;;
    *) wrong_call "the level is debug, info, warning or error" ;;
    esac
    need_cluster
    need_workload "$name"
    if [ -n "$dry_run" ]; then
        say "would set LOG_LEVEL=$level for $name"
        return 0
    fi
    lock log-level
    index=$(container_index "$name")
    before=$(revision_of "${workload_of[$name]}")
    for variable in $(ask "${workload_of[$name]}" "{.spec.template.spec.containers[$index].env[*].name}"); do
        [ "$variable" != LOG_LEVEL ] || at=$position
        position=$((position + 1))
    done
    set_variable "$name" "$index" "$at" "$position" "{\"name\": \"LOG_LEVEL\", \"value\": \"$level\"}"
    settle "$name" "logs from $level on" "$before"
}

# Replaces the variable at a place of the list, or adds one to a list of `count`.
set_variable() {
    local path=/spec/template/spec/containers/$2/env at=$3 count=$4 value=$5

    if [ "$at" -ge 0 ]; then
        patch_container "$1" json "[{\"op\": \"replace\", \"path\": \"$path/$at\", \"value\": $value}]"
    elif [ "$count" -gt 0 ]; then
        patch_container "$1" json "[{\"op\": \"add\", \"path\": \"$path/-\", \"value\": $value}]"
    else
        patch_container "$1" json "[{\"op\": \"add\", \"path\": \"$path\", \"value\": [$value]}]"
    fi
}

restart_services() {
    local name thing

    start_clock
    for name in "$@"; do
        if [ -n "$dry_run" ]; then
            say "would restart $name"
            continue
        fi
        say "restart $name"
        thing=$(running_thing "$name")
        restart_workload "$thing"
        await_workload "$thing" || failed "$name did not become ready in $timeout s; the services after it were not restarted"
    done
}

run_restart() {
    local names=()

    need_words 0 "no words; --service names one service"
    need_cluster
    mapfile -t names < <(each_workload)
    [ "${#names[@]}" -gt 0 ] || wrong_call "there is nothing that runs all the time"
    lock restart
    restart_services "${names[@]}"
}

# Services whose pods take something from a secret, callees first.
users_of() {
    local name used

    while read -r name; do
        used=$(ask "$(running_thing "$name")" '{.spec.template.spec..secretKeyRef.name} {.spec.template.spec..secretRef.name} {.spec.template.spec..secretName} {.spec.template.spec..secret.name}')
        if [[ " $used " == *" $1 "* ]]; then
            printf '%s\n' "$name"
        elif [[ " $used " == *" $1-primary "* ]]; then
            say "$name: Flagger takes the new values of $1 over step by step"
        fi
    done < <(each_workload)
}

run_rotate_secret() {
    local secret=${words[0]-} before names=()

    need_words 1 "the name of a secret"
    is_name "$secret"
    need_cluster
    is_there "secret/$secret" || not_begun "there is no Secret $secret in the namespace ${fact[namespace]}"
    lock rotate-secret
    mapfile -t names < <(users_of "$secret")
    if [ -n "$dry_run" ]; then
        say "would have the Secret $secret brought again"
    elif [[ " ${manifest_things[*]} " == *" ExternalSecret."*"/$secret "* ]]; then
        before=$(ask "externalsecret/$secret" '{.status.refreshTime}')
        here annotate --overwrite "externalsecret/$secret" "force-sync=$(date +%s)" >/dev/null
        start_clock
        until [ "$(ask "externalsecret/$secret" '{.status.refreshTime}')" != "$before" ]; do
            [ "$SECONDS" -lt "$deadline" ] || failed "the operator did not bring $secret again in $timeout s; nothing was restarted"
            nap 1
        done
    else
        say "$secret comes from somebody else; its users read what is there now"
    fi
    [ "${#names[@]}" -gt 0 ] || say "no service uses $secret"
    restart_services "${names[@]}"
}

run_rotate_certificate() {
    local name=${words[0]-} before

    need_words 1 "the name of a certificate"
    is_name "$name"
    need_cluster
    is_there "certificates.cert-manager.io/$name" || not_begun "there is no Certificate $name in the namespace ${fact[namespace]}"
    if [ -n "$dry_run" ]; then
        say "would have the certificate $name issued again"
        return 0
    fi
    lock rotate-certificate
    before=$(ask "certificates.cert-manager.io/$name" '{.status.revision}')
    here patch "certificates.cert-manager.io/$name" --subresource status --type merge --patch \
        "{\"status\":{\"conditions\":[{\"type\":\"Issuing\",\"status\":\"True\",\"reason\":\"ManuallyTriggered\",\"message\":\"asked for by maintenance.sh\",\"lastTransitionTime\":\"$(date -u +%Y-%m-%dT%H:%M:%SZ)\"}]}}" >/dev/null
    start_clock
    until [ "$(ask "certificates.cert-manager.io/$name" '{.status.revision}')" != "$before" ]; do
        [ "$SECONDS" -lt "$deadline" ] || failed "cert-manager did not issue $name again in $timeout s; the old one still serves"
        nap 1
    done
    say "$name is issued again"
}

is_name() {
    case $1 in *[!a-z0-9.-]* | -*) wrong_call "$1 is no name" ;; esac
}

own_option() { return 0; }

own_word() { words+=("$1"); }

main() {
    local verb=${1-}

    case $verb in
    -h | --help | help)
        usage
        return 0
        ;;
    image | log-level | restart | rotate-secret | rotate-certificate) shift ;;
    '') wrong_call "name a verb: image, log-level, restart, rotate-secret or rotate-certificate (--help says more)" ;;
    *) wrong_call "there is no verb $verb (--help says which there are)" ;;
    esac
    load_facts
    read_options "$@"
    on_interruption 'the change stands; run the same again, or take it back with deploy-hybrid.sh deploy'
    "run_${verb//-/_}"
}

main "$@"
