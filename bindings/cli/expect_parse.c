/* Reads the file of --expect, YAML or JSON, into lists of what is expected. */
#include "call.h"
#include "expect_reader.h"

#include <string.h>

/* Far more than any change has; what is beyond is an accident or an attack. */
enum { MOST_ENTRIES = 1000000 };

static void not_this(struct reader *reader, const char *message, const char *hint)
{
    reader_wrong(reader, HD_WRONG_TYPE, message)->hint = hint;
    reader_skip(reader);
}

static struct expected *add(struct reader *reader, struct expected_list *list)
{
    if (reader->n_entries++ == MOST_ENTRIES)
        reader_stop(reader, HD_OUT_OF_RANGE, "the file has more than a million entries")->hint = "write patterns with stars";
    list->items = grow(list->items, (list->n + 1) * sizeof *list->items);
    list->items[list->n] = (struct expected){.pattern = reader->text, .line = reader->line, .column = reader->column};
    reader->text = NULL;
    return &list->items[list->n++];
}

static unsigned effect_named(const char *word)
{
    const char *name;

    for (unsigned effect = HD_EFFECT_NOTHING; (name = hd_effect_name((enum hd_effect)effect)); effect++)
        if (!strcmp(name, word))
            return 1u << effect;
    return 0;
}

static const char *nearest_effect(struct reader *reader, const char *word)
{
    const char *names[16], *nearest;
    size_t n = 0;

    while (n < sizeof names / sizeof *names && (names[n] = hd_effect_name((enum hd_effect)(HD_EFFECT_NOTHING + n))))
        n++;
    nearest = hd_did_you_mean(word, names, n);
    return nearest ? findings_text(reader->findings, "did you mean %s?", nearest)
                   : "write one of nothing, create, update, restart, recreate, delete, data";
}

static unsigned read_effect(struct reader *reader)
{
    unsigned effect;

    if (reader->type != FYET_SCALAR) {
        not_this(reader, "an effect must be a word", "write an effect such as restart");
        return 0;
    }
    effect = effect_named(reader->text);
    if (!*reader->text)
        reader_wrong(reader, HD_NO_VALUE, "no effect is given")->hint = "write nothing when the object must not change";
    else if (!effect)
        reader_wrong(reader, HD_UNKNOWN_WORD, findings_text(reader->findings, "there is no effect \"%s\"", reader->text))->hint =
            nearest_effect(reader, reader->text);
    return effect;
}

/* A word, or a list of words. */
static unsigned read_effects(struct reader *reader)
{
    unsigned effects = 0;

    if (reader_next(reader) != FYET_SEQUENCE_START)
        return read_effect(reader);
    while (reader_next(reader) != FYET_SEQUENCE_END && reader->type != FYET_NONE)
        effects |= read_effect(reader);
    if (reader->type != FYET_NONE && !effects)
        reader_wrong(reader, HD_NO_VALUE, "no effect is given")->hint = "write nothing when the object must not change";
    return effects;
}

static void check_form(struct reader *reader, const struct expected *entry, const char *mark, const char *hint)
{
    struct hd_diagnostic *finding;

    if (strstr(entry->pattern, mark) || strchr(entry->pattern, '*'))
        return;
    finding = reader_wrong(reader, HD_BAD_FORM, findings_text(reader->findings, "\"%s\" has no \"%s\"", entry->pattern, mark));
    finding->line = entry->line;
    finding->column = entry->column;
    finding->hint = hint;
}

static void read_objects(struct reader *reader)
{
    struct expected_list *list = &reader->expect->objects;

    reader->path = list->key;
    if (reader_next(reader) != FYET_MAPPING_START) {
        not_this(reader, "objects must be a mapping", "write each object with its effect, such as Deployment/web: restart");
        return;
    }
    while (reader_next(reader) == FYET_SCALAR) {
        size_t index = list->n;
        unsigned effects;

        reader->path = findings_text(reader->findings, "objects[\"%s\"]", reader->text);
        check_form(reader, add(reader, list), "/", "write kind and name, such as Deployment/web; a star stands for any text");
        effects = read_effects(reader);
        list->items[index].effects = effects;
    }
    if (reader->type != FYET_MAPPING_END && reader->type != FYET_NONE)
        reader_stop(reader, HD_BAD_KEY, "a key must be a word")->hint = "write kind and name, such as Deployment/web";
}

