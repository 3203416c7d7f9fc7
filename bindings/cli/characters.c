#include "characters.h"

#include <stdint.h>
#include <string.h>

struct character {
    size_t length;
    /* 0xfffd for a byte that is not UTF-8. */
    uint32_t code;
    bool is_visible, is_text;
};

static bool is_visible(uint32_t code)
{
    /* Controls, soft hyphen, marks of direction, joiners, tags, separators of lines, and what XML cannot hold. */
    static const uint32_t hidden[][2] = {{0, 0x1f},         {0x7f, 0x9f},       {0xad, 0xad},       {0x61c, 0x61c},     {0x115f, 0x1160},
                                         {0x180b, 0x180f},  {0x200b, 0x200f},   {0x2028, 0x202e},   {0x2060, 0x206f},   {0x3164, 0x3164},
                                         {0xfe00, 0xfe0f},  {0xfeff, 0xfeff},   {0xffa0, 0xffa0},   {0xfff0, 0xfffc},   {0xfffe, 0xffff},
                                         {0xe0000, 0xe0fff}};

    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        if (code >= hidden[i][0] && code <= hidden[i][1])
            return false;
    return true;
}

static struct character character_at(const char *text)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char first = (unsigned char)*text;
    size_t length = first < 0x80 ? 1 : first < 0xc0 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf8 ? 4 : 0;
    uint32_t code = length == 1 ? first : length ? first & (0x7fu >> length) : 0;

    for (size_t i = 1; i < length; i++) {
        if (((unsigned char)text[i] & 0xc0) != 0x80)
            return (struct character){1, 0xfffd, true, false};
        code = code << 6 | ((unsigned char)text[i] & 0x3f);
    }
    if (!length || code < least[length] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
        return (struct character){1, 0xfffd, true, false};
    return (struct character){length, code, is_visible(code), code != 0};
}

size_t line_of_no_text(const char *text, size_t length)
{
    size_t line = 1;

    for (size_t i = 0; i < length;) {
        struct character one = character_at(text + i);

        if (!one.is_text)
            return line;
        line += one.code == '\n';
        i += one.length;
    }
    return 0;
}

void output_json_part(struct output *output, const char *text)
{
    while (*text) {
        struct character one = character_at(text);

        if (one.code > 0xffff && !one.is_visible)
            output_print(output, "\\u%04x\\u%04x", (unsigned)(0xd7c0 + (one.code >> 10)), (unsigned)(0xdc00 + (one.code & 0x3ff)));
        else if (!one.is_visible || one.code == 0xfffd)
            output_print(output, "\\u%04x", (unsigned)one.code);
        else {
            output_text(output, one.code == '"' || one.code == '\\' ? "\\" : "");
            output_sink(output, text, one.length);
        }
        text += one.length;
    }
}

void output_json_text(struct output *output, const char *text)
{
    output_text(output, "\"");
    output_json_part(output, text);
    output_text(output, "\"");
}

/* `special` are the characters that are written as references; NULL means that there are no references. */
static void put_escaped(struct output *output, const char *text, const char *special)
{
    while (*text) {
        struct character one = character_at(text);

        if (one.code == '\n')
            output_text(output, " ");
        else if (!one.is_visible)
            output_print(output, special ? "&#60;U+%04X&#62;" : "<U+%04X>", (unsigned)one.code);
        else if (one.code == 0xfffd)
            output_text(output, "\xef\xbf\xbd");
        else if (special && one.code < 0x80 && strchr(special, (int)one.code))
            output_print(output, "&#%u;", (unsigned)one.code);
        else
            output_sink(output, text, one.length);
        text += one.length;
    }
}

void output_html_text(struct output *output, const char *text)
{
    put_escaped(output, text, "<>&\"'`=");
}

void output_markdown_text(struct output *output, const char *text)
{
    put_escaped(output, text, "\\`*_{}[]<>()#|!&~@:");
}

void output_plain_text(struct output *output, const char *text)
{
    put_escaped(output, text, NULL);
}
