#include "text.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct range {
    uint32_t first, last;
};

/* Two columns wide: East Asian scripts and pictures. */
static const struct range wide[] = {
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x23e9, 0x23ec},   {0x25fd, 0x25fe},   {0x2614, 0x2615},   {0x2648, 0x2653},
    {0x26aa, 0x26ab},   {0x26bd, 0x26be},   {0x26c4, 0x26c5},   {0x26f2, 0x26f5},   {0x2705, 0x2705},   {0x270a, 0x270b},
    {0x2728, 0x2728},   {0x274c, 0x274c},   {0x2753, 0x2757},   {0x2795, 0x2797},   {0x2b1b, 0x2b1c},   {0x2b50, 0x2b55},
    {0x2e80, 0x303e},   {0x3041, 0x33ff},   {0x3400, 0x4dbf},   {0x4e00, 0x9fff},   {0xa000, 0xa4cf},   {0xa960, 0xa97f},
    {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},   {0xffe0, 0xffe6},   {0x16fe0, 0x18cff},
    {0x1aff0, 0x1b2ff}, {0x1f004, 0x1f004}, {0x1f0cf, 0x1f0cf}, {0x1f18e, 0x1f19a}, {0x1f200, 0x1f320}, {0x1f32d, 0x1f64f},
    {0x1f680, 0x1f6ff}, {0x1f7e0, 0x1f7eb}, {0x1f90c, 0x1f9ff}, {0x1fa70, 0x1faff}, {0x20000, 0x3fffd},
};

/* Marks without a column of their own: they combine with the letter before. */
static const struct range combining[] = {
    {0x0300, 0x036f}, {0x0483, 0x0489}, {0x0591, 0x05bd}, {0x0610, 0x061a},   {0x064b, 0x065f},   {0x06d6, 0x06dc},
    {0x0900, 0x0902}, {0x093c, 0x093c}, {0x0941, 0x0948}, {0x094d, 0x094d},   {0x0e31, 0x0e31},   {0x0e34, 0x0e3a},
    {0x0e47, 0x0e4e}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x200c, 0x200d},   {0x20d0, 0x20ff},   {0x302a, 0x302d},
    {0x3099, 0x309a}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0x1f3fb, 0x1f3ff}, {0xe0100, 0xe01ef},
};

/* Characters that a terminal obeys or does not show: controls, marks of direction, line separators. */
static const struct range unseen[] = {
    {0x0000, 0x001f}, {0x007f, 0x009f}, {0x00ad, 0x00ad}, {0x061c, 0x061c}, {0x200b, 0x200b},   {0x200e, 0x200f},
    {0x2028, 0x202e}, {0x2060, 0x206f}, {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xfffe, 0xffff}, {0xe0000, 0xe007f},
};

#define IN(ranges, point) is_in(ranges, sizeof(ranges) / sizeof *(ranges), point)

static bool is_in(const struct range *ranges, size_t n, uint32_t point)
{
    for (size_t i = 0; i < n && ranges[i].first <= point; i++)
        if (point <= ranges[i].last)
            return true;
    return false;
}

/* Length of the character at `text`; 0 when its first byte begins none. */
static size_t decode(const unsigned char *text, size_t length, uint32_t *ret_point)
{
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    size_t more = *text < 0x80 ? 0 : *text < 0xc2 ? 4 : *text < 0xe0 ? 1 : *text < 0xf0 ? 2 : *text < 0xf5 ? 3 : 4;
    uint32_t point = more ? *text & (0x3fu >> more) : *text;

    if (more == 4 || more >= length)
        return 0;
    for (size_t i = 1; i <= more; i++) {
        if ((text[i] & 0xc0) != 0x80)
            return 0;
        point = point << 6 | (text[i] & 0x3fu);
    }
    if (point < least[more] || (point >= 0xd800 && point < 0xe000) || point > 0x10ffff)
        return 0;
    *ret_point = point;
    return more + 1;
}

size_t text_cell(const char *text, size_t length, struct cell *cell)
{
    uint32_t point;
    size_t n = decode((const unsigned char *)text, length, &point);

    if (n && !IN(unseen, point)) {
        memcpy(cell->text, text, n);
        cell->n_bytes = (unsigned char)n;
        cell->width = point < 0x300 ? 1 : IN(combining, point) ? 0 : IN(wide, point) ? 2 : 1;
        return n;
    }
    cell->n_bytes = (unsigned char)(n ? snprintf(cell->text, sizeof cell->text, "<U+%04X>", (unsigned)point)
                                      : snprintf(cell->text, sizeof cell->text, "<%02X>", (unsigned)(unsigned char)*text));
    cell->width = cell->n_bytes;
    return n ? n : 1;
}

void text_print(struct text_out *out, const char *text, const char *indent)
{
    size_t length = strlen(text);

    for (size_t i = 0; i < length;) {
        struct cell cell;

        if (text[i] == '\n') {
            text_put(out, "\n", indent);
            i++;
            continue;
        }
        i += text_cell(text + i, length - i, &cell);
        text_putn(out, cell.text, cell.n_bytes);
    }
}

/* One character in a JSON string; an invalid byte becomes U+FFFD. */
static size_t put_json(struct text_out *out, const char *text, size_t length)
{
    char escape[24];
    uint32_t point = 0;
    size_t n = decode((const unsigned char *)text, length, &point);

    if (!n)
        text_put(out, "\\ufffd");
    else if (point == '"' || point == '\\')
        text_putn(out, escape, (size_t)snprintf(escape, sizeof escape, "\\%c", (int)point));
    else if (point == '\n')
        text_put(out, "\\n");
    else if (IN(unseen, point) && point > 0xffff)
        text_putn(out, escape,
                  (size_t)snprintf(escape, sizeof escape, "\\u%04x\\u%04x", (unsigned)(0xd7c0 + (point >> 10)),
                                   (unsigned)(0xdc00 + (point & 0x3ff))));
    else if (IN(unseen, point))
        text_putn(out, escape, (size_t)snprintf(escape, sizeof escape, "\\u%04x", (unsigned)point));
    else
        text_putn(out, text, n);
    return n ? n : 1;
}

void text_print_json(struct text_out *out, const char *text)
{
    size_t length = text ? strlen(text) : 0;

    if (!text) {
        text_put(out, "null");
        return;
    }
    text_put(out, "\"");
    for (size_t i = 0; i < length;)
        i += put_json(out, text + i, length - i);
    text_put(out, "\"");
}
