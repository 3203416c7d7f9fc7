#include "check_fields.h"

#include "check_keys.h"
#include "core/text/among.h"
#include "core/text/utf8.h"
#include "key_hint.h"
#include "layer.h"

#include <string.h>

static struct where at_field(const struct hd_struct *type, const struct hd_field *field, const void *object, uint32_t item)
{
    return (struct where){object, (uint16_t)type->size, field->offset, item};
}

/* The name of a value in messages: in a map, its key. */
static const char *name_of(const struct hd_struct *type, const struct hd_field *field, const void *object)
{
    const char *key = type->map && field != &type->fields[0] ? field_text(&type->fields[0], object) : NULL;

    return key ? key : field->key;
}

bool field_was_refused(const struct hd_struct *type, const struct hd_field *field, const void *object)
{
    const struct hd_at *at = struct_at(type, object);

    return at_refused(at, field->key);
}

static void check_word(const struct field_rules *rules, const struct hd_struct *type, const struct hd_field *field, const void *object,
                       const char *text, uint32_t item)
{
    if (enum_word(field->words, text))
        return;
    hint_word(finding_at(rules->report, HD_UNKNOWN_WORD, at_field(type, field, object, item), "\"%.60s\" is not one of the words for %s",
                         text, field->key),
              field->words, text);
}

static void check_text(const struct field_rules *rules, const struct hd_struct *type, const struct hd_field *field, const void *object,
                       const char *text, uint32_t item)
{
    struct finding *finding;

    if (!text)
        return;
    /* Loaded texts are UTF-8; those of a program may be anything. */
    if (!is_utf8(text)) {
        hint(finding_at(rules->report, HD_BAD_UTF8, at_field(type, field, object, item), "the text of %s is not UTF-8", field->key),
             "give text in UTF-8");
        return;
    }
    if (field->words)
        check_word(rules, type, field, object, text, item);
    if (!field->format || (field->none && is_none(text)) || format_is_valid(field->format, text))
        return;
    finding = finding_at(rules->report, HD_BAD_FORM, at_field(type, field, object, item), "\"%.60s%s\" is not valid for %s", text,
                         strlen(text) > 60 ? "..." : "", name_of(type, field, object));
    hint_format(finding, field->format, text);
}

static void check_number(const struct field_rules *rules, const struct hd_struct *type, const struct hd_field *field, const void *object)
{
    int64_t number = field_number(field, object);
    struct finding *finding;

    if ((!field->min && !field->max) || (field->none && number == HD_NONE) || (number >= field->min && number <= field->max))
        return;
    finding = finding_at(rules->report, HD_OUT_OF_RANGE, at_field(type, field, object, 0), "%lld is out of range for %s", (long long)number,
                         field->key);
    hint(finding, "use %lld to %lld", (long long)field->min, (long long)field->max);
}

static void check_choice(const struct field_rules *rules, const struct hd_struct *type, const struct hd_field *field, const void *object)
{
    for (const struct hd_field *other = type->fields; other < field; other++)
        if (fields_exclude(other, field) && field_is_set(other, object)) {
            struct finding *finding = finding_at(rules->report, HD_EXCLUSIVE, at_field(type, field, object, 0),
                                                 "%s and %s exclude each other", other->key, field->key);

            also_at(finding, at_field(type, other, object, 0), "%s is given here", other->key);
            hint(finding, "remove one of the two");
            return;
        }
}

/* Defaults may lack members, but not the name that says whose defaults they are. */
static void check_missing(const struct field_rules *rules, const struct hd_struct *type, const struct hd_field *field, const void *object)
{
    bool is_key = type->keyed_by && !strcmp(type->keyed_by, field->key);

    if (!field->required || (rules->partial && !is_key) || field_was_refused(type, field, object))
        return;
    hint(finding_at(rules->report, HD_MISSING, (struct where){object, (uint16_t)type->size, WHOLE, 0}, "%s is missing", field->key),
         "%s: %s", field->key, field->doc);
}

