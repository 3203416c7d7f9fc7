/* Rules for timeouts and retries along a chain of calls. */
#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/duration.h"
#include "model/checks.h"
#include "model/mesh.h"
#include "model/neighbour.h"
#include "model/route.h"
#include "parts.h"
#include "retry.h"

#include <string.h>

/* Upper bound on retry amplification: one request from outside must not become more than this many. */
enum { MOST_TRIES = 20 };

/* By service: the time that is left to it, and how often it may be asked for one request. */
struct inlet {
    int64_t us;         /* of the most patient caller */
    struct where where; /* its timeout */
    bool bounded;       /* whether every caller has one */
    bool called;
    int64_t tries;
    /* Calls of other applications, where the time or the tries are theirs. */
    const struct hd_call *patient, *trier;
    uint32_t n_callers; /* whose own callers are not yet counted */
};

static const struct hd_service *callee_of(struct checker *checker, const struct hd_call *call)
{
    return graph_callee(checker->model, text_or(call->to, "")).service;
}

/* Only retries that somebody asked for: those that a mesh makes by itself are nobody's mistake. */
static int64_t tries_of(const struct hd_retries *retries)
{
    return retries->attempts.set ? most_tries(retries) : 1;
}

static void enter(struct inlet *inlet, const char *timeout, struct where where)
{
    int64_t us = duration_us(timeout);

    inlet->bounded = (inlet->bounded || !inlet->called) && us > 0;
    inlet->called = true;
    if (us > inlet->us) {
        inlet->us = us;
        inlet->where = where;
        inlet->patient = NULL;
    }
}

/* Calls of other applications are the first that are counted. */
static void count_neighbours(struct checker *checker, struct inlet *inlet, const struct hd_service *service)
{
    const struct neighbours *neighbours = checker->model->neighbours;
    const struct neighbour_call *call;

    if (!neighbours || !checker->app->name || !service->name)
        return;
    call = names_find(&neighbours->calls, arena_printf(&checker->report->arena, "%s/%s", checker->app->name, service->name));
    for (; call; call = call->next) {
        int64_t us = inlet->us, tries = tries_of(&call->call->retries);

        enter(inlet, call->call->timeout, (struct where){0});
        inlet->patient = inlet->us > us ? call->call : inlet->patient;
        inlet->trier = tries > inlet->tries ? call->call : inlet->trier;
        inlet->tries = tries > inlet->tries ? tries : inlet->tries;
    }
}

/* Names a member of another application's call as the second place. */
static void also_neighbour(struct finding *finding, const struct hd_call *call, const char *key, const char *message)
{
    const struct hd_mark *mark = at_mark(call->at, field_of(&hd_call_struct, key), 0);

    if (mark)
        also_in(finding, mark->file, mark->line, mark->column, "%s", message);
}

/* A timeout of a call may be that of the callee, for all its callers. */
static struct where timeout_place(struct checker *checker, const struct hd_call *call)
{
    const struct hd_traffic_policy *policy = callee_policy(checker->model, call);

    return call->timeout ? AT(call, timeout) : AT(policy, timeout);
}

static void count_callers(struct checker *checker, struct inlet *inlets)
{
    const struct hd_app *app = checker->app;

    for (size_t i = 0; i < app->n_services; i++) {
        const struct hd_service *service = &app->services[i];

        count_neighbours(checker, &inlets[i], service);
        for (size_t k = 0; k < service->n_expose; k++) {
            const struct hd_exposure *exposure = &service->expose[k];
            int64_t tries = tries_of(&exposure->retries);

            enter(&inlets[i], exposure->timeout, AT(exposure, timeout));
            if (tries > inlets[i].tries) {
                inlets[i].tries = tries;
                inlets[i].trier = NULL;
            }
        }
        for (size_t k = 0; k < service->n_calls; k++) {
            const struct hd_service *callee = callee_of(checker, &service->calls[k]);

            if (!callee || callee == service)
                continue;
            enter(&inlets[callee - app->services], call_timeout(checker->model, &service->calls[k]),
                  timeout_place(checker, &service->calls[k]));
            inlets[callee - app->services].n_callers++;
        }
    }
}

