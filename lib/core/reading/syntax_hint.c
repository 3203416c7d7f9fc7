#include "syntax_hint.h"

#include <stddef.h>
#include <string.h>

/* libfyaml says what its grammar lacks, not what to do; the first row whose words stand in the complaint holds. */
static const struct {
    const char *words, *hint;
} hints[] = {
    {"tab ", "indent with spaces; YAML allows no tabs there"},
    {"multiline plain key", "keys of one mapping begin in the same column, and a space follows each colon: look at this line and the next"},
    {"could not find expected ':'", "a key is followed by a colon and a space: look at this line and the one before"},
    {"nested block mapping on the same line", "put quotes around a value that holds a colon and a space"},
    {"mapping in plain multiline", "put quotes around a value that holds a colon and a space"},
    {"block sequence on the same line", "begin the list on the next line, or write [a, b]"},
    {"cannot start with", "put quotes around a value that begins with this character"},
    {"wrongly indented double-quoted", "close the quote that is opened here, or indent the lines of the text deeper than the key"},
    {"wrongly indented single-quoted", "close the quote that is opened here, or indent the lines of the text deeper than the key"},
    {"wrongly indented flow", "indent this line deeper than the key above, or close the bracket before it"},
    {"invalid alias", "* begins an alias: put quotes around a text that begins with it, as in \"*/5 * * * *\""},
    {"without closing quote", "close the quote"},
    {"trailing content after", "the value ends with its closing quote: put all of it into quotes"},
    {"invalid escape", "in double quotes a backslash begins an escape: write \\\\ for a backslash, or use single quotes"},
    {"extra closing", "remove this bracket, or open it before"},
    {"closing bracket", "close the bracket that was opened before"},
    {"missing comma", "add the comma or the closing bracket that is missing before this place"},
    {"extra comma", "remove one of the two commas, or put a value between them"},
    {"comma in the beginning", "remove the comma, or put a value before it"},
    {"no linebreak found", "begin the text after | or > on the next line"},
    {"invalid comment", "put a space before #"},
    {"without whitespace", "put a space before #"},
    {"indent", "let all keys of one mapping begin in the same column"},
    {"did not find expected", "let all keys of one mapping, and all dashes of one list, begin in the same column"},
};

const char *syntax_hint(const char *complaint)
{
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        if (strstr(complaint, hints[i].words))
            return hints[i].hint;
    return NULL;
}
