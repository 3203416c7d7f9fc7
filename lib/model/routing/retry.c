#include "retry.h"

#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/duration.h"
#include "model/tables.h"

#include <string.h>

#define T hd_retries
static const struct hd_field retries_fields[] = {
    OPT("attempts", attempts, .max = 100),
    STR("perTryTimeout", per_try_timeout, .format = &format_mesh_duration),
    STRS("retryOn", retry_on, .format = &format_retry_on),
    BOOL("retryRemoteLocalities", retry_remote_localities),
};
const struct hd_struct hd_retries_struct = STRUCT(retries_fields, .scalar = "attempts");
#undef T

/* The retries that a mesh makes by default. (Istio: HTTPRetry) */
enum { ATTEMPTS_OF_MESH = 2 };

void resolve_retries(struct hd_retries *retries, enum hd_protocol protocol)
{
    static const char *const safe[] = {"connect-failure", "refused-stream", "unavailable"};

    if (!struct_is_set(&hd_retries_struct, retries))
        return;
    if (!retries->attempts.set)
        retries->attempts = (struct hd_opt_int)HD_INT(ATTEMPTS_OF_MESH);
    if (retries->attempts.value > 0 && !retries->n_retry_on) {
        retries->retry_on = safe;
        retries->n_retry_on = protocol == HD_PROTOCOL_GRPC ? 3 : 2;
    }
}

int64_t most_tries(const struct hd_retries *retries)
{
    if (!retries->attempts.set)
        return 1 + ATTEMPTS_OF_MESH;
    return retries->attempts.value > 0 && retries->attempts.value <= 100 ? 1 + retries->attempts.value : 1;
}

/* Istio refuses settings of what is turned off. */
static void check_off(struct checker *checker, const struct hd_retries *retries)
{
    struct finding *finding;

    if (!retries->attempts.set || retries->attempts.value ||
        !(retries->per_try_timeout || retries->n_retry_on || retries->retry_remote_localities))
        return;
    finding = found(checker, HD_RETRIES_OFF, AT(retries, attempts), "attempts is 0, so the other settings of retries have no effect");
    if (retries->per_try_timeout)
        also_at(finding, AT(retries, per_try_timeout), "perTryTimeout is %.40s", retries->per_try_timeout);
    else if (retries->n_retry_on)
        also_at(finding, AT(retries, retry_on), "retryOn is given here");
    hint(finding, "raise attempts, or remove the other settings");
}

/* The time for all must be enough for each. */
static void check_time(struct checker *checker, const struct tries *tries)
{
    const struct hd_retries *retries = tries->retries;
    int64_t all = duration_us(tries->timeout), each = duration_us(retries->per_try_timeout), n = most_tries(retries);
    char sum[DURATION_LONGEST];
    struct finding *finding;

    if (all < 0 || each < 0 || all / n >= each)
        return;
    duration_text(sum, each * n);
    finding = found(checker, HD_TRIES_BEYOND_TIMEOUT, AT(retries, per_try_timeout),
                    "%lld tries of %.40s may take %s, but the request ends after %.40s", (long long)n, retries->per_try_timeout, sum,
                    tries->timeout);
    also_at(finding, tries->timeout_where, "timeout is %.40s", tries->timeout);
    hint(finding, "raise timeout to %s, or lower perTryTimeout or attempts", sum);
}

/* Whether a retry after this condition may repeat work. After the safe ones the service has not handled the request. */
static bool is_unsafe(const char *condition)
{
    static const char *const safe[] = {"connect-failure", "refused-stream", "unavailable", "reset-before-request", "envoy-ratelimited",
                                       "resource-exhausted", "http3-post-connect-failure", "503", "429", "425"};

    return !IS_AMONG(condition, safe);
}

static const char *method_that_changes(const struct tries *tries)
{
    static const char *const changing[] = {"POST", "PATCH", "CONNECT"};

    for (size_t i = 0; i < tries->n_methods; i++)
        if (IS_AMONG(tries->methods[i], changing))
            return tries->methods[i];
    return tries->n_methods ? NULL : "POST";
}

static void check_repeats(struct checker *checker, const struct tries *tries)
{
    const struct hd_retries *retries = tries->retries;
    const char *method = method_that_changes(tries);
    struct finding *finding;

    if (!method || retries->attempts.value < 1)
        return;
    for (size_t i = 0; i < retries->n_retry_on; i++) {
        if (!format_is_valid(&format_retry_on, retries->retry_on[i]) || !is_unsafe(retries->retry_on[i]))
            continue;
        finding = found(checker, HD_RETRY_REPEATS, AT_ITEM(retries, retry_on, i),
                        "after %s the service may have handled the request already, and a retried %s would be handled twice",
                        retries->retry_on[i], method);
        hint(finding,
             tries->n_methods ? "retry after connect-failure and refused-stream, or give %s its own exposure or call"
                              : "retry after connect-failure and refused-stream, or write methods: [GET] if no other method is used",
             method);
        return;
    }
}

void check_retries(struct checker *checker, const struct tries *tries)
{
    check_off(checker, tries->retries);
    check_time(checker, tries);
    check_repeats(checker, tries);
}

const struct hd_traffic_policy *callee_policy(const struct hd_model *model, const struct hd_call *call)
{
    static const struct hd_traffic_policy none;
    struct callee callee = graph_callee(model, text_or(call->to, ""));

    return callee.service ? &callee.service->traffic_policy : callee.external ? &callee.external->traffic_policy : &none;
}

const char *call_timeout(const struct hd_model *model, const struct hd_call *call)
{
    return call->timeout ? call->timeout : callee_policy(model, call)->timeout;
}

const struct hd_retries *call_retries(const struct hd_model *model, const struct hd_call *call)
{
    return struct_is_set(&hd_retries_struct, &call->retries) ? &call->retries : &callee_policy(model, call)->retries;
}
