#include "text_out.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void text_init(struct text_out *t, hd_sink *sink, void *user)
{
    t->sink = sink;
    t->user = user;
    t->failed = false;
    t->length = 0;
}

void text_flush(struct text_out *t)
{
    if (!t->failed && t->length && t->sink(t->user, t->buffer, t->length))
        t->failed = true;
    t->length = 0;
}

void text_putn(struct text_out *t, const char *text, size_t length)
{
    while (length) {
        size_t room = sizeof t->buffer - t->length, n = length < room ? length : room;

        memcpy(t->buffer + t->length, text, n);
        t->length += n;
        text += n;
        length -= n;
        if (t->length == sizeof t->buffer)
            text_flush(t);
    }
}

void text_put_all(struct text_out *t, const char *const *pieces, size_t n_pieces)
{
    for (size_t i = 0; i < n_pieces; i++)
        if (pieces[i])
            text_putn(t, pieces[i], strlen(pieces[i]));
}

void text_int(struct text_out *t, int64_t number)
{
    char digits[24];

    text_putn(t, digits, (size_t)snprintf(digits, sizeof digits, "%" PRId64, number));
}

void text_json(struct text_out *t, const char *text)
{
    text_put(t, "\"");
    for (; *text; text++) {
        char escape[8];

        if (*text == '"' || *text == '\\') {
            text_put(t, "\\");
            text_putn(t, text, 1);
        } else if ((unsigned char)*text < 0x20) {
            text_putn(t, escape, (size_t)snprintf(escape, sizeof escape, "\\u%04x", (unsigned)*text));
        } else {
            text_putn(t, text, 1);
        }
    }
    text_put(t, "\"");
}
