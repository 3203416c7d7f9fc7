/* What a patch does to an object that somebody should know, and what the model has a word for. */
#include "patch.h"

#include <string.h>

/* A step on the way into an object: a key, or an element of a list. */
struct way {
    const struct way *outer;
    const char *key;
    const struct node *element;
    uint32_t index;
};

enum when { CHANGES, GOES, IS_NEW, IS_THERE, IS_TRUE, IS_NOT_TRUE, IS_WORD };

/* A change that is told. The path is its end: keys, [] for an element, * for any key. */
struct effect_row {
    const char *kind, *path;
    enum when when;
    const char *word;
    const char *what;
};

static const struct effect_row effects[] = {
    {NULL, "readinessProbe", GOES, NULL, "pods get requests before they can answer, because it takes the readinessProbe away"},
    {NULL, "livenessProbe", GOES, NULL, "a container that hangs is not started again, because it takes the livenessProbe away"},
    {NULL, "startupProbe", GOES, NULL, "a container that starts slowly may be killed, because it takes the startupProbe away"},
    {NULL, "securityContext.privileged", IS_TRUE, NULL, "the container may do all that root of the node may: privileged is true"},
    {NULL, "securityContext.allowPrivilegeEscalation", IS_NOT_TRUE, "false", "programs of the container may gain rights: allowPrivilegeEscalation is not false"},
    {NULL, "securityContext.runAsNonRoot", IS_NOT_TRUE, "true", "the container may run as root: runAsNonRoot is not true"},
    {NULL, "securityContext.runAsUser", IS_WORD, "0", "the container runs as root: runAsUser is 0"},
    {NULL, "securityContext.readOnlyRootFilesystem", IS_NOT_TRUE, "true", "the files of the image can be changed: readOnlyRootFilesystem is not true"},
    {NULL, "securityContext.capabilities.add", CHANGES, NULL, "it changes the capabilities that the container is given"},
    {NULL, "securityContext.capabilities.drop", CHANGES, NULL, "it changes the capabilities that are taken from the container"},
    {NULL, "securityContext.seccompProfile", CHANGES, NULL, "it changes which system calls the container may make"},
    {NULL, "hostNetwork", IS_TRUE, NULL, "the pods use the network of their node, where no NetworkPolicy holds: hostNetwork is true"},
    {NULL, "hostPID", IS_TRUE, NULL, "the pods see all processes of their node: hostPID is true"},
    {NULL, "hostIPC", IS_TRUE, NULL, "the pods share memory with processes of their node: hostIPC is true"},
    {NULL, "hostPath", IS_THERE, NULL, "the pods read files of their node: a volume has hostPath"},
    {NULL, "hostPort", IS_THERE, NULL, "it opens a port on the node: hostPort"},
    {NULL, "automountServiceAccountToken", IS_TRUE, NULL, "the pods get a token for the API server: automountServiceAccountToken is true"},
    {NULL, "containers[].ports[]", IS_NEW, NULL, "it adds a port to the container, of which the network policies of the model know nothing"},
    {"Service", "spec.ports[]", IS_NEW, NULL, "it opens a port of the Service"},
    {"Service", "spec.type", CHANGES, NULL, "it changes from where the Service is reached: its type"},
    {"Service", "spec.selector", CHANGES, NULL, "it changes which pods the Service leads to"},
    {NULL, "template.metadata.labels.*", CHANGES, NULL, "it changes a label of the pods, by which policies, Services and budgets may select them"},
    {"NetworkPolicy", "spec", CHANGES, NULL, "it changes which connections the network policy allows"},
    {"AuthorizationPolicy", "spec", CHANGES, NULL, "it changes whose requests the mesh allows"},
    {"PeerAuthentication", "spec", CHANGES, NULL, "it changes which connections the mesh takes without mTLS"},
    {"RequestAuthentication", "spec", CHANGES, NULL, "it changes which tokens are taken"},
    {"Role", "rules", CHANGES, NULL, "it changes the rights of the pods at the API server"},
    {"ClusterRole", "rules", CHANGES, NULL, "it changes the rights of the pods at the API server"},
    {"Namespace", "metadata.labels.pod-security.kubernetes.io/enforce", CHANGES, NULL, "it changes which pods the namespace admits"},
};

