/* Whether the two sides of what is between applications agree. */
#include "workspace.h"

#include "core/tables/field.h"

#include <stdio.h>
#include <string.h>

/* A service of one of the applications. */
struct party {
    struct member *member;
    const struct hd_contract_service *service;
};

/* An entry of callers, and the next one that lets the same caller into the same service. */
struct grant {
    const struct hd_caller *entry;
    const struct grant *next;
};

struct consent {
    struct arena *arena;
    struct hd_diagnostics *report;
    /* By application/service; by "caller callee", the grants; by "caller callee port", those who call. */
    struct names parties, grants, calls;
    const struct neighbours *neighbours;
};

/* A place, and the words for it. */
struct spot {
    const char *file;
    uint32_t line, column;
};

static struct spot spot_of(const struct hd_struct *type, const void *object, const char *key)
{
    const struct hd_at *at = struct_at(type, object);
    const struct hd_mark *mark = key ? at_mark(at, field_of(type, key), 0) : NULL;

    return mark ? (struct spot){mark->file, mark->line, mark->column} : (struct spot){at->file, at->line, at->column};
}

static struct spot spot_of_service(const struct party *party)
{
    const struct hd_at *at = party->service->at;

    return at ? (struct spot){at->file, at->line, at->column} : (struct spot){NULL, 0, 0};
}

static const char *name_of(const struct consent *consent, const struct party *party)
{
    return arena_printf(consent->arena, "%s/%s", party->member->contract->name, party->service->name);
}

static const struct hd_contract_port *port_of(const struct hd_contract_service *service, const char *ref)
{
    ref = ref ? ref : service->port;
    for (size_t i = 0; ref && i < service->n_ports; i++) {
        char number[24];

        if (!strcmp(service->ports[i].name, ref))
            return &service->ports[i];
        snprintf(number, sizeof number, "%lld", (long long)service->ports[i].port);
        if (!strcmp(number, ref))
            return &service->ports[i];
    }
    return NULL;
}

static bool is_covered(const char *wanted, const char *given)
{
    size_t length = strlen(given);

    return length && given[length - 1] == '*' ? !strncmp(wanted, given, length - 1) : !strcmp(wanted, given);
}

static bool are_covered(const char *const *wanted, size_t n_wanted, const char *const *given, size_t n_given)
{
    for (size_t i = 0; n_given && i < n_wanted; i++) {
        bool any = false;

        for (size_t k = 0; k < n_given && !any; k++)
            any = is_covered(wanted[i], given[k]);
        if (!any)
            return false;
    }
    return !n_given || n_wanted;
}

static bool same_text(const char *a, const char *b)
{
    return a && b && !strcmp(a, b);
}

static bool has_labels(const struct hd_contract_service *service, const struct hd_caller *entry)
{
    for (size_t i = 0; i < entry->n_pod_labels; i++) {
        bool any = false;

        for (size_t k = 0; k < service->n_pod_labels && !any; k++)
            any = same_text(service->pod_labels[k].name, entry->pod_labels[i].name) &&
                  same_text(service->pod_labels[k].value, entry->pod_labels[i].value);
        if (!any)
            return false;
    }
    return true;
}

/* Whether an entry that names pods, and no application, means the caller. */
static bool means_pods_of(const struct hd_caller *entry, const struct party *caller)
{
    return !entry->from && entry->namespace_name && !strcmp(entry->namespace_name, caller->member->contract->namespace_name) &&
           has_labels(caller->service, entry) &&
           (!entry->service_account || !strcmp(entry->service_account, caller->service->service_account));
}

static bool grants(const struct hd_caller *entry, const struct party *callee, const struct hd_call *call)
{
    return port_of(callee->service, entry->port) == port_of(callee->service, call->port) &&
           are_covered(call->methods, call->n_methods, entry->methods, entry->n_methods) &&
           are_covered(call->paths, call->n_paths, entry->paths, entry->n_paths);
}

static const char *key_of(const struct consent *consent, const char *caller, const char *callee)
{
    return arena_printf(consent->arena, "%s %s", caller, callee);
}

