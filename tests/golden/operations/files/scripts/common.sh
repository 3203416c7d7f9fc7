# What the scripts of an application have in common. POSIX sh; read by the others, not run. Written by hybriddeploy.
# shellcheck shell=sh

# What is known of the application stands in application.tsv: a line is a word for what it is about, and values with tabs
# between them; - is a value that is not there. It is read and never run.
tab=$(printf '\t')
facts_file=${facts_file:-${0%/*}/application.tsv}

say() {
    printf '%s\n' "$*" >&2
}

# fail STATUS MESSAGE: complains, and ends the script.
fail() {
    fail_status=$1
    shift
    say "${0##*/}: $*"
    exit "$fail_status"
}

# facts WORD: the lines about something, without the word itself.
facts() {
    while IFS= read -r facts_line; do
        case $facts_line in
        "$1$tab"*) printf '%s\n' "${facts_line#*"$tab"}" ;;
        esac
    done <"$facts_file"
}

# fact WORD [N]: value N (from 1) of the first line about something; nothing when it is not there.
fact() {
    fact_values=$(facts "$1" | head -n 1 | cut -f "${2:-1}")
    if [ "$fact_values" != - ]; then
        printf '%s\n' "$fact_values"
    fi
}
