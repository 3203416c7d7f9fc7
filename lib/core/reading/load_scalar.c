#include "load_scalar.h"

#include "core/tables/key_hint.h"
#include "core/tables/path.h"
#include "core/text/format.h"
#include "core/text/scalar.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct finding *wrong(struct loader *loader, enum hd_code code, const struct node *node, const struct step *step, const char *format,
                             ...)
{
    va_list args;
    char *message;

    va_start(args, format);
    message = arena_vprintf(loader->arena, format, args);
    va_end(args);
    return finding_in(loader->report, code, node->file, node->line, node->column, path_text(loader->arena, step), "%s", message);
}

static const char *what_it_is(const struct node *node)
{
    if (node_is_null(node))
        return "nothing";
    return node->kind == NODE_MAPPING ? "a mapping" : node->kind == NODE_SEQUENCE ? "a list" : node->plain ? "a word" : "a text";
}

struct finding *wrong_type(struct loader *loader, const struct node *node, const struct step *step, const char *meant)
{
    if (node->kind == NODE_SCALAR && node->length && node->length < 60)
        return wrong(loader, HD_WRONG_TYPE, node, step, "%s is expected here, not %s\"%s\"", meant, node->plain ? "" : "the text ",
                     node->text);
    return wrong(loader, HD_WRONG_TYPE, node, step, "%s is expected here, not %s", meant, what_it_is(node));
}

/* A shell removes the quotes of --set a="on", so the hint shows a setting that a shell leaves whole. */
static void hint_quotes(struct finding *finding, const struct node *node, const struct hd_format_rule *format)
{
    size_t length = strlen(node->file), begin = strlen("--set ");

    if (format && !format_is_valid(format, node->text))
        hint(finding, "write %s", format->words);
    else if (!strncmp(node->file, "--set ", begin) && length > begin + node->length &&
             !strcmp(node->file + length - node->length, node->text))
        hint(finding, "write --set '%.*s\"%s\"'", (int)(length - begin - node->length), node->file + begin, node->text);
    else
        hint(finding, "write \"%s\"", node->text);
    if ((!format || format_is_valid(format, node->text)) && !strpbrk(node->text, "\"\\"))
        meant(finding, node->text, "\"%s\"", node->text);
}

/* Offers only what the form of the text allows. */
static void hint_no_value(struct finding *finding, const char *null, const struct hd_format_rule *format)
{
    bool may_be_empty = !format || format_is_valid(format, ""), may_be_null = !format || format_is_valid(format, null);

    hint(finding, "%s%s%s%s%s%s%sremove the key, so that its default applies if it has one", may_be_empty || may_be_null ? "write " : "",
         may_be_empty ? "\"\" for an empty text" : "", may_be_empty && may_be_null ? " or " : "", may_be_null ? "\"" : "",
         may_be_null ? null : "", may_be_null ? "\" for the text itself" : "", may_be_empty || may_be_null ? ", or " : "");
}

const char *load_text(struct loader *loader, const struct node *node, const struct step *step, const struct hd_format_rule *format)
{
    static const char *const taken_for[] = {
        [SCALAR_ODD_NUMBER] = "a number, and some YAML readers change its digits",
        [SCALAR_BASE_60] = "a number in base 60 by readers of YAML 1.1",
        [SCALAR_DATE] = "a date",
        [SCALAR_BOOL] = "a truth value",
        [SCALAR_NULL] = "nothing",
        [SCALAR_SPECIAL] = "a special key",
    };
    enum scalar_type type;

    if (node->kind != NODE_SCALAR) {
        struct finding *finding = wrong_type(loader, node, step, "a text");

        if (node->n_items == (node->kind == NODE_MAPPING ? 2 : 1) && node->items[node->n_items - 1]->kind == NODE_SCALAR)
            hint(finding, "write %s alone", node->items[node->n_items - 1]->text);
        return NULL;
    }
    type = node->plain ? scalar_type(node->text, node->length) : SCALAR_STRING;
    if (type == SCALAR_STRING || type == SCALAR_NUMBER)
        return node->text;
    if (!node->length)
        hint(wrong(loader, HD_NO_VALUE, node, step, "a text is expected here, but nothing is given"),
             "give a value, or write \"\" for an empty one");
    else if (type == SCALAR_NULL)
        hint_no_value(wrong(loader, HD_YAML_TRAP, node, step, "%s without quotes means no value", node->text), node->text, format);
    else
        hint_quotes(wrong(loader, HD_YAML_TRAP, node, step, "%s without quotes is taken for %s", node->text, taken_for[type]), node,
                    format);
    return type == SCALAR_NULL || (format && !format_is_valid(format, node->text)) ? NULL : node->text;
}

