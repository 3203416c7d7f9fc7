/*
 * A reader of OTTL: words, brackets, quotes, operators, and where conditions and values stand. Functions and paths differ by component and
 * version, so unknown ones pass unless they are nearly known. (OpenTelemetry collector contrib: pkg/ottl/grammar.go)
 */
#include "ottl_read.h"

#include "letter.h"
#include "suggest.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define DIGITS "0123456789"
#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define WORD LOWER UPPER DIGITS "_"

enum { DEEPEST = 60 };

/* The kind of a term that was read; NOTHING after a fault. */
enum kind { NOTHING, VALUE, CALL, TRUTH, CONDITION };

struct reader {
    const char *next;
    struct ottl_fault *fault;
    bool failed;
    int depth;
};

/* One name behind the other, each with its NUL, and another one at the end: pointers to them would be as large as they are. */
static const char converters[] =
    "Base64Decode\0Bool\0CommunityID\0Concat\0ContainsValue\0ConvertAttributesToElementsXML\0ConvertCase\0Day\0Decode\0Double\0"
    "Duration\0ExtractGrokPatterns\0ExtractPatterns\0FNV\0Format\0FormatTime\0GetXML\0HasPrefix\0HasSuffix\0Hex\0Hour\0Hours\0Index\0"
    "InsertXML\0Int\0IsBool\0IsDouble\0IsInCIDR\0IsInt\0IsList\0IsMap\0IsMatch\0IsRootSpan\0IsString\0IsValidLuhn\0Keys\0Len\0Log\0"
    "MD5\0Microseconds\0Milliseconds\0Minute\0Minutes\0Month\0Nanosecond\0Nanoseconds\0Now\0ParseCSV\0ParseInt\0ParseJSON\0"
    "ParseKeyValue\0ParseSimplifiedXML\0ParseXML\0ProfileID\0RemoveXML\0SHA1\0SHA256\0SHA512\0Second\0Seconds\0SliceToMap\0Sort\0"
    "SpanID\0Split\0String\0Substring\0Time\0ToCamelCase\0ToKeyValueString\0ToLowerCase\0ToSnakeCase\0ToUpperCase\0TraceID\0Trim\0"
    "TruncateTime\0URL\0UUID\0Unix\0UnixMicro\0UnixMilli\0UnixNano\0UnixSeconds\0UserAgent\0Values\0Weekday\0XXH128\0XXH3\0Year\0"
    "HasAttrKeyOnDatapoint\0HasAttrOnDatapoint\0";

static const char editors[] =
    "append\0convert_gauge_to_sum\0convert_sum_to_gauge\0delete_index\0delete_key\0delete_keys\0delete_matching_keys\0"
    "extract_count_metric\0extract_sum_metric\0flatten\0keep_keys\0keep_matching_keys\0limit\0merge_maps\0replace_all_matches\0"
    "replace_all_patterns\0replace_match\0replace_pattern\0set\0truncate_all\0scale_metric\0aggregate_on_attributes\0";

static enum kind fail(struct reader *reader, const char *format, ...) __attribute__((format(printf, 2, 3)));

static enum kind fail(struct reader *reader, const char *format, ...)
{
    va_list args;

    if (reader->failed)
        return NOTHING;
    reader->failed = true;
    va_start(args, format);
    vsnprintf(reader->fault->words, sizeof reader->fault->words, format, args);
    va_end(args);
    return NOTHING;
}

static bool take(struct reader *reader, const char *sign)
{
    reader->next += strspn(reader->next, " \t\r\n");
    if (strncmp(reader->next, sign, strlen(sign)) != 0)
        return false;
    reader->next += strlen(sign);
    return true;
}

static bool take_word(struct reader *reader, const char *word)
{
    size_t length = strlen(word);

    reader->next += strspn(reader->next, " \t\r\n");
    if (strncmp(reader->next, word, length) != 0 || (reader->next[length] && strchr(WORD, reader->next[length])))
        return false;
    reader->next += length;
    return true;
}

/* Reports what stands where something else must. */
static enum kind expected(struct reader *reader, const char *what)
{
    if (!*reader->next)
        return fail(reader, "%s is missing at the end", what);
    return fail(reader, "%s is expected before \"%.20s\"", what, reader->next);
}

static enum kind read_condition(struct reader *reader);
static enum kind read_sum(struct reader *reader);

static enum kind read_string(struct reader *reader)
{
    for (reader->next++; *reader->next && *reader->next != '"'; reader->next++)
        reader->next += *reader->next == '\\' && reader->next[1];
    if (!*reader->next)
        return fail(reader, "a quote is never closed");
    reader->next++;
    return VALUE;
}

