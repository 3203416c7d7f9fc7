/* Objects that the user wrote whole: an entry of `manifests`, or a document of a file that one names. */
#include "backward.h"

#include "../call.h"
#include "../generated.h"

#include <stdlib.h>
#include <string.h>

/* Whether a path ends with an entry of `manifests`, of the application or a service. */
static bool is_entry(const char *path)
{
    static const char list[] = "manifests[";
    const char *last = strrchr(path, '[');

    return last && (size_t)(last - path) + 1 >= strlen(list) && !strncmp(last + 1 - strlen(list), list, strlen(list)) &&
           path[strlen(path) - 1] == ']';
}

/* The member `object` or `file` of an entry; NULL when it has none. */
static const struct hd_value *member_of(const struct backward *backward, const struct candidate *entry, const char *member)
{
    size_t length = strlen(entry->value.path);

    for (size_t i = 0; i < backward->n; i++) {
        const struct hd_value *value = &backward->candidates[i].value;

        if (!strncmp(value->path, entry->value.path, length) && value->path[length] == '.' && !strcmp(value->path + length + 1, member))
            return value;
    }
    return NULL;
}

/* The path of a file that the model names, which is relative to the model's own. To be freed. */
static char *beside(const char *model, const char *file)
{
    const char *slash = model ? strrchr(model, '/') : NULL;

    return printed("%.*s%s", slash ? (int)(slash + 1 - model) : 0, model ? model : "", file);
}

/* Somewhere in a tree: the object with the kind and the name of the manifest. */
static const struct tree *object_in(const struct tree *tree, const struct hd_manifest *manifest)
{
    const char *kind = tree_text(tree, "kind"), *name = tree_at(tree, "metadata") ? tree_text(tree_at(tree, "metadata"), "name") : NULL;
    const struct tree *found = NULL;

    if (kind && name && !strcmp(kind, manifest->kind) && !strcmp(name, manifest->name))
        return tree;
    for (size_t i = 0; i < tree->n_items && !found; i++)
        found = object_in(tree->items[i], manifest);
    return found;
}

struct looking {
    const struct hd_manifest *manifest;
    const struct way *way;
    /* The line of the value, or of the object where it has another value there; 0 where there is no such object. */
    uint32_t line;
    bool is_same;
};

static void look(void *user, struct tree *document)
{
    struct looking *looking = user;
    const struct tree *object = looking->line ? NULL : object_in(document, looking->manifest);
    const struct tree *value = object ? way_in(looking->way, object) : NULL;

    if (object) {
        looking->is_same = value && tree_is_same(value, looking->way->steps[looking->way->n - 1]);
        looking->line = looking->is_same ? value->line : object->line;
    }
    tree_free(document);
}

/* The column at which a line begins, behind its blanks. */
static uint32_t column_in(const char *text, uint32_t line)
{
    while (text && --line) {
        text = strchr(text, '\n');
        text += text != NULL;
    }
    return text ? 1 + (uint32_t)strspn(text, " ") : 0;
}

/* `file` belongs to the candidate then. */
static void take(struct backward *backward, const struct candidate *entry, char *file, uint32_t line)
{
    struct candidate *whole = &backward->whole;

    free((char *)(uintptr_t)whole->value.path);
    free((char *)(uintptr_t)whole->value.file);
    *whole = (struct candidate){.value = entry->value, .is_part = true};
    whole->value.path = printed("%s", entry->value.path);
    whole->value.file = file;
    if (line) {
        whole->value.line = line;
        whole->value.column = column_in(backward_text_of(backward, file), line);
    }
}

/* A text without the name is not read, because most objects are the library's own. */
static bool is_in_text(const char *text, struct looking *looking)
{
    looking->line = 0;
    return text && strstr(text, looking->manifest->name) && tree_documents(text, strlen(text), look, looking) && looking->line;
}

static bool is_of_file(struct backward *backward, const struct candidate *entry, const struct hd_value *member, struct looking *looking)
{
    char *file = beside(entry->value.file, member->text);

    if (is_in_text(backward_text_of(backward, file), looking)) {
        take(backward, entry, file, looking->line);
        return true;
    }
    free(file);
    return false;
}

/* Its line is not known where the model has aliases, in which a tree does not read on. */
static bool is_of_entry(struct backward *backward, const struct candidate *entry, const struct hd_value *member, struct looking *looking)
{
    struct looking placed = *looking;

    if (!is_in_text(member->text, looking))
        return false;
    (void)is_in_text(backward_text_of(backward, entry->value.file), &placed);
    take(backward, entry, printed("%s", entry->value.file), placed.is_same == looking->is_same ? placed.line : 0);
    return true;
}

bool backward_find_whole(struct backward *backward, const struct way *way, bool *ret_same)
{
    struct looking looking = {.manifest = backward->manifest, .way = way};
    bool is_whole = false;

    for (size_t i = 0; i < backward->n && !is_whole; i++) {
        const struct candidate *entry = &backward->candidates[i];
        const struct hd_value *file, *object;

        if (!entry->is_part || !entry->value.file || !is_entry(entry->value.path))
            continue;
        file = member_of(backward, entry, "file");
        object = member_of(backward, entry, "object");
        is_whole = (file && is_of_file(backward, entry, file, &looking)) || (object && is_of_entry(backward, entry, object, &looking));
    }
    *ret_same = is_whole && looking.is_same;
    return is_whole;
}
