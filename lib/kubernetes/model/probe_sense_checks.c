/* Rules for probes that the API server takes, and that end pods that are well. */
#include "core/tables/bounded.h"
#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/address.h"
#include "model/checks.h"
#include "model/container.h"
#include "model/tables.h"
#include "pod_checks.h"

#include <string.h>

#define BETWEEN_WORDS " \t\n'\"=;|&()<>,"

/* Programs whose arguments are names of processes, not of hosts. */
static const char *const process_programs[] = {"pgrep", "pidof", "pkill", "killall", "ps"};

static bool is_own(const struct hd_service *service, const char *host)
{
    return !*host || is_loopback(host) || !strcmp(host, "0.0.0.0") || *host == '$' || same_text(host, service->name);
}

/* The host in [scheme://][user@]host[:port][/path], in `host`; false when the text is something else. */
static bool take_host(const char *text, size_t length, char host[HOST_LONGEST], bool *ret_has_scheme)
{
    const char *end = text + length, *scheme = strstr(text, "://"), *begin, *at;

    *ret_has_scheme = scheme && scheme < end;
    begin = *ret_has_scheme ? scheme + 3 : text;
    at = memchr(begin, '@', (size_t)(end - begin));
    begin = at ? at + 1 : begin;
    length = strcspn(begin, *begin == '[' ? "]" : ":/?#");
    length = begin + length > end ? (size_t)(end - begin) : length;
    if (!length || length >= HOST_LONGEST || *begin == '[')
        return false;
    memcpy(host, begin, length);
    host[length] = '\0';
    return true;
}

/* Whether a word of the command leads to somebody else: by a URL, or by the name of a service or external. */
static const char *somebody_in(struct checker *checker, const struct hd_service *service, const char *word)
{
    for (const char *next = word + strspn(word, BETWEEN_WORDS); *next; next += strspn(next, BETWEEN_WORDS)) {
        size_t length = strcspn(next, BETWEEN_WORDS);
        char host[HOST_LONGEST];
        bool has_scheme;

        if (*next != '-' && *next != '/' && take_host(next, length, host, &has_scheme) && !is_own(service, host)) {
            struct callee callee;

            if (has_scheme)
                return next;
            host[strcspn(host, ".")] = '\0';
            callee = graph_callee(checker->model, host);
            if ((callee.service || callee.external) && !is_own(service, host))
                return next;
        }
        next += length;
    }
    return NULL;
}

/* A pod that is well is taken out, or restarted, when somebody else is not. */
static void check_probe_of_others(struct checker *checker, const struct hd_service *service, const struct hd_probe *probe, const char *what)
{
    const struct hd_exec_action *exec = &probe->exec;
    struct finding *finding;

    if (probe->enabled != HD_TRUE || (exec->n_command && IS_AMONG(exec->command[0], process_programs)))
        return;
    for (size_t i = 1; i < exec->n_command; i++) {
        const char *somebody = somebody_in(checker, service, exec->command[i]);

        if (!somebody)
            continue;
        finding = found(checker, HD_PROBE_OF_OTHERS, AT_ITEM(exec, command, i),
                        "the %s asks somebody else, so all pods fail together when that fails", what);
        found_inside(finding, exec->command[i], somebody);
        hint(finding, "ask the program of this container alone, by its own port; if the pods are no use without the other, accept this with "
                      "silence");
        return;
    }
}

/* A program that is not there yet at the last question is killed, and starts anew for ever. */
static void check_startup(struct checker *checker, const struct hd_probe *probe)
{
    int64_t seconds = bounded(probe->initial_delay_seconds.value) + bounded(probe->period_seconds) * (bounded(probe->failure_threshold) - 1);

    if (probe->enabled != HD_TRUE || probe->failure_threshold < 1 || probe->success_threshold > 1)
        return;
    if (seconds < 3)
        hint(found(checker, HD_STARTUP_TOO_SHORT, AT(probe, failure_threshold), "the container is killed when it has not started after %lld s",
                   (long long)seconds),
             "write failureThreshold: 30 or more: it is multiplied by periodSeconds; if the program is there at once, accept this with silence");
}

void check_probes_sense(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service_n_containers(service); i++) {
        const struct hd_container *container = service_container_at(service, i).container;

        check_probe_of_others(checker, service, &container->readiness_probe, "readinessProbe");
        check_probe_of_others(checker, service, &container->liveness_probe, "livenessProbe");
        /* Without a startup probe the liveness probe asks a program that still starts. */
        check_startup(checker, container->startup_probe.enabled == HD_TRUE ? &container->startup_probe : &container->liveness_probe);
    }
}
