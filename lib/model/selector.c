#include "selector.h"

#include "core/text/among.h"
#include "core/text/format.h"

#include <stdlib.h>
#include <string.h>

static bool is_whole_number(const char *text)
{
    char *end;

    (void)strtoll(text_or(text, ""), &end, 10);
    return text && *text && !*end;
}

/* How many values an operator takes, and of which kind. */
static void check_expression(struct checker *checker, const struct hd_selector_expression *expression, enum selects selects)
{
    const char *operator = expression->selector_operator;
    bool compares = operator && (!strcmp(operator, "Gt") || !strcmp(operator, "Lt"));

    if (!operator)
        return;
    if ((!strcmp(operator, "In") || !strcmp(operator, "NotIn")) && !expression->n_values)
        hint(found(checker, HD_OPERATOR_VALUES, AT_STRUCT(expression), "%s needs values to compare with", operator),
             "give values: [...], or write Exists");
    if ((!strcmp(operator, "Exists") || !strcmp(operator, "DoesNotExist")) && expression->n_values)
        hint(found(checker, HD_OPERATOR_VALUES, AT(expression, values), "%s takes no values", operator), "remove values, or write %s",
             *operator == 'E' ? "In" : "NotIn");
    if (compares && selects == OBJECTS)
        hint(found(checker, HD_OPERATOR_OF_NODES, AT(expression, selector_operator), "%s works only for labels of nodes", operator),
             "use In, NotIn, Exists or DoesNotExist");
    else if (compares && (expression->n_values != 1 || !is_whole_number(expression->values[0])))
        hint(found(checker, HD_OPERATOR_VALUES, AT_STRUCT(expression), "%s takes one whole number", operator), "write values: [\"4\"]");
    if (selects == NODE_FIELDS && ((expression->key && strcmp(expression->key, "metadata.name")) ||
                                   (strcmp(operator, "In") && strcmp(operator, "NotIn")) ||
                                   expression->n_values > 1))
        hint(found(checker, HD_NODE_FIELD, AT_STRUCT(expression), "matchFields can only choose metadata.name, with In or NotIn and one value"),
             "write {key: metadata.name, operator: In, values: [node-1]}, or use matchExpressions");
}

/* Labels have label values; the name of a node is a DNS name. */
static void check_selected_values(struct checker *checker, const struct hd_selector_expression *expression, enum selects selects)
{
    const struct hd_format_rule *format = selects == NODE_FIELDS ? &format_subdomain : &format_label_value;

    for (size_t i = 0; i < expression->n_values; i++)
        if (!format_is_valid(format, expression->values[i]))
            hint(found(checker, HD_BAD_FORM, AT_ITEM(expression, values, i), "\"%.60s\" is not valid for values", expression->values[i]),
                 "write %s", hd_format_words(format));
}

void check_expressions(struct checker *checker, const struct hd_selector_expression *expressions, size_t count, enum selects selects)
{
    for (size_t i = 0; i < count; i++) {
        check_expression(checker, &expressions[i], selects);
        check_selected_values(checker, &expressions[i], selects);
    }
}

void check_selector(struct checker *checker, const struct hd_label_selector *selector)
{
    check_expressions(checker, selector->match_expressions, selector->n_match_expressions, OBJECTS);
}
