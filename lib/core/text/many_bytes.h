/* Looks at eight or sixteen bytes of a text at once. */
#ifndef HD_CORE_TEXT_MANY_BYTES_H
#define HD_CORE_TEXT_MANY_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

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

/* Of bytes with the one behind each: a character to look at, a colon or # that means something. */
static inline bool any_ends_plain(sixteen bytes, sixteen behind)
{
    return any_of((bytes < ' ') | (bytes == DEL) | ((bytes == ' ') & (behind == '#')) | ((bytes == ':') & (behind == ' ')));
}

static inline bool any_no_ascii(sixteen bytes)
{
    return any_of(bytes <= 0);
}

static inline bool any_may_need_escape(sixteen bytes)
{
    return any_of((bytes < ' ') | (bytes == '"') | (bytes == '\\') | (bytes == DEL));
}
#else
typedef struct sixteen {
    uint64_t halves[2];
} sixteen;

static inline uint64_t ends_plain(uint64_t bytes, uint64_t behind)
{
    return has_below(bytes, ' ') | has_beyond(bytes) | (has_byte(bytes, ' ') & has_byte(behind, '#')) |
           (has_byte(bytes, ':') & has_byte(behind, ' '));
}

static inline bool any_needs_a_look(sixteen bytes)
{
    return (needs_a_look(bytes.halves[0]) | needs_a_look(bytes.halves[1])) != 0;
}

static inline bool any_ends_plain(sixteen bytes, sixteen behind)
{
    return (ends_plain(bytes.halves[0], behind.halves[0]) | ends_plain(bytes.halves[1], behind.halves[1])) != 0;
}

static inline bool any_no_ascii(sixteen bytes)
{
    return ((has_byte(bytes.halves[0], 0) | has_byte(bytes.halves[1], 0) | bytes.halves[0] | bytes.halves[1]) & EACH(0x80)) != 0;
}

static inline bool any_may_need_escape(sixteen bytes)
{
    return (may_need_escape(bytes.halves[0]) | may_need_escape(bytes.halves[1])) != 0;
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

#endif