/* Fields of workloads and their helpers that a member of the model sets. */
static const struct {
    const char *kind, *path, *word;
} words[] = {
    {NULL, "spec.replicas", "replicas"},
    {NULL, "containers[].image", "image"},
    {NULL, "containers[].command", "command"},
    {NULL, "containers[].args", "args"},
    {NULL, "containers[].env", "env"},
    {NULL, "containers[].resources", "resources"},
    {NULL, "containers[].readinessProbe", "readinessProbe"},
    {NULL, "containers[].livenessProbe", "livenessProbe"},
    {NULL, "containers[].startupProbe", "startupProbe"},
    {NULL, "containers[].lifecycle", "lifecycle"},
    {NULL, "containers[].securityContext", "securityContext"},
    {NULL, "template.spec.terminationGracePeriodSeconds", "terminationGracePeriodSeconds"},
    {NULL, "template.spec.nodeSelector", "nodeSelector"},
    {NULL, "template.spec.tolerations", "tolerations"},
    {NULL, "template.spec.affinity", "affinity"},
    {NULL, "template.spec.priorityClassName", "priorityClassName"},
    {NULL, "template.spec.securityContext", "podSecurityContext"},
    {NULL, "template.spec.hostAliases", "hostAliases"},
    {NULL, "template.spec.dnsConfig", "dnsConfig"},
    {"Deployment", "spec.strategy", "strategy"},
    {NULL, "spec.minReadySeconds", "minReadySeconds"},
    {NULL, "spec.revisionHistoryLimit", "revisionHistoryLimit"},
    {NULL, "spec.progressDeadlineSeconds", "progressDeadlineSeconds"},
    {"CronJob", "spec.schedule", "schedule"},
    {"HorizontalPodAutoscaler", "spec.maxReplicas", "autoscaling.maxReplicas"},
    {"HorizontalPodAutoscaler", "spec.minReplicas", "autoscaling.minReplicas"},
    {"HorizontalPodAutoscaler", "spec.metrics", "autoscaling"},
    {"HorizontalPodAutoscaler", "spec.behavior", "autoscaling.behavior"},
    {"PodDisruptionBudget", "spec.minAvailable", "disruptionBudget.minAvailable"},
    {"PodDisruptionBudget", "spec.maxUnavailable", "disruptionBudget.maxUnavailable"},
    {"Service", "spec.type", "service.type"},
};

enum { LONGEST_WAY = 400, N_EFFECTS = sizeof effects / sizeof *effects, N_WORDS = sizeof words / sizeof *words };

/* The comparison of an object before a patch and behind it. Each effect is told once. */
struct effects {
    struct patching *patching;
    /* The patch's own tree, to find its lines; NULL for a list of operations. */
    const struct node *merge;
    bool told[N_EFFECTS], told_word[N_WORDS];
};

static size_t way_text(char text[LONGEST_WAY], const struct way *way, bool any_key)
{
    size_t length = way->outer ? way_text(text, way->outer, false) : 0;
    const char *key = way->key ? any_key ? "*" : way->key : "[]";
    size_t n = strlen(key), dot = way->key && length;

    if (length + n + 2 > LONGEST_WAY)
        return length;
    text[length] = '.';
    strcpy(text + length + dot, key);
    return length + dot + n;
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), n = strlen(end);

    return length >= n && !strcmp(text + length - n, end) && (length == n || text[length - n - 1] == '.' || *end == '[');
}

/* A pointer of RFC 6901 to the place, without escapes: it is compared with what a user wrote. */
static char *pointer_to(struct arena *arena, const struct way *way)
{
    const char *outer = way->outer ? pointer_to(arena, way->outer) : "";

    return way->key ? arena_printf(arena, "%s/%s", outer, way->key) : arena_printf(arena, "%s/%u", outer, way->index);
}

/* The last operation that is about the place, or about something around it or in it. */
static const struct hd_patch_operation *operation_at(struct patching *patching, const struct way *way)
{
    const char *pointer = pointer_to(patching->arena, way);
    const struct hd_patch_operation *last = &patching->patch->json[0];

    for (size_t i = 0; i < patching->patch->n_json; i++) {
        const struct hd_patch_operation *operation = &patching->patch->json[i];
        size_t n = strcspn(operation->path, "~"), length = strlen(pointer);

        if (!strncmp(operation->path, pointer, n < length ? n : length) && strcmp(operation->op, "test"))
            last = operation;
    }
    return last;
}

/* Whether two elements of a list are the same one in two states. */
static bool is_same_element(const struct node *a, const struct node *b)
{
    /* As the API server merges them: ports by their number, whatever their names. */
    static const char *const keys[] = {"containerPort", "port", "name", "mountPath", "devicePath", "topologyKey", "ip"};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const struct node *x = node_value(a, keys[i]), *y = node_value(b, keys[i]);

        if (x && y)
            return x->kind == NODE_SCALAR && y->kind == NODE_SCALAR && !strcmp(x->text, y->text);
    }
    return false;
}

/* The node of the merge patch that is nearest to the place. */
static const struct node *node_at(const struct node *merge, const struct way *way, const struct node **ret_inner)
{
    const struct node *outer = way->outer ? NULL : merge, *at = merge;

    if (way->outer)
        at = node_at(merge, way->outer, &outer);
    *ret_inner = NULL;
    for (uint32_t i = 0; outer && outer->kind == NODE_MAPPING && way->key && i < outer->n_items; i += 2)
        if (!strcmp(outer->items[i]->text, way->key)) {
            *ret_inner = outer->items[i + 1];
            return outer->items[i];
        }
    for (uint32_t i = 0; outer && outer->kind == NODE_SEQUENCE && !way->key && i < outer->n_items; i++)
        if (is_same_element(outer->items[i], way->element))
            return *ret_inner = outer->items[i];
    return at;
}

static struct finding *tell(struct effects *effects_, enum hd_code code, const struct way *way, const char *what)
{
    struct patching *patching = effects_->patching;
    const struct hd_manifest *manifest = patching->manifest;
    const struct hd_patch_operation *operation;
    const struct node *node, *inner;
    struct finding *finding;