static void read_list(struct reader *reader, struct expected_list *list, const char *mark, const char *hint)
{
    reader->path = list->key;
    if (reader_next(reader) != FYET_SEQUENCE_START) {
        not_this(reader, findings_text(reader->findings, "%s must be a list", list->key), hint);
        return;
    }
    while (reader_next(reader) != FYET_SEQUENCE_END && reader->type != FYET_NONE)
        if (reader->type == FYET_SCALAR)
            check_form(reader, add(reader, list), mark, hint);
        else
            not_this(reader, "an entry must be a text", hint);
}

static void read_new(struct reader *reader)
{
    read_list(reader, &reader->expect->added, " -> ", "write who calls whom, such as [web -> orders]");
}

static void read_gone(struct reader *reader)
{
    read_list(reader, &reader->expect->removed, " -> ", "write who called whom, such as [web -> orders]");
}

static void read_exposed(struct reader *reader)
{
    read_list(reader, &reader->expect->exposed, "", "write the services that are opened, such as [web]");
}

static const struct key {
    const char *name;
    void (*read)(struct reader *reader);
} keys[] = {{"objects", read_objects}, {"newConnections", read_new}, {"goneConnections", read_gone}, {"exposed", read_exposed}};
enum { N_KEYS = sizeof keys / sizeof *keys };

static void unknown_key(struct reader *reader)
{
    const char *names[N_KEYS], *nearest;

    for (size_t i = 0; i < N_KEYS; i++)
        names[i] = keys[i].name;
    nearest = hd_did_you_mean(reader->text, names, N_KEYS);
    reader_wrong(reader, HD_UNKNOWN_KEY, findings_text(reader->findings, "there is no key \"%s\" here", reader->text))->hint =
        nearest ? findings_text(reader->findings, "did you mean %s?", nearest) : "write one of objects, newConnections, goneConnections, exposed";
    reader_next(reader);
    reader_skip(reader);
}

static void read_member(struct reader *reader, unsigned *seen)
{
    size_t i = 0;

    reader->path = "";
    while (i < N_KEYS && strcmp(keys[i].name, reader->text) != 0)
        i++;
    if (i == N_KEYS) {
        unknown_key(reader);
        return;
    }
    if (*seen & 1u << i)
        reader_wrong(reader, HD_DUPLICATE_KEY, findings_text(reader->findings, "the key %s stands here for the second time", keys[i].name))->hint =
            "keep one of them";
    *seen |= 1u << i;
    keys[i].read(reader);
}

static void read_document(struct reader *reader)
{
    unsigned seen = 0;

    while (reader_next(reader) == FYET_STREAM_START || reader->type == FYET_DOCUMENT_START)
        continue;
    if (reader->failed)
        return;
    if (reader->type != FYET_MAPPING_START) {
        reader_stop(reader, reader->type == FYET_STREAM_END || reader->type == FYET_NONE ? HD_EMPTY_INPUT : HD_WRONG_TYPE, "this file must be a mapping")->hint =
            "write objects, newConnections, goneConnections or exposed; {} when nothing may change";
        return;
    }
    while (reader_next(reader) == FYET_SCALAR)
        read_member(reader, &seen);
    if (reader->type != FYET_MAPPING_END && reader->type != FYET_NONE)
        reader_stop(reader, HD_BAD_KEY, "a key must be a word")->hint = "write one of objects, newConnections, goneConnections, exposed";
    while (reader_next(reader) == FYET_DOCUMENT_END)
        continue;
    if (reader->type == FYET_DOCUMENT_START)
        reader_stop(reader, HD_SEVERAL_DOCUMENTS, "a second document begins here")->hint = "keep one document in the file";
}

void expect_parse(struct expect *expect, struct findings *findings)
{
    struct reader reader = {.expect = expect, .findings = findings, .path = ""};

    reader_open(&reader);
    if (!reader.failed)
        read_document(&reader);
    reader_close(&reader);
}
