#include "key_hint.h"

#include "core/text/format.h"
#include "core/text/quantity.h"
#include "core/text/suggest.h"

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

void hint_unknown_key(struct finding *finding, const struct hd_struct *type, const char *key, foreign_key *foreign)
{
    const char *right = foreign ? foreign(type, key) : NULL;
    struct suggestion suggestion = suggest_for(key);

    try_keys(&suggestion, type);
    if (right)
        hint(finding, "%s", right);
    else if (suggestion.nearest)
        hint(finding, "did you mean %s?", suggestion.nearest);
    else
        hint_keys(finding, "keys here are", type);
}

void hint_word(struct finding *finding, const struct hd_enum *words, const char *text)
{
    struct suggestion suggestion = suggest_for(text);
    char *list = NULL;

    for (size_t i = 0; i < words->n_words; i++) {
        suggest_try(&suggestion, words->words[i].name);
        list = arena_listed(&finding->report->arena, list, words->words[i].name);
    }
    if (suggestion.nearest)
        hint(finding, "did you mean %s? All words: %s", suggestion.nearest, list);
    else
        hint(finding, "use one of: %s", list);
}

void hint_format(struct finding *finding, const struct hd_format_rule *format, const char *text)
{
    char meant[QUANTITY_LONGEST];

    if (format == &format_quantity && quantity_meant(meant, text))
        hint(finding, "did you mean %s? Write %s", meant, format->words);
    else
        hint(finding, "write %s", format->words);
}
