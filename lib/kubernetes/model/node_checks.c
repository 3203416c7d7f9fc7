/* Rules for the nodes that a pod asks for, and that no node can be. */
#include "core/text/among.h"
#include "model/checks.h"
#include "pod_checks.h"

enum { MOST_TERMS = 32 };

/* The expression of a term that excludes nodes with this label; NULL when none does. */
static const struct hd_selector_expression *against(const struct hd_node_selector_term *term, const struct hd_pair *label)
{
    for (size_t i = 0; i < term->n_match_expressions && i < MOST_TERMS; i++) {
        const struct hd_selector_expression *expression = &term->match_expressions[i];
        bool has_value = is_among(label->value, expression->values, expression->n_values);

        if (!same_text(expression->key, label->name) || !expression->selector_operator)
            continue;
        if (!strcmp(expression->selector_operator, "In") ? !has_value
                                                         : !strcmp(expression->selector_operator, "DoesNotExist") ||
                                                               (!strcmp(expression->selector_operator, "NotIn") && has_value))
            return expression;
    }
    return NULL;
}

/* One term is enough for a pod, so that each of them must exclude the label. */
static void check_label(struct checker *checker, const struct hd_node_selector *required, const struct hd_pair *label)
{
    const struct hd_selector_expression *expression = NULL;
    struct finding *finding;

    for (size_t i = 0; label->name && label->value && i < required->n_node_selector_terms && i < MOST_TERMS; i++) {
        expression = against(&required->node_selector_terms[i], label);
        if (!expression)
            return;
    }
    if (!expression)
        return;
    finding = found(checker, HD_NODES_CONTRADICTED, AT(expression, key), "nodeAffinity excludes the nodes that nodeSelector asks for, so no pod finds a node");
    also_at(finding, AT(label, value), "nodeSelector asks for %.63s=%.63s", label->name, label->value);
    hint(finding, "remove one of the two, or write the same value in both");
}

void check_nodes(struct checker *checker, const struct hd_pod *pod)
{
    for (size_t i = 0; i < pod->n_node_selector && i < MOST_TERMS; i++)
        check_label(checker, &pod->affinity.node_affinity.required, &pod->node_selector[i]);
}