/* Whether the text is a number with a unit, such as 30s or 80%, where a number alone is expected. */
static bool is_number_with_unit(const char *text)
{
    size_t digits = strspn(text, "0123456789");

    return digits && (!strcmp(text + digits, "s") || !strcmp(text + digits, "%"));
}

static void hint_number_alone(struct finding *finding, const struct node *node)
{
    char *number = arena_strndup(&finding->report->arena, node->text, strspn(node->text, "0123456789"));

    hint(finding, "write %s without a unit, because the key implies it", number);
    meant_yaml(finding, node->text, number);
}

static void hint_without_quotes(struct finding *finding, const char *text, const char *right)
{
    hint(finding, "write %s without quotes", right);
    meant_yaml(finding, text, right);
}

bool load_integer(struct loader *loader, const struct node *node, const struct step *step, int64_t *number)
{
    enum scalar_type type = node->kind == NODE_SCALAR && node->plain ? scalar_type(node->text, node->length) : SCALAR_STRING;
    struct finding *finding;
    char *end;

    if (type == SCALAR_ODD_NUMBER || type == SCALAR_BASE_60) {
        hint(wrong(loader, HD_YAML_TRAP, node, step, "YAML readers do not agree on the number %s", node->text),
             "write it in plain decimal digits");
        return false;
    }
    if (type != SCALAR_NUMBER || strchr(node->text, '.')) {
        finding = wrong_type(loader, node, step, "a whole number");
        if (node->kind == NODE_SCALAR && !node->plain && scalar_type(node->text, node->length) == SCALAR_NUMBER)
            hint_without_quotes(finding, node->text, node->text);
        else if (node->kind == NODE_SCALAR && is_number_with_unit(node->text))
            hint_number_alone(finding, node);
        return false;
    }
    errno = 0;
    *number = strtoll(node->text, &end, 10);
    if (errno || *end) {
        hint(wrong(loader, HD_OUT_OF_RANGE, node, step, "the number %s is too large", node->text), "write at most 18 digits");
        return false;
    }
    return true;
}

bool node_is_bool(const struct node *node)
{
    return node->kind == NODE_SCALAR && node->plain && scalar_type(node->text, node->length) == SCALAR_BOOL;
}

bool load_bool(struct loader *loader, const struct node *node, const struct step *step, enum hd_bool *value)
{
    if (!node_is_bool(node)) {
        struct finding *finding = wrong_type(loader, node, step, "true or false");

        if (node->kind == NODE_SCALAR && !node->plain && scalar_type(node->text, node->length) == SCALAR_BOOL)
            hint_without_quotes(finding, node->text, scalar_truth(node->text) ? "true" : "false");
        return false;
    }
    *value = scalar_truth(node->text) ? HD_TRUE : HD_FALSE;
    return true;
}

bool load_enum(struct loader *loader, const struct node *node, const struct step *step, const struct hd_enum *words, int *value)
{
    const struct hd_word *word = node->kind == NODE_SCALAR ? enum_word(words, node->text) : NULL;

    if (word)
        *value = word->value;
    else if (node->kind != NODE_SCALAR)
        wrong_type(loader, node, step, "a word");
    else
        hint_word(wrong(loader, HD_UNKNOWN_WORD, node, step, "\"%s\" is not one of the words that are allowed here", node->text), words,
                  node->text);
    return word != NULL;
}