/* name=value is an argument by its name. */
static void take_argument_name(struct reader *reader)
{
    const char *name = reader->next + strspn(reader->next, " \t\r\n"), *behind = name + strspn(name, LOWER DIGITS "_");

    behind += behind > name ? strspn(behind, " ") : 0;
    if (behind > name && *behind == '=' && behind[1] != '=')
        reader->next = behind + 1;
}

static enum kind read_list(struct reader *reader, const char *end, enum kind kind)
{
    while (!take(reader, end)) {
        take_argument_name(reader);
        if (!read_sum(reader))
            return NOTHING;
        if (!take(reader, ",") && *reader->next != *end)
            return *reader->next ? expected(reader, "a comma or a closing bracket") : fail(reader, "a bracket is never closed");
    }
    return kind;
}

static enum kind read_map(struct reader *reader)
{
    while (!take(reader, "}")) {
        reader->next += strspn(reader->next, " \t\r\n");
        if (*reader->next != '"' || !read_string(reader))
            return expected(reader, "a key in double quotes");
        if (!take(reader, ":") || !read_sum(reader))
            return expected(reader, "a colon and a value");
        if (!take(reader, ",") && *reader->next != '}')
            return expected(reader, "a comma or }");
    }
    return VALUE;
}

/* A word that is nearly one of the known ones; unknown ones may belong to a newer collector. */
static enum kind check_known(struct reader *reader, const char *word, size_t length, const char *functions)
{
    char copy[64];
    struct suggestion suggestion;

    snprintf(copy, sizeof copy, "%.*s", (int)(length < 60 ? length : 60), word);
    suggestion = suggest_for(copy);
    for (const char *known = functions; *known; known += strlen(known) + 1) {
        if (!strcmp(known, copy))
            return CALL;
        if (strlen(known) == length && letters_same(known, copy, length))
            return fail(reader, "there is no function %s; did you mean %s", copy, known);
        suggest_try(&suggestion, known);
    }
    return suggestion.nearest ? fail(reader, "there is no function %s; did you mean %s", copy, suggestion.nearest) : CALL;
}


/* A path, a function or an enum. */
static enum kind read_name(struct reader *reader)
{
    const char *word = reader->next;
    size_t length = strspn(word, WORD ".");
    enum kind kind = VALUE;

    reader->next += length;
    if (*reader->next == '(') {
        if (!check_known(reader, word, length, converters))
            return NOTHING;
        if (strchr(LOWER, *word))
            return fail(reader, "%.*s changes something, and cannot stand in a condition", (int)(length < 40 ? length : 40), word);
        reader->next++;
        kind = read_list(reader, ")", CALL);
    }
    while (kind && *reader->next == '[') {
        reader->next++;
        if (!read_sum(reader) || !take(reader, "]"))
            return reader->failed ? NOTHING : expected(reader, "]");
        if (*reader->next == '.')
            reader->next += 1 + strspn(reader->next + 1, WORD ".");
        kind = kind == CALL ? CALL : VALUE;
    }
    return kind;
}

static enum kind read_value(struct reader *reader)
{
    const char *begin;

    reader->next += strspn(reader->next, " \t\r\n");
    begin = reader->next;
    if (take_word(reader, "true") || take_word(reader, "false"))
        return TRUTH;
    if (take_word(reader, "nil"))
        return VALUE;
    if (*begin == '"')
        return read_string(reader);
    if (*begin == '\'')
        return fail(reader, "a text stands in double quotes, not in single ones: \"%.20s\"", begin);
    if (*begin == '-' && begin[1] && strchr(DIGITS, begin[1]))
        reader->next++;
    if (*reader->next && strchr(DIGITS, *reader->next)) {
        reader->next += strspn(reader->next, DIGITS ".xXabcdefABCDEF");
        return *reader->next && strchr(WORD, *reader->next) ? fail(reader, "\"%.20s\" is no number", begin) : VALUE;
    }
    if (take(reader, "["))
        return read_list(reader, "]", VALUE);
    if (take(reader, "{"))
        return read_map(reader);
    if (take(reader, "(")) {
        enum kind kind = read_condition(reader);

        if (kind && !take(reader, ")"))
            return *reader->next ? expected(reader, ") or an operator") : fail(reader, "( is never closed");
        return kind;
    }
    if (take_word(reader, "AND") || take_word(reader, "OR") || take_word(reader, "NOT"))
        return fail(reader, "and, or and not are written in small letters");
    if (*begin && strchr(LOWER UPPER "_", *begin))
        return read_name(reader);
    return expected(reader, "a value");
}

