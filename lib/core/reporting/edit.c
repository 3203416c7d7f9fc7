/* Where the value of a finding ends, and how a machine mends it: from the text that the model was read from. */
#include "core/text/scalar.h"
#include "report.h"
#include "value_end.h"

#include <string.h>

/* The characters of a value in a line, without the quotes around it. */
struct span {
    size_t start, end;
    char quote; /* or '\0' */
};

/* Whether a value without quotes may end here. One in brackets ends at a comma or bracket, which its text then cannot hold. */
static bool is_end(const struct line *line, size_t i)
{
    while (i < line->end && (line->text[i] == ' ' || line->text[i] == '\t'))
        i++;
    return i == line->end || strchr(",]}:#", line->text[i]);
}

/* Whether the value at the caret is the text `word`, and where its characters stand. */
static bool holds(const struct line *line, const char *word, size_t length, struct span *span)
{
    char first = line->caret < line->end ? line->text[line->caret] : '\0';
    bool is_quoted = (first == '"' || first == '\'') && *word != first;

    *span = (struct span){.start = line->caret + is_quoted, .quote = is_quoted ? first : '\0'};
    span->end = span->start + length;
    if (!length || line->end - line->caret >= LOOKED_AT || span->end > line->end || memcmp(line->text + span->start, word, length) != 0)
        return false;
    return is_quoted ? span->end < line->end && line->text[span->end] == first : is_end(line, span->end);
}

/* Finds the word that the message quotes and that stands at the place. */
static bool holds_quoted(const struct line *line, const char *message, struct span *span)
{
    for (const char *open = strchr(message, '"'); open; open = strchr(open, '"')) {
        const char *close = strchr(++open, '"');

        if (!close)
            return false;
        if (holds(line, open, (size_t)(close - open), span))
            return true;
        open = close + 1;
    }
    return false;
}

static bool is_break(const struct source *source, size_t i)
{
    return i < source->length && (source->text[i] == '\n' || source->text[i] == '\r');
}

/* Goes to the next line, behind as many blanks as the first line of the text is indented by. */
static void next_line(const struct source *source, struct cursor *place, uint32_t indent)
{
    place->offset += source->text[place->offset] == '\r' && is_break(source, place->offset + 1) ? 2 : 1;
    place->line_start = place->offset;
    place->line++;
    place->column = 1;
    while (place->column <= indent && place->offset < source->length && source->text[place->offset] == ' ') {
        place->offset++;
        place->column++;
    }
}

/* Follows a text of several lines through its source, up to a place in it. One with escapes or folded lines is not followed. */
static bool go_inside(const struct source *source, struct cursor *place, const char *text, const char *inside)
{
    uint32_t indent = place->column - 1;

    for (; text < inside; text++) {
        if (*text == '\n' && is_break(source, place->offset)) {
            next_line(source, place, indent);
        } else if (place->offset < source->length && source->text[place->offset] == *text) {
            place->offset++;
            place->column += ((unsigned char)*text & 0xc0) != 0x80;
        } else {
            return false;
        }
    }
    return true;
}

static void move_inside(struct finding *finding, const struct source *source, struct cursor *place)
{
    struct cursor there = *place;

    if (!finding->inside || !go_inside(source, &there, finding->text, finding->inside))
        return;
    *place = there;
    finding->diagnostic.line = there.line;
    finding->diagnostic.column = there.column;
}

static uint32_t column_of(const struct line *line, const struct hd_diagnostic *diagnostic, size_t offset)
{
    uint32_t column = diagnostic->column;

    for (size_t i = line->caret; i < offset; i++)
        column += ((unsigned char)line->text[i] & 0xc0) != 0x80;
    return column;
}

/* Whether a text can stand where the span is without quotes of its own, and means itself there. */
static bool is_safe(const char *text, const struct span *span)
{
    static const char safe[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-";

    return *text && !text[strspn(text, safe)] && (span->quote || (*text != '-' && scalar_type(text, strlen(text)) == SCALAR_STRING));
}

static void add_edit(struct finding *finding, const struct line *line, const struct span *span, const char *text)
{
    struct hd_diagnostic *diagnostic = &finding->diagnostic;
    struct hd_edit *edit = arena_new(&finding->report->arena, struct hd_edit);

    *edit = (struct hd_edit){.file = diagnostic->file,
                             .line = diagnostic->line,
                             .column = column_of(line, diagnostic, span->start),
                             .end_line = diagnostic->line,
                             .end_column = column_of(line, diagnostic, span->end),
                             .text = text};
    diagnostic->edits = edit;
    diagnostic->n_edits = 1;
}

static void replace_word(struct finding *finding, const struct line *line, struct span *span)
{
    if (finding->is_whole && span->quote) {
        span->start--;
        span->end++;
        span->quote = '\0';
    }
    add_edit(finding, line, span, finding->meant);
}

/* The value may be one of several lines; what its first line shows of it counts. */
static void measure(struct finding *finding, const struct line *line)
{
    struct hd_diagnostic *diagnostic = &finding->diagnostic;
    size_t end = value_end(line);
    struct span span;

    if (finding->word && holds(line, finding->word, strlen(finding->word), &span))
        replace_word(finding, line, &span);
    else if (finding->nearest && holds_quoted(line, diagnostic->message, &span) && is_safe(finding->nearest, &span))
        add_edit(finding, line, &span, finding->nearest);
    if (diagnostic->n_edits)
        end = span.end + (span.quote != '\0');
    diagnostic->end_line = diagnostic->line;
    diagnostic->end_column = column_of(line, diagnostic, end);
}

void report_measure(struct hd_diagnostics *report)
{
    struct sources sources = {.arena = &report->arena};

    for (size_t i = 0; i < report->n_sources; i++)
        sources_add(&sources, report->sources[i].name, report->sources[i].text, report->sources[i].length);
    for (size_t i = 0; i < report->n_findings && report->n_sources; i++) {
        struct finding *finding = report->findings[i];
        const struct hd_diagnostic *diagnostic = &finding->diagnostic;
        const struct source *source;
        struct cursor place;

        if (finding->silenced || diagnostic->end_line || !diagnostic->file || !diagnostic->line || !diagnostic->column ||
            !sources_has(&sources, diagnostic->file))
            continue;
        if (sources_find(&sources, diagnostic->file, diagnostic->line, diagnostic->column, false, &source, &place)) {
            struct line line;

            move_inside(finding, source, &place);
            line = line_at(source, &place);
            measure(finding, &line);
        }
    }
    report->sources = NULL;
    report->n_sources = 0;
}
