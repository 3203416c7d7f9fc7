/* Rules for a host and its port in two variables: DB_HOST and DB_PORT. */
#include "address_externals.h"
#include "core/tables/field.h"
#include "core/text/among.h"
#include "model/port.h"
#include "text_checks.h"

#include <stdlib.h>
#include <string.h>

static int64_t number_of(const char *text)
{
    size_t digits = text ? strspn(text, "0123456789") : 0;

    return digits && digits < 6 && !text[digits] ? strtol(text, NULL, 10) : 0;
}

static void wrong_port(struct checker *checker, const struct hd_env *env, const struct hd_env *host, const char *whose, const char *ports)
{
    struct finding *finding = found(checker, HD_ADDRESS_PORT, AT(env, value), "%s is the port %s of %.80s, which has no such port", env->name,
                                    env->value, whose);

    also_at(finding, AT(host, value), "the host; its ports: %s", ports);
    hint(finding, "write the port that is declared there, or declare this one; if the two variables do not belong together, accept this with "
                  "silence");
}

static bool offers(const struct hd_service *service, int64_t number)
{
    for (size_t i = 0; i < service_n_ports(service); i++)
        if (service_port_at(service, i)->service_port == number)
            return true;
    return !service_n_ports(service);
}

static void check_pair(struct checker *checker, const struct hd_env *env, const struct hd_env *host)
{
    int64_t number = number_of(env->value);
    char name[64];
    size_t length = host->value ? strcspn(host->value, ".") : 0;
    const struct hd_external *external;
    const struct hd_service *service;
    bool has_port = false;

    if (!number || !length || length >= sizeof name || host->value[strcspn(host->value, ":/$ ,")])
        return;
    memcpy(name, host->value, length);
    name[length] = '\0';
    external = external_at(checker, NULL, host->value);
    for (size_t i = 0; external && i < external->n_ports; i++)
        has_port |= external->ports[i].port == number;
    if (external && external->name && !external->namespace_name && external->n_ports && !has_port)
        wrong_port(checker, env, host, external->name, external_ports_in_words(checker, external));
    service = external || (host->value[length] && !names_own_namespace(checker, host->value + length + 1, strlen(host->value + length + 1)))
                  ? NULL
                  : graph_callee(checker->model, name).service;
    if (service && !offers(service, number))
        wrong_port(checker, env, host, service->name, service_ports_in_words(checker, service));
}

/* The variable with the host that belongs to a port: DB_PORT to DB_HOST, PGPORT to PGHOST; NULL when there is none. */
static const struct hd_env *host_of(struct checker *checker, const struct names *names, const char *port, size_t stem)
{
    static const char *const endings[] = {"HOST", "HOSTNAME", "SERVER", "ADDR", "ADDRESS"};

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const struct hd_env *host = names_find(names, arena_printf(&checker->scratch, "%.*s%s", (int)stem, port, endings[i]));

        if (host)
            return host;
    }
    return NULL;
}

void check_ports_of_hosts(struct checker *checker, const struct container_in *in)
{
    const struct hd_container *container = in->container;
    struct names names = {0};

    for (size_t i = 0; i < container->n_env; i++) {
        const struct hd_env *env = &container->env[i], *host;
        size_t length = env->name ? strlen(env->name) : 0;

        if (length < 5 || length > 128 || !env->value || strcmp(env->name + length - 4, "PORT"))
            continue;
        if (!names.entries) {
            names_init(&checker->scratch, &names, container->n_env);
            for (size_t k = 0; k < container->n_env; k++)
                if (container->env[k].name && container->env[k].value)
                    names_add(&names, container->env[k].name, &container->env[k]);
        }
        host = host_of(checker, &names, env->name, length - 4);
        if (host)
            check_pair(checker, env, host);
    }
}
