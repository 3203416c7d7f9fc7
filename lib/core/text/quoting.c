#include "quoting.h"

#include "many_bytes.h"
#include "scalar.h"

#include <string.h>

/* The role of a byte in a plain scalar. */
enum { CONTROL = 1, MAY_END_PLAIN = 2, MAY_BE_ODD = 4, NEVER_FIRST = 8, NUMBER_FIRST = 16, WORD_FIRST = 32, IN_NUMBER = 64, ESCAPED = 128 };
enum { NEEDS_A_LOOK = CONTROL | MAY_END_PLAIN | MAY_BE_ODD };

static const unsigned char char_class[256] = {
    [0] = CONTROL, [1] = CONTROL, [2] = CONTROL, [3] = CONTROL, [4] = CONTROL, [5] = CONTROL, [6] = CONTROL, [7] = CONTROL,
    [8] = CONTROL, [9] = CONTROL, [10] = CONTROL, [11] = CONTROL, [12] = CONTROL, [13] = CONTROL, [14] = CONTROL, [15] = CONTROL,
    [16] = CONTROL, [17] = CONTROL, [18] = CONTROL, [19] = CONTROL, [20] = CONTROL, [21] = CONTROL, [22] = CONTROL, [23] = CONTROL,
    [24] = CONTROL, [25] = CONTROL, [26] = CONTROL, [27] = CONTROL, [28] = CONTROL, [29] = CONTROL, [30] = CONTROL, [31] = CONTROL,
    [127] = CONTROL, ['\\'] = ESCAPED,
    [' '] = MAY_END_PLAIN | NEVER_FIRST | IN_NUMBER, [':'] = MAY_END_PLAIN | NEVER_FIRST | IN_NUMBER,
    ['#'] = NEVER_FIRST,  ['?'] = NEVER_FIRST,  [','] = NEVER_FIRST,  ['['] = NEVER_FIRST,  [']'] = NEVER_FIRST,  ['{'] = NEVER_FIRST,
    ['}'] = NEVER_FIRST,  ['&'] = NEVER_FIRST,  ['*'] = NEVER_FIRST,  ['!'] = NEVER_FIRST,  ['|'] = NEVER_FIRST,  ['>'] = NEVER_FIRST,
    ['\''] = NEVER_FIRST, ['"'] = NEVER_FIRST | ESCAPED,  ['%'] = NEVER_FIRST,  ['@'] = NEVER_FIRST,  ['`'] = NEVER_FIRST,  ['='] = NEVER_FIRST,
    ['<'] = NEVER_FIRST,  ['~'] = NEVER_FIRST,  ['-'] = NEVER_FIRST | IN_NUMBER,
    ['.'] = NUMBER_FIRST | IN_NUMBER, ['+'] = NUMBER_FIRST | IN_NUMBER, ['0'] = NUMBER_FIRST | IN_NUMBER,
    ['1'] = NUMBER_FIRST | IN_NUMBER, ['2'] = NUMBER_FIRST | IN_NUMBER, ['3'] = NUMBER_FIRST | IN_NUMBER,
    ['4'] = NUMBER_FIRST | IN_NUMBER, ['5'] = NUMBER_FIRST | IN_NUMBER, ['6'] = NUMBER_FIRST | IN_NUMBER,
    ['7'] = NUMBER_FIRST | IN_NUMBER, ['8'] = NUMBER_FIRST | IN_NUMBER, ['9'] = NUMBER_FIRST | IN_NUMBER,
    ['_'] = IN_NUMBER,    ['e'] = IN_NUMBER,    ['E'] = IN_NUMBER,    ['x'] = IN_NUMBER,    ['X'] = IN_NUMBER,    ['b'] = IN_NUMBER,
    ['B'] = IN_NUMBER,    ['Z'] = IN_NUMBER,    ['o'] = WORD_FIRST | IN_NUMBER, ['O'] = WORD_FIRST | IN_NUMBER,
    ['T'] = WORD_FIRST | IN_NUMBER,             ['t'] = WORD_FIRST,   ['f'] = WORD_FIRST,   ['F'] = WORD_FIRST,   ['y'] = WORD_FIRST,
    ['Y'] = WORD_FIRST,   ['n'] = WORD_FIRST,   ['N'] = WORD_FIRST,   [0xc2] = MAY_BE_ODD,  [0xe2] = MAY_BE_ODD,  [0xef] = MAY_BE_ODD,
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

/* Fewer than eight bytes; of four and more, the first and the last four overlap. */
static inline bool copy_short_plain(char *to, const char *text, size_t length)
{
    uint32_t first, last;
    unsigned char any = 0;

    if (length >= sizeof first) {
        memcpy(&first, text, sizeof first);
        memcpy(&last, text + length - sizeof last, sizeof last);
        memcpy(to, &first, sizeof first);
        memcpy(to + length - sizeof last, &last, sizeof last);
        return !needs_a_look((uint64_t)last << 32 | first);
    }
    for (size_t i = 0; i < length; i++) {
        any |= char_class[(unsigned char)text[i]];
        to[i] = text[i];
    }
    return !(any & NEEDS_A_LOOK);
}

/* Copies sixteen bytes unless one of them needs a look. */
static inline bool copy_sixteen_plain(char *to, const char *text)
{
    sixteen bytes = sixteen_bytes(text);

    if (any_needs_a_look(bytes))
        return false;
    memcpy(to, &bytes, sizeof bytes);
    return true;
}

/* Whether the sixteen bytes from `text` on, of which none is the last, neither end a text nor have to be escaped. */
static inline bool goes_on(const char *text)
{
    return !any_ends_plain(sixteen_bytes(text), sixteen_bytes(text + 1));
}

/* Whether a quick look shows that nothing within the text ends it or has to be escaped, and that blanks and colons are ordinary. */
static bool is_surely_plain_within(const char *text, size_t length)
{
    if (length < 17)
        return false;
    for (size_t i = 0; i + 17 <= length; i += 16)
        if (!goes_on(text + i))
            return false;
    return goes_on(text + length - 17) && !(char_class[(unsigned char)text[length - 1]] & NEEDS_A_LOOK);
}

/* Whether nothing within the text ends it for a reader, or has to be escaped. */
static bool is_plain_within(const char *text, size_t length)
{
    if (memchr(text, '\n', length))
        return false;
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

/* Copies a text that has a blank, a colon or a character to look at. Apart from its caller, which is faster so. */
__attribute__((noinline)) static bool copy_looked_at(char *to, const char *text, size_t length)
{
    if (!is_surely_plain_within(text, length) && !is_plain_within(text, length))
        return false;
    memcpy(to, text, length);
    return true;
}

/* Copies a text when nothing within it ends it or has to be escaped. */
static bool copy_within(char *to, const char *text, size_t length)
{
    size_t i = 0;

    if (length < 8)
        return copy_short_plain(to, text, length) || copy_looked_at(to, text, length);
    if (length < 16 && !any_needs_a_look(both_ends(text, length))) {
        memcpy(to, text, 8);
        memcpy(to + length - 8, text + length - 8, 8);
        return true;
    }
    while (length - i > 16 && copy_sixteen_plain(to + i, text + i))
        i += 16;
    return (length >= 16 && length - i <= 16 && copy_sixteen_plain(to + length - 16, text + length - 16)) ||
           copy_looked_at(to, text, length);
}

/* Looks like a number to some reader, or nearly so: quoted, whatever its exact form. */
static bool is_numeric_looking(const char *text, size_t length)
{
    size_t i = 0;

    while (i < length && char_class[(unsigned char)text[i]] & IN_NUMBER)
        i++;
    return i == length;
}

/* Copies a text that begins as numbers or words of YAML do, when it is none. */
__attribute__((noinline)) static bool copy_untyped(char *to, const char *text, size_t length, unsigned char first)
{
    /* At the beginning of a line, three dots end the document. */
    if ((*text == '.' && !strncmp(text, "...", 3)) || (first & NUMBER_FIRST && is_numeric_looking(text, length)))
        return false;
    return scalar_type(text, length) == SCALAR_STRING && copy_within(to, text, length);
}

#define LETTER(c) (UINT32_C(1) << ((c) & 31))

/* The second letters of the words that are values to some reader, by the first letter; bit 0 is that of words of one letter. */
static const uint32_t second_letters[32] = {
    ['f' & 31] = LETTER('a'), ['n' & 31] = 1 | LETTER('o') | LETTER('u'), ['o' & 31] = LETTER('f') | LETTER('n'),
    ['t' & 31] = LETTER('r'), ['y' & 31] = 1 | LETTER('e'),
};

/* Most texts that begin as such a word differ from it in the next letter, and need no comparison. */
static inline bool may_be_word(const char *text, size_t length)
{
    return length <= LONGEST_WORD && second_letters[*text & 31] >> (length > 1 ? text[1] & 31 : 0) & 1;
}

bool copy_plain(char *to, const char *text, size_t length)
{
    unsigned char first = char_class[(unsigned char)*text];

    if (!length || first & NEVER_FIRST)
        return false;
    if (first & NUMBER_FIRST || (first & WORD_FIRST && may_be_word(text, length)))
        return copy_untyped(to, text, length, first);
    return copy_within(to, text, length);
}

static inline bool needs_escape(const char *text, size_t length)
{
    unsigned char c = char_class[(unsigned char)*text] & (CONTROL | ESCAPED | MAY_BE_ODD);

    return c && (c != MAY_BE_ODD || odd_bytes(text, length));
}

size_t unescaped(const char *text, size_t length)
{
    size_t i = 0;

    for (; i < length; i++) {
        uint64_t found = length - i < 8 ? 1 : may_need_escape(eight_bytes(text + i));

        i += found ? bytes_before(found) : 7;
        if (found && needs_escape(text + i, length - i))
            return i;
    }
    return length;
}

/* Fewer than eight bytes: the first and the last of them overlap. */
static size_t copy_few_unescaped(char *to, const char *text, size_t length)
{
    uint32_t first, last;
    size_t i = 0;

    if (length >= sizeof first) {
        memcpy(&first, text, sizeof first);
        memcpy(&last, text + length - sizeof last, sizeof last);
        if (!may_need_escape((uint64_t)last << 32 | first)) {
            memcpy(to, &first, sizeof first);
            memcpy(to + length - sizeof last, &last, sizeof last);
            return length;
        }
    }
    for (; i < length && !needs_escape(text + i, length - i); i++)
        to[i] = text[i];
    return i;
}

/* Copies from `i` on, eight bytes at a time, up to the first character that needs an escape. Apart from its caller, which is faster so. */
__attribute__((noinline)) static size_t copy_to_escape(char *to, const char *text, size_t length, size_t i)
{
    while (length - i >= 8) {
        uint64_t bytes = eight_bytes(text + i), found = may_need_escape(bytes);

        memcpy(to + i, &bytes, sizeof bytes);
        i += found ? bytes_before(found) : 8;
        if (found && needs_escape(text + i, length - i))
            return i;
        if (found) {
            to[i] = text[i];
            i++;
        }
    }
    for (; i < length && !needs_escape(text + i, length - i); i++)
        to[i] = text[i];
    return i;
}

size_t copy_unescaped(char *to, const char *text, size_t length)
{
    size_t i = 0;

    if (length < 8)
        return copy_few_unescaped(to, text, length);
    if (length < 16 && !any_may_need_escape(both_ends(text, length))) {
        memcpy(to, text, 8);
        memcpy(to + length - 8, text + length - 8, 8);
        return length;
    }
    for (; length - i >= 16 && !any_may_need_escape(sixteen_bytes(text + i)); i += 16)
        memcpy(to + i, text + i, 16);
    if (i && length - i < 16 && !any_may_need_escape(sixteen_bytes(text + length - 16))) {
        memcpy(to + length - 16, text + length - 16, 16);
        return length;
    }
    return copy_to_escape(to, text, length, i);
}

/* A byte that no line of a block may have here: a control, one of a character beyond ASCII, a blank at the end of its line. */
static inline bool spoils_block(const char *text, size_t i)
{
    unsigned char c = (unsigned char)text[i];

    if (c >= 0x20 && c < 0x7f)
        return false;
    return (c != '\n' && c != '\t') || (c == '\n' && i && (text[i - 1] == ' ' || text[i - 1] == '\t'));
}

bool is_block(const char *text, size_t length)
{
    size_t i = 0;

    if (length < 2 || !memchr(text, '\n', length) || *text == ' ' || *text == '\t' || *text == '\n' || text[length - 1] != '\n' ||
        text[length - 2] == '\n')
        return false;
    for (; length - i >= 8; i += 8) {
        uint64_t bytes = eight_bytes(text + i), found = has_below(bytes, ' ') | has_beyond(bytes);

        for (size_t k = found ? i + bytes_before(found) : i + 8; k < i + 8; k++)
            if (spoils_block(text, k))
                return false;
    }
    for (; i < length; i++)
        if (spoils_block(text, i))
            return false;
    return true;
}

bool is_ascii(const char *text, size_t length)
{
    uint64_t any = 0;
    size_t i = 0;

    for (; length - i >= 16; i += 16)
        any |= eight_bytes(text + i) | eight_bytes(text + i + 8);
    for (; i < length; i++)
        any |= (unsigned char)text[i];
    return !(any & EACH(0x80));
}
