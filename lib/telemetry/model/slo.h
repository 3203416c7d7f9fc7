/* Objectives: how fast the error budget may be used up before an alert is raised. */
#ifndef HD_TELEMETRY_MODEL_SLO_H
#define HD_TELEMETRY_MODEL_SLO_H

#include "model/model.h"

/*
 * An alert over two windows: a large part of the error budget was used in the long window, and is still being used in the short one.
 * (Google, Site Reliability Workbook: multiwindow, multi-burn-rate alerts)
 */
struct burn_rate {
    const char *long_window, *short_window;
    int64_t long_ms;
    /* Part of the error budget that is used up within the long window, in percent. */
    int64_t percent_of_budget;
    const char *hold, *severity;
};

enum { N_BURN_RATES = 4, N_SLO_WINDOWS = 7 };
extern const struct burn_rate burn_rates[N_BURN_RATES];
/* All windows, each once, from the shortest. */
extern const char *const slo_windows[N_SLO_WINDOWS];

/* Finds the objectives of each service, once names are indexed. */
void slo_index(struct hd_model *model);
/* A service's first objective, and the next of the same service; NULL when there is none. */
const struct hd_slo *slo_first(const struct hd_model *model, const struct hd_service *service);
const struct hd_slo *slo_next(const struct hd_model *model, const struct hd_slo *slo);

/* The share of requests that may fail, in units of 1e-8. */
int64_t slo_budget(const struct hd_slo *slo);
/* How many times faster than the objective allows errors may come, in thousandths; 0 when even 100 % errors would be slower than that. */
int64_t slo_factor(const struct hd_slo *slo, const struct burn_rate *rate);

#endif
