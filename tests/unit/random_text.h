/* Seeded random texts, made of what YAML readers stumble over. */
#ifndef HD_TESTS_UNIT_RANDOM_TEXT_H
#define HD_TESTS_UNIT_RANDOM_TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { RANDOM_TEXT_LONGEST = 256 };

/* The next random number below `bound`. */
static inline uint32_t random_below(uint64_t *state, uint32_t bound)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33) % bound;
}

/* Writes a random text of valid UTF-8 without NUL. */
static inline void random_text(uint64_t *state, char text[RANDOM_TEXT_LONGEST])
{
    static const char *const pieces[] = {
        "yes",
        "no",
        "on",
        "Off",
        "y",
        "N",
        "true",
        "FALSE",
        "null",
        "~",
        "NULL",
        "<<",
        "=",
        "0",
        "1",
        "7",
        "08",
        "0644",
        "0o17",
        "0x1f",
        "0b1",
        "1_000",
        "1.10",
        "1.0",
        ".5",
        "5.",
        "1e3",
        "1E-3",
        "+1",
        "-0",
        "12:30",
        "1:2:3",
        "2020-01-01",
        "2001-12-14t21:59:43.10-05:00",
        ".inf",
        "-.INF",
        ".NaN",
        "-",
        "?",
        ":",
        ",",
        "[",
        "]",
        "{",
        "}",
        "#",
        "&",
        "*",
        "!",
        "|",
        ">",
        "'",
        "\"",
        "%",
        "@",
        "`",
        "\\",
        "/",
        ": ",
        " #",
        "- ",
        "? ",
        "---",
        "...",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\t",
        "\r",
        "\r\n",
        "\n ",
        " \n",
        "\x01",
        "\x1b",
        "\x7f",
        "\xc2\x80",
        "\xc2\x85",
        "\xc2\xa0",
        "\xc3\xa9",
        "\xe2\x80\xa8",
        "\xe2\x80\xa9",
        "\xef\xbb\xbf",
        "\xef\xbf\xbd",
        "\xef\xbf\xbe",
        "\xef\xbf\xbf",
        "\xe4\xb8\xad",
        "\xf0\x9f\x98\x80",
        "\xee\x80\x80",
        "a",
        "b",
        "word",
        "value",
        "key: value",
        "e",
        "E",
        "_",
        "+",
        ".",
        "x",
        "X",
        "o",
    };
    static const char odd[] = "0123456789+-._:eExXoObBTZ yYnNtTfF~=<#'\"";
    size_t length = 0;

    /* Now and then only characters of numbers and dates. */
    if (random_below(state, 4) == 0) {
        for (uint32_t n = random_below(state, 8); n > 0; n--)
            text[length++] = odd[random_below(state, sizeof odd - 1)];
    } else {
        for (uint32_t n = random_below(state, 6); n > 0; n--) {
            const char *piece = pieces[random_below(state, sizeof pieces / sizeof *pieces)];
            size_t more = strlen(piece);

            memcpy(text + length, piece, more);
            length += more;
        }
    }
    text[length] = '\0';
}

#endif
