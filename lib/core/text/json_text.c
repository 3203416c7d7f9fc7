#include "json_text.h"

#include <stdbool.h>
#include <string.h>

/* Values nest no deeper than this in any file of configuration; it bounds the stack. */
enum { DEEPEST = 200 };

struct scan {
    const char *next;
    const char *expected; /* what is wrong at `next`; NULL while nothing is */
};

static void skip_space(struct scan *scan)
{
    scan->next += strspn(scan->next, " \t\r\n");
}

static bool fails(struct scan *scan, const char *expected)
{
    scan->expected = expected;
    return false;
}

static bool take(struct scan *scan, char c, const char *expected)
{
    skip_space(scan);
    if (*scan->next != c)
        return fails(scan, expected);
    scan->next++;
    return true;
}

static bool scan_text(struct scan *scan)
{
    if (!take(scan, '"', "a text in double quotes"))
        return false;
    while (*scan->next != '"') {
        if ((unsigned char)*scan->next < ' ')
            return fails(scan, "the quote that ends the text");
        scan->next += *scan->next == '\\' && scan->next[1] ? 2 : 1;
    }
    scan->next++;
    return true;
}

static bool scan_word(struct scan *scan)
{
    static const char *const words[] = {"true", "false", "null"};
    size_t length = strcspn(scan->next, " \t\r\n,]}:");

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == length && !strncmp(scan->next, words[i], length)) {
            scan->next += length;
            return true;
        }
    if (!length || scan->next[strspn(scan->next, "+-.0123456789eE")] != scan->next[length] || !strchr("-0123456789", *scan->next))
        return fails(scan, "a value");
    scan->next += length;
    return true;
}

static bool scan_value(struct scan *scan, unsigned depth);

static bool scan_member(struct scan *scan, bool named, unsigned depth)
{
    return (!named || (scan_text(scan) && take(scan, ':', "a colon"))) && scan_value(scan, depth);
}

static bool scan_members(struct scan *scan, char end, unsigned depth)
{
    scan->next++;
    skip_space(scan);
    if (*scan->next == end) {
        scan->next++;
        return true;
    }
    do {
        if (!scan_member(scan, end == '}', depth))
            return false;
        skip_space(scan);
    } while (*scan->next == ',' && scan->next++);
    return take(scan, end, end == '}' ? "a comma or }" : "a comma or ]");
}

static bool scan_value(struct scan *scan, unsigned depth)
{
    skip_space(scan);
    if (depth > DEEPEST)
        return fails(scan, "less nesting");
    if (*scan->next == '{' || *scan->next == '[')
        return scan_members(scan, *scan->next == '{' ? '}' : ']', depth + 1);
    return *scan->next == '"' ? scan_text(scan) : scan_word(scan);
}

const char *json_fault(const char *text, const char **ret_expected)
{
    struct scan scan = {.next = text};

    if (scan_value(&scan, 0)) {
        skip_space(&scan);
        if (!*scan.next)
            return NULL;
        scan.expected = "the end";
    }
    *ret_expected = scan.expected;
    return scan.next;
}
