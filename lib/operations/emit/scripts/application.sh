# shellcheck shell=bash
# What the scripts beside this file share: what they know of the application, what they are told, how they speak.
# Sourced, never run. Needs bash 4.4 or later and kubectl.

if [ "${BASH_VERSINFO[0]}${BASH_VERSINFO[1]}" -lt 44 ]; then
    printf '%s\n' "this needs bash 4.4 or later; this is ${BASH_VERSION}" >&2
    exit 2
fi

folder=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
readonly folder

# Characters that a terminal obeys: controls, and those that turn the direction of writing. Anybody may write a cluster's text.
unsafe=() escapes=()
list_unsafe() {
    local code bytes

    for code in {1..8} {11..31} {127..159} 1564 8206 8207 {8232..8238} {8294..8297}; do
        if [ "$code" -lt 128 ]; then
            printf -v bytes '\\x%02x' "$code"
        elif [ "$code" -lt 2048 ]; then
            printf -v bytes '\\x%02x\\x%02x' $((192 + code / 64)) $((128 + code % 64))
        else
            printf -v bytes '\\x%02x\\x%02x\\x%02x' $((224 + code / 4096)) $((128 + code / 64 % 64)) $((128 + code % 64))
        fi
        printf -v bytes '%b' "$bytes"
        unsafe+=("$bytes")
        printf -v bytes '\\u%04x' "$code"
        escapes+=("$bytes")
    done
}
list_unsafe

# Sets `safe` to a text in which those characters are written as JSON writes them, whatever the locale is.
make_safe() {
    local LC_ALL=C i

    safe=$1
    [[ $safe == *[^[:print:][:space:]]* || $safe == *[$'\v\f\r']* ]] || return 0
    for i in "${!unsafe[@]}"; do
        safe=${safe//"${unsafe[$i]}"/"${escapes[$i]}"}
    done
}

# The same for each line of standard input.
safe_lines() {
    local line safe

    while IFS= read -r line || [ -n "$line" ]; do
        make_safe "$line"
        printf '%s\n' "$safe"
    done
}

say() {
    local safe

    make_safe "$*"
    printf '%s\n' "$safe" >&2
}

# The ends of a run, by exit status.
failed() {
    say "error: $*"
    exit 1
}
wrong_call() {
    say "error: $*"
    exit 2
}
# Nothing was changed.
not_begun() {
    say "error: $*"
    exit 3
}
interruption_words=''
interrupted() {
    jobs -p | xargs kill 2>/dev/null || true
    say "interrupted: $interruption_words"
    exit 130
}
# Says what becomes of the work when the run is interrupted.
on_interruption() {
    interruption_words=$1
    trap interrupted INT TERM HUP
}

# What takes long runs in the background: a signal then ends both it and the wait at once.
nap() {
    sleep "$1" &
    wait "$!"
}

# --- what is known of the application ---

# Single facts by name, and of services by name: rank, least number of pods, and the manifest that runs the pods.
declare -A fact rank_of least_of workload_of flagger_has
# Namespaces by manifest; - for what has none.
declare -A space_of
# Services by rank: those that others wait for come first.
services=()
# Manifests in the order of application: file, kind.version.group/name, and service or -.
manifest_files=() manifest_things=() manifest_services=()
# Secrets that somebody else puts into the namespace: name and keys.
existing_secrets=()

load_facts() {
    local about a b c d e f g rest name group

    [ -r "$folder/scripts/application.tsv" ] || not_begun "$folder/scripts/application.tsv cannot be read: generate the folder again"
    while IFS=$'\t' read -r about a b c d e f g rest; do
        case $about in
        service) least_of[$a]=$d rank_of[$a]=$rest ;;
        secret) [ "$b" != existing ] || existing_secrets+=("$a $c ${d-} ${e-} ${f-} ${g-} ${rest//$'\t'/ }") ;;
        manifest)
            group=${c%/*}
            [[ $c == */* ]] || group=''
            manifest_files+=("$a") manifest_things+=("$b.${c##*/}.$group/$e") manifest_services+=("$f")
            space_of[${manifest_things[-1]}]=$d
            case $b in
            Deployment | StatefulSet | DaemonSet | Rollout) [ "$e" != "$f" ] || workload_of[$f]=${manifest_things[-1]} ;;
            Canary) flagger_has[$f]=yes ;;
            esac
            ;;
        recovery) fact[recoveryPoint]=$a fact[recoveryTime]=$b ;;
        *) fact[$about]=$a ;;
        esac
    done <"$folder/scripts/application.tsv"
    if [ -z "${fact[application]-}" ] || [ -z "${fact[namespace]-}" ]; then
        not_begun "application.tsv does not name the application: generate the folder again"
    fi
    mapfile -t services < <(for name in "${!rank_of[@]}"; do printf '%s\t%s\n' "${rank_of[$name]}" "$name"; done | sort -k1,1n -k2,2 | cut -f2)
}

