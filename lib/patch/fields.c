/* Fields that Kubernetes does not know, and values of other types than it wants. */
#include "core/text/suggest.h"
#include "patch.h"

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

/* NULL when it was told. */
static struct finding *fault(struct typing *typing, enum hd_code code, const struct node *node, const struct step *step, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

static struct finding *fault(struct typing *typing, enum hd_code code, const struct node *node, const struct step *step, const char *format, ...)
{
    const char *message, *path;
    struct finding *finding;
    va_list args;

    va_start(args, format);
    message = arena_printf(typing->arena, "%s %s: %s", typing->kind, typing->name, arena_vprintf(typing->arena, format, args));
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
    finding = fault(typing, HD_UNKNOWN_KEY, key->file ? key : value, step, "%s has no field \"%.80s\"",
                    step->outer ? path_text(typing->arena, step->outer) : "the object", key->text);
    if (finding)
        hint_nearest(finding, suggestion.nearest, "kubectl explain %s names its fields", typing->kind);
}

static void check_value(struct typing *typing, const struct node *value, const char *mark, const struct step *step);

static void check_part(struct typing *typing, const struct node *object, const char *part, const struct step *step)
{
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

/* Each element of a list, or value of a mapping. */
static void check_elements(struct typing *typing, const struct node *value, const char *mark, const struct step *step)
{
    uint32_t width = value->kind == NODE_MAPPING ? 2 : 1;

    for (uint32_t i = 0; i < value->n_items; i += width) {
        struct step inner = {.outer = step, .key = width == 2 ? value->items[i]->text : NULL, .index = width == 2 ? 0 : i + 1};

        check_value(typing, value->items[i + width - 1], mark, &inner);
    }
}

/* The type that a mark stands for; letters stand for parts. */
static unsigned type_of_mark(char mark)
{
    static const char marks[] = "$#?[";
    const char *place = strchr(marks, mark);

    return place ? (unsigned)(place - marks) : mark == '-' ? TYPE_NUMBER : mark == '%' ? TYPE_TEXT : TYPE_MAPPING;
}

static void check_value(struct typing *typing, const struct node *value, const char *mark, const struct step *step)
{
    unsigned wanted = type_of_mark(*mark), is = type_of(value);
    struct finding *finding;

    if (*mark == '*' || node_is_null(value))
        return;
    if (wanted != is && !(*mark == '%' && is == TYPE_NUMBER)) {
        finding = fault(typing, HD_WRONG_TYPE, value, step, "%s must be %s%s", path_text(typing->arena, step), *mark == '%' ? "a number or " : "",
                        type_words[wanted]);
        if (finding && *mark == '$' && is < TYPE_LIST)
            hint(finding, "write it in quotes");
    } else if (*mark == '#' && *value->text == '-') {
        fault(typing, HD_OUT_OF_RANGE, value, step, "%s must not be below 0", path_text(typing->arena, step));
    } else if (*mark == '@' || *mark == '&') {
        check_elements(typing, value, *mark == '@' ? "$" : "%", step);
    } else if (*mark == '[') {
        check_elements(typing, value, strchr(mark, ']') + 1, step);
    } else if (wanted == TYPE_MAPPING) {
        check_part(typing, value, part_behind(mark), step);
    }
}

void check_typing(struct typing *typing, const struct node *object, const char *part)
{
    if (part)
        check_part(typing, object, part, NULL);
}

void check_foreign_fields(struct checker *checker)
{
    for (size_t i = 0; i < checker->model->foreign.n; i++) {
        const struct foreign_object *object = &checker->model->foreign.objects[i];
        struct typing typing = {.checker = checker, .arena = &checker->report->arena, .kind = object->kind, .name = object->name, .path = object->path};

        check_typing(&typing, object->root, part_of_kind(object->group, object->kind));
    }
}
