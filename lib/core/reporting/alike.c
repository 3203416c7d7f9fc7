/* Tells a mistake that several members share once: at the place that they inherit it from, with all their paths. */
#include "core/memory/names.h"
#include "report.h"

#include <string.h>

/* Warnings about a way in which an application is run. One decision causes them for many services, so each is told once a model. */
static bool is_decision(int code)
{
    return code == HD_SINGLE_POD || code == HD_NO_BUDGET || code == HD_NO_REQUEST || code == HD_NO_MEMORY_LIMIT ||
           code == HD_NO_READINESS || code == HD_PROBES_ALIKE || code == HD_CANARY_UNJUDGED || code == HD_METRICS_WITHOUT_PROMETHEUS ||
           code == HD_NEVER_PULLED || code == HD_UPDATE_NEEDS_NODE;
}

size_t path_service(const char *path, const char **ret_name)
{
    static const char services[] = "services";
    size_t length = strlen(services);

    if (strncmp(path, services, length) != 0)
        return 0;
    if (path[length] == '.') {
        *ret_name = path + length + 1;
        return strcspn(*ret_name, ".[");
    }
    if (strncmp(path + length, "[\"", 2) != 0)
        return 0;
    *ret_name = path + length + 2;
    return strcspn(*ret_name, "\"");
}

static bool is_of_name(char c)
{
    return c == '-' || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The message with a blank in the place of the service's name, so that two services' messages are the same. */
static const char *shape(struct hd_diagnostics *report, const struct hd_diagnostic *diagnostic)
{
    const char *name, *text = diagnostic->message;
    size_t length = path_service(diagnostic->path, &name), n = 0;
    char *shape;

    if (!length)
        return text;
    shape = arena_room(&report->arena, strlen(text) + 1, 1);
    for (size_t i = 0; text[i];) {
        if (!strncmp(text + i, name, length) && !is_of_name(text[i + length]) && (!i || !is_of_name(text[i - 1]))) {
            shape[n++] = ' ';
            i += length;
        } else {
            shape[n++] = text[i++];
        }
    }
    shape[n] = '\0';
    return shape;
}

/* A key that findings of one mistake share; NULL for a finding that is joined with no other, because its place is unknown. */
static const char *mistake(struct hd_diagnostics *report, const struct finding *finding)
{
    const struct hd_diagnostic *diagnostic = &finding->diagnostic;
    const char *name;

    if (is_decision(diagnostic->code) && path_service(diagnostic->path, &name))
        return arena_printf(&report->arena, "%d %s", diagnostic->code, shape(report, diagnostic));
    if (!diagnostic->file || !diagnostic->line)
        return NULL;
    return arena_printf(&report->arena, "%d %u %u %s %s", diagnostic->code, diagnostic->line, diagnostic->column, diagnostic->file,
                        shape(report, diagnostic));
}

static void add_path(struct hd_diagnostics *report, struct finding *first, const char *path)
{
    struct hd_diagnostic *diagnostic = &first->diagnostic;

    if (!strcmp(diagnostic->n_paths ? first->paths[diagnostic->n_paths - 1] : diagnostic->path, path))
        return;
    if (!diagnostic->n_paths) {
        arena_grow(&report->arena, first->paths, 0);
        first->paths[diagnostic->n_paths++] = diagnostic->path;
    }
    arena_grow(&report->arena, first->paths, diagnostic->n_paths);
    first->paths[diagnostic->n_paths++] = path;
    diagnostic->paths = first->paths;
}

void join_alike(struct hd_diagnostics *report)
{
    struct names mistakes;

    if (report->n_findings < 2)
        return;
    names_init(&report->arena, &mistakes, report->n_findings);
    for (size_t i = 0; i < report->n_findings; i++) {
        struct finding *finding = report->findings[i], *first;
        const char *name = finding->silenced ? NULL : mistake(report, finding);

        first = name ? (struct finding *)(uintptr_t)names_add(&mistakes, name, finding) : NULL;
        if (!first)
            continue;
        add_path(report, first, finding->diagnostic.path);
        for (size_t k = 1; k < finding->diagnostic.n_paths; k++)
            add_path(report, first, finding->paths[k]);
        add_environments(first, finding);
        finding->silenced = true;
        finding->joined = first;
    }
}