/* The entry that lets a call in, else NULL; `*ret_near` is one that means the caller, and not what is called. */
static const struct hd_caller *find_grant(const struct consent *consent, const struct party *caller, const struct party *callee,
                                          const struct hd_call *call, const struct hd_caller **ret_near)
{
    const struct grant *grant = names_find(&consent->grants, key_of(consent, name_of(consent, caller), call->to));

    *ret_near = grant ? grant->entry : NULL;
    for (; grant; grant = grant->next)
        if (grants(grant->entry, callee, call))
            return grant->entry;
    for (grant = names_find(&consent->grants, call->to); grant; grant = grant->next)
        if (means_pods_of(grant->entry, caller)) {
            *ret_near = grant->entry;
            if (grants(grant->entry, callee, call))
                return grant->entry;
        }
    return NULL;
}

static struct finding *found_call(struct consent *consent, enum hd_code code, const struct party *caller, size_t index, const char *message)
{
    struct spot spot = spot_of(&hd_call_struct, &caller->service->calls[index], "to");

    caller->member->n_errors++;
    return finding_in(consent->report, code, spot.file, spot.line, spot.column,
                      arena_printf(&consent->report->arena, "services.%s.calls[%zu]", caller->service->name, index), "%s", message);
}

static void check_mesh(struct consent *consent, const struct party *caller, const struct party *callee, size_t index)
{
    const struct hd_contract *from = caller->member->contract, *to = callee->member->contract;
    const struct hd_contract_port *port = port_of(callee->service, caller->service->calls[index].port);
    struct spot spot = spot_of_service(callee);
    const char *message = NULL, *right = "";

    if (callee->service->mesh != HD_TRUE || !port || port->protocol == HD_PROTOCOL_UDP)
        return;
    if (caller->service->mesh != HD_TRUE && port->strict == HD_TRUE) {
        message = arena_printf(consent->arena, "%s accepts only callers of the mesh, and %s is not in it", caller->service->calls[index].to,
                               caller->service->name);
        right = "take the caller into the mesh, or write mtls: PERMISSIVE at the port that is called";
    } else if (caller->service->mesh == HD_TRUE && from->mesh != to->mesh) {
        message = arena_printf(consent->arena, "the mesh of %s is %s, but that of %s is %s", from->name,
                               enum_name(&hd_mesh_mode_enum, (int)from->mesh), to->name, enum_name(&hd_mesh_mode_enum, (int)to->mesh));
        right = "give both applications one mode, because policies of the network must know whether requests come by the mesh's tunnel";
    } else if (caller->service->mesh == HD_TRUE && from->trust_domain && to->trust_domain && strcmp(from->trust_domain, to->trust_domain)) {
        message = arena_printf(consent->arena, "the trust domain of %s is %s, but that of %s is %s", from->name, from->trust_domain, to->name,
                               to->trust_domain);
        right = "write one mesh.trustDomain in both models, because the callee lets in identities of its own";
    }
    if (message) {
        struct finding *finding = found_call(consent, HD_NEIGHBOUR_MESH, caller, index, message);

        also_in(finding, spot.file, spot.line, spot.column, "the service that is called");
        hint(finding, "%s", right);
    }
}

static void check_call(struct consent *consent, const struct party *caller, size_t index)
{
    const struct hd_call *call = &caller->service->calls[index];
    const struct party *callee = names_find(&consent->parties, call->to);
    const struct hd_caller *near;
    struct spot spot;

    /* Who is not known, and ports that are not there, are told with the caller's model. */
    if (!callee || !port_of(callee->service, call->port))
        return;
    spot = spot_of_service(callee);
    if (!find_grant(consent, caller, callee, call, &near)) {
        const char *own = name_of(consent, caller);
        struct finding *finding =
            found_call(consent, HD_CALL_WITHOUT_CONSENT, caller, index,
                       near ? arena_printf(consent->arena, "%s lets %s in, but not for all of this call", call->to, own)
                            : arena_printf(consent->arena, "%s does not let %s in", call->to, own));

        callee->member->n_errors++;
        if (near)
            spot = spot_of(&hd_caller_struct, near, NULL);
        also_in(finding, spot.file, spot.line, spot.column, near ? "who is let in, and for what" : "the service that is called");
        if (near)
            hint(finding, "give this call the port, methods and paths of the entry in callers, or let that entry allow more");
        else
            hint(finding, "write callers: [%s] in the service %s of the application %s", own, callee->service->name,
                 callee->member->contract->name);
    }
    check_mesh(consent, caller, callee, index);
}

