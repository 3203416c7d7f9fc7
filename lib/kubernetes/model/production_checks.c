/* Rules for settings that are for the desk of a developer, or for a machine of another size. */
#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/quantity.h"
#include "model/resources.h"
#include "pod_checks.h"
#include "text_checks.h"

#include <stdlib.h>

/* Variables by which frameworks are told for whom they run, and what is not for production. */
static const char *const switches[][2] = {
    {"NODE_ENV", "dev"},  {"FLASK_ENV", "dev"},  {"RAILS_ENV", "dev"},   {"RACK_ENV", "dev"},           {"APP_ENV", "dev"},
    {"APP_ENV", "local"}, {"GIN_MODE", "debug"}, {"APP_DEBUG", "true"},  {"ASPNETCORE_ENVIRONMENT", "dev"}, {"DOTNET_ENVIRONMENT", "dev"},
    {"FLASK_DEBUG", "1"}, {"FLASK_DEBUG", "true"}, {"DJANGO_DEBUG", "1"}, {"DJANGO_DEBUG", "true"},      {"SPRING_PROFILES_ACTIVE", "dev"},
    {"SPRING_PROFILES_ACTIVE", "local"}, {"QUARKUS_PROFILE", "dev"}, {"MICRONAUT_ENVIRONMENTS", "dev"},
};
/* What makes a runtime wait for a debugger. */
static const char *const waiting[] = {"suspend=y", "--inspect-brk", "--wait-for-client"};

static void check_switch(struct checker *checker, const struct hd_env *env)
{
    struct finding *finding;

    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++) {
        if (*env->name != *switches[i][0] || strcmp(env->name, switches[i][0]) ||
            !letters_same(env->value, switches[i][1], strlen(switches[i][1])))
            continue;
        finding = found(checker, HD_DEVELOPMENT_SETTING, AT(env, value), "%s=%.40s is for development, and this is production", env->name, env->value);
        also_at(finding, AT(checker->app, environment), "the environment");
        hint(finding, "write the value for production, or take the variable into the layer of the other environment; if it is meant, accept this "
                      "with silence");
        return;
    }
}

void check_debugger(struct checker *checker, struct where where, const char *text)
{
    for (size_t i = 0; i < sizeof waiting / sizeof *waiting; i++)
        if (strstr(text, waiting[i]) && (i || strstr(text, "jdwp")))
            hint(found(checker, HD_DEVELOPMENT_SERVER, where, "%s: the program waits for a debugger, and does not start before", waiting[i]),
                 "remove it; if a debugger always connects, accept this with silence");
}

/* A number of threads that is for a machine of more processors than the container may use. */
static void check_threads(struct checker *checker, const struct hd_container *container, struct where where, const char *subject, const char *text)
{
    const struct hd_quantity *limit = resource_named(container->resources.limits, container->resources.n_limits, "cpu");
    size_t digits = strspn(text, "0123456789");
    long threads = digits && digits < 5 && !text[digits] ? strtol(text, NULL, 10) : 0;
    int64_t milli = limit && quantity_is_valid(limit->amount) ? quantity_milli(limit->amount) : 0;
    struct finding *finding;

    if (milli <= 0 || threads < 4 || (int64_t)threads * 1000 <= 2 * milli + 1000)
        return;
    finding = found(checker, HD_THREADS_ABOVE_LIMIT, where, "%s is %ld, but the container may use %s of cpu, so its threads are held back", subject, threads,
                    limit->amount);
    also_at(finding, AT(limit, amount), "the limit");
    hint(finding, "write %lld, or raise the limit; if the threads mostly wait, accept this with silence", (long long)((milli + 999) / 1000));
}

void check_production(struct checker *checker, const struct hd_container *container, const struct hd_env *env)
{
    static const char *const names[] = {"GOMAXPROCS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"};
    const char *processors = strstr(env->value, "-XX:ActiveProcessorCount=");
    const char *environment = checker->app->environment;

    if (environment && !strncmp(environment, "prod", 4))
        check_switch(checker, env);
    check_debugger(checker, AT(env, value), env->value);
    if (IS_AMONG(env->name, names))
        check_threads(checker, container, AT(env, value), env->name, env->value);
    else if (processors)
        check_threads(checker, container, AT(env, value), "ActiveProcessorCount", strchr(processors, '=') + 1);
}

/* A container calls by a proxy that cannot reach Services: names that are to be called past it lack. */
void check_http_proxy(struct checker *checker, const struct container_in *in)
{
    static const char *const proxies[] = {"HTTP_PROXY", "http_proxy"}, *const exceptions[] = {"NO_PROXY", "no_proxy"};
    const struct hd_container *container = in->container;
    const struct hd_env *proxy = NULL;
    struct finding *finding;

    for (size_t i = 0; i < container->n_env; i++) {
        if (!container->env[i].name)
            continue;
        if (IS_AMONG(container->env[i].name, exceptions))
            return;
        if (IS_AMONG(container->env[i].name, proxies) && container->env[i].value && *container->env[i].value)
            proxy = &container->env[i];
    }
    for (size_t i = 0; proxy && !container->n_env_from && i < in->service->n_calls; i++) {
        const char *to = in->service->calls[i].to;
        struct callee callee = graph_callee(checker->model, text_or(to, ""));

        if (!callee.service && !(callee.external && callee.external->namespace_name))
            continue;
        finding = found(checker, HD_PROXY_FOR_ALL, AT(proxy, value), "calls of %.63s go to the proxy too, because NO_PROXY is not set", to);
        also_at(finding, AT(&in->service->calls[i], to), "the call");
        hint(finding, "write NO_PROXY, such as \"localhost,127.0.0.1,.svc,.cluster.local,%.63s\"; if the program speaks no HTTP with them, accept this "
                      "with silence", to);
        return;
    }
}
