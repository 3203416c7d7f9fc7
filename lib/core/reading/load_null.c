#include "load_null.h"

#include "core/text/suggest.h"

#include <string.h>

/* A null of a later layer that found nothing of an earlier one to take away; `among` is the mapping that it stands in, or NULL. */
static void report_nothing_taken(struct loader *loader, const char *key, const struct node *node, const struct node *among,
                                 const struct step *step)
{
    struct finding *finding = wrong(loader, HD_NOTHING_TAKEN, node, step, "null takes nothing away, because no earlier file gives %s", key);
    struct suggestion suggestion = suggest_for(key);

    for (uint32_t i = 0; among && i < among->n_items; i += 2)
        if (!(among->items[i + 1]->is_later && node_is_null(among->items[i + 1])))
            suggest_try(&suggestion, among->items[i]->text);
    hint_nearest(finding, suggestion.nearest, "remove %s here", key);
}

const struct node *none_for_null(struct loader *loader, const struct node *node)
{
    struct node *none;

    if (!node_is_null(node) || !node->length || node->is_later)
        return node;
    none = arena_copy(loader->arena, node, sizeof *node);
    none->text = "none";
    none->length = strlen(none->text);
    return none;
}

bool null_is_told(struct loader *loader, const struct hd_field *field, const struct node *node, const struct step *step)
{
    bool is_text = field->kind == HD_STRING || field->kind == HD_INT_OR_STRING;

    if (!node_is_null(node) || (field->kind == HD_VALUE && !field->choice && !node->is_later) || (is_text && !node->is_later && !field->none))
        return false;
    if (node->is_later)
        report_nothing_taken(loader, field->key, node, NULL, step);
    else
        hint(wrong(loader, HD_NO_VALUE, node, step, "%s is empty", field->key), "%s%s: %s",
             field->none ? "write none to refuse the default; " : "", field->key, field->doc);
    return true;
}

bool null_element_is_told(struct loader *loader, const struct hd_field *list, const struct node *node, uint32_t index,
                          const struct step *step)
{
    const struct node *value = node->items[2 * index + 1];
    const char *name = node->items[2 * index]->text;

    if (!node_is_null(value) || (list->of->map && !value->is_later && (!list->none || value->length)))
        return false;
    if (value->is_later)
        report_nothing_taken(loader, name, value, node, step);
    else
        hint(wrong(loader, HD_NO_VALUE, value, step, "%s is empty", name),
             list->of->map      ? "write %s: none to refuse the default"
             : list->of->scalar ? "give a value, or write %s: {} to give nothing but the name"
                                : "write %s: {} to give nothing but the name",
             name);
    return true;
}

bool null_item_is_told(struct loader *loader, const struct hd_field *list, const struct node *item, const struct step *step)
{
    if (!node_is_null(item))
        return false;
    hint_keys(wrong(loader, HD_NO_VALUE, item, step, "an element of %s is empty", list->key), "remove it; the keys of an element are",
              list->of);
    return true;
}
