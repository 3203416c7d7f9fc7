/* Rules for how callers treat a service. */
#include "../core/field.h"
#include "port.h"
#include "retry.h"

#include <string.h>

static void check_calls_retries(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service->n_calls; i++) {
        const struct hd_call *call = &service->calls[i];
        const struct hd_traffic_policy *policy = callee_policy(checker->model, call);
        struct tries tries = {.retries = call_retries(checker->model, call), .timeout = call_timeout(checker->model, call),
                              .methods = call->methods, .n_methods = call->n_methods};

        /* What the callee says for all is checked there. */
        if (tries.retries == &policy->retries && !call->timeout)
            continue;
        tries.timeout_where = call->timeout ? AT(call, timeout) : AT(policy, timeout);
        check_retries(checker, &tries);
    }
}

static void check_policy(struct checker *checker, const struct hd_traffic_policy *policy)
{
    struct tries tries = {.retries = &policy->retries, .timeout = policy->timeout, .timeout_where = AT(policy, timeout)};

    check_retries(checker, &tries);
}

void check_traffic(struct checker *checker, const struct hd_service *service)
{
    check_calls_retries(checker, service);
    check_policy(checker, &service->traffic_policy);
}