/* An empty text, or a list of nothing, where something must be given. In a map a value may be empty. */
static void check_empty(const struct field_rules *rules, const struct hd_struct *type, const struct hd_field *field, const void *object)
{
    bool is_list = field->kind == HD_STRING_LIST || field->kind == HD_STRUCT_LIST;
    bool is_text = field->kind == HD_STRING && !field->words && !type->map && (!field->format || format_is_valid(field->format, ""));

    if (!field->required || !((is_list && !field_count(field, object)) || (is_text && !*field_text(field, object))))
        return;
    hint(finding_at(rules->report, HD_NO_VALUE, at_field(type, field, object, 0), "%s is empty", field->key), "%s: %s", field->key,
         field->doc);
}

/* "Deployment, StatefulSet" */
static const char *kinds_of(const struct field_rules *rules, const struct hd_field *field)
{
    const char *list = NULL;

    for (size_t i = 0; i < rules->workloads->n_words; i++)
        if (field->workloads & 1u << rules->workloads->words[i].value)
            list = arena_listed(&rules->report->arena, list, rules->workloads->words[i].name);
    return text_or(list, "");
}

/* Whether the member only follows from others, which a mapping gives: `enabled` of {mtls: STRICT}. */
static bool follows(const struct hd_struct *type, const struct hd_field *field, const void *object)
{
    if (!type->scalar || strcmp(type->scalar, field->key))
        return false;
    for (size_t i = 0; i < type->n_fields; i++)
        if (&type->fields[i] != field && field_is_set(&type->fields[i], object))
            return true;
    return false;
}

static void check_mesh(const struct field_rules *rules, const struct hd_struct *type, const struct hd_field *field, const void *object)
{
    bool off = rules->mesh == HD_MESH_OFF || rules->mesh == HD_MESH_MODE_GATEWAY;

    if (!field->mesh || !rules->mesh || field->mesh & 1u << rules->mesh || follows(type, field, object))
        return;
    hint(finding_at(rules->report, HD_NEEDS_MESH, at_field(type, field, object, 0), "%s has no effect %s", field->key,
                    off ? "without a mesh" : "in an ambient mesh, where pods have no proxy of their own"),
         !off || field->mesh == WITH_SIDECARS ? "write mesh: sidecar, or remove it"
         : field->mesh == BY_GATEWAY          ? "write mesh: sidecar or mesh: ambient, or gateway: CLASS for the Gateway API; or remove it"
                                              : "write mesh: sidecar or mesh: ambient, or remove it");
}

static void check_target(const struct field_rules *rules, const struct hd_struct *type, const struct hd_field *field, const void *object)
{
    if (field->since > rules->kube_minor)
        hint(finding_at(rules->report, HD_TOO_NEW, at_field(type, field, object, 0), "%s does not exist in Kubernetes 1.%d", field->key,
                        rules->kube_minor),
             "it needs Kubernetes 1.%d: raise kubernetesVersion, or remove it", field->since);
    if (!field_applies(field, rules->workload))
        hint(finding_at(rules->report, HD_NOT_FOR_KIND, at_field(type, field, object, 0), "%s has no effect on a %s", field->key,
                        rules->workload_name),
             "remove it; it is for %s", kinds_of(rules, field));
    check_mesh(rules, type, field, object);
}

static void check_list(const struct field_rules *rules, const struct hd_field *field, const void *object)
{
    const char *items = *(const char *const *)field_in(field, object);
    struct field_rules inner = *rules;

    /* Defaults may lack members; the elements of a list are taken whole. */
    inner.partial = false;
    /* A sidecar keeps running beside a job, and may have ports and probes. */
    if (field->of == rules->beside)
        inner.workload = 0;
    check_keys(rules, field, object);
    for (size_t i = 0; field->of != rules->apart && i < field_count(field, object); i++)
        check_fields(&inner, field->of, items + i * field->of->size);
}

