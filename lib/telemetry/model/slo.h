/* Objectives: how fast one may be used up before somebody is told. */
#ifndef HD_TELEMETRY_MODEL_SLO_H
#define HD_TELEMETRY_MODEL_SLO_H

#include "model/model.h"

/*
 * An alert over two windows: in the long one enough of what may fail has failed, and in the short one it still does.
 * (Google, Site Reliability Workbook: multiwindow, multi-burn-rate alerts)
 */
struct burn_rate {
    const char *long_window, *short_window;
    int64_t long_ms;
    /* Share of all that may fail, used up within the long window, in percent. */
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
/* How many times faster than promised errors may come, in thousandths; 0 where even nothing but errors would not be that fast. */
int64_t slo_factor(const struct hd_slo *slo, const struct burn_rate *rate);

#endif
