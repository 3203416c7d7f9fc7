#include "as.h"
#include "core/memory/names.h"
#include "core/reporting/report.h"

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