static bool is_silenced(const struct party *party)
{
    const struct hd_model *model = party->member->model;
    const struct hd_silence *lists[2] = {model ? model->app->silence : NULL, NULL};
    size_t n[2] = {model ? model->app->n_silence : 0, 0};

    for (size_t i = 0; model && i < model->app->n_services; i++)
        if (model->app->services[i].name && !strcmp(model->app->services[i].name, party->service->name)) {
            lists[1] = model->app->services[i].silence;
            n[1] = model->app->services[i].n_silence;
        }
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < n[k]; i++)
            if (lists[k][i].code && !strcmp(lists[k][i].code, "HD3199"))
                return true;
    return false;
}

static bool is_known(const struct consent *consent, const char *from)
{
    const char *application = arena_strndup(consent->arena, from, strcspn(from, "/"));

    return strchr(from, '/') && names_find(&consent->neighbours->applications, application);
}

/* Only of applications that are known here can it be said that they do not call. */
static void check_entry(struct consent *consent, const struct party *callee, size_t index)
{
    const struct hd_caller *entry = &callee->service->callers[index];
    const struct hd_contract_port *port = port_of(callee->service, entry->port);
    const struct party *caller = entry->from ? names_find(&consent->parties, entry->from) : NULL;
    struct spot spot = spot_of(&hd_caller_struct, entry, NULL), other;
    struct finding *finding;

    if (!port || !entry->from || is_silenced(callee) || (!caller && !is_known(consent, entry->from)) ||
        names_find(&consent->calls, arena_printf(consent->arena, "%s %s %s", entry->from, name_of(consent, callee), port->name)))
        return;
    finding = finding_in(consent->report, HD_CALLER_UNUSED, spot.file, spot.line, spot.column,
                         arena_printf(&consent->report->arena, "services.%s.callers[%zu]", callee->service->name, index),
                         "%s does not call port %s of %s", entry->from, port->name, callee->service->name);
    if (caller) {
        other = spot_of_service(caller);
        also_in(finding, other.file, other.line, other.column, "the service %s", caller->service->name);
    }
    if (caller)
        hint(finding, "remove the entry, or write calls: [%s] in the service %s", name_of(consent, callee), caller->service->name);
    else
        hint(finding, "remove the entry: the application has no service %s", strchr(entry->from, '/') + 1);
}

/* Reports that two applications claim the same thing, which only one of them can have. */
static void found_shared(struct consent *consent, enum hd_code code, const struct party *party, const struct party *first, const char *path,
                         const char *message, const char *right)
{
    struct spot spot = spot_of_service(party), other = spot_of_service(first);
    struct finding *finding = finding_in(consent->report, code, spot.file, spot.line, spot.column, path, "%s", message);

    also_in(finding, other.file, other.line, other.column, "the application %s", first->member->contract->name);
    hint(finding, "%s", right);
    party->member->n_errors++;
}

/* The same for two applications as a whole, at the places of their models. */
static void found_twice(struct consent *consent, enum hd_code code, struct member *member, const struct member *first, const char *claim,
                        const char *what, const char *right)
{
    const struct hd_contract_service one = {.at = member->contract->at}, other = {.at = first->contract->at};

    found_shared(consent, code, &(struct party){member, &one}, &(struct party){(struct member *)first, &other}, NULL,
                 arena_printf(&consent->report->arena, "%s and %s both %s %s", member->contract->name, first->contract->name, claim, what), right);
}

static void check_hosts(struct consent *consent, struct member *member, struct names *hosts)
{
    const struct hd_contract *contract = member->contract;

    for (size_t i = 0; i < contract->n_hosts; i++) {
        const struct member *first = names_add(hosts, contract->hosts[i], member);

        if (first && first != member)
            found_twice(consent, HD_HOST_SHARED, member, first, "expose", contract->hosts[i], "give one of them another host or path");
    }
}

