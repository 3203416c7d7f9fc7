/* Fields that Kubernetes does not know, and values of other types than it wants. */
#include "core/text/format.h"
#include "core/text/letter.h"
#include "core/text/suggest.h"
#include "core/text/word_list.h"
#include "patch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

const char *const type_words[] = {"a text", "a number", "true or false", "a list", "a mapping"};

unsigned type_of(const struct node *node)
{
    if (node->kind != NODE_SCALAR)
        return node->kind == NODE_SEQUENCE ? TYPE_LIST : TYPE_MAPPING;
    if (!node->plain)
        return TYPE_TEXT;
    return strcmp(node->text, "true") && strcmp(node->text, "false") ? TYPE_NUMBER : TYPE_TRUTH;
}

void at_patched(struct finding *finding, const struct node *node)
{
    if (node->file)
        found_below(finding, node->file, node->line, node->column, "");
}

enum { MOST_COMPARED = 1000 };

/* Whether the value of a patch was told at another object of the patch, or before a later patch. */
static bool was_told(const struct typing *typing, enum hd_code code, const struct node *node, const char *message)
{
    const struct hd_diagnostics *report = typing->checker->report;

    for (size_t i = typing->first; node->file && i < report->n_findings && i < typing->first + MOST_COMPARED; i++) {
        const struct finding *finding = report->findings[i];

        if (finding->diagnostic.code == (int)code && finding->below_line == node->line && finding->below_column == node->column &&
            ((finding->where.object == typing->patch && finding->service == report->service) || !strcmp(finding->diagnostic.message, message)))
            return true;
    }
    return false;
}

