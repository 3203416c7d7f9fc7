/* Sidecar and ServiceEntry: what a proxy knows. */
#include "kinds.h"

#include <string.h>

static struct egress_host read_host(const struct field *field, uint16_t port)
{
    struct manifest *manifest = field->manifest;
    const char *text = text_of(field), *slash = text ? strchr(text, '/') : NULL;
    const char *namespace;

    if (!slash) {
        if (text)
            hint(refuse(field, HD_BAD_FORM, "%s has no namespace", text), "write namespace/host, as in ./* or */api.example.com");
        return (struct egress_host){"~", {PATTERN_PRESENT, ""}, port};
    }
    namespace = keep(manifest, arena_strndup(manifest->arena, text, (size_t)(slash - text)));
    if (!strcmp(namespace, "."))
        namespace = manifest->object->namespace_name;
    return (struct egress_host){namespace, pattern_of(manifest->arena, slash + 1), port};
}

static void read_listener(const struct field *listener, struct sidecar *sidecar)
{
    struct field port = member(listener, "port"), number = member(&port, "number"), hosts = member(listener, "hosts");
    uint16_t only = (uint16_t)number_of(&number, 1, 65535, 0);
    size_t n = item_count(&hosts);

    for (size_t i = 0; i < n; i++) {
        struct field host = item(&hosts, i);

        arena_grow(listener->manifest->arena, sidecar->hosts, sidecar->n_hosts);
        sidecar->hosts[sidecar->n_hosts++] = read_host(&host, only);
    }
}

void read_sidecar(struct hd_cluster *cluster, const struct field *root)
{
    static const char *const modes[] = {"ALLOW_ANY", "REGISTRY_ONLY", NULL};
    struct field spec = member(root, "spec"), selector = member(&spec, "workloadSelector"), labels = member(&selector, "labels");
    struct field egress = member(&spec, "egress"), policy = member(&spec, "outboundTrafficPolicy"), mode = member(&policy, "mode");
    struct sidecar *sidecar = arena_new(&cluster->arena, struct sidecar);
    size_t n = item_count(&egress);

    sidecar->object = root->manifest->object;
    sidecar->pods = read_labels_as_selector(&labels);
    sidecar->has_selector = sidecar->pods.n_requirements > 0;
    sidecar->is_registry_only = word_of(&mode, modes) == 1;
    sidecar->place = place_of(&egress);
    sidecar->has_egress = n > 0;
    for (size_t i = 0; i < n; i++) {
        struct field listener = item(&egress, i);

        read_listener(&listener, sidecar);
    }
    if (root->manifest->is_refused)
        return;
    arena_grow(&cluster->arena, cluster->sidecars, cluster->n_sidecars);
    cluster->sidecars[cluster->n_sidecars++] = sidecar;
}

void read_service_entry(struct hd_cluster *cluster, const struct field *root)
{
    struct field spec = member(root, "spec"), hosts = member(&spec, "hosts"), ports = member(&spec, "ports");
    struct service_entry *entry = arena_new(&cluster->arena, struct service_entry);

    entry->object = root->manifest->object;
    entry->n_hosts = item_count(&hosts);
    entry->hosts = arena_array(&cluster->arena, entry->n_hosts, sizeof *entry->hosts);
    for (size_t i = 0; i < entry->n_hosts; i++) {
        struct field host = item(&hosts, i);

        entry->hosts[i] = text_of(&host);
    }
    entry->n_ports = item_count(&ports);
    entry->ports = arena_array(&cluster->arena, entry->n_ports, sizeof *entry->ports);
    for (size_t i = 0; i < entry->n_ports; i++) {
        struct field port = item(&ports, i), number = member(&port, "number"), target = member(&port, "targetPort");

        entry->ports[i] = (uint16_t)number_of(target.node ? &target : &number, 1, 65535, 0);
    }
    if (root->manifest->is_refused)
        return;
    arena_grow(&cluster->arena, cluster->service_entries, cluster->n_service_entries);
    cluster->service_entries[cluster->n_service_entries++] = entry;
}
