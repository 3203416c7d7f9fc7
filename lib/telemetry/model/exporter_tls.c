/* TLS between exporters and back ends: which CA is trusted, and which files hold certificates. */
#include "core/tables/field.h"
#include "core/text/among.h"
#include "endpoint.h"
#include "exporter.h"
#include "model/tables.h"
#include "telemetry_checks.h"

#include <string.h>

#define T hd_exporter_tls
static const struct hd_field exporter_tls_fields[] = {
    STR("caSecret", ca_secret, .choice = 1, .format = &format_subdomain),
    STR("caConfigMap", ca_config_map, .choice = 1, .format = &format_subdomain),
    STR("caKey", ca_key, .format = &format_config_key),
    STR("secretName", secret_name, .format = &format_subdomain),
    STR("serverName", server_name, .format = &format_subdomain),
};
const struct hd_struct hd_exporter_tls_struct = STRUCT(exporter_tls_fields);
#undef T

bool exporter_has_ca(const struct hd_exporter *exporter)
{
    return exporter->tls.ca_secret || exporter->tls.ca_config_map;
}

void resolve_exporter_tls(struct hd_exporter *exporter, enum endpoint_form form)
{
    if (exporter_has_ca(exporter) && !exporter->tls.ca_key)
        exporter->tls.ca_key = "ca.crt";
    if (form == ENDPOINT_HOST && !exporter->insecure && struct_is_set(&hd_exporter_tls_struct, &exporter->tls))
        exporter->insecure = HD_FALSE;
}

static void add_file(struct hd_model *model, struct hd_volume *volume, const struct hd_exporter *exporter, struct hd_projection source,
                     const char *const *keys, const char *const *files, size_t n_keys)
{
    struct hd_key_to_path *items = arena_array(&model->arena, n_keys, sizeof *items);
    struct hd_projection *sources = arena_longer(&model->arena, volume->projected, volume->n_projected, sizeof *sources);
    struct hd_key_projection *from = source.secret.name ? &source.secret : &source.config_map;

    for (size_t i = 0; i < n_keys; i++)
        items[i] = (struct hd_key_to_path){
            .key = keys[i], .path = arena_printf(&model->arena, "%s/%s", text_or(exporter->name, ""), files[i])};
    from->items = items;
    from->n_items = n_keys;
    sources[volume->n_projected++] = source;
    volume->projected = sources;
}


bool exporter_tls_volume(struct hd_model *model, struct hd_volume *volume)
{
    static const char *const ca_files[] = {"ca.crt"}, *const own_files[] = {"tls.crt", "tls.key"};
    const struct hd_collector *collector = &model->app->telemetry.collector;

    *volume = (struct hd_volume){.name = exporter_tls_volume_name};
    for (size_t i = 0; i < collector->n_exporters; i++) {
        const struct hd_exporter *exporter = &collector->exporters[i];
        const struct hd_exporter_tls *tls = &exporter->tls;

        if (!exporter_kind(exporter)->form)
            continue;
        if (tls->ca_secret)
            add_file(model, volume, exporter, (struct hd_projection){.secret.name = tls->ca_secret}, &tls->ca_key, ca_files, 1);
        else if (tls->ca_config_map)
            add_file(model, volume, exporter, (struct hd_projection){.config_map.name = tls->ca_config_map}, &tls->ca_key, ca_files, 1);
        if (tls->secret_name)
            add_file(model, volume, exporter, (struct hd_projection){.secret.name = tls->secret_name}, own_files, own_files, 2);
    }
    return volume->n_projected > 0;
}

static const struct hd_secret *secret_named(struct checker *checker, const char *name, struct where where)
{
    return name && *name ? find_secret(checker, name, where) : NULL;
}

static void check_own(struct checker *checker, const struct hd_exporter_tls *tls)
{
    const struct hd_secret *secret = secret_named(checker, tls->secret_name, AT(tls, secret_name));
    struct finding *finding;

    if (!secret || !secret->n_keys || (secret_has_key(checker, secret, "tls.crt") && secret_has_key(checker, secret, "tls.key")))
        return;
    finding = found(checker, HD_UNKNOWN_SECRET_KEY, AT(tls, secret_name), "the secret %s has no key %s", secret->name,
                    secret_has_key(checker, secret, "tls.crt") ? "tls.key" : "tls.crt");
    also_at(finding, AT(secret, keys), "these are its keys");
    hint(finding, "store the certificate as tls.crt and its key as tls.key, as a Secret of type kubernetes.io/tls does");
}

void check_exporter_tls(struct checker *checker, const struct hd_exporter *exporter)
{
    const struct hd_exporter_tls *tls = &exporter->tls;
    const struct hd_secret *secret;
    struct endpoint endpoint;
    struct finding *finding;
    bool has_url = exporter_kind(exporter)->form != ENDPOINT_HOST;

    if (!struct_is_set(&hd_exporter_tls_struct, tls))
        return;
    secret = secret_named(checker, tls->ca_secret, AT(tls, ca_secret));
    if (secret && tls->ca_key)
        check_secret_key(checker, secret, tls->ca_key, at_has(tls->at, "caKey") ? AT(tls, ca_key) : AT(tls, ca_secret));
    check_own(checker, tls);
    if (tls->ca_key && !exporter_has_ca(exporter))
        hint(found(checker, HD_EXPORTER_MEMBER_UNUSED, AT(tls, ca_key), "caKey is given without caSecret or caConfigMap"),
             "write caSecret or caConfigMap, the name of the object that holds the key");
    if (exporter->insecure == HD_TRUE && !has_url) {
        finding = found(checker, HD_TLS_UNUSED, AT_STRUCT(tls), "tls has no effect, because the connection has no TLS");
        also_at(finding, AT(exporter, insecure), "insecure is true here");
        hint(finding, "remove insecure, or tls");
    } else if (has_url && exporter->endpoint && endpoint_parse(&checker->report->arena, exporter->endpoint, &endpoint) &&
               endpoint.scheme == SCHEME_HTTP) {
        finding = found(checker, HD_TLS_UNUSED, AT_STRUCT(tls), "tls has no effect, because the connection has no TLS");
        also_at(finding, AT(exporter, endpoint), "its scheme is http");
        hint(finding, "write https://, or remove tls");
    }
}
