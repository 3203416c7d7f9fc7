#include "version_match.h"

#include "core/text/letter.h"

#include <stdio.h>
#include <string.h>

/* As text within a regular expression. */
static size_t put_escaped(char *to, size_t n, const char *text)
{
    for (; *text && n < COOKIE_PATTERN_SIZE - 16; text++) {
        if (!letter_is_upper(*text) && !letter_is_lower(*text) && !letter_is_digit(*text) && *text != '_' && *text != '-')
            to[n++] = '\\';
        to[n++] = *text;
    }
    to[n] = '\0';
    return n;
}

void cookie_pattern(char text[COOKIE_PATTERN_SIZE], const struct hd_cookie_match *cookie)
{
    size_t n = (size_t)snprintf(text, COOKIE_PATTERN_SIZE, "(.*; *)?");

    n = put_escaped(text, n, cookie->name);
    text[n++] = '=';
    if (cookie->exact)
        n = put_escaped(text, n, cookie->exact);
    snprintf(text + n, COOKIE_PATTERN_SIZE - n, cookie->exact ? "(;.*)?" : "[^;]*(;.*)?");
}
