#include "quoting.h"

#include "scalar.h"

#include <string.h>

/* What a byte means to a plain scalar. */
enum { CONTROL = 1, MAY_END_PLAIN = 2, MAY_BE_ODD = 4, NEVER_FIRST = 8, NUMBER_FIRST = 16, WORD_FIRST = 32 };
enum { NEEDS_A_LOOK = CONTROL | MAY_END_PLAIN | MAY_BE_ODD };

static const unsigned char char_class[256] = {
    [0] = CONTROL, [1] = CONTROL, [2] = CONTROL, [3] = CONTROL, [4] = CONTROL, [5] = CONTROL, [6] = CONTROL, [7] = CONTROL,
    [8] = CONTROL, [9] = CONTROL, [10] = CONTROL, [11] = CONTROL, [12] = CONTROL, [13] = CONTROL, [14] = CONTROL, [15] = CONTROL,
    [16] = CONTROL, [17] = CONTROL, [18] = CONTROL, [19] = CONTROL, [20] = CONTROL, [21] = CONTROL, [22] = CONTROL, [23] = CONTROL,
    [24] = CONTROL, [25] = CONTROL, [26] = CONTROL, [27] = CONTROL, [28] = CONTROL, [29] = CONTROL, [30] = CONTROL, [31] = CONTROL,
    [127] = CONTROL,  [' '] = MAY_END_PLAIN | NEVER_FIRST,                  [':'] = MAY_END_PLAIN | NEVER_FIRST,
    ['#'] = NEVER_FIRST,  ['-'] = NEVER_FIRST,  ['?'] = NEVER_FIRST,  [','] = NEVER_FIRST,  ['['] = NEVER_FIRST,  [']'] = NEVER_FIRST,
    ['{'] = NEVER_FIRST,  ['}'] = NEVER_FIRST,  ['&'] = NEVER_FIRST,  ['*'] = NEVER_FIRST,  ['!'] = NEVER_FIRST,  ['|'] = NEVER_FIRST,
    ['>'] = NEVER_FIRST,  ['\''] = NEVER_FIRST, ['"'] = NEVER_FIRST,  ['%'] = NEVER_FIRST,  ['@'] = NEVER_FIRST,  ['`'] = NEVER_FIRST,
    ['='] = NEVER_FIRST,  ['<'] = NEVER_FIRST,  ['~'] = NEVER_FIRST,  ['.'] = NUMBER_FIRST, ['+'] = NUMBER_FIRST, ['0'] = NUMBER_FIRST,
    ['1'] = NUMBER_FIRST, ['2'] = NUMBER_FIRST, ['3'] = NUMBER_FIRST, ['4'] = NUMBER_FIRST, ['5'] = NUMBER_FIRST, ['6'] = NUMBER_FIRST,
    ['7'] = NUMBER_FIRST, ['8'] = NUMBER_FIRST, ['9'] = NUMBER_FIRST, [0xc2] = MAY_BE_ODD,  [0xe2] = MAY_BE_ODD,  [0xef] = MAY_BE_ODD,
    ['t'] = WORD_FIRST,   ['f'] = WORD_FIRST,   ['y'] = WORD_FIRST,   ['n'] = WORD_FIRST,   ['o'] = WORD_FIRST,
    ['T'] = WORD_FIRST,   ['F'] = WORD_FIRST,   ['Y'] = WORD_FIRST,   ['N'] = WORD_FIRST,   ['O'] = WORD_FIRST,
};

size_t odd_bytes(const char *text, size_t length)
{
    const unsigned char *p = (const unsigned char *)text;

    if (length > 1 && p[0] == 0xc2)
        return p[1] < 0xa0 ? 2 : 0;
    if (length > 2 && p[0] == 0xe2)
        return p[1] == 0x80 && (p[2] == 0xa8 || p[2] == 0xa9) ? 3 : 0;
    if (length > 2 && p[0] == 0xef)
        return (p[1] == 0xbb && p[2] == 0xbf) || (p[1] == 0xbf && p[2] >= 0xbe) ? 3 : 0;
    return 0;
}

/* Looks like a number to some reader, or nearly so: quoted, whatever its exact form. */
static bool is_numeric_looking(const char *text, size_t length)
{
    return strspn(text, "0123456789+-._:eExXoObBTZ ") == length;
}

/* Whether nothing within the text ends it for a reader, or has to be escaped. */
static bool is_plain_within(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = char_class[(unsigned char)text[i]] & NEEDS_A_LOOK;

        if (!c)
            continue;
        if (c == CONTROL || (c == MAY_BE_ODD && odd_bytes(text + i, length - i)))
            return false;
        /* ": " and a colon at the end begin a value, " #" a comment. */
        if (text[i] == ':' && (i + 1 == length || text[i + 1] == ' '))
            return false;
        if (text[i] == ' ' && (i + 1 == length || text[i + 1] == '#'))
            return false;
    }
    return true;
}

bool is_plain(const char *text, size_t length)
{
    unsigned char first = char_class[(unsigned char)*text], any = 0;

    if (!length || first & NEVER_FIRST)
        return false;
    for (size_t i = 0; i < length; i++)
        any |= char_class[(unsigned char)text[i]];
    if (any & NEEDS_A_LOOK && !is_plain_within(text, length))
        return false;
    /* At the beginning of a line, three dots end the document. */
    if (!strncmp(text, "...", 3))
        return false;
    if (first & NUMBER_FIRST && is_numeric_looking(text, length))
        return false;
    return !(first & (NUMBER_FIRST | WORD_FIRST)) || scalar_type(text, length) == SCALAR_STRING;
}

size_t unescaped(const char *text, size_t length)
{
    size_t i = 0;

    while (i < length) {
        unsigned char c = (unsigned char)text[i];

        if (c == '"' || c == '\\' || char_class[c] & CONTROL || (char_class[c] & MAY_BE_ODD && odd_bytes(text + i, length - i)))
            break;
        i++;
    }
    return i;
}

bool is_block(const char *text, size_t length)
{
    if (length < 2 || !memchr(text, '\n', length) || *text == ' ' || *text == '\n' || text[length - 1] != '\n' || text[length - 2] == '\n')
        return false;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];

        if ((c < 0x20 && c != '\n' && c != '\t') || c >= 0x7f || (c == '\n' && i && (text[i - 1] == ' ' || text[i - 1] == '\t')))
            return false;
    }
    return *text != '\t';
}
