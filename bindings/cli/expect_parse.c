/* Reads the file of --expect, YAML or JSON, from libfyaml's events, because they have places and find a key that stands twice. */
#include "call.h"
#include "characters.h"
#include "expect.h"

#include <libfyaml.h>
#include <stdlib.h>
#include <string.h>

/* Far more than any change has; what is beyond is an accident or an attack. */
enum { MOST_ENTRIES = 1000000 };

struct reader {
    struct expect *expect;
    struct findings *findings;
    struct fy_parser *parser;
    struct fy_diag *diag;
    struct fy_event *event;
    /* Of the event: its kind and place, and a copy of its text. */
    enum fy_event_type type;
    uint32_t line, column;
    char *text;
    /* Path of the value being read, for messages. */
    const char *path;
    size_t n_entries;
    bool failed;
};

static struct hd_diagnostic *wrong(struct reader *reader, enum hd_code code, const char *message)
{
    struct hd_diagnostic *finding = findings_add(reader->findings, code, message);

    finding->file = reader->expect->file;
    finding->line = reader->line;
    finding->column = reader->column;
    finding->path = reader->path;
    return finding;
}

/* After this nothing more can be read. */
static struct hd_diagnostic *stop(struct reader *reader, enum hd_code code, const char *message)
{
    reader->failed = true;
    reader->type = FYET_NONE;
    return wrong(reader, code, message);
}

static void stop_at_syntax(struct reader *reader)
{
    void *iterator = NULL;
    const struct fy_diag_error *error = fy_diag_errors_iterate(reader->diag, &iterator);

    reader->line = error && error->line > 0 ? (uint32_t)error->line : 1;
    reader->column = error && error->column > 0 ? (uint32_t)error->column : 1;
    stop(reader, HD_SYNTAX, error ? findings_text(reader->findings, "%s", error->msg) : "this is not YAML")->hint =
        "put quotes around a pattern that begins with a star, such as \"*/web\"";
}

static void take_place(struct reader *reader)
{
    const struct fy_mark *mark = fy_event_start_mark(reader->event);
    struct fy_token *token = reader->type == FYET_SCALAR ? reader->event->scalar.value : NULL;
    enum fy_scalar_style style = token ? fy_token_scalar_style(token) : FYSS_PLAIN;
    const char *text = NULL;
    size_t length = 0;

    if (mark) {
        reader->line = (uint32_t)mark->line + 1;
        reader->column = (uint32_t)mark->column + 1;
    }
    /* The mark of a text in quotes stands behind the quote. */
    reader->column -= (style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED) && reader->column > 1;
    free(reader->text);
    reader->text = NULL;
    if (reader->type != FYET_SCALAR)
        return;
    text = token ? fy_token_get_text(token, &length) : "";
    reader->text = grow(NULL, length + 1);
    memcpy(reader->text, text ? text : "", text ? length : 0);
    reader->text[text ? length : 0] = '\0';
    if (strlen(reader->text) != length)
        stop(reader, HD_NUL_BYTE, "this text holds a NUL character");
}

/* Goes to the next event; its type is FYET_NONE once reading has failed. */
static enum fy_event_type next(struct reader *reader)
{
    if (reader->failed)
        return FYET_NONE;
    fy_parser_event_free(reader->parser, reader->event);
    reader->event = fy_parser_parse(reader->parser);
    reader->type = reader->event ? reader->event->type : FYET_NONE;
    if (!reader->event && fy_parser_get_stream_error(reader->parser))
        stop_at_syntax(reader);
    else if (reader->event)
        take_place(reader);
    if (reader->type != FYET_ALIAS)
        return reader->type;
    /* The mark is that of the name; what the user sees begins with a star. */
    reader->column -= reader->column > 1;
    stop(reader, HD_WRONG_TYPE, "this file is read without aliases")->hint =
        "write the value out; put quotes around a pattern that begins with a star, such as \"*/web\"";
    return reader->type;
}

/* Passes over the rest of the value whose first event was read. */
static void skip(struct reader *reader)
{
    size_t depth = 0;

    do {
        depth += reader->type == FYET_MAPPING_START || reader->type == FYET_SEQUENCE_START;
        depth -= reader->type == FYET_MAPPING_END || reader->type == FYET_SEQUENCE_END;
    } while (depth && next(reader) != FYET_NONE);
}

static void not_this(struct reader *reader, const char *message, const char *hint)
{
    wrong(reader, HD_WRONG_TYPE, message)->hint = hint;
    skip(reader);
}

static struct expected *add(struct reader *reader, struct expected_list *list)
{
    if (reader->n_entries++ == MOST_ENTRIES)
        stop(reader, HD_OUT_OF_RANGE, "the file has more than a million entries")->hint = "write patterns with stars";
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
        wrong(reader, HD_NO_VALUE, "no effect is given")->hint = "write nothing when the object must not change";
    else if (!effect)
        wrong(reader, HD_UNKNOWN_WORD, findings_text(reader->findings, "there is no effect \"%s\"", reader->text))->hint =
            nearest_effect(reader, reader->text);
    return effect;
}

