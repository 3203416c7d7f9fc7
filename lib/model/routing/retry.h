/* Retries and timeouts, wherever they are given: for what is exposed, for a call, for all callers of a service. */
#ifndef HD_MODEL_ROUTING_RETRY_H
#define HD_MODEL_ROUTING_RETRY_H

#include "model/checks.h"

/* The settings that decide about tries, and their places. */
struct tries {
    const struct hd_retries *retries;
    /* Time for all of them, or NULL; and where it is given. */
    const char *timeout;
    struct where timeout_where;
    /* Methods of the requests; none for all. */
    const char *const *methods;
    size_t n_methods;
};

/* Fills in how often, and after which failures. */
void resolve_retries(struct hd_retries *retries, enum hd_protocol protocol);

void check_retries(struct checker *checker, const struct tries *tries);

/* The most often that a request is sent, the first time included. */
int64_t most_tries(const struct hd_retries *retries);

/* The policy of what a call leads to; all zero when it leads nowhere. */
const struct hd_traffic_policy *callee_policy(const struct hd_model *model, const struct hd_call *call);

/* The retries of a call: its own, else those of the called service. Never NULL, but all zero where neither gives any. */
const char *call_timeout(const struct hd_model *model, const struct hd_call *call);
const struct hd_retries *call_retries(const struct hd_model *model, const struct hd_call *call);

#endif
