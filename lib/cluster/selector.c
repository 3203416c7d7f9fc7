#include "selector.h"

#include <stdlib.h>
#include <string.h>

static int by_key(const void *left, const void *right)
{
    return strcmp(((const struct hd_cluster_label *)left)->key, ((const struct hd_cluster_label *)right)->key);
}

struct hd_cluster_label *read_labels(const struct field *field, size_t *ret_count)
{
    size_t n = is_mapping(field) ? field->node->n_items / 2 : 0, n_labels = 0;
    struct hd_cluster_label *labels = arena_array(field->manifest->arena, n, sizeof *labels);

    for (size_t i = 0; i < n; i++) {
        struct field label = entry(field, i);
        const char *value = label.node ? name_at(&label) : "";

        if (value)
            labels[n_labels++] = (struct hd_cluster_label){keep(field->manifest, label.key), keep(field->manifest, value)};
    }
    if (n_labels > 1)
        qsort(labels, n_labels, sizeof *labels, by_key);
    for (size_t i = 1; i < n_labels; i++)
        if (labels[i].key == labels[i - 1].key)
            refuse(field, HD_DUPLICATE_KEY, "%s is given twice", labels[i].key);
    *ret_count = n_labels;
    return labels;
}

static const char **read_values(const struct field *field, size_t *ret_count)
{
    size_t n = item_count(field);
    const char **values = arena_array(field->manifest->arena, n, sizeof *values);

    for (size_t i = 0; i < n; i++) {
        struct field value = item(field, i);

        values[i] = text_of(&value);
        if (!values[i])
            values[i] = keep(field->manifest, "");
    }
    *ret_count = n;
    return values;
}

static void read_expression(const struct field *field, struct requirement *requirement)
{
    static const char *const operators[] = {
        [OPERATOR_IN] = "In", [OPERATOR_NOT_IN] = "NotIn", [OPERATOR_EXISTS] = "Exists", [OPERATOR_DOES_NOT_EXIST] = "DoesNotExist", NULL};
    static const char *const keys[] = {"key", "operator", "values", NULL};
    struct field key = member(field, "key"), operator = member(field, "operator"), values = member(field, "values");
    int word = word_of(&operator, operators);
    bool needs_values;

    allow_keys(field, keys);
    requirement->key = text_of(&key);
    if (!requirement->key || !operator.node)
        refuse(field, HD_MISSING, "an entry of matchExpressions needs key and operator");
    requirement->operator = word < 0 ? OPERATOR_EXISTS : (enum operator)word;
    requirement->values = read_values(&values, &requirement->n_values);
    needs_values = requirement->operator == OPERATOR_IN || requirement->operator == OPERATOR_NOT_IN;
    if (word >= 0 && needs_values != (requirement->n_values > 0))
        refuse(&values, HD_BAD_FORM, needs_values ? "the operator %s needs values" : "the operator %s takes no values", operators[word]);
}

static void add_labels(const struct field *labels, struct selector *selector)
{
    size_t n_labels;
    const struct hd_cluster_label *label = read_labels(labels, &n_labels);

    for (size_t i = 0; i < n_labels; i++) {
        struct requirement *requirement = &selector->requirements[selector->n_requirements++];

        *requirement = (struct requirement){.key = label[i].key, .operator = OPERATOR_IN, .n_values = 1};
        requirement->values = arena_array(labels->manifest->arena, 1, sizeof *requirement->values);
        *requirement->values = label[i].value;
    }
}

struct selector read_selector(const struct field *field)
{
    static const char *const keys[] = {"matchLabels", "matchExpressions", NULL};
    struct field labels = member(field, "matchLabels"), expressions = member(field, "matchExpressions");
    size_t n_labels = is_mapping(&labels) ? labels.node->n_items / 2 : 0, n_expressions = item_count(&expressions);
    struct selector selector = {.place = place_of(field)};

    allow_keys(field, keys);
    selector.requirements = arena_array(field->manifest->arena, n_labels + n_expressions, sizeof *selector.requirements);
    add_labels(&labels, &selector);
    for (size_t i = 0; i < n_expressions; i++) {
        struct field expression = item(&expressions, i);

        read_expression(&expression, &selector.requirements[selector.n_requirements++]);
    }
    return selector;
}

struct selector read_labels_as_selector(const struct field *field)
{
    struct selector selector = {.place = place_of(field)};

    selector.requirements =
        arena_array(field->manifest->arena, is_mapping(field) ? field->node->n_items / 2 : 0, sizeof *selector.requirements);
    add_labels(field, &selector);
    return selector;
}

struct selector read_match_labels(const struct field *field)
{
    static const char *const keys[] = {"matchLabels", NULL};
    struct field labels = member(field, "matchLabels");

    allow_keys(field, keys);
    return read_labels_as_selector(&labels);
}

const char *label_value(const struct hd_cluster_label *labels, size_t n_labels, const char *key)
{
    size_t begin = 0, end = n_labels;

    while (begin < end) {
        size_t middle = begin + (end - begin) / 2;
        int order = labels[middle].key == key ? 0 : strcmp(labels[middle].key, key);

        if (!order)
            return labels[middle].value;
        if (order < 0)
            begin = middle + 1;
        else
            end = middle;
    }
    return NULL;
}

static bool has_value(const struct requirement *requirement, const char *value)
{
    for (size_t i = 0; i < requirement->n_values; i++)
        if (requirement->values[i] == value)
            return true;
    return false;
}

static bool holds(const struct requirement *requirement, const char *value)
{
    switch (requirement->operator) {
    case OPERATOR_IN:
        return value && has_value(requirement, value);
    case OPERATOR_NOT_IN:
        return !value || !has_value(requirement, value);
    case OPERATOR_EXISTS:
        return value != NULL;
    default:
        return value == NULL;
    }
}

bool selector_matches(const struct selector *selector, const struct hd_cluster_label *labels, size_t n_labels)
{
    for (size_t i = 0; i < selector->n_requirements; i++)
        if (!holds(&selector->requirements[i], label_value(labels, n_labels, selector->requirements[i].key)))
            return false;
    return true;
}
