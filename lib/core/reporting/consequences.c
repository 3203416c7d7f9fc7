/* Hides findings that are only consequences of a value that was refused. */
#include "core/memory/names.h"
#include "report.h"

#include <string.h>

/* A value that was not understood counts as missing for every rule that comes later. */
static bool is_not_understood(int code)
{
    return code == HD_WRONG_TYPE || code == HD_UNKNOWN_WORD || code == HD_YAML_TRAP || code == HD_NO_VALUE ||
           code == HD_NOTHING_TAKEN || code == HD_NEW_IN_LAYER;
}

/* Only these codes can be mere consequences of a missing value; they are hidden when the value was refused. */
static bool may_follow(int code)
{
    return code == HD_MISSING || code >= 2000;
}

/* Whether the path, or one that it goes on from, is among the names. */
static bool begins_with(const struct names *names, char *path)
{
    if (names_find(names, "") || names_find(names, path))
        return true;
    for (char *p = path; *p; p++) {
        char c = *p;
        bool found;

        if (c != '.' && c != '[')
            continue;
        *p = '\0';
        found = names_find(names, path) != NULL;
        *p = c;
        if (found)
            return true;
    }
    return false;
}

/* The path of the struct in which something stands. */
static const char *outer_path(struct arena *arena, const char *path)
{
    size_t length = strlen(path);
    bool quoted = length && path[length - 1] == ']';

    while (length && (quoted ? path[length - 1] != '[' : path[length - 1] != '.'))
        length--;
    return arena_strndup(arena, path, length ? length - 1 : 0);
}

/* A key that nobody knows, or a value that was not understood, may have been meant to be what its struct lacks. */
static bool leaves_gap(int code)
{
    return code == HD_UNKNOWN_KEY || code == HD_WRONG_TYPE || code == HD_UNKNOWN_WORD;
}

static bool lacks_something(int code)
{
    return may_follow(code) || code == HD_NO_VALUE;
}

/* How many findings of an environment have one of these codes. */
static size_t count_of(const struct hd_diagnostics *report, size_t environment, bool (*is_of)(int code))
{
    size_t n = 0;

    for (size_t i = 0; i < report->n_findings; i++)
        n += report->findings[i]->environment == environment && is_of(report->findings[i]->diagnostic.code);
    return n;
}

static void silence_gaps(struct hd_diagnostics *report, size_t environment)
{
    size_t n = count_of(report, environment, leaves_gap);
    struct names names;

    if (!n)
        return;
    names_init(&report->arena, &names, n);
    for (size_t i = 0; i < report->n_findings; i++)
        if (report->findings[i]->environment == environment && leaves_gap(report->findings[i]->diagnostic.code))
            names_add(&names, outer_path(&report->arena, report->findings[i]->diagnostic.path), report);
    for (size_t i = 0; i < report->n_findings; i++) {
        struct finding *finding = report->findings[i];

        if (finding->environment == environment && lacks_something(finding->diagnostic.code) &&
            names_find(&names, finding->diagnostic.path))
            finding->silenced = true;
    }
}

static void silence_behind(struct hd_diagnostics *report, size_t environment)
{
    size_t n = count_of(report, environment, is_not_understood);
    struct names names;

    if (!n)
        return;
    names_init(&report->arena, &names, n);
    for (size_t i = 0; i < report->n_findings; i++)
        if (report->findings[i]->environment == environment && is_not_understood(report->findings[i]->diagnostic.code))
            names_add(&names, report->findings[i]->diagnostic.path, report);
    for (size_t i = 0; i < report->n_findings; i++) {
        struct finding *finding = report->findings[i];
        const char *path = finding->diagnostic.path;

        if (finding->environment == environment && may_follow(finding->diagnostic.code) &&
            begins_with(&names, arena_strndup(&report->arena, path, strlen(path))))
            finding->silenced = true;
    }
}

void silence_consequences(struct hd_diagnostics *report)
{
    /* Each environment is looked at by itself, because another one may have the value that is missing here. */
    for (size_t environment = 0; environment <= report->n_environments; environment++) {
        silence_gaps(report, environment);
        silence_behind(report, environment);
    }
}
