/* PeerAuthentication: whether a proxy asks for certificates. */
#include "kinds.h"

static enum mtls read_mode(const struct field *mtls)
{
    static const char *const keys[] = {"mode", NULL};
    static const char *const modes[] = {
        [MTLS_UNSET] = "UNSET", [MTLS_DISABLE] = "DISABLE", [MTLS_PERMISSIVE] = "PERMISSIVE", [MTLS_STRICT] = "STRICT", NULL};
    struct field mode = member(mtls, "mode");
    int word = word_of(&mode, modes);

    allow_keys(mtls, keys);
    return word < 0 ? MTLS_UNSET : (enum mtls)word;
}

static void read_ports(const struct field *ports, struct peer_authentication *policy)
{
    size_t n = is_mapping(ports) ? ports->node->n_items / 2 : 0;

    policy->ports = arena_array(ports->manifest->arena, n, sizeof *policy->ports);
    for (size_t i = 0; i < n; i++) {
        struct field port = entry(ports, i), number = {.manifest = ports->manifest, .node = ports->node->items[2 * i], .up = ports};
        struct node plain = *number.node;

        plain.plain = true; /* Keys of JSON are quoted. */
        number.node = &plain;
        policy->ports[policy->n_ports++] = (struct port_mtls){(uint16_t)number_of(&number, 1, 65535, 0), read_mode(&port)};
    }
}

void read_peer_authentication(struct hd_cluster *cluster, const struct field *root)
{
    static const char *const keys[] = {"selector", "mtls", "portLevelMtls", NULL};
    struct field spec = member(root, "spec"), pods = member(&spec, "selector"), mtls = member(&spec, "mtls");
    struct field ports = member(&spec, "portLevelMtls"), metadata = member(root, "metadata"), created = member(&metadata, "creationTimestamp");
    struct peer_authentication *policy = arena_new(&cluster->arena, struct peer_authentication);

    allow_keys(&spec, keys);
    policy->object = root->manifest->object;
    policy->pods = read_match_labels(&pods);
    policy->has_selector = policy->pods.n_requirements > 0;
    policy->created = name_at(&created);
    policy->place = place_of(&mtls);
    policy->mode = read_mode(&mtls);
    read_ports(&ports, policy);
    if (policy->n_ports && !policy->has_selector)
        refuse(&ports, HD_EXCLUSIVE, "portLevelMtls is given without selector");
    if (root->manifest->is_refused)
        return;
    arena_grow(&cluster->arena, cluster->peer_authentications, cluster->n_peer_authentications);
    cluster->peer_authentications[cluster->n_peer_authentications++] = policy;
}
