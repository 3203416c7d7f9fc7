/* Makes objects of documents. */
#include "core/memory/hash.h"
#include "core/reading/lay_over.h"
#include "core/text/among.h"
#include "kinds.h"
#include "reading.h"

#include <string.h>

/* An object that was read, and a hash of its content, by which a second object of its name is compared. */
struct known {
    struct hd_cluster_object *object;
    uint64_t hash;
};

static uint64_t hash_node(uint64_t hash, const struct node *node)
{
    hash ^= (uint64_t)node->n_items << 8 | (uint64_t)node->kind << 1 | (node->kind == NODE_SCALAR && node->plain);
    hash = hash_quickly(hash, node->kind == NODE_SCALAR ? node->text : "", node->kind == NODE_SCALAR ? node->length : 0);
    for (uint32_t i = 0; i < node->n_items; i++)
        hash = hash_node(hash, node->items[i]);
    return hash;
}

/* apiVersion and kind of a manifest. Items of a List may leave them out when the list gives them. */
struct head {
    const char *api_version, *kind;
};

static const char *text_in(const struct node *mapping, const char *key)
{
    const struct node *value = mapping && mapping->kind == NODE_MAPPING ? tree_value(mapping, key) : NULL;

    return value && value->kind == NODE_SCALAR && value->length ? value->text : NULL;
}

/* Folders also hold files that are not manifests: a document in a folder with none of apiVersion, kind and metadata is skipped. */
static void no_manifest(struct reading *reading, const struct node *root)
{
    if (reading->n_open && !tree_value(root, "apiVersion") && !tree_value(root, "kind") && !tree_value(root, "metadata"))
        return;
    hint(finding_in(reading->report, HD_NOT_A_MANIFEST, root->file, root->line, root->column, NULL,
                    "this document is left out, because it has no apiVersion and kind"),
         "leave the file out, or give apiVersion and kind");
}

static struct hd_cluster_object *new_object(struct reading *reading, struct manifest *manifest, const struct node *root, struct head head)
{
    struct hd_cluster_object *object = arena_new(&reading->cluster->arena, struct hd_cluster_object);
    const struct node *metadata = tree_value(root, "metadata");
    const char *slash = strchr(head.api_version, '/'), *name = text_in(metadata, "name"), *of_namespace = text_in(metadata, "namespace");
    const char *group = slash ? arena_strndup(&reading->nodes, head.api_version, (size_t)(slash - head.api_version)) : "";
    const struct kind *kind = kind_named(group, head.kind);

    object->group = keep(manifest, group);
    object->version = keep(manifest, slash ? slash + 1 : head.api_version);
    object->kind = keep(manifest, head.kind);
    if (!name)
        name = text_in(metadata, "generateName");
    object->name = keep(manifest, text_or(name, ""));
    if (kind && kind->is_global)
        of_namespace = NULL;
    else if (kind && !of_namespace)
        of_namespace = "default";
    object->namespace_name = of_namespace ? keep(manifest, of_namespace) : NULL;
    object->place = (struct hd_cluster_place){root->file, root->line, root->column};
    return object;
}

/*
 * Whether the object must be read: false for an exact copy of an earlier object. Of two different objects with one name the later one is
 * used, as when both are applied one after the other.
 */
static bool take_place(struct reading *reading, struct hd_cluster_object *object, const struct node *root)
{
    const char *key = arena_printf(&reading->cluster->arena, "%s/%s/%s/%s", object->group, object->kind,
                                   text_or(object->namespace_name, ""), object->name);
    struct known *known = arena_new(&reading->cluster->arena, struct known);
    struct known *before;
    struct finding *finding;

    *known = (struct known){object, hash_node(HASH_START, root)};
    before = (struct known *)(uintptr_t)names_add(&reading->objects, key, known);
    if (!before)
        return true;
    if (before->hash == known->hash)
        return false;
    finding = finding_in(reading->report, HD_TWO_OBJECTS, object->place.file, object->place.line, object->place.column, NULL,
                         "%s %s is given twice, with different content", object->kind, object->name);
    also_in(finding, before->object->place.file, before->object->place.line, before->object->place.column,
            "the first one, which is left out");
    hint(finding, "remove one of them");
    before->object->takes_part = false;
    *before = *known;
    return true;
}

static void read_known(struct reading *reading, struct manifest *manifest, const struct kind *kind, struct hd_cluster_object *object,
                       const struct node *root)
{
    struct field field = {.manifest = manifest, .node = root};
    struct field metadata = member(&field, "metadata"), name = member(&metadata, "name"), of_namespace = member(&metadata, "namespace");

    if (!name.node)
        name = member(&metadata, "generateName");
    name_at(&name);
    name_at(&of_namespace);
    if (!*object->name)
        refuse(&metadata, HD_MISSING, "metadata needs name");
    if (manifest->is_refused || !take_place(reading, object, root))
        return;
    kind->read(reading->cluster, &field);
    object->takes_part = !manifest->is_refused;
}

static void read_object(struct reading *reading, const struct node *root, struct head head)
{
    struct hd_cluster *cluster = reading->cluster;
    struct manifest manifest = {.arena = &cluster->arena, .report = reading->report, .texts = &cluster->texts};
    struct hd_cluster_object *object = new_object(reading, &manifest, root, head);
    const struct kind *kind = kind_named(object->group, object->kind);

    if (cluster->n_objects == reading->max_objects) {
        finding_in(reading->report, HD_UNREADABLE_INPUT, root->file, root->line, root->column, NULL,
                   "there are more than %zu objects; this one and those behind it are left out", reading->max_objects);
        reading->is_full = true;
        return;
    }
    manifest.object = object;
    arena_grow(&cluster->arena, cluster->objects, cluster->n_objects);
    if (reading->keeps_content) {
        arena_grow(&cluster->arena, cluster->contents, cluster->n_objects);
        cluster->contents[cluster->n_objects] = root;
    }
    cluster->objects[cluster->n_objects++] = object;
    if (kind)
        read_known(reading, &manifest, kind, object, root);
    else if (reading->keeps_content && *object->name)
        take_place(reading, object, root);
}

/* The kind of a list's items: that of PodList is Pod, that of List is unknown. */
static const char *kind_of_items(struct reading *reading, const char *kind)
{
    size_t length = strlen(kind);

    return length > 4 ? arena_strndup(&reading->nodes, kind, length - 4) : NULL;
}

static bool is_list(const struct node *root, const char *kind)
{
    const struct node *items = tree_value(root, "items");
    size_t length = strlen(kind);

    return length >= 4 && !strcmp(kind + length - 4, "List") && items && items->kind == NODE_SEQUENCE;
}

static void read_manifest(struct reading *reading, const struct node *root, struct head otherwise)
{
    struct head head = {text_in(root, "apiVersion"), text_in(root, "kind")};
    const struct node *items;

    if (!head.api_version)
        head.api_version = otherwise.api_version;
    if (!head.kind)
        head.kind = otherwise.kind;
    if (!head.api_version || !head.kind) {
        no_manifest(reading, root);
        return;
    }
    if (otherwise.api_version || !is_list(root, head.kind)) {
        read_object(reading, root, head);
        return;
    }
    items = tree_value(root, "items");
    head.kind = kind_of_items(reading, head.kind);
    for (uint32_t i = 0; i < items->n_items && !reading->is_full; i++)
        read_manifest(reading, items->items[i], head);
}

void read_document(struct reading *reading, const struct node *root)
{
    read_manifest(reading, root, (struct head){NULL, NULL});
}