/* A word, or a list of words. */
static unsigned read_effects(struct reader *reader)
{
    unsigned effects = 0;

    if (next(reader) != FYET_SEQUENCE_START)
        return read_effect(reader);
    while (next(reader) != FYET_SEQUENCE_END && reader->type != FYET_NONE)
        effects |= read_effect(reader);
    if (reader->type != FYET_NONE && !effects)
        wrong(reader, HD_NO_VALUE, "no effect is given")->hint = "write nothing when the object must not change";
    return effects;
}

static void check_form(struct reader *reader, const struct expected *entry, const char *mark, const char *hint)
{
    struct hd_diagnostic *finding;

    if (strstr(entry->pattern, mark) || strchr(entry->pattern, '*'))
        return;
    finding = wrong(reader, HD_BAD_FORM, findings_text(reader->findings, "\"%s\" has no \"%s\"", entry->pattern, mark));
    finding->line = entry->line;
    finding->column = entry->column;
    finding->hint = hint;
}

static void read_objects(struct reader *reader)
{
    struct expected_list *list = &reader->expect->objects;

    reader->path = list->key;
    if (next(reader) != FYET_MAPPING_START) {
        not_this(reader, "objects must be a mapping", "write each object with its effect, such as Deployment/web: restart");
        return;
    }
    while (next(reader) == FYET_SCALAR) {
        size_t index = list->n;
        unsigned effects;

        reader->path = findings_text(reader->findings, "objects[\"%s\"]", reader->text);
        check_form(reader, add(reader, list), "/", "write kind and name, such as Deployment/web; a star stands for any text");
        effects = read_effects(reader);
        list->items[index].effects = effects;
    }
    if (reader->type != FYET_MAPPING_END && reader->type != FYET_NONE)
        stop(reader, HD_BAD_KEY, "a key must be a word")->hint = "write kind and name, such as Deployment/web";
}

static void read_list(struct reader *reader, struct expected_list *list, const char *mark, const char *hint)
{
    reader->path = list->key;
    if (next(reader) != FYET_SEQUENCE_START) {
        not_this(reader, findings_text(reader->findings, "%s must be a list", list->key), hint);
        return;
    }
    while (next(reader) != FYET_SEQUENCE_END && reader->type != FYET_NONE)
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
    wrong(reader, HD_UNKNOWN_KEY, findings_text(reader->findings, "there is no key \"%s\" here", reader->text))->hint =
        nearest ? findings_text(reader->findings, "did you mean %s?", nearest) : "write one of objects, newConnections, goneConnections, exposed";
    next(reader);
    skip(reader);
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
        wrong(reader, HD_DUPLICATE_KEY, findings_text(reader->findings, "the key %s stands here for the second time", keys[i].name))->hint =
            "keep one of them";
    *seen |= 1u << i;
    keys[i].read(reader);
}

static void read_document(struct reader *reader)
{
    unsigned seen = 0;

    while (next(reader) == FYET_STREAM_START || reader->type == FYET_DOCUMENT_START)
        continue;
    if (reader->failed)
        return;
    if (reader->type != FYET_MAPPING_START) {
        stop(reader, reader->type == FYET_STREAM_END || reader->type == FYET_NONE ? HD_EMPTY_INPUT : HD_WRONG_TYPE, "this file must be a mapping")->hint =
            "write objects, newConnections, goneConnections or exposed; {} when nothing may change";
        return;
    }
    while (next(reader) == FYET_SCALAR)
        read_member(reader, &seen);
    if (reader->type != FYET_MAPPING_END && reader->type != FYET_NONE)
        stop(reader, HD_BAD_KEY, "a key must be a word")->hint = "write one of objects, newConnections, goneConnections, exposed";
    while (next(reader) == FYET_DOCUMENT_END)
        continue;
    if (reader->type == FYET_DOCUMENT_START)
        stop(reader, HD_SEVERAL_DOCUMENTS, "a second document begins here")->hint = "keep one document in the file";
}

void expect_parse(struct expect *expect, struct findings *findings)
{
    struct reader reader = {.expect = expect, .findings = findings, .line = 1, .column = 1, .path = ""};
    struct fy_parse_cfg config = {.flags = FYPCF_QUIET | FYPCF_DISABLE_ACCELERATORS};
    struct fy_diag_cfg diag;
    size_t line = line_of_no_text(expect->text, expect->length);

    if (line) {
        reader.line = (uint32_t)line;
        stop(&reader, HD_BAD_UTF8, "this line has a byte that is not UTF-8 text")->hint = "save the file as UTF-8 text without NUL bytes";
        return;
    }
    fy_diag_cfg_default(&diag);
    diag.fp = NULL;
    config.diag = reader.diag = fy_diag_create(&diag);
    if (reader.diag)
        fy_diag_set_collect_errors(reader.diag, true);
    reader.parser = reader.diag ? fy_parser_create(&config) : NULL;
    if (!reader.parser || fy_parser_set_string(reader.parser, expect->text, expect->length))
        exit(complain(EXIT_UNREADABLE, "out of memory"));
    read_document(&reader);
    fy_parser_event_free(reader.parser, reader.event);
    fy_parser_destroy(reader.parser);
    fy_diag_destroy(reader.diag);
    free(reader.text);
}