/* + - * / bind alike here: nothing is computed. */
static enum kind read_sum(struct reader *reader)
{
    enum kind kind;

    if (++reader->depth > DEEPEST)
        return fail(reader, "it nests too deep");
    kind = read_value(reader);
    while (kind && (take(reader, "+") || take(reader, "-") || take(reader, "*") || take(reader, "/")))
        kind = read_value(reader) ? VALUE : NOTHING;
    reader->depth--;
    return kind;
}

/* A sign or word of another language where OTTL has its own. */
static enum kind foreign_operator(struct reader *reader)
{
    static const char *const foreign[][2] = {
        {"===", "=="}, {"=~", "IsMatch(value, \"pattern\")"}, {"<>", "!="}, {"&&", "and"}, {"||", "or"}, {"AND", "and"}, {"OR", "or"},
        {"=", "=="}};
    static const char *const words[][2] = {{"matches", "IsMatch(value, \"pattern\")"},
                                           {"contains", "ContainsValue(list, value)"},
                                           {"like", "IsMatch(value, \"pattern\")"},
                                           {"in", "== and or"},
                                           {"is", "=="},
                                           {"eq", "=="}};

    reader->next += strspn(reader->next, " \t\r\n");
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        if (take(reader, foreign[i][0]))
            return fail(reader, "%s is no operator: write %s", foreign[i][0], foreign[i][1]);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (take_word(reader, words[i][0]))
            return fail(reader, "%s is no operator: write %s", words[i][0], words[i][1]);
    return CONDITION;
}

static enum kind read_comparison(struct reader *reader)
{
    static const char *const operators[] = {"!=", "<=", ">=", "<", ">"};
    enum kind kind = read_sum(reader);
    bool compares;

    if (!kind)
        return NOTHING;
    reader->next += strspn(reader->next, " \t\r\n");
    compares = strncmp(reader->next, "===", 3) != 0 && strncmp(reader->next, "<>", 2) != 0 && take(reader, "==");
    for (size_t i = 0; !compares && i < sizeof operators / sizeof *operators && strncmp(reader->next, "<>", 2); i++)
        compares = take(reader, operators[i]);
    if (compares)
        kind = read_sum(reader) ? CONDITION : NOTHING;
    return kind && foreign_operator(reader) ? kind : NOTHING;
}

static enum kind read_negation(struct reader *reader)
{
    reader->next += strspn(reader->next, " \t\r\n");
    if (*reader->next == '!' && reader->next[1] != '=')
        return fail(reader, "! is no operator: write not");
    take_word(reader, "not");
    return read_comparison(reader);
}

static enum kind read_condition(struct reader *reader)
{
    enum kind kind = read_negation(reader);

    while (kind && (take_word(reader, "and") || take_word(reader, "or")))
        kind = read_negation(reader) ? CONDITION : NOTHING;
    return kind;
}

/* Whether the text ends here, and what was read is true or false. */
static bool ends_as_condition(struct reader *reader, enum kind kind)
{
    if (!kind)
        return false;
    reader->next += strspn(reader->next, " \t\r\n");
    if (*reader->next == ')' || *reader->next == ']' || *reader->next == '}')
        fail(reader, "%.1s closes nothing", reader->next);
    else if (*reader->next)
        fail(reader, "an operator is expected before \"%.20s\"", reader->next);
    else if (kind == VALUE)
        fail(reader, "a value alone is no condition: compare it, as in value == \"text\" or value != nil");
    return !reader->failed;
}

bool ottl_condition_is_valid(const char *text, struct ottl_fault *ret_fault)
{
    struct reader reader = {.next = text, .fault = ret_fault};

    return ends_as_condition(&reader, read_condition(&reader));
}

bool ottl_statement_is_valid(const char *text, struct ottl_fault *ret_fault)
{
    struct reader reader = {.next = text + strspn(text, " \t\r\n"), .fault = ret_fault};
    const char *word = reader.next;
    size_t length = strspn(word, LOWER DIGITS "_");

    reader.next += length;
    if (!length || !take(&reader, "(")) {
        fail(&reader, "a statement begins with what it does, such as set(attributes[\"a\"], 1): \"%.20s\"", word);
        return false;
    }
    if (!check_known(&reader, word, length, editors) || !read_list(&reader, ")", CALL))
        return false;
    if (take_word(&reader, "where"))
        return ends_as_condition(&reader, read_condition(&reader));
    return ends_as_condition(&reader, CALL);
}
