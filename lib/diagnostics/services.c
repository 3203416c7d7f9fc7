#include "as.h"
#include "core/memory/hash.h"
#include "core/memory/names.h"
#include "core/reporting/report.h"
#include "core/text/among.h"

#include <stdio.h>
#include <string.h>

bool is_setting(const char *file)
{
    return file && !strncmp(file, "--set ", 6);
}

size_t services_of(struct arena *arena, const struct hd_diagnostic *diagnostic, const char ***ret_names)
{
    const char **names = arena_array(arena, diagnostic->n_paths + 1, sizeof *names);
    struct names known;
    size_t n = 0;

    *ret_names = names;
    if (!diagnostic->n_paths)
        return 0;
    names_init(arena, &known, diagnostic->n_paths);
    for (size_t i = 0; i < diagnostic->n_paths; i++) {
        const char *name;
        size_t length = path_service(diagnostic->paths[i], &name);

        if (!length)
            return 0;
        names[n] = arena_strndup(arena, name, length);
        n += !names_add(&known, names[n], diagnostic);
    }
    return n;
}

/* How many names a list shows when there are more. */
enum { SHOWN_NAMES = 3 };

/* "a, b, c and 57 more"; a list that is only a little longer is shown whole. */
static const char *some_of(struct arena *arena, const char *const *names, size_t n)
{
    size_t n_shown = n > SHOWN_NAMES + 1 ? SHOWN_NAMES : n;
    char *list = NULL;

    for (size_t i = 0; i < n_shown; i++)
        list = arena_listed(arena, list, names[i]);
    return n_shown < n ? arena_printf(arena, "%s and %zu more", list, n - n_shown) : list;
}

const char *sharers(struct arena *arena, const struct hd_diagnostic *diagnostic)
{
    const char **names;
    size_t n = services_of(arena, diagnostic, &names);

    if (n > 1)
        return arena_printf(arena, "for %zu services: %s", n, some_of(arena, names, n));
    if (diagnostic->n_paths > 1)
        return arena_printf(arena, "and at %s", some_of(arena, diagnostic->paths + 1, diagnostic->n_paths - 1));
    return NULL;
}

const char *environments_text(struct arena *arena, const struct hd_diagnostic *diagnostic)
{
    if (!diagnostic->n_environments)
        return NULL;
    return arena_printf(arena, "in environment%s %s", diagnostic->n_environments > 1 ? "s" : "",
                        some_of(arena, diagnostic->environments, diagnostic->n_environments));
}

const char *message_in_full(struct arena *arena, const struct hd_diagnostic *diagnostic)
{
    const char *shared = sharers(arena, diagnostic), *where = environments_text(arena, diagnostic), *hint = diagnostic->hint;

    return arena_printf(arena, "%s%s%s%s%s%s%s", text_or(diagnostic->message, ""), shared ? "\n" : "", text_or(shared, ""),
                        where ? "\n" : "", text_or(where, ""), hint ? "\nhint: " : "", text_or(hint, ""));
}

const char *file_of(const struct printer *printer, const struct hd_diagnostic *diagnostic)
{
    if (diagnostic->file && !is_setting(diagnostic->file))
        return diagnostic->file;
    return printer->style->n_sources && printer->style->sources[0].name ? printer->style->sources[0].name : "hybriddeploy.yaml";
}

const char *const *fingerprints(struct printer *printer)
{
    struct arena *arena = &printer->arena;
    const char **prints = arena_array(arena, printer->n_findings + 1, sizeof *prints);
    struct names known;

    names_init(arena, &known, printer->n_findings);
    for (size_t i = 0; i < printer->n_findings; i++) {
        const struct hd_diagnostic *finding = printer->findings[i];
        char *name = arena_printf(arena, "%d\n%s\n%s", finding->code, file_of(printer, finding), text_or(finding->path, ""));
        size_t count = (size_t)(uintptr_t)names_find(&known, name) + 1;

        names_set(&known, name, (const void *)(uintptr_t)count);
        name = arena_printf(arena, "%s\n%zu", name, count);
        prints[i] = arena_printf(arena, "%016llx", (unsigned long long)hash_text(name));
    }
    return prints;
}