static void check_time_left(struct checker *checker, const struct inlet *inlet, const struct hd_call *call)
{
    const char *timeout = call_timeout(checker->model, call);
    char left[DURATION_LONGEST];
    struct finding *finding;

    if (!call->to || !inlet->bounded || duration_us(timeout) <= inlet->us)
        return;
    duration_text(left, inlet->us);
    finding = found(checker, HD_TIMEOUT_BEYOND_CALLER, timeout_place(checker, call),
                    "the call of %.63s may take %.40s, but its caller waits only %s", call->to, timeout, left);
    if (inlet->patient)
        also_neighbour(finding, inlet->patient, "timeout", "the longest time that a caller waits");
    else
        also_at(finding, inlet->where, "the longest time that a caller waits");
    hint(finding, "lower the timeout below %s, or raise that of the caller", left);
}

static void check_tries(struct checker *checker, const struct inlet *inlet, const struct hd_service *service, const struct hd_call *call)
{
    const struct hd_retries *retries = call_retries(checker->model, call);
    int64_t tries = inlet->tries * tries_of(retries);
    struct finding *finding;

    if (!call->to || tries <= MOST_TRIES || inlet->tries > MOST_TRIES || tries == inlet->tries)
        return;
    finding = found(checker, HD_TRIES_MULTIPLY, AT(retries, attempts), "one request from outside may become %lld requests to %.63s",
                    (long long)tries, call->to);
    if (inlet->trier)
        also_neighbour(finding, inlet->trier, "retries", "the caller tries this often, too");
    else
        also_at(finding, AT(service, name), "%.63s may itself get %lld requests", text_or(service->name, ""), (long long)inlet->tries);
    hint(finding, "keep retries in one place of the chain, best next to the service that fails, and write attempts: 0 in the others");
}

/* Callers before those they call; what calls itself in a circle is left out. */
static void follow(struct checker *checker, struct inlet *inlets, uint32_t *order)
{
    const struct hd_app *app = checker->app;
    size_t n = 0;

    for (size_t i = 0; i < app->n_services; i++)
        if (!inlets[i].n_callers)
            order[n++] = (uint32_t)i;
    for (size_t done = 0; done < n; done++) {
        const struct hd_service *service = &app->services[order[done]];
        const struct inlet *inlet = &inlets[order[done]];

        for (size_t k = 0; k < service->n_calls; k++) {
            const struct hd_call *call = &service->calls[k];
            const struct hd_service *callee = callee_of(checker, call);
            struct inlet *next = callee && callee != service ? &inlets[callee - app->services] : NULL;
            int64_t tries = inlet->tries * tries_of(call_retries(checker->model, call));

            check_tries(checker, inlet, service, call);
            if (!next)
                continue;
            if (tries > next->tries) {
                next->tries = tries < 1000000 ? tries : 1000000;
                next->trier = NULL;
            }
            if (!--next->n_callers)
                order[n++] = (uint32_t)(callee - app->services);
        }
    }
}

void check_chains(struct checker *checker)
{
    const struct hd_app *app = checker->app;
    struct inlet *inlets;

    if (!mesh_is_on(app))
        return;
    inlets = arena_array(&checker->report->arena, app->n_services + 1, sizeof *inlets);
    for (size_t i = 0; i < app->n_services; i++)
        inlets[i].tries = 1;
    count_callers(checker, inlets);
    for (size_t i = 0; i < app->n_services; i++)
        for (size_t k = 0; k < app->services[i].n_calls; k++)
            check_time_left(checker, &inlets[i], &app->services[i].calls[k]);
    follow(checker, inlets, arena_array(&checker->report->arena, app->n_services + 1, sizeof(uint32_t)));
}
