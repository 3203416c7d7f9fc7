/* NetworkPolicy, as networking.k8s.io/v1 describes it. */
#include "kinds.h"

static const char *const protocols[] = {"TCP", "UDP", "SCTP", NULL};

static void read_range(const struct field *port, const struct field *last, struct rule_port *result)
{
    result->first = (uint16_t)number_of(port, 1, 65535, 1);
    result->last = (uint16_t)number_of(last, 1, 65535, port->node ? result->first : 65535);
    if (!port->node && last->node)
        hint(refuse(last, HD_MISSING, "endPort is given without port"), "give the first port of the range as port");
    else if (result->last < result->first)
        refuse(last, HD_OUT_OF_RANGE, "endPort %d is below port %d", result->last, result->first);
}

static struct rule_port read_port(const struct field *field)
{
    static const char *const keys[] = {"protocol", "port", "endPort", NULL};
    struct field protocol = member(field, "protocol"), port = member(field, "port"), last = member(field, "endPort");
    struct rule_port result = {.place = place_of(field), .first = 1, .last = 65535};
    int word = word_of(&protocol, protocols);

    allow_keys(field, keys);
    result.transport = word < 0 ? HD_TRANSPORT_TCP : (enum hd_transport)(HD_TRANSPORT_TCP + word);
    if (!port.node || is_number(&port))
        read_range(&port, &last, &result);
    else if ((result.name = text_of(&port)) && last.node)
        refuse(&last, HD_BAD_FORM, "endPort is given for port \"%s\", which is a name, not a number", result.name);
    return result;
}

static bool read_addresses(const struct field *field, struct ip_range *range)
{
    const char *text = text_of(field);

    if (text && ip_read_block(text, range))
        return true;
    if (text)
        hint(refuse(field, HD_BAD_FORM, "%s is not a range of addresses", text), "write an address and its bits, such as 10.0.0.0/8");
    *range = ip_all(false);
    return false;
}

static void read_block(const struct field *field, struct rule_peer *peer)
{
    static const char *const keys[] = {"cidr", "except", NULL};
    struct field cidr = member(field, "cidr"), except = member(field, "except");
    bool is_read = read_addresses(&cidr, &peer->block);

    allow_keys(field, keys);
    if (!cidr.node)
        refuse(field, HD_MISSING, "ipBlock needs cidr");
    peer->is_block = true;
    peer->n_except = item_count(&except);
    peer->except = arena_array(field->manifest->arena, peer->n_except, sizeof *peer->except);
    for (size_t i = 0; i < peer->n_except; i++) {
        struct field hole = item(&except, i);

        if (read_addresses(&hole, &peer->except[i]) && is_read && !ip_range_contains(&peer->block, &peer->except[i]))
            refuse(&hole, HD_BAD_FORM, "%s is not inside of %s", text_of(&hole), text_of(&cidr));
    }
}

static struct rule_peer read_peer(const struct field *field)
{
    static const char *const keys[] = {"ipBlock", "namespaceSelector", "podSelector", NULL};
    struct field block = member(field, "ipBlock"), namespaces = member(field, "namespaceSelector"), pods = member(field, "podSelector");
    struct rule_peer peer = {.place = place_of(field), .has_namespaces = is_mapping(&namespaces)};

    allow_keys(field, keys);
    if (!is_mapping(&block) && !peer.has_namespaces && !is_mapping(&pods))
        hint(refuse(field, HD_MISSING, "this peer has neither podSelector nor namespaceSelector nor ipBlock"),
             "write podSelector: {} for all pods of the namespace, namespaceSelector: {} for all pods of all namespaces");
    else if (is_mapping(&block) && (peer.has_namespaces || is_mapping(&pods)))
        hint(refuse(field, HD_EXCLUSIVE, "ipBlock stands together with a selector"), "make them two entries of the list");
    if (is_mapping(&block))
        read_block(&block, &peer);
    peer.namespaces = read_selector(&namespaces);
    peer.pods = read_selector(&pods);
    return peer;
}

static struct rule read_rule(const struct field *field, enum direction direction)
{
    static const char *const keys[][3] = {{"from", "ports", NULL}, {"to", "ports", NULL}};
    struct field peers = member(field, keys[direction][0]), ports = member(field, "ports");
    struct rule rule = {.place = place_of(field), .n_peers = item_count(&peers), .n_ports = item_count(&ports)};

    allow_keys(field, keys[direction]);
    rule.peers = arena_array(field->manifest->arena, rule.n_peers, sizeof *rule.peers);
    for (size_t i = 0; i < rule.n_peers; i++) {
        struct field peer = item(&peers, i);

        rule.peers[i] = read_peer(&peer);
    }
    rule.ports = arena_array(field->manifest->arena, rule.n_ports, sizeof *rule.ports);
    for (size_t i = 0; i < rule.n_ports; i++) {
        struct field port = item(&ports, i);

        rule.ports[i] = read_port(&port);
    }
    return rule;
}

static void read_rules(const struct field *field, struct policy *policy, enum direction direction)
{
    policy->n_rules[direction] = item_count(field);
    policy->rules[direction] = arena_array(field->manifest->arena, policy->n_rules[direction], sizeof **policy->rules);
    for (size_t i = 0; i < policy->n_rules[direction]; i++) {
        struct field rule = item(field, i);

        policy->rules[direction][i] = read_rule(&rule, direction);
    }
}

/* Without policyTypes, a policy isolates for ingress, and for egress only when it has egress rules. */
static void read_types(const struct field *field, struct policy *policy)
{
    static const char *const types[] = {[INGRESS] = "Ingress", [EGRESS] = "Egress", NULL};
    size_t n = item_count(field);

    policy->isolates[INGRESS] = !n;
    policy->isolates[EGRESS] = !n && policy->n_rules[EGRESS];
    for (size_t i = 0; i < n; i++) {
        struct field type = item(field, i);
        int word = word_of(&type, types);

        if (word >= 0)
            policy->isolates[word] = true;
    }
}

void read_network_policy(struct hd_cluster *cluster, const struct field *root)
{
    static const char *const keys[] = {"podSelector", "policyTypes", "ingress", "egress", NULL};
    struct field spec = member(root, "spec"), pods = member(&spec, "podSelector"), types = member(&spec, "policyTypes");
    struct field ingress = member(&spec, "ingress"), egress = member(&spec, "egress");
    struct policy *policy = arena_new(&cluster->arena, struct policy);

    allow_keys(&spec, keys);
    policy->object = root->manifest->object;
    policy->pods = read_selector(&pods);
    read_rules(&ingress, policy, INGRESS);
    read_rules(&egress, policy, EGRESS);
    read_types(&types, policy);
    if (root->manifest->is_refused)
        return;
    arena_grow(&cluster->arena, cluster->policies, cluster->n_policies);
    cluster->policies[cluster->n_policies++] = policy;
}
