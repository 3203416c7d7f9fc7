/*
 * Patches: what a user changes in the manifests that the library writes.
 *
 * targets.c finds the objects of each patch when the plan is there. written.c writes an object that has patches: its manifest is written to
 * memory, read as a tree, changed by merge.c and operations.c, and written again. check.c does the same, and reports what is wrong.
 */
#ifndef HD_PATCH_PATCH_H
#define HD_PATCH_PATCH_H

#include "core/reading/value.h"
#include "model/checks.h"

/* A patch, the service whose objects it may change (NULL: all objects), and how many it changes. */
struct patch_use {
    const struct hd_patch *patch;
    const struct hd_service *service;
    size_t n_objects;
    /* Two of its objects, when they are of one kind in different API groups. */
    const struct hd_manifest *one, *other;
};

/* The patches of a manifest, in the order in which they are applied. */
struct patched {
    struct patch_use **uses;
    size_t n_uses;
};

struct patches {
    struct patch_use *uses;
    size_t n_uses;
    /* One for each manifest. */
    struct patched *of;
};

/* One patch at work on the tree of one manifest. */
struct patching {
    struct arena *arena;
    /* NULL where nothing is told, because it was told before. */
    struct hd_diagnostics *report;
    const struct hd_patch *patch;
    const struct hd_manifest *manifest;
    bool failed;
};

/* Finds the objects of all patches. */
void patches_find(struct hd_model *model);

/* Changes the tree of a manifest by one patch; `failed` when that is not possible, which is reported. */
void patch_apply(struct patching *patching, struct node *object);
void patch_merge(struct patching *patching, struct node *object, const struct node *merge);
void patch_operate(struct patching *patching, struct node *object);

/* Notes that the patch failed, and reports why at a place of the model; NULL where nothing is reported. */
struct finding *patch_fault(struct patching *patching, enum hd_code code, struct where where, const char *format, va_list args)
    __attribute__((format(printf, 4, 0)));

/* Reports at a node of the patch, which is at `step` below its member `merge`; NULL when nothing is told. Then the patch has failed. */
struct finding *merge_fault(struct patching *patching, enum hd_code code, const struct node *node, const struct step *step,
                            const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Writes a manifest with its patches. */
struct yaml_out;
void patched_emit(struct yaml_out *y, const struct hd_model *model, size_t index);
/* The tree of a manifest before any patch; writes it through `y`, a writer of JSON to `text`. */
struct arena_text;
struct node *manifest_tree(struct yaml_out *y, struct arena_text *text, const struct hd_model *model, size_t index);

/* Reports what is wrong with the patches, and what they do. */
void check_patches(struct checker *checker);

/* Tells what a patch does to an object that somebody should know. */
void tell_effects(struct patching *patching, const struct node *before, const struct node *after);

/* Whether two trees are the same value: the order of keys does not matter. */
bool node_equals(struct arena *arena, const struct node *a, const struct node *b);
int node_depth(const struct node *node);
struct node *node_copy(struct arena *arena, const struct node *node);
/* The value of a key, or NULL. */
struct node *node_value(const struct node *mapping, const char *key);
/* Gives a key its value, behind the others when it is new; and takes it away. */
void node_set(struct arena *arena, struct node *mapping, const struct node *key, struct node *value);
bool node_remove(struct node *mapping, const char *key);

/*
 * The fields of Kubernetes' own kinds (parts.c). A part is a text of fields with marks: NULL for what is merged as JSON, and PART_PLAIN for
 * what no field is known of, whose mappings are merged, and whose lists are replaced.
 */
#define PART_PLAIN "~"
const char *part_of_kind(const char *group, const char *kind);
/* The part by which an object is checked, of which something is known also where its merge is plain: more when the library writes it. */
const char *part_to_check(const char *group, const char *kind, bool is_written);
/* The next field, whose mark stands behind its name, and ! before it where it must be there; NULL behind the last, where `*rest` begins with ~ when there may be others. */
const char *part_field(const char **rest, size_t *ret_length);
/* The mark of a field; NULL when it is not known. */
const char *part_mark(const char *part, const char *key);
/* The part that a mark leads to: the value of the field, or an element of it; PART_PLAIN when none. */
const char *part_behind(const char *mark);
/* The form of a text, or of a mapping's keys; NULL when any will do. */
const struct hd_format_rule *mark_form(const char *mark);

/* Fields and types of an object that Kubernetes knows, at a patch or at an object that is not the library's. */
struct typing {
    struct checker *checker;
    struct arena *arena;
    const char *kind, *name;
    /* The patch that is to blame; NULL for an object that stands at `path` in the model. */
    const struct hd_patch *patch;
    const char *path;
    /* The first finding that may be about the same value. */
    size_t first;
    /* Whether somebody else may add what is missing, as a later patch. */
    bool may_lack;
    bool failed;
};
void check_typing(struct typing *typing, const struct node *object, const char *part);
/* The same for all objects that are not the library's. */
void check_foreign_fields(struct checker *checker);

/* The types of values. Texts and numbers, which may stand for each other, come first. */
enum { TYPE_TEXT, TYPE_NUMBER, TYPE_TRUTH, TYPE_LIST, TYPE_MAPPING };
extern const char *const type_words[];
unsigned type_of(const struct node *node);

/* Lets a finding stand at a value that a patch brought. */
void at_patched(struct finding *finding, const struct node *node);

#endif