/* Reports what is wrong at a step, or that it is no field of the step around it; NULL when it was told. */
static struct finding *fault(struct typing *typing, enum hd_code code, const struct node *node, const struct step *step, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

static struct finding *fault(struct typing *typing, enum hd_code code, const struct node *node, const struct step *step, const char *format, ...)
{
    const struct step *about = code == HD_UNKNOWN_KEY ? step->outer : step;
    const char *message, *path;
    struct finding *finding;
    va_list args;

    va_start(args, format);
    path = about ? path_text(typing->arena, about) : "the object";
    message = arena_printf(typing->arena, "%s %s: %s %s", typing->kind, typing->name, path, arena_vprintf(typing->arena, format, args));
    va_end(args);
    typing->failed = true;
    if (!typing->patch) {
        path = arena_printf(typing->arena, "%s.%s", typing->path, path_text(typing->arena, step));
        return finding_in(typing->checker->report, code, node->file, node->line, node->column, path, "%s", message);
    }
    if (was_told(typing, code, node, message))
        return NULL;
    finding = finding_at(typing->checker->report, code, AT(typing->patch, target), "%s", message);
    at_patched(finding, node);
    return finding;
}

/* The value of a key that is not a text of its own, or NULL. */
static const struct node *value_named(const struct node *mapping, const char *name, size_t length)
{
    for (uint32_t i = 0; i < mapping->n_items; i += 2)
        if (!strncmp(mapping->items[i]->text, name, length) && !mapping->items[i]->text[length])
            return mapping->items[i + 1];
    return NULL;
}

static void tell_unknown(struct typing *typing, const struct node *key, const struct node *value, const char *part, const struct step *step)
{
    struct suggestion suggestion = suggest_for(key->text);
    struct finding *finding;
    const char *name;
    size_t length;

    /* A version that came after this library may have fields that it cannot know. */
    if (typing->checker->kube_minor > KUBE_NEWEST)
        return;
    while ((name = part_field(&part, &length)))
        if (typing->checker->n_suggestions < MOST_SUGGESTIONS)
            suggest_try(&suggestion, arena_strndup(typing->arena, name, length));
    if (*part == '~')
        return;
    typing->checker->n_suggestions++;
    finding = fault(typing, HD_UNKNOWN_KEY, key->file ? key : value, step, "has no field \"%.80s\"", key->text);
    if (finding)
        hint_nearest(finding, suggestion.nearest, "kubectl explain %s names its fields", typing->kind);
}

/* Tells each required field that is missing or empty; a mapping may be empty. */
static void check_required(struct typing *typing, const struct node *object, const char *part, const struct step *step)
{
    const char *name;
    size_t length;

    while ((name = part_field(&part, &length))) {
        const struct node *value = name[-1] == '!' ? value_named(object, name, length) : object;
        struct step inner = {.outer = step, .key = name};

        if (value && (value->kind == NODE_MAPPING || value->n_items || (value->text && *value->text && !node_is_null(value))))
            continue;
        inner.key = arena_strndup(typing->arena, name, length);
        fault(typing, HD_MISSING, value ? value : object, &inner, "is missing");
    }
}

static void check_value(struct typing *typing, const struct node *value, const char *mark, const struct step *step);

static void check_part(struct typing *typing, const struct node *object, const char *part, const struct step *step)
{
    if (!typing->may_lack)
        check_required(typing, object, part, step);
    for (uint32_t i = 0; i < object->n_items; i += 2) {
        const struct node *key = object->items[i];
        const char *mark = part_mark(part, key->text);
        struct step inner = {.outer = step, .key = key->text};

        if (mark)
            check_value(typing, object->items[i + 1], mark, &inner);
        else
            tell_unknown(typing, key, object->items[i + 1], part, &inner);
    }
}

static void check_form(struct typing *typing, const struct node *value, const struct hd_format_rule *form, const struct step *step)
{
    struct finding *finding;

    if (!form || format_is_valid(form, value->text))
        return;
    finding = fault(typing, HD_BAD_FORM, value, step, "cannot be \"%.80s\"", value->text);
    if (finding)
        hint(finding, "write %s", form->words);
}

/* Each element of a list, or value of a mapping. */
static void check_elements(struct typing *typing, const struct node *value, const struct hd_format_rule *keys, const char *mark,
                           const struct step *step)
{
    uint32_t width = value->kind == NODE_MAPPING ? 2 : 1;

    for (uint32_t i = 0; i < value->n_items; i += width) {
        struct step inner = {.outer = step, .key = width == 2 ? value->items[i]->text : NULL, .index = width == 2 ? 0 : i + 1};

        if (width == 2)
            check_form(typing, value->items[i], keys, step);
        check_value(typing, value->items[i + width - 1], mark, &inner);
    }
}

/* The words stand in brackets; behind a space when the text may be empty. */
static void check_word(struct typing *typing, const struct node *value, const char *mark, const struct step *step)
{
    const char *words = arena_printf(typing->arena, " %.*s ", (int)strcspn(mark + 1, ")") - (mark[1] == ' '), mark + 1 + (mark[1] == ' '));
    const char *place = *value->text ? strstr(words, arena_printf(typing->arena, " %.80s ", value->text)) : mark[1] == ' ' ? words : NULL;

    /* A version that came after this library may have words that it cannot know. */
    if (place || typing->checker->kube_minor > KUBE_NEWEST)
        return;
    fault(typing, HD_UNKNOWN_WORD, value, step, "must be one of %s, not \"%.80s\"",
          word_list_listed(typing->arena, words), value->text);
}

static void check_number(struct typing *typing, const struct node *value, char mark, const struct step *step)
{
    long long least = mark == '>' || mark == '^', most = mark == '^' ? 65535 : mark == '_' ? INT64_MAX : INT32_MAX, number;
    char *end;

    errno = 0;
    number = strtoll(value->text, &end, 10);
    if (mark != '-' && (*end || errno || number < least || number > most))
        fault(typing, HD_OUT_OF_RANGE, value, step, "must be a whole number from %lld to %lld", least, most);
}

static void check_text(struct typing *typing, const struct node *value, const char *mark, const struct step *step)
{
    bool is_default = letter_is_upper(mark[1]) && (!*value->text || !strcmp(value->text, "0"));
    /* Of all pods there are no more. */
    bool is_share = mark[1] == 'j', is_above = is_share && strchr(value->text, '%') && strtol(value->text, NULL, 10) > 100;

    if (*mark == '(')
        check_word(typing, value, mark, step);
    else if (*mark == '%' && (is_above || *value->text == '-'))
        fault(typing, HD_OUT_OF_RANGE, value, step, "must be %s", is_share ? "from 0 to 100%" : "0 or above");
    else if (*mark != '$' && !is_default)
        check_form(typing, value, mark_form(mark), step);
}

/* The type that a mark stands for; letters stand for parts. */
static unsigned type_of_mark(char mark)
{
    return strchr("$'(%", mark) ? TYPE_TEXT : strchr("#>^_-", mark) ? TYPE_NUMBER : mark == '?' ? TYPE_TRUTH : mark == '[' ? TYPE_LIST : TYPE_MAPPING;
}

static void check_value(struct typing *typing, const struct node *value, const char *mark, const struct step *step)
{
    unsigned wanted = type_of_mark(*mark), is = type_of(value);
    struct finding *finding;

    if (*mark == '*' || node_is_null(value))
        return;
    if (wanted != is && !(*mark == '%' && is == TYPE_NUMBER)) {
        finding = fault(typing, HD_WRONG_TYPE, value, step, "must be %s%s", *mark == '%' ? "a number or " : "",
                        type_words[wanted]);
        if (finding && wanted == TYPE_TEXT && *mark != '%' && is < TYPE_LIST)
            hint(finding, "write it in quotes");
    } else if (wanted == TYPE_TEXT) {
        check_text(typing, value, mark, step);
    } else if (wanted == TYPE_NUMBER) {
        check_number(typing, value, *mark, step);
    } else if (strchr("@&=", *mark)) {
        check_elements(typing, value, *mark == '=' ? &format_label_key : mark_form(mark), *mark == '@' ? "$" : *mark == '=' ? "'v" : "%q", step);
    } else if (wanted == TYPE_LIST) {
        check_elements(typing, value, NULL, strchr(mark, ']') + 1, step);
    } else if (wanted == TYPE_MAPPING) {
        check_part(typing, value, part_behind(mark), step);
    }
}

void check_typing(struct typing *typing, const struct node *object, const char *part)
{
    check_part(typing, object, part, NULL);
}

void check_foreign_fields(struct checker *checker)
{
    for (size_t i = 0; i < checker->model->foreign.n; i++) {
        const struct foreign_object *object = &checker->model->foreign.objects[i];
        struct typing typing = {.checker = checker, .arena = &checker->report->arena, .kind = object->kind, .name = object->name, .path = object->path,
                                .may_lack = true};

        check_typing(&typing, object->root, part_to_check(object->group, object->kind, false));
    }
}