# Kinds that run pods: applied by the call graph's order, and waited for.
runs_pods() {
    case ${1%%.*} in
    Deployment | StatefulSet | DaemonSet | Rollout | Job | CronJob | ScaledJob) return 0 ;;
    *) return 1 ;;
    esac
}

# Services whose pods run all the time, by rank; with --service only that one.
each_workload() {
    local name

    for name in "${services[@]}"; do
        if [ -n "${workload_of[$name]+known}" ] && [ "${only_service:-$name}" = "$name" ]; then
            printf '%s\n' "$name"
        fi
    done
}

# With --service: what belongs to it, and what belongs to no service.
is_meant() { [ -z "$only_service" ] || [ "${manifest_services[$1]}" = "$only_service" ] || [ "${manifest_services[$1]}" = - ]; }

# A manifest as people call it: Deployment/web.
plainly() { printf '%s/%s' "${1%%.*}" "${1#*/}"; }

# A file of the folder, which is YAML or JSON.
manifest_path() {
    local path=$folder/$1

    [ -e "$path" ] || path=${path%.yaml}.json
    [ -e "$path" ] || not_begun "$folder/$1 is missing: generate the folder again"
    printf '%s' "$path"
}

# What all manifests say, as a number.
sum_of_manifests() {
    local file path

    for file in "${manifest_files[@]}"; do
        path=$(manifest_path "$file") || return 1
        cat -- "$path"
    done | cksum
}

# --- the call ---

dry_run='' output=text only_service='' timeout=600 take_over='' kube_options=()

# 90s, 10m or 1h as seconds.
seconds() {
    local number=${1%[smh]}

    case $number in '' | *[!0-9]*) wrong_call "$1 is no time: write 90s, 10m or 1h" ;; esac
    case $1 in
    *m) printf '%s' $((10#$number * 60)) ;;
    *h) printf '%s' $((10#$number * 3600)) ;;
    *) printf '%s' $((10#$number)) ;;
    esac
}

need_service() {
    [ -n "${rank_of[$1]+known}" ] || wrong_call "there is no service $1; there are: ${services[*]}"
}

# Reads the options behind a verb. A script's own go to own_option, which returns how many words it took; other words to own_word.
read_options() {
    local took

    while [ $# -gt 0 ]; do
        took=2
        case $1 in
        --dry-run) dry_run=yes took=1 ;;
        --take-over) take_over=yes took=1 ;;
        --context | --service | --timeout | --output)
            [ $# -gt 1 ] || wrong_call "$1 needs a value"
            common_option "$1" "$2"
            ;;
        -*)
            took=0
            own_option "$@" || took=$?
            [ "$took" -gt 0 ] || wrong_call "there is no option $1 (--help says which there are)"
            ;;
        *)
            own_word "$1" || wrong_call "$1 is one word too much (--help says what is meant)"
            took=1
            ;;
        esac
        shift "$took"
    done
}

common_option() {
    case $1 in
    --context) kube_options=(--context "$2") ;;
    --service)
        need_service "$2"
        only_service=$2
        ;;
    --timeout) timeout=$(seconds "$2") ;;
    --output)
        case $2 in
        text | json) output=$2 ;;
        *) wrong_call "--output is text or json" ;;
        esac
        ;;
    esac
}

# --- findings ---

json_string() {
    local text=${1//\\/\\\\} safe

    text=${text//\"/\\\"}
    text=${text//$'\n'/\\n}
    make_safe "${text//$'\t'/\\t}"
    printf '"%s"' "$safe"
}

# One object from names and values by turns.
json_object() {
    local comma='' number='^(0|[1-9][0-9]{0,8})$'

    printf '{'
    while [ $# -gt 1 ]; do
        printf '%s' "$comma"
        json_string "$1"
        printf ': '
        if [[ $2 =~ $number ]]; then printf '%s' "$2"; else json_string "$2"; fi
        comma=', '
        shift 2
    done
    printf '}\n'
}

problems=0 only_problems=''

# report ok|warning|problem ABOUT WORDS
report() {
    [ "$1" != ok ] || [ -z "$only_problems" ] || return 0
    [ "$1" != problem ] || problems=$((problems + 1))
    if [ "$output" = json ]; then
        json_object result "$1" about "$2" message "$3"
    else
        say "$(printf '%-8s %s: %s' "$1" "$2" "$3")"
    fi
}

# shellcheck source=cluster.sh
. "$folder/scripts/cluster.sh"
