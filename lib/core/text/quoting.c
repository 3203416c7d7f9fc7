#include "quoting.h"

#include "scalar.h"

#include <stdint.h>
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

/* Eight bytes at once; each of these is not 0 when one of the eight bytes is what it looks for. */
#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

static inline uint64_t eight_bytes(const char *text)
{
    uint64_t bytes;

    memcpy(&bytes, text, sizeof bytes);
    return bytes;
}

static inline uint64_t has_below(uint64_t bytes, unsigned char limit)
{
    return (bytes - EACH(limit)) & ~bytes & EACH(0x80);
}

static inline uint64_t has_byte(uint64_t bytes, unsigned char byte)
{
    return has_below(bytes ^ EACH(byte), 1);
}

/* From DEL on: what ends ASCII, and what is beyond it. */
static inline uint64_t has_beyond(uint64_t bytes)
{
    return ((bytes + EACH(1)) | bytes) & EACH(0x80);
}

/* A blank or colon among eight bytes, or what has to be escaped. */
static inline uint64_t needs_a_look(uint64_t bytes)
{
    return has_below(bytes, ' ' + 1) | has_byte(bytes, ':') | has_beyond(bytes);
}

static inline uint64_t may_need_escape(uint64_t bytes)
{
    return has_below(bytes, ' ') | has_byte(bytes, '"') | has_byte(bytes, '\\') | has_beyond(bytes);
}

/*
 * Sixteen bytes at once, where a register holds them. Elsewhere compilers would compare them one by one, and on some processors pass them
 * to functions in another way with each option, so two words of eight are as good.
 */
enum { DEL = 0x7f };
#if defined __SSE2__ || defined __ARM_NEON || defined __VSX__ || defined __wasm_simd128__
/* Each byte of a comparison is -1 or 0. As signed bytes, what is beyond ASCII stands below the control characters. */
typedef signed char sixteen __attribute__((vector_size(16)));

static inline bool any_of(sixteen found)
{
    uint64_t halves[2];

    memcpy(halves, &found, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}

static inline bool any_needs_a_look(sixteen bytes)
{
    return any_of((bytes <= ' ') | (bytes == ':') | (bytes == DEL));
}

static inline bool any_may_need_escape(sixteen bytes)
{
    return any_of((bytes < ' ') | (bytes == '"') | (bytes == '\\') | (bytes == DEL));
}

static inline bool any_beyond(sixteen bytes)
{
    return any_of((bytes < 0) | (bytes == DEL));
}
#else
typedef struct sixteen {
    uint64_t halves[2];
} sixteen;

static inline bool any_needs_a_look(sixteen bytes)
{
    return (needs_a_look(bytes.halves[0]) | needs_a_look(bytes.halves[1])) != 0;
}

static inline bool any_may_need_escape(sixteen bytes)
{
    return (may_need_escape(bytes.halves[0]) | may_need_escape(bytes.halves[1])) != 0;
}

static inline bool any_beyond(sixteen bytes)
{
    return (has_beyond(bytes.halves[0]) | has_beyond(bytes.halves[1])) != 0;
}
#endif

static inline sixteen sixteen_bytes(const char *text)
{
    sixteen bytes;

    memcpy(&bytes, text, sizeof bytes);
    return bytes;
}

/* The first and the last eight of eight to sixteen bytes. */
static inline sixteen both_ends(const char *text, size_t length)
{
    uint64_t halves[2] = {eight_bytes(text), eight_bytes(text + length - 8)};
    sixteen bytes;

    memcpy(&bytes, halves, sizeof bytes);
    return bytes;
}

/* How many bytes stand before the first that was found; where the order of bytes is another, each of them is looked at. */
static inline size_t bytes_before(uint64_t found)
{
    return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? (size_t)__builtin_ctzll(found) / 8 : 0;
}

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

/* Of eight bytes, with the one behind each: a character that has to be looked at, a colon or # that means something. */
static inline uint64_t may_end_plain(const char *text)
{
    uint64_t bytes = eight_bytes(text), behind = eight_bytes(text + 1);

    return has_below(bytes, ' ') | has_beyond(bytes) | (has_byte(bytes, ' ') & has_byte(behind, '#')) |
           (has_byte(bytes, ':') & has_byte(behind, ' '));
}

/* Fewer than eight bytes; of four and more, the first and the last four overlap. */
static inline bool is_short_plain(const char *text, size_t length)
{
    uint32_t first, last;
    unsigned char any = 0;

    if (length >= sizeof first) {
        memcpy(&first, text, sizeof first);
        memcpy(&last, text + length - sizeof last, sizeof last);
        return !needs_a_look((uint64_t)last << 32 | first);
    }
    for (size_t i = 0; i < length; i++)
        any |= char_class[(unsigned char)text[i]];
    return !(any & NEEDS_A_LOOK);
}

/* Whether a quick look tells already that nothing within a text ends it or has to be escaped. */
static bool is_surely_plain_within(const char *text, size_t length)
{
    size_t i = 0;

    if (length < 8)
        return is_short_plain(text, length);
    while (length - i > 16 && !any_needs_a_look(sixteen_bytes(text + i)))
        i += 16;
    if (length - i <= 16 && !any_needs_a_look(length < 16 ? both_ends(text, length) : sixteen_bytes(text + length - 16)))
        return true;
    for (; i + 9 <= length; i += 8)
        if (may_end_plain(text + i))
            return false;
    return length >= 9 && !may_end_plain(text + length - 9) && !(char_class[(unsigned char)text[length - 1]] & NEEDS_A_LOOK);
}

/* Whether nothing within the text ends it for a reader, or has to be escaped. Seldom needed. */
__attribute__((noinline)) static bool is_plain_within(const char *text, size_t length)
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

/* Looks like a number to some reader, or nearly so: quoted, whatever its exact form. */
static bool is_numeric_looking(const char *text, size_t length)
{
    size_t i = 0;

    while (i < length && char_class[(unsigned char)text[i]] & IN_NUMBER)
        i++;
    return i == length;
}

bool is_plain(const char *text, size_t length)
{
    unsigned char first = char_class[(unsigned char)*text];

    if (!length || first & NEVER_FIRST || !(is_surely_plain_within(text, length) || is_plain_within(text, length)))
        return false;
    if (!(first & NUMBER_FIRST) && (!(first & WORD_FIRST) || length > LONGEST_WORD))
        return true;
    /* At the beginning of a line, three dots end the document. */
    if ((*text == '.' && !strncmp(text, "...", 3)) || (first & NUMBER_FIRST && is_numeric_looking(text, length)))
        return false;
    return scalar_type(text, length) == SCALAR_STRING;
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
    for (; i < length && !needs_escape(text + i, length - i); i++)
        to[i] = text[i];
    return i;
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
    size_t i = 0;

    for (; length - i >= 16; i += 16)
        if (any_beyond(sixteen_bytes(text + i)))
            return false;
    for (; i < length; i++)
        if ((unsigned char)text[i] >= 0x7f)
            return false;
    return true;
}
