# shellcheck shell=bash
# Archives of the application's objects. Sourced, never run.
#
# An archive is a folder named after its time, once it is complete. The first line of objects.yaml says whose they are.

# shellcheck source=application.sh
[ -n "${folder-}" ] || . "$(dirname -- "${BASH_SOURCE[0]}")/application.sh"

backups=$folder/backups

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
        part == "spec" && kind == "Service" && line ~ /^    rollouts-pod-template-hash:/ { next }
        part == "spec" && kind == "PersistentVolumeClaim" && line ~ /^  volumeName:/ { next }
        part == "spec" && line ~ /^ +kubectl\.kubernetes\.io\/restartedAt:/ { next }
        part == "spec" && line ~ /^  replicas:/ && index(scaled, " " kind "/" name " ") { next }
        part == "spec" && kind == "Namespace" { skip = 0; next }
        { print line }
    '
}

# What autoscalers scale: Kind/name each.
scaled_things() {
    local thing things=()

    for thing in "${manifest_things[@]}"; do
        case ${thing%%.*} in HorizontalPodAutoscaler | ScaledObject) things+=("$thing") ;; esac
    done
    [ "${#things[@]}" -eq 0 ] || ask_all '{.spec.scaleTargetRef.kind}/{.spec.scaleTargetRef.name}' "${things[@]}" | cut -f 2 | tr '\n' ' '
}

# Things of a namespace as one List. A single one is no List unless it is looked for.
get_list() {
    local space=$1

    shift
    if [ $# -eq 1 ]; then
        kube --namespace "$space" get "${1%%/*}" --field-selector "metadata.name=${1#*/}" --output yaml
    else
        kube --namespace "$space" get "$@" --ignore-not-found --output yaml
    fi
}

whose() { printf '# objects of %s in the namespace %s' "${fact[application]}" "${fact[namespace]}"; }

# All objects of the application that are there, in the order of their manifests.
write_objects() {
    local scaled chunk=() thing space last=''

    scaled=$(scaled_things) || return 1
    whose
    printf '\n'
    for thing in "${manifest_things[@]}" ''; do
        [ -z "$thing" ] || is_archived "$thing" || continue
        space=''
        [ -z "$thing" ] || space=$(space_name "$thing")
        if [ "${#chunk[@]}" -ge 100 ] || { [ "${#chunk[@]}" -gt 0 ] && [ "$space" != "$last" ]; }; then
            get_list "$last" "${chunk[@]}" | documents_of_list "$scaled" || return 1
            chunk=()
        fi
        chunk+=("$thing") last=$space
    done
}

is_whole() {
    local sum

    sum=$(cksum <"$backups/$1/objects.yaml" 2>/dev/null) && [ "$sum" = "$(cat -- "$backups/$1/checksum" 2>/dev/null)" ]
}

# How an archive is: whole, damaged, or foreign, which is another application's.
archive_state() {
    local first=''

    read -r first <"$backups/$1/objects.yaml" 2>/dev/null || true
    if ! is_whole "$1"; then
        printf damaged
    elif [ "$first" != "$(whose)" ]; then
        printf foreign
    else
        printf whole
    fi
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
        case $(archive_state "$name") in
        whole)
            printf '%s' "$name"
            return 0
            ;;
        foreign) say "archive $name is of another application and passed over" ;;
        *) say "archive $name is damaged and passed over" ;;
        esac
    done < <(each_archive)
}

# Documents without the addresses of their Services: another one is no damage, and cannot be changed.
without_addresses() {
    awk '
        /^---/ { skip = 0 }
        /^  clusterIP: / && !/None/ { next }
        /^  clusterIPs:/ { skip = 1; next }
        skip && /^  - / { next }
        { skip = 0; print }
    '
}

# A line for each document: what it is, a tab, and what it says beside its metadata and the number of its pods.
lines_of_documents() {
    awk '
        function put() { if (kind != "") printf "%s\t%s\n", kind "|" version "|" name, body }
        /^---/ { put(); kind = version = name = body = part = ""; next }
        /^[a-zA-Z]/ { part = $0; sub(/:.*/, "", part) }
        part == "kind" { kind = $2 }
        part == "apiVersion" { version = $2 }
        part == "metadata" && /^  name: / { name = $2; gsub(/["\047]/, "", name) }
        part == "" || part == "kind" || part == "apiVersion" || part == "metadata" || /^  replicas:/ { next }
        { body = body "\001" $0 }
        END { put() }
    '
}

# Things that say more or something else than an archive.
each_edited() {
    local line name version group

    [ -n "$1" ] || return 0
    awk -F '\t' 'NR == FNR { was[$1] = $2; next } ($1 in was) && was[$1] != $2 { print $1 }' \
        <(without_addresses <"$backups/$1/objects.yaml" | lines_of_documents) <(write_objects | without_addresses | lines_of_documents) |
        while IFS='|' read -r line version name; do
            group=${version%/*}
            [[ $version == */* ]] || group=''
            printf '%s\n' "$line.${version##*/}.$group/$name"
        done
}

# A patch that makes one thing say what an archive says of it; of its pods there are as many as before.
patch_of_archive() {
    without_addresses <"$backups/$1/objects.yaml" | awk -v wanted="$2" -v replicas="$3" '
        function put() {
            split(version, parts, "/")
            if (kind "." (parts[2] == "" ? parts[1] "." : parts[2] "." parts[1]) "/" name == wanted) printf "%s", body
        }
        BEGIN { print "- {op: replace, path: /metadata/managedFields, value: [{}]}" }
        /^---/ { put(); kind = version = name = body = part = ""; next }
        /^[a-zA-Z]/ { part = $0; sub(/:.*/, "", part) }
        part == "kind" { kind = $2 }
        part == "apiVersion" { version = $2 }
        part == "metadata" && /^  name: / { name = $2; gsub(/["\047]/, "", name) }
        part == "" || part == "kind" || part == "apiVersion" || part == "metadata" || (replicas != "" && /^  replicas:/) { next }
        /^[a-zA-Z]/ {
            value = $0
            sub(/^[^:]*:/, "", value)
            body = body "- op: add\n  path: /" part "\n  value:" value "\n"
            if (part == "spec" && replicas != "") body = body "      replicas: " replicas "\n"
            next
        }
        { body = body "    " $0 "\n" }
        END { put() }
    '
}

# Takes back what was added to things, which applying alone would leave. Claims cannot be changed.
take_back_edits() {
    local thing replicas

    while read -r thing; do
        [ "${thing%%.*}" != PersistentVolumeClaim ] || continue
        replicas=$(ask "$thing" '{.spec.replicas}')
        there "$thing" patch "$thing" --type json --patch "$(patch_of_archive "$1" "$thing" "$replicas")" >/dev/null || return 1
    done < <(each_edited "$1")
}
