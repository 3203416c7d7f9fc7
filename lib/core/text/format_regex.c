/* Regular expressions as both Go and RE2 read them: their syntax, in one pass. (RE2: re2/parse.cc) */
#include "format.h"
#include "format_text.h"

#include <stdlib.h>

#define HEX DIGIT "abcdefABCDEF"

enum { MOST_REPEATS = 1000, LONGEST_REGEX = 1024 };

/* Behind an escape that stands at `text`, after the backslash; NULL when RE2 has none such. `in_class` has fewer. */
static const char *behind_escape(const char *text, bool in_class)
{
    const char *end;

    if (*text == 'x' && text[1] == '{') {
        end = text + 2 + strspn(text + 2, HEX);
        return end > text + 2 && *end == '}' && strtol(text + 2, NULL, 16) <= 0x10ffff ? end + 1 : NULL;
    }
    if (*text == 'x')
        return text[1] && text[2] && strchr(HEX, text[1]) && strchr(HEX, text[2]) ? text + 3 : NULL;
    if (*text == 'p' || *text == 'P') {
        if (text[1] != '{')
            return text[1] && strchr("CLMNPSZ", text[1]) ? text + 2 : NULL;
        text += 2 + (text[2] == '^');
        end = text + strspn(text, LOWER UPPER "_");
        return end > text && *end == '}' ? end + 1 : NULL;
    }
    /* One digit alone would be a back reference. */
    if (*text == '0' || (*text >= '1' && *text <= '7' && text[1] >= '0' && text[1] <= '7')) {
        size_t digits = strspn(text, "01234567");

        return text + (digits > 3 ? 3 : digits);
    }
    if (*text && strchr("dDsSwWafnrtv", *text))
        return text + 1;
    if (!in_class && *text && strchr("bBAz", *text))
        return text + 1;
    return *text && !is_alnum(*text) && (unsigned char)*text < 0x80 ? text + 1 : NULL;
}

/* Behind one character of a class; `*ret_value` is what it stands for, -1 for a whole class. */
static const char *behind_class_character(const char *text, int *ret_value)
{
    const char *end;

    *ret_value = (unsigned char)*text;
    if (*text == '[' && text[1] == ':') {
        static const char *const names[] = {"alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph",
                                            "lower", "print", "punct", "space", "upper", "word",  "xdigit"};

        end = strstr(text + 2, ":]");
        text += 2 + (text[2] == '^');
        for (size_t i = 0; end && i < sizeof names / sizeof *names; i++)
            if ((size_t)(end - text) == strlen(names[i]) && !strncmp(text, names[i], strlen(names[i]))) {
                *ret_value = -1;
                return end + 2;
            }
        return end ? NULL : text;
    }
    if (*text != '\\')
        return text + 1;
    end = behind_escape(text + 1, true);
    if (end)
        *ret_value = strchr("dDsSwWpP", text[1]) || text[1] == 'x' || is_alnum(text[1]) ? -1 : (unsigned char)text[1];
    return end;
}

/* Behind a class, whose bracket was passed. */
static const char *behind_class(const char *text)
{
    bool is_first = true;

    text += *text == '^';
    while (*text && (*text != ']' || is_first)) {
        int low, high;

        text = behind_class_character(text, &low);
        if (!text)
            return NULL;
        if (*text == '-' && text[1] && text[1] != ']') {
            text = behind_class_character(text + 1, &high);
            if (!text || (low >= 0 && high >= 0 && high < low))
                return NULL;
        }
        is_first = false;
    }
    return *text ? text + 1 : NULL;
}

/* Behind what opens a group; NULL for what RE2 lacks, such as looking ahead. `*ret_flags` when it only sets flags. */
static const char *behind_group(const char *text, bool *ret_flags)
{
    size_t length;

    *ret_flags = false;
    if (*text != '?')
        return text;
    text++;
    if (*text == 'P' && text[1] != '<')
        return NULL;
    text += *text == 'P';
    if (*text == '<') {
        length = strspn(text + 1, LOWER UPPER DIGIT "_");
        return length && text[1 + length] == '>' ? text + length + 2 : NULL;
    }
    length = strspn(text, "imsU-");
    *ret_flags = text[length] == ')';
    return text[length] == ':' || (*ret_flags && length) ? text + length + 1 : NULL;
}

/* Behind {2}, {2,} or {2,5}; the same place when it is none and stands for itself; NULL when it asks too much. */
static const char *behind_counts(const char *text)
{
    char *end;
    long low, high;

    if (text[1] < '0' || text[1] > '9')
        return text;
    low = high = strtol(text + 1, &end, 10);
    if (*end == ',') {
        high = end[1] == '}' ? low : -1;
        if (end[1] >= '0' && end[1] <= '9')
            high = strtol(end + 1, &end, 10);
        else
            end++;
    }
    if (*end != '}')
        return text;
    return low <= MOST_REPEATS && high <= MOST_REPEATS && high >= low ? end + 1 : NULL;
}

/* Behind a repetition, with its ? for the shortest. */
static const char *behind_repeat(const char *text)
{
    const char *end = *text == '{' ? behind_counts(text) : text + 1;

    return end && end != text && *end == '?' ? end + 1 : end;
}

static bool is_regex(const char *text)
{
    size_t depth = 0;
    bool repeatable = false, flags;

    if (!*text)
        return false;
    while (text && *text) {
        if (strchr("*+?{", *text)) {
            const char *end = behind_repeat(text);

            if (!end || (end != text && !repeatable))
                return false;
            repeatable = end == text;
            text = end == text ? text + 1 : end;
        } else if (*text == '(') {
            text = behind_group(text + 1, &flags);
            depth += text && !flags;
            repeatable = false;
        } else if (*text == ')') {
            if (!depth--)
                return false;
            repeatable = true;
            text++;
        } else if (*text == '\\' && text[1] == 'Q') {
            const char *end = strstr(text, "\\E");

            repeatable = end != text + 2;
            text = end ? end + 2 : text + strlen(text);
        } else {
            repeatable = *text != '|';
            text = *text == '[' ? behind_class(text + 1) : *text == '\\' ? behind_escape(text + 1, false) : text + 1;
        }
    }
    return text && !depth;
}

const struct hd_format_rule format_regex = {
    "a regular expression in RE2's syntax (which has neither lookahead nor back references)", "^[^" CONTROLS "]+$", LONGEST_REGEX, is_regex};