    if (!effects_->merge) {
        operation = operation_at(patching, way);
        return finding_at(patching->report, code, AT(operation, path), "%s %s: %s", manifest->kind, manifest->name, what);
    }
    node = node_at(effects_->merge, way, &inner);
    finding = finding_at(patching->report, code, AT(patching->patch, merge), "%s %s: %s", manifest->kind, manifest->name, what);
    found_below(finding, node->file, node->line, node->column, "");
    return finding;
}

static bool is_text(const struct node *node, const char *text)
{
    return node && node->kind == NODE_SCALAR && !strcmp(node->text, text);
}

static bool happens(const struct effect_row *row, const struct node *before, const struct node *after)
{
    switch (row->when) {
    case GOES:
        return !after;
    case IS_NEW:
        return !before;
    case IS_THERE:
        return after != NULL;
    case IS_TRUE:
        return is_text(after, "true");
    case IS_NOT_TRUE:
        return !is_text(after, row->word);
    case IS_WORD:
        return is_text(after, row->word);
    default:
        return true;
    }
}

/* Looks at one place that differs. `is_new` inside of something that the patch adds. */
static void judge(struct effects *found, const struct way *way, const struct node *before, const struct node *after, bool is_new)
{
    const struct hd_manifest *manifest = found->patching->manifest;
    char text[LONGEST_WAY], any[LONGEST_WAY];

    way_text(text, way, false);
    way_text(any, way, true);
    for (size_t i = 0; i < N_EFFECTS; i++) {
        const struct effect_row *row = &effects[i];

        if (found->told[i] || (row->kind && strcmp(row->kind, manifest->kind)) || (!ends_with(text, row->path) && !ends_with(any, row->path)) ||
            !happens(row, before, after) || (strchr(row->path, '*') && !before))
            continue;
        found->told[i] = true;
        hint(tell(found, HD_PATCH_EFFECT, way, row->what), "if this is meant, silence the code, with the reason");
    }
    for (size_t i = 0; !is_new && i < N_WORDS; i++) {
        if (found->told_word[i] || (words[i].kind ? strcmp(words[i].kind, manifest->kind) != 0 : !manifest->service) || !ends_with(text, words[i].path))
            continue;
        found->told_word[i] = true;
        hint(tell(found, HD_PATCH_WORD, way, arena_printf(found->patching->arena, "the model has a word for this: %s", words[i].word)),
             "give %s to the service, which all other manifests then follow, and remove it here", words[i].word);
    }
}

static void compare(struct effects *found, const struct way *way, const struct node *before, const struct node *after, bool is_new);

static void compare_lists(struct effects *found, const struct way *way, const struct node *before, const struct node *after, bool is_new)
{
    for (uint32_t i = 0; i < after->n_items; i++) {
        struct way inner = {.outer = way, .element = after->items[i], .index = i};
        const struct node *was = NULL;

        for (uint32_t k = 0; before && before->kind == NODE_SEQUENCE && k < before->n_items && !was; k++)
            if (is_same_element(before->items[k], after->items[i]) || node_equals(found->patching->arena, before->items[k], after->items[i]))
                was = before->items[k];
        compare(found, &inner, was, after->items[i], is_new || !was);
    }
}

static void compare_mappings(struct effects *found, const struct way *way, const struct node *before, const struct node *after, bool is_new)
{
    struct names names;

    names_init(found->patching->arena, &names, before ? before->n_items / 2 : 0);
    for (uint32_t i = 0; before && before->kind == NODE_MAPPING && i < before->n_items; i += 2)
        names_add(&names, before->items[i]->text, before->items[i + 1]);
    for (uint32_t i = 0; i < after->n_items; i += 2) {
        struct way inner = {.outer = way, .key = after->items[i]->text};

        compare(found, &inner, names_find(&names, inner.key), after->items[i + 1], is_new);
        names_set(&names, inner.key, NULL);
    }
    for (uint32_t i = 0; before && before->kind == NODE_MAPPING && i < before->n_items; i += 2) {
        struct way inner = {.outer = way, .key = before->items[i]->text};

        if (names_find(&names, inner.key))
            compare(found, &inner, before->items[i + 1], NULL, is_new);
    }
}

static void compare(struct effects *found, const struct way *way, const struct node *before, const struct node *after, bool is_new)
{
    if (before && after && node_equals(found->patching->arena, before, after))
        return;
    if (way)
        judge(found, way, before, after, is_new);
    if (after && after->kind == NODE_MAPPING)
        compare_mappings(found, way, before, after, is_new);
    else if (after && after->kind == NODE_SEQUENCE)
        compare_lists(found, way, before, after, is_new);
}

void tell_effects(struct patching *patching, const struct node *before, const struct node *after)
{
    struct tree_memory memory = {patching->arena, patching->arena};
    struct effects found = {.patching = patching};
    const char *reason;

    if (patching->patch->merge)
        found.merge = value_read(memory, &hd_patch_struct, field_of(&hd_patch_struct, "merge"), patching->patch, &reason);
    compare(&found, NULL, before, after, false);
}
