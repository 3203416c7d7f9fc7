/* Rules for objectives against those of the services that are called: what depends on others fails when they do. */
#include "core/text/among.h"
#include "core/text/monitoring_units.h"
#include "model/checks.h"
#include "model/graph.h"
#include "parts.h"
#include "slo.h"

/* The objective for answers without an error; NULL when there is none. */
static const struct hd_slo *availability(const struct hd_model *model, const struct hd_service *service)
{
    const struct hd_slo *slo = slo_first(model, service);

    while (slo && (slo->latency || percent_millionths(slo->objective) <= 0))
        slo = slo_next(model, slo);
    return slo;
}

/* The share of requests that may fail, in millionths of a percent. */
static int64_t budget_of(const struct hd_slo *slo)
{
    return PERCENT_ALL - percent_millionths(slo->objective);
}

static void report(struct checker *checker, const struct hd_slo *slo, const struct hd_slo *callee, int64_t sum, size_t count)
{
    char text[DECIMAL_LONGEST];
    struct finding *finding;

    decimal_text(text, PERCENT_ALL - sum, 6);
    if (count == 1)
        finding = found(checker, HD_OBJECTIVE_ABOVE_CALLEES, AT(slo, objective), "the objective %s is above that of %s, which %s calls",
                        slo->objective, callee->service, slo->service);
    else
        finding =
            found(checker, HD_OBJECTIVE_ABOVE_CALLEES, AT(slo, objective),
                  "the objective %s is above what the %zu services allow that %s calls: when each fails as often as it may, %s%% is left",
                  slo->objective, count, slo->service, text);
    also_at(finding, AT(callee, objective), "the objective of %s is %s", callee->service, callee->objective);
    hint(finding,
         "lower the objective to at most %s%%, or raise those of the services that are called; if it answers without them, accept this "
         "with silence",
         text);
}

void check_objectives_of_callees(struct checker *checker, const struct hd_service *service)
{
    const struct hd_slo *slo = availability(checker->model, service), *worst = NULL;
    int64_t sum = 0;
    size_t count = 0;

    if (!slo)
        return;
    for (size_t i = 0; i < service->n_calls; i++) {
        const struct hd_service *callee = graph_callee(checker->model, text_or(service->calls[i].to, "")).service;
        const struct hd_slo *theirs = callee && callee != service ? availability(checker->model, callee) : NULL;

        if (!theirs)
            continue;
        sum += budget_of(theirs);
        count++;
        if (!worst || budget_of(theirs) > budget_of(worst))
            worst = theirs;
    }
    if (worst && sum > budget_of(slo) && sum < PERCENT_ALL)
        report(checker, slo, worst, sum, count);
}
