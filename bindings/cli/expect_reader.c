#include "expect_reader.h"

#include "call.h"
#include "characters.h"

#include <stdlib.h>
#include <string.h>

struct hd_diagnostic *reader_wrong(struct reader *reader, enum hd_code code, const char *message)
{
    struct hd_diagnostic *finding = findings_add(reader->findings, code, message);

    finding->file = reader->expect->file;
    finding->line = reader->line;
    finding->column = reader->column;
    finding->path = reader->path;
    return finding;
}

struct hd_diagnostic *reader_stop(struct reader *reader, enum hd_code code, const char *message)
{
    reader->failed = true;
    reader->type = FYET_NONE;
    return reader_wrong(reader, code, message);
}

static void stop_at_syntax(struct reader *reader)
{
    void *iterator = NULL;
    const struct fy_diag_error *error = fy_diag_errors_iterate(reader->diag, &iterator);

    reader->line = error && error->line > 0 ? (uint32_t)error->line : 1;
    reader->column = error && error->column > 0 ? (uint32_t)error->column : 1;
    reader_stop(reader, HD_SYNTAX, error ? findings_text(reader->findings, "%s", error->msg) : "this is not YAML")->hint =
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
        reader_stop(reader, HD_NUL_BYTE, "this text holds a NUL character");
}

enum fy_event_type reader_next(struct reader *reader)
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
    reader_stop(reader, HD_WRONG_TYPE, "this file is read without aliases")->hint =
        "write the value out; put quotes around a pattern that begins with a star, such as \"*/web\"";
    return reader->type;
}

void reader_skip(struct reader *reader)
{
    size_t depth = 0;

    do {
        depth += reader->type == FYET_MAPPING_START || reader->type == FYET_SEQUENCE_START;
        depth -= reader->type == FYET_MAPPING_END || reader->type == FYET_SEQUENCE_END;
    } while (depth && reader_next(reader) != FYET_NONE);
}

void reader_open(struct reader *reader)
{
    const struct expect *expect = reader->expect;
    struct fy_parse_cfg config = {.flags = FYPCF_QUIET | FYPCF_DISABLE_ACCELERATORS};
    struct fy_diag_cfg diag;
    size_t line = line_of_no_text(expect->text, expect->length);

    reader->line = line ? (uint32_t)line : 1;
    reader->column = 1;
    if (line) {
        reader_stop(reader, HD_BAD_UTF8, "this line has a byte that is not UTF-8 text")->hint =
            "save the file as UTF-8 text without NUL bytes";
        return;
    }
    fy_diag_cfg_default(&diag);
    diag.fp = NULL;
    config.diag = reader->diag = fy_diag_create(&diag);
    if (reader->diag)
        fy_diag_set_collect_errors(reader->diag, true);
    reader->parser = reader->diag ? fy_parser_create(&config) : NULL;
    if (!reader->parser || fy_parser_set_string(reader->parser, expect->text, expect->length))
        exit(complain(EXIT_UNREADABLE, "out of memory"));
}

void reader_close(struct reader *reader)
{
    if (!reader->parser)
        return;
    fy_parser_event_free(reader->parser, reader->event);
    fy_parser_destroy(reader->parser);
    fy_diag_destroy(reader->diag);
    free(reader->text);
}
