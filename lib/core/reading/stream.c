/* YAML allows a line of three dashes, or three dots, nowhere but between documents, so that the text can be taken apart without reading it.
 */
#include "stream.h"

#include "core/text/utf8.h"
#include "simple.h"

#include <string.h>

void stream_begin(struct stream *stream, struct tree_memory memory, struct hd_diagnostics *report, const char *file, const char *text,
                  size_t length)
{
    size_t mark = length >= 3 && !memcmp(text, "\xef\xbb\xbf", 3) ? 3 : 0;

    *stream =
        (struct stream){.memory = memory, .report = report, .file = file, .next = text + mark, .end = text + length, .document = text};
}

static const char *line_end(const char *line, const char *end)
{
    const char *newline = memchr(line, '\n', (size_t)(end - line));

    return newline ? newline + 1 : end;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_marker(const char *line, const char *end)
{
    return end - line >= 3 && (!memcmp(line, "---", 3) || !memcmp(line, "...", 3)) && (end - line == 3 || is_blank(line[3]));
}

/* Whether a line has neither content nor a directive. */
static bool is_empty(const char *line, const char *end)
{
    if (line < end && *line == '%')
        return true;
    while (line < end && is_blank(*line))
        line++;
    return line == end || *line == '#';
}

/* Goes behind lines without content; a marker may have content behind it. */
static void skip_empty(struct stream *stream)
{
    while (stream->next < stream->end) {
        const char *after = line_end(stream->next, stream->end);

        if (!is_empty(stream->next + (is_marker(stream->next, after) ? 3 : 0), after))
            return;
        stream->next = after;
        stream->before++;
    }
}

/* Finds the end of the document that begins at `next`. */
static void find_end(struct stream *stream)
{
    const char *line = stream->next;

    stream->before_end = stream->before;
    do {
        line = line_end(line, stream->end);
        stream->before_end++;
    } while (line < stream->end && !is_marker(line, stream->end));
    stream->document = line;
    stream->may_be_json = *stream->next == '{' && utf8_span(stream->next, (size_t)(line - stream->next)) == (size_t)(line - stream->next);
}

/* A value of JSON behind which a line ends; what is none is for the reader of YAML. */
static struct node *next_json(struct stream *stream)
{
    size_t length = (size_t)(stream->document - stream->next), used;
    const char *at = stream->next, *end;
    struct node *root = simple_read_first(stream->memory, stream->file, stream->before, stream->next, length, &used);

    if (!root || (used < length && stream->next[used] != '\n'))
        return NULL;
    stream->next = end = at + used;
    for (; (at = memchr(at, '\n', (size_t)(end - at))); at++)
        stream->before++;
    return root;
}

bool stream_next(struct stream *stream, struct node **ret_root)
{
    skip_empty(stream);
    if (stream->next == stream->end)
        return false;
    if (stream->next >= stream->document)
        find_end(stream);
    *ret_root = stream->may_be_json ? next_json(stream) : NULL;
    if (*ret_root)
        return true;
    *ret_root = tree_read_part(stream->memory, stream->report, stream->file, stream->before, stream->next,
                               (size_t)(stream->document - stream->next));
    stream->next = stream->document;
    stream->before = stream->before_end;
    return true;
}
