#include "unescape.h"

#include "core/text/letter.h"

#include <string.h>

/* More than any character has. */
enum { NO_NUMBER = 0x110000 };

static int hex_digit(char c)
{
    return letter_is_digit(c) ? c - '0' : letter_lower(c) >= 'a' && letter_lower(c) <= 'f' ? letter_lower(c) - 'a' + 10 : -1;
}

/* The number of four digits; more than any character has when they are none. */
static unsigned four_digits(const char *digits)
{
    unsigned number = 0;

    for (int i = 0; i < 4; i++) {
        if (hex_digit(digits[i]) < 0)
            return NO_NUMBER;
        number = number << 4 | (unsigned)hex_digit(digits[i]);
    }
    return number;
}

/* Writes the character of the digits at `*digits`, two escapes for those beyond U+FFFF, and passes over them; NULL when they are none. */
static char *put_point(char *to, const char **digits)
{
    unsigned point = four_digits(*digits), last;

    *digits += 4;
    if (point >> 10 == 0xd800 >> 10 && !strncmp(*digits, "\\u", 2)) {
        last = four_digits(*digits + 2);
        point = last >> 10 == 0xdc00 >> 10 ? 0x10000 + ((point & 0x3ff) << 10 | (last & 0x3ff)) : NO_NUMBER;
        *digits += 6;
    }
    if (!point || point >= NO_NUMBER || point >> 11 == 0xd800 >> 11)
        return NULL;
    if (point < 0x80) {
        *to++ = (char)point;
        return to;
    }
    if (point < 0x800) {
        *to++ = (char)(0xc0 | point >> 6);
    } else {
        if (point < 0x10000) {
            *to++ = (char)(0xe0 | point >> 12);
        } else {
            *to++ = (char)(0xf0 | point >> 18);
            *to++ = (char)(0x80 | (point >> 12 & 63));
        }
        *to++ = (char)(0x80 | (point >> 6 & 63));
    }
    *to++ = (char)(0x80 | (point & 63));
    return to;
}

bool unescape(char *text, size_t *length)
{
    static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    char *to = text;

    for (const char *from = text; *from; from++) {
        const char *letter;

        if (*from != '\\') {
            *to++ = *from;
            continue;
        }
        letter = *++from ? strchr(letters, *from) : NULL;
        if (letter) {
            *to++ = meant[letter - letters];
        } else {
            const char *digits = from + 1;

            to = *from == 'u' ? put_point(to, &digits) : NULL;
            if (!to)
                return false;
            from = digits - 1;
        }
    }
    *to = '\0';
    *length = (size_t)(to - text);
    return true;
}