/* Each application writes its Namespace with labels of its own, and takes it away with itself. */
static void check_namespace(struct consent *consent, struct member *member, struct names *namespaces)
{
    const char *name = member->contract->namespace_name;
    const struct member *first = names_add(namespaces, name, member);

    if (first)
        found_twice(consent, HD_NAMESPACE_SHARED, member, first, "write the Namespace", name, "give each of them a namespace of its own");
}

static void check_objects(struct consent *consent, const struct party *party, struct names *objects)
{
    const char *namespace_name = party->member->contract->namespace_name;
    const struct party *first =
        names_add(objects, arena_printf(consent->arena, "%s/%s", namespace_name, party->service->name), party);

    if (first && first->member != party->member)
        found_shared(consent, HD_OBJECT_SHARED, party, first, arena_printf(&consent->report->arena, "services.%s", party->service->name),
                     arena_printf(&consent->report->arena, "%s and %s are services of one name in the namespace %s", name_of(consent, party),
                                  name_of(consent, first), namespace_name),
                     "rename one of them, or give the applications namespaces of their own");
}

static void add_grants(struct consent *consent, const struct party *party)
{
    const char *name = name_of(consent, party);

    for (size_t i = 0; i < party->service->n_callers; i++) {
        const struct hd_caller *entry = &party->service->callers[i];
        struct grant *grant = arena_new(consent->arena, struct grant);
        const char *key = entry->from ? key_of(consent, entry->from, name) : name;

        *grant = (struct grant){entry, names_find(&consent->grants, key)};
        names_set(&consent->grants, key, grant);
    }
}

static void add_calls(struct consent *consent, const struct party *party)
{
    for (size_t i = 0; i < party->service->n_calls; i++) {
        const struct hd_call *call = &party->service->calls[i];
        const struct party *callee = names_find(&consent->parties, call->to);
        const struct hd_contract_port *port = callee ? port_of(callee->service, call->port) : NULL;

        if (port)
            names_set(&consent->calls, arena_printf(consent->arena, "%s %s %s", name_of(consent, party), call->to, port->name), party);
    }
}

static struct party *list_parties(struct hd_workspace *workspace, struct consent *consent, size_t *ret_n)
{
    struct party *parties;
    size_t n = 0;

    for (size_t i = 0; i < workspace->n_members; i++)
        n += workspace->members[i].contract ? workspace->members[i].contract->n_services : 0;
    parties = arena_array(&workspace->arena, n, sizeof *parties);
    names_init(&workspace->arena, &consent->parties, n);
    names_init(&workspace->arena, &consent->grants, n);
    names_init(&workspace->arena, &consent->calls, n);
    *ret_n = 0;
    for (size_t i = 0; i < workspace->n_members; i++)
        for (size_t k = 0; workspace->members[i].contract && k < workspace->members[i].contract->n_services; k++) {
            struct party *party = &parties[(*ret_n)++];

            *party = (struct party){&workspace->members[i], &workspace->members[i].contract->services[k]};
            names_add(&consent->parties, name_of(consent, party), party);
        }
    return parties;
}

void check_consent(struct hd_workspace *workspace, struct hd_diagnostics *report)
{
    struct consent consent = {.arena = &workspace->arena, .report = report, .neighbours = &workspace->neighbours};
    struct names hosts, objects, namespaces;
    struct party *parties;
    size_t n;

    parties = list_parties(workspace, &consent, &n);
    names_init(&workspace->arena, &hosts, n);
    names_init(&workspace->arena, &objects, n);
    names_init(&workspace->arena, &namespaces, n);
    for (size_t i = 0; i < workspace->n_members; i++)
        if (workspace->members[i].contract) {
            check_hosts(&consent, &workspace->members[i], &hosts);
            check_namespace(&consent, &workspace->members[i], &namespaces);
        }
    for (size_t i = 0; i < n; i++) {
        check_objects(&consent, &parties[i], &objects);
        add_grants(&consent, &parties[i]);
        add_calls(&consent, &parties[i]);
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < parties[i].service->n_calls; k++)
            check_call(&consent, &parties[i], k);
        for (size_t k = 0; k < parties[i].service->n_callers; k++)
            check_entry(&consent, &parties[i], k);
    }
}