static void check_member(const struct field_rules *rules, const struct hd_struct *type, const struct hd_field *field, const void *object)
{
    const char *const *texts;

    switch (field->kind) {
    case HD_STRING:
    case HD_INT_OR_STRING:
    case HD_VALUE:
        check_text(rules, type, field, object, field_text(field, object), 0);
        break;
    case HD_INTEGER:
    case HD_OPTIONAL_INTEGER:
        check_number(rules, type, field, object);
        break;
    case HD_STRING_LIST:
        texts = *(const char *const *const *)field_in(field, object);
        for (size_t i = 0; i < field_count(field, object); i++)
            check_text(rules, type, field, object, texts[i], (uint32_t)i + 1);
        break;
    case HD_STRUCT_LIST:
        check_list(rules, field, object);
        break;
    case HD_STRUCT:
    case HD_EMBEDDED:
        check_fields(rules, field->of, field_in(field, object));
        break;
    default:
        break;
    }
}

/* Whether the member stands in the mapping that the struct begins with: not in another layer, nor where `<<` took it from. */
static bool stands_with(const struct hd_at *at, const struct hd_mark *mark, const struct hd_mark *other)
{
    return !strcmp(mark->file, other->file) &&
           (strcmp(mark->file, at->file) || mark->line > at->line || (mark->line == at->line && mark->column >= at->column));
}

/* The end of a hint: words for the member that stands for one of those that have no effect. */
static const char *stand_in_of(const struct field_rules *rules, const struct hd_struct *type, const struct hd_field *member)
{
    for (const struct stand_in *row = rules->stand_ins; row && row->hint; row++)
        if (row->type == type && !strcmp(row->key, member->key))
            return row->hint;
    return "";
}

/*
 * Warns of members beside a switch that is off. A layer may turn off what another layer fills, and so may a program, whose marks
 * are all on line 1.
 */
static void check_switched_off(const struct field_rules *rules, const struct hd_struct *type, const void *object)
{
    const struct hd_field *off = switched_off(type, object), *first = NULL;
    const struct hd_at *at = struct_at(type, object);
    const struct hd_mark *mark = NULL;
    const struct hd_struct *owner;
    const char *listed = NULL, *more = "";
    const void *holder = object;
    struct finding *finding;

    for (uint32_t i = 0; off && i < at->n_marks; i++)
        if (at->marks[i].member == off)
            mark = &at->marks[i];
    for (uint32_t i = 0; mark && mark->line > 1 && i < at->n_marks; i++)
        if (&at->marks[i] != mark && !at->marks[i].item && !at->marks[i].member->anyway && stands_with(at, mark, mark) &&
            stands_with(at, &at->marks[i], mark)) {
            first = first ? first : at->marks[i].member;
            listed = arena_listed(&rules->report->arena, listed, at->marks[i].member->key);
            more = *more ? more : stand_in_of(rules, type, at->marks[i].member);
        }
    if (!first)
        return;
    first = field_by_key(type, first->key, strlen(first->key), &holder, &owner);
    finding = finding_at(rules->report, HD_SWITCHED_OFF, at_field(owner, first, holder, 0), "%s %s no effect while %s is %s", listed,
                         strchr(listed, ',') ? "have" : "has", off->key, off->kind == HD_BOOLEAN ? "false" : enum_name(off->words, (int)field_number(off, object)));
    also_at(finding, at_field(type, off, object, 0), "it is turned off here");
    hint(finding, "make it a comment, or remove %s here and turn it off in a file that is laid over this one%s", off->key, more);
}

void check_fields(const struct field_rules *rules, const struct hd_struct *type, const void *object)
{
    if (!rules->partial)
        check_switched_off(rules, type, object);
    for (size_t i = 0; i < type->n_fields; i++) {
        const struct hd_field *field = &type->fields[i];

        if (!field_is_set(field, object)) {
            check_missing(rules, type, field, object);
            continue;
        }
        check_empty(rules, type, field, object);
        check_choice(rules, type, field, object);
        check_target(rules, type, field, object);
        check_member(rules, type, field, object);
    }
}
