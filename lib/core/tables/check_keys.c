/* Lists whose elements have names, and maps: each name once, keys and values in their form. */
#include "check_keys.h"

#include "core/memory/names.h"
#include "key_hint.h"

#include <stdio.h>
#include <string.h>

/* Short lists are compared name by name, without a table. */
enum { FEW = 8 };

static const char *name_at(const struct hd_field *key, const struct hd_field *field, const char *items, size_t index)
{
    return field_text(key, items + index * field->of->size);
}

static size_t first_of_few(const struct hd_field *key, const struct hd_field *field, const char *items, size_t index)
{
    const char *name = name_at(key, field, items, index), *other;

    for (size_t i = 0; i < index; i++) {
        other = name_at(key, field, items, i);
        if (other && !strcmp(other, name))
            return i;
    }
    return index;
}

static void check_names_once(const struct field_rules *rules, const struct hd_field *field, const struct hd_field *key, const char *items,
                             size_t count)
{
    struct names names = {NULL, 0};

    if (count > FEW)
        names_init(&rules->report->arena, &names, count);
    for (size_t i = 0; i < count; i++) {
        const char *item = items + i * field->of->size, *name = field_text(key, item), *first;
        struct finding *finding;

        if (!name)
            continue;
        first = count > FEW ? names_add(&names, name, item) : items + first_of_few(key, field, items, i) * field->of->size;
        if (!first || first == item)
            continue;
        finding = finding_at(rules->report, HD_DUPLICATE_NAME, (struct where){item, (uint16_t)field->of->size, key->offset, 0},
                             "\"%.80s\" is given twice in %s", name, field->key);
        also_at(finding, (struct where){first, (uint16_t)field->of->size, key->offset, 0}, "the first one");
        hint(finding, "remove one of the two, or rename it: each %s in %s must be different", key->key, field->key);
    }
}

static void check_form(const struct field_rules *rules, const struct hd_struct *type, const struct hd_field *member, const void *pair,
                       const struct hd_format_rule *format, const char *what)
{
    const char *text = field_text(member, pair);
    struct finding *finding;

    if (!format || !text || format_is_valid(format, text))
        return;
    finding = finding_at(rules->report, HD_BAD_FORM, (struct where){pair, (uint16_t)type->size, member->offset, 0},
                         "\"%.60s%s\" is not valid as %s", text, strlen(text) > 60 ? "..." : "", what);
    hint_format(finding, format, text);
}

/* Some maps of values that may be none have no defaults to refuse. */
static void check_not_none(const struct field_rules *rules, const struct hd_field *field, const void *pair)
{
    const struct hd_field *value = &field->of->fields[1];

    if (is_none(field_text(value, pair)))
        hint_format(finding_at(rules->report, HD_BAD_FORM, (struct where){pair, (uint16_t)field->of->size, value->offset, 0},
                               "\"none\" is not valid in %s", field->key),
                    value->format, "none");
}

void check_keys(const struct field_rules *rules, const struct hd_field *field, const void *object)
{
    const char *items = *(const char *const *)field_in(field, object);
    const struct hd_struct *of = field->of;
    const struct hd_field *key = of->keyed_by ? field_of(of, of->keyed_by) : NULL;
    size_t count = field_count(field, object);

    if (key)
        check_names_once(rules, field, key, items, count);
    for (size_t i = 0; of->map && of->fields[1].none && !field->none && i < count; i++)
        check_not_none(rules, field, items + i * of->size);
    for (size_t i = 0; of->map && (field->key_format || field->format) && i < count; i++) {
        const void *pair = items + i * of->size;
        const char *name = field_text(&of->fields[0], pair);
        char what[96];

        snprintf(what, sizeof what, "a key of %s", field->key);
        check_form(rules, of, &of->fields[0], pair, field->key_format, what);
        snprintf(what, sizeof what, "the value of %.60s", name ? name : field->key);
        check_form(rules, of, &of->fields[1], pair, field->format, what);
    }
}
