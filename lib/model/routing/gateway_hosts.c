/* Finds the gateway that has a host, by a table of hosts for each gateway, because both may be many. */
#include "core/memory/names.h"
#include "core/text/among.h"
#include "model/model.h"
#include "model/route.h"

#include <string.h>

bool host_covers(const char *pattern, const char *host)
{
    size_t n_pattern = strlen(pattern), n_host = strlen(host);

    if (!strcmp(pattern, host) || !strcmp(pattern, "*"))
        return true;
    return !strncmp(pattern, "*.", 2) && n_host > n_pattern - 1 && !strcmp(host + n_host - (n_pattern - 1), pattern + 1) && *host != '.';
}

void index_gateway_hosts(struct hd_model *model)
{
    model->gateway_hosts = arena_array(&model->arena, model->n_gateways, sizeof *model->gateway_hosts);
    for (size_t i = 0; i < model->n_gateways; i++) {
        const struct hd_gateway *gateway = &model->gateways[i];

        names_init(&model->arena, &model->gateway_hosts[i], gateway->n_hosts);
        for (size_t k = 0; k < gateway->n_hosts; k++)
            names_add(&model->gateway_hosts[i], gateway->hosts[k], gateway);
    }
}

/* Looks for what host_covers() takes: the host, *, and a * before each of its dots but a first one. */
static bool is_covered(const struct names *hosts, const char *host)
{
    enum { LONGEST = 512 };
    char pattern[LONGEST];

    if (names_find(hosts, host) || names_find(hosts, "*"))
        return true;
    if (*host == '.' || strlen(host) >= LONGEST - 1)
        return false;
    *pattern = '*';
    for (const char *dot = strchr(host, '.'); dot; dot = strchr(dot + 1, '.')) {
        strcpy(pattern + 1, dot);
        if (names_find(hosts, pattern))
            return true;
    }
    return false;
}

const struct hd_gateway *exposure_gateway(const struct hd_model *model, const struct hd_exposure *exposure, const char *host)
{
    const struct hd_gateway *rest = NULL;

    for (size_t i = 0; i < model->n_gateways; i++) {
        const struct hd_gateway *gateway = &model->gateways[i];

        if (!gateway->name || (exposure->gateway && strcmp(gateway->name, exposure->gateway)))
            continue;
        if (!gateway->n_hosts && !rest)
            rest = gateway;
        if (is_covered(&model->gateway_hosts[i], text_or(host, "*")))
            return gateway;
    }
    return rest;
}
