#include "key_hint.h"

#include "core/text/format.h"
#include "core/text/quantity.h"
#include "core/text/suggest.h"

#include <string.h>

void hint_keys(struct finding *finding, const char *intro, const struct hd_struct *type)
{
    char *list = NULL;

    for (size_t i = 0; i < type->n_fields && i < 12; i++)
        if (type->fields[i].kind != HD_EMBEDDED)
            list = arena_listed(&finding->report->arena, list, type->fields[i].key);
    if (list)
        hint(finding, "%s %s%s", intro, list, type->n_fields > 12 ? " ..." : "");
}

static void try_keys(struct suggestion *suggestion, const struct hd_struct *type)
{
    for (size_t i = 0; i < type->n_fields; i++) {
        if (type->fields[i].kind == HD_EMBEDDED)
            try_keys(suggestion, type->fields[i].of);
        else
            suggest_try(suggestion, type->fields[i].key);
        if (type->fields[i].short_key)
            suggest_try(suggestion, type->fields[i].short_key);
    }
}

/* The other name of a key, where the hint for a foreign one is to write that and no more. What is no single value may have another form. */
static const char *other_name(const struct hd_struct *type, const char *words)
{
    static const char write[] = "write ";
    const char *name = words + strlen(write);
    const struct hd_struct *owner;
    const struct hd_field *field;
    const void *in = NULL;

    if (strncmp(words, write, strlen(write)) != 0)
        return NULL;
    field = field_by_key(type, name, strlen(name), &in, &owner);
    return field && (field->kind == HD_STRING || field->kind == HD_INTEGER) ? name : NULL;
}

const char *hint_unknown_key(struct finding *finding, const struct hd_struct *type, const char *key, foreign_key *foreign)
{
    const char *right = foreign ? foreign(type, key) : NULL;
    struct suggestion suggestion = suggest_for(key);

    try_keys(&suggestion, type);
    if (right) {
        hint(finding, "%s", right);
        return other_name(type, right);
    }
    if (suggestion.nearest)
        hint(finding, "did you mean %s?", suggestion.nearest);
    else
        hint_keys(finding, "keys here are", type);
    return suggestion.nearest;
}

void hint_word(struct finding *finding, const struct hd_enum *words, const char *text)
{
    struct suggestion suggestion = suggest_for(text);
    char *list = NULL;

    for (size_t i = 0; i < words->n_words; i++) {
        suggest_try(&suggestion, words->words[i].name);
        list = arena_listed(&finding->report->arena, list, words->words[i].name);
    }
    if (suggestion.nearest) {
        hint(finding, "did you mean %s? All words: %s", suggestion.nearest, list);
        meant(finding, text, "%s", suggestion.nearest);
    } else {
        hint(finding, "use one of: %s", list);
    }
}

void hint_format(struct finding *finding, const struct hd_format_rule *format, const char *text)
{
    char right[QUANTITY_LONGEST];

    if (format == &format_quantity && quantity_meant(right, text)) {
        hint(finding, "did you mean %s? Write %s", right, format->words);
        /* 512mi is nothing but 512Mi; 512MB may be less. */
        if (text[strcspn(text, "iI")])
            meant(finding, text, "%s", right);
    } else {
        hint(finding, "write %s", format->words);
    }
}
