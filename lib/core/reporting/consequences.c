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

/* The findings of an environment that have one of these codes, by the paths that `path_of` makes of theirs; false when there are none. */
static bool name_paths(struct hd_diagnostics *report, size_t environment, bool (*is_of)(int code),
                       const char *(*path_of)(struct arena *arena, const char *path), struct names *names)
{
    size_t n = 0;

    for (size_t i = 0; i < report->n_findings; i++)
        n += report->findings[i]->environment == environment && is_of(report->findings[i]->diagnostic.code);
    if (!n)
        return false;
    names_init(&report->arena, names, n);
    for (size_t i = 0; i < report->n_findings; i++) {
        const struct finding *finding = report->findings[i];

        if (finding->environment == environment && is_of(finding->diagnostic.code))
            names_add(names, path_of(&report->arena, finding->diagnostic.path), finding);
    }
    return true;
}

static const char *same_path(struct arena *arena, const char *path)
{
    (void)arena;
    return path;
}

static void silence_gaps(struct hd_diagnostics *report, size_t environment)
{
    struct names names;

    if (!name_paths(report, environment, leaves_gap, outer_path, &names))
        return;
    for (size_t i = 0; i < report->n_findings; i++) {
        struct finding *finding = report->findings[i];

        if (finding->environment == environment && lacks_something(finding->diagnostic.code) &&
            names_find(&names, finding->diagnostic.path))
            finding->silenced = true;
    }
}

static void silence_behind(struct hd_diagnostics *report, size_t environment)
{
    struct names names;

    if (!name_paths(report, environment, is_not_understood, same_path, &names))
        return;
    for (size_t i = 0; i < report->n_findings; i++) {
        struct finding *finding = report->findings[i];
        const char *path = finding->diagnostic.path;

        if (finding->environment == environment && may_follow(finding->diagnostic.code) &&
            begins_with(&names, arena_strndup(&report->arena, path, strlen(path))))
            finding->silenced = true;
    }
}

/* A value that is understood, but that nothing may have here: what else is wrong with it is told when it has been changed. */
static bool is_refused_value(int code)
{
    return code == HD_BAD_FORM || code == HD_OUT_OF_RANGE;
}

static bool is_at_same_member(const struct finding *a, const struct finding *b)
{
    return a->where.object == b->where.object && a->where.offset == b->where.offset && a->where.item == b->where.item;
}

/* The path alone does not tell an entry's name from the entry. */
static void silence_same_member(struct hd_diagnostics *report, size_t environment)
{
    struct names names;

    if (!name_paths(report, environment, is_refused_value, same_path, &names))
        return;
    for (size_t i = 0; i < report->n_findings; i++) {
        struct finding *finding = report->findings[i];
        const struct finding *refused = names_find(&names, finding->diagnostic.path);

        if (finding->environment == environment && may_follow(finding->diagnostic.code) && refused && is_at_same_member(finding, refused))
            finding->silenced = true;
    }
}

void silence_consequences(struct hd_diagnostics *report)
{
    /* Each environment is looked at by itself, because another one may have the value that is missing here. */
    for (size_t environment = 0; environment <= report->n_environments; environment++) {
        silence_gaps(report, environment);
        silence_behind(report, environment);
        silence_same_member(report, environment);
    }
}
