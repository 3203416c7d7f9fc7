/* One side of a comparison: what a model generates, or manifests that were read. */
#ifndef HD_CHANGE_SIDE_H
#define HD_CHANGE_SIDE_H

#include "core/memory/names.h"
#include "core/reading/tree.h"
#include "core/writing/arena_sink.h"
#include "core/writing/writer.h"

#include <hybriddeploy/diff.h>
#include <hybriddeploy/generate.h>

struct side {
    /* NULL when the side is manifests. */
    const struct hd_model *model;
    const struct hd_cluster *cluster;
    const struct hd_manifest *manifests;
    size_t n_manifests;
    /* Of a side that is manifests, for each its content and where it begins. */
    const struct node **contents;
    const struct hd_cluster_place **places;
    /* Whether a server wrote one of the manifests, so that objects and kinds of others may be among them, and ours may lack. */
    bool is_dump;
    struct yaml_out y;
    struct arena_text text;
    /* The application of a model, or the one of the first manifest that this library wrote; NULL when it wrote none. */
    const char *app;
    /* The manifests by the key of their object; of a side that is manifests, one of each kind; of a model, its files that are no manifests. */
    struct names objects, kinds, files;
};

/* Lists the manifests of a side. That of a model comes first, because it says which namespace is meant where manifests have none. */
void side_begin(struct side *side, const struct side *other, struct arena *arena);

/* The manifest of the same object in a side; NULL when there is none. `arena` is for temporary memory. */
const struct hd_manifest *side_same(const struct side *side, struct arena *arena, const struct hd_manifest *manifest);

/* The text of a model's manifest. It is valid until side->text.arena is emptied. */
struct arena_text side_text(struct side *side, const struct hd_manifest *manifest);

/* The content of the manifest whose text was written last; valid as long as that. */
const struct node *side_read(const struct side *side);

/* The content of a manifest. Of a model it is valid until side->text.arena is emptied. */
const struct node *side_tree(struct side *side, const struct hd_manifest *manifest);

/* Where a manifest that was read begins; NULL for that of a model. */
const struct hd_cluster_place *side_place(const struct side *side, const struct hd_manifest *manifest);

/* Whether an object that only one side has is a difference. */
enum claim {
    IS_DIFFERENCE,
    /* The other side is a dump that holds no object of this kind, so that the kind may have been left out of it. */
    IS_NOT_DUMPED,
    /* The side is a dump, and the object is none that this library wrote for the application. */
    IS_OF_OTHERS,
    /* The other side is a model that writes the object's file as one that is no manifest. */
    IS_IN_PART
};
enum claim side_claim(const struct side *side, const struct side *other, const struct hd_manifest *manifest);

/* Whether this library wrote one of the manifests for the application. */
bool side_has_app(const struct side *side, const char *app);

#endif
