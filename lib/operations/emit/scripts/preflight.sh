# shellcheck shell=bash
# What deploy-hybrid.sh asks before it changes anything. Sourced, never run.

# shellcheck source=application.sh
[ -n "${folder-}" ] || . "$(dirname -- "${BASH_SOURCE[0]}")/application.sh"

check_version() {
    local text major minor wanted=${fact[kubernetes]#*.}

    text=$(kube get --raw /version)
    major=$(sed -n 's/.*"major": *"\([0-9]*\).*/\1/p' <<<"$text")
    minor=$(sed -n 's/.*"minor": *"\([0-9]*\).*/\1/p' <<<"$text")
    [ -n "$minor" ] || return 0
    [ "$major" -gt 1 ] || [ "$minor" -ge "$wanted" ] ||
        report problem cluster "is Kubernetes $major.$minor, the manifests are for ${fact[kubernetes]}: generate with --kube-version $major.$minor"
}

# Kinds of the manifests, as the cluster knows them: kind, group, plural, whether they have a namespace, and which.
kinds=()

each_kind() {
    local thing

    printf 'ConfigMap.v1. %s\n' "${fact[namespace]}"
    for thing in "${manifest_things[@]}"; do
        printf '%s %s\n' "${thing%%/*}" "$(space_name "$thing")"
    done
}

check_kinds() {
    local kind name group version where entry space
    local -A served=() unknown=()

    while read -r kind space; do
        IFS=. read -r name version group <<<"$kind"
        where=${group:+apis/$group}
        where=${where:-api}/$version
        [ -n "${served[$where]+asked}" ] || served[$where]=$(kube get --raw "/$where" 2>/dev/null || true)
        entry='"name": *"([a-z0-9-]+)"[^{}]*"namespaced": *(true|false)[^{}]*"kind": *"'$name'"'
        if [[ ${served[$where]} =~ $entry ]]; then
            kinds+=("$name|$group|${BASH_REMATCH[1]}|${BASH_REMATCH[2]}|$space")
        elif [ -z "${unknown[$kind]-}" ]; then
            unknown[$kind]=yes
            report problem "$name.$version${group:+.$group}" "the cluster does not know this kind: install what defines it, or leave the part of the model out"
        fi
    done < <(each_kind | sort -u)
}

# Questions whether who runs this may do something. A namespace that is there need not be made.
each_question() {
    local entry name group plural namespaced verb space

    for entry in "${kinds[@]}"; do
        for verb in get patch create; do
            IFS='|' read -r name group plural namespaced space <<<"$entry"
            case $name/$verb in
            Namespace/create)
                [ -z "$has_namespace" ] || continue
                space=''
                ;;
            Namespace/*) ;;
            *) [ "$namespaced" = true ] || space='' ;;
            esac
            printf -- '---\napiVersion: authorization.k8s.io/v1\nkind: SelfSubjectAccessReview\n'
            printf 'spec: {resourceAttributes: {namespace: "%s", verb: %s, group: "%s", resource: "%s"}}\n' "$space" "$verb" "$group" "$plural"
        done
    done
}

has_namespace='' keeps_namespace=''

check_rights() {
    local verb space group plural allowed answers about
    local -A refused=()

    ! is_there "namespace/${fact[namespace]}" 2>/dev/null || has_namespace=yes
    answers=$(each_question | kube create --validate=false --filename - --output \
        'jsonpath={.spec.resourceAttributes.verb}|{.spec.resourceAttributes.namespace}|{.spec.resourceAttributes.group}|{.spec.resourceAttributes.resource}|{.status.allowed}{"\n"}') ||
        not_begun "the cluster does not say what you may do; nothing was changed"
    while IFS='|' read -r verb space group plural allowed; do
        if [ "$allowed" = true ]; then
            continue
        elif [ "$verb/$plural/$has_namespace" = patch/namespaces/yes ]; then
            report warning "Namespace/${fact[namespace]}" "you may not change it: its labels stay as they are"
            keeps_namespace=yes
        else
            about="$plural${group:+.$group}|$space"
            refused[$about]+="${refused[$about]:+, }$verb"
        fi
    done <<<"$answers"
    for about in "${!refused[@]}"; do
        space=${about#*|}
        report problem "${about%|*}" "you may not ${refused[$about]} them${space:+ in the namespace $space}: ask for the right, or use another context"
    done
}

# Whether a manifest is left out, because who runs this may not change what is there.
is_left_out() { [ "${1%%.*}/$keeps_namespace" = Namespace/yes ]; }

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
