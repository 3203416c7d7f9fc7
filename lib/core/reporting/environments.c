/* Findings of several environments of one model: each mistake is told once, with the environments that have it. */
#include "report.h"

#include <string.h>

void report_environment(struct hd_diagnostics *report, const char *name)
{
    report->environment = 0;
    if (!name)
        return;
    for (size_t i = 0; i < report->n_environments; i++)
        if (!strcmp(report->environments[i], name))
            report->environment = i + 1;
    if (report->environment)
        return;
    arena_grow(&report->arena, report->environments, report->n_environments);
    report->environments[report->n_environments++] = arena_strndup(&report->arena, name, strlen(name));
    report->environment = report->n_environments;
}

static void add_environment(struct finding *finding, const char *name)
{
    for (size_t i = 0; i < finding->n_environments; i++)
        if (!strcmp(finding->environments[i], name))
            return;
    arena_grow(&finding->report->arena, finding->environments, finding->n_environments);
    finding->environments[finding->n_environments++] = name;
}

static void add_own(struct finding *finding, const struct finding *from)
{
    if (from->environment)
        add_environment(finding, from->report->environments[from->environment - 1]);
}

void add_environments(struct finding *first, const struct finding *finding)
{
    if (first->report->n_environments < 2)
        return;
    add_own(first, first);
    add_own(first, finding);
    for (size_t i = 0; i < finding->n_environments; i++)
        add_environment(first, finding->environments[i]);
}

void name_environments(struct hd_diagnostics *report)
{
    for (size_t i = 0; report->n_environments > 1 && i < report->n_findings; i++) {
        struct finding *finding = report->findings[i];
        bool is_everywhere;

        add_own(finding, finding);
        is_everywhere = finding->n_environments == report->n_environments;
        finding->diagnostic.environments = is_everywhere ? NULL : finding->environments;
        finding->diagnostic.n_environments = is_everywhere ? 0 : finding->n_environments;
    }
}
