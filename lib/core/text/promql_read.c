/*
 * A reader of PromQL: words, brackets, quotes, matchers, durations, functions with their arguments, and the types of values. It goes
 * through the text once, as a recursive descent. (Prometheus: promql/parser)
 */
#include "promql_read.h"

#include "among.h"
#include "suggest.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define DIGITS "0123456789"
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"

enum { DEEPEST = 100 };

/* Types of values; NO_VALUE after a fault. */
enum type { NO_VALUE, SCALAR, VECTOR, RANGE, STRING };

struct reader {
    const char *next;
    struct promql_fault *fault;
    bool failed;
    int depth;
};

/*
 * Functions, and their arguments: v an instant vector, r a range of one, s a scalar, t a text; what follows a ? may be left out, and the
 * argument before a * comes any number of times.
 */
static const struct function {
    const char *name, *arguments;
    enum type result;
} functions[] = {
    {"abs", "v", VECTOR},
    {"absent", "v", VECTOR},
    {"absent_over_time", "r", VECTOR},
    {"acos", "v", VECTOR},
    {"acosh", "v", VECTOR},
    {"asin", "v", VECTOR},
    {"asinh", "v", VECTOR},
    {"atan", "v", VECTOR},
    {"atanh", "v", VECTOR},
    {"avg_over_time", "r", VECTOR},
    {"ceil", "v", VECTOR},
    {"changes", "r", VECTOR},
    {"clamp", "vss", VECTOR},
    {"clamp_max", "vs", VECTOR},
    {"clamp_min", "vs", VECTOR},
    {"cos", "v", VECTOR},
    {"cosh", "v", VECTOR},
    {"count_over_time", "r", VECTOR},
    {"day_of_month", "?v", VECTOR},
    {"day_of_week", "?v", VECTOR},
    {"day_of_year", "?v", VECTOR},
    {"days_in_month", "?v", VECTOR},
    {"deg", "v", VECTOR},
    {"delta", "r", VECTOR},
    {"deriv", "r", VECTOR},
    {"double_exponential_smoothing", "rss", VECTOR},
    {"exp", "v", VECTOR},
    {"first_over_time", "r", VECTOR},
    {"floor", "v", VECTOR},
    {"histogram_avg", "v", VECTOR},
    {"histogram_count", "v", VECTOR},
    {"histogram_fraction", "ssv", VECTOR},
    {"histogram_quantile", "sv", VECTOR},
    {"histogram_stddev", "v", VECTOR},
    {"histogram_stdvar", "v", VECTOR},
    {"histogram_sum", "v", VECTOR},
    {"holt_winters", "rss", VECTOR},
    {"hour", "?v", VECTOR},
    {"idelta", "r", VECTOR},
    {"increase", "r", VECTOR},
    {"info", "v?v", VECTOR},
    {"irate", "r", VECTOR},
    {"label_join", "vttt*", VECTOR},
    {"label_replace", "vtttt", VECTOR},
    {"last_over_time", "r", VECTOR},
    {"ln", "v", VECTOR},
    {"log10", "v", VECTOR},
    {"log2", "v", VECTOR},
    {"mad_over_time", "r", VECTOR},
    {"max_over_time", "r", VECTOR},
    {"min_over_time", "r", VECTOR},
    {"minute", "?v", VECTOR},
    {"month", "?v", VECTOR},
    {"pi", "", SCALAR},
    {"predict_linear", "rs", VECTOR},
    {"present_over_time", "r", VECTOR},
    {"quantile_over_time", "sr", VECTOR},
    {"rad", "v", VECTOR},
    {"rate", "r", VECTOR},
    {"resets", "r", VECTOR},
    {"round", "v?s", VECTOR},
    {"scalar", "v", SCALAR},
    {"sgn", "v", VECTOR},
    {"sin", "v", VECTOR},
    {"sinh", "v", VECTOR},
    {"sort", "v", VECTOR},
    {"sort_by_label", "vt*", VECTOR},
    {"sort_by_label_desc", "vt*", VECTOR},
    {"sort_desc", "v", VECTOR},
    {"sqrt", "v", VECTOR},
    {"stddev_over_time", "r", VECTOR},
    {"stdvar_over_time", "r", VECTOR},
    {"sum_over_time", "r", VECTOR},
    {"tan", "v", VECTOR},
    {"tanh", "v", VECTOR},
    {"time", "", SCALAR},
    {"timestamp", "v", VECTOR},
    {"ts_of_first_over_time", "r", VECTOR},
    {"ts_of_last_over_time", "r", VECTOR},
    {"ts_of_max_over_time", "r", VECTOR},
    {"ts_of_min_over_time", "r", VECTOR},
    {"vector", "s", VECTOR},
    {"year", "?v", VECTOR},
};

static const struct function aggregations[] = {
    {"avg", "v", VECTOR},   {"bottomk", "sv", VECTOR},  {"count", "v", VECTOR},        {"count_values", "tv", VECTOR},
    {"group", "v", VECTOR}, {"limitk", "sv", VECTOR},   {"limit_ratio", "sv", VECTOR}, {"max", "v", VECTOR},
    {"min", "v", VECTOR},   {"quantile", "sv", VECTOR}, {"stddev", "v", VECTOR},       {"stdvar", "v", VECTOR},
    {"sum", "v", VECTOR},   {"topk", "sv", VECTOR},
};

static enum type fail(struct reader *reader, const char *at, const char *format, ...) __attribute__((format(printf, 3, 4)));

static enum type fail(struct reader *reader, const char *at, const char *format, ...)
{
    va_list args;

    if (reader->failed)
        return NO_VALUE;
    reader->failed = true;
    reader->fault->at = at;
    va_start(args, format);
    vsnprintf(reader->fault->words, sizeof reader->fault->words, format, args);
    va_end(args);
    return NO_VALUE;
}

static void skip_space(struct reader *reader)
{
    for (;;) {
        reader->next += strspn(reader->next, " \t\r\n");
        if (*reader->next != '#')
            return;
        reader->next += strcspn(reader->next, "\n");
    }
}

static bool take(struct reader *reader, const char *sign)
{
    skip_space(reader);
    if (strncmp(reader->next, sign, strlen(sign)) != 0)
        return false;
    reader->next += strlen(sign);
    return true;
}

static bool expect(struct reader *reader, const char *sign, const char *open)
{
    if (take(reader, sign))
        return true;
    if (*reader->next)
        fail(reader, reader->next, "%s is expected before \"%.20s\"", sign, reader->next);
    else
        fail(reader, open, "%.1s is never closed", open);
    return false;
}

/* The length of a word at the reader: a name of a metric, function or label. */
static size_t word_length(const struct reader *reader)
{
    return strchr(LETTERS ":", *reader->next) && *reader->next ? strspn(reader->next, LETTERS DIGITS ":") : 0;
}

static bool take_word(struct reader *reader, const char *word)
{
    skip_space(reader);
    if (word_length(reader) != strlen(word) || !letters_same(reader->next, word, strlen(word)))
        return false;
    reader->next += strlen(word);
    return true;
}

static bool read_string(struct reader *reader)
{
    const char *begin = reader->next;
    char quote = *begin;

    for (reader->next++; *reader->next && *reader->next != quote; reader->next++) {
        if (*reader->next == '\n' && quote != '`')
            break;
        if (*reader->next == '\\' && quote != '`' && reader->next[1])
            reader->next++;
    }
    if (*reader->next != quote) {
        fail(reader, begin, "the quote %c is never closed", quote);
        return false;
    }
    reader->next++;
    return true;
}

/* A duration such as 5m or 1h30m; 0 letters when it is none. */
static size_t duration_length(const char *text)
{
    static const char *const units[] = {"ms", "y", "w", "d", "h", "m", "s"};
    size_t length = 0;

    for (;;) {
        size_t digits = strspn(text + length, DIGITS), i = 0;

        while (digits && i < sizeof units / sizeof *units && strncmp(text + length + digits, units[i], strlen(units[i])) != 0)
            i++;
        if (!digits || i == sizeof units / sizeof *units)
            return length && !strchr(LETTERS DIGITS, text[length]) ? length : text[length] ? 0 : length;
        length += digits + strlen(units[i]);
    }
}

static bool read_duration(struct reader *reader)
{
    const char *begin, *template_end;
    size_t length;

    skip_space(reader);
    begin = reader->next;
    /* Flagger fills in {{ interval }}. */
    template_end = !strncmp(begin, "{{", 2) ? strstr(begin, "}}") : NULL;
    if (template_end) {
        reader->next = template_end + 2;
        return true;
    }
    length = duration_length(begin);
    if (!length && strspn(begin, DIGITS) && !strchr(LETTERS, begin[strspn(begin, DIGITS)])) {
        fail(reader, begin, "the duration %.*s has no unit", (int)strspn(begin, DIGITS), begin);
        return false;
    }
    if (!length) {
        length = strcspn(begin, "]: \t)");
        fail(reader, begin, "\"%.*s\" is no duration, such as 5m or 1h30m", (int)(length < 30 ? length : 30), begin);
        return false;
    }
    reader->next = begin + length;
    return true;
}

static bool read_matcher(struct reader *reader)
{
    const char *begin = reader->next;
    size_t length;

    skip_space(reader);
    length = word_length(reader);
    if (*reader->next == '"' || *reader->next == '\'') {
        if (!read_string(reader))
            return false;
        skip_space(reader);
        if (*reader->next == ',' || *reader->next == '}')
            return true;
    } else if (length) {
        reader->next += length;
    } else {
        fail(reader, reader->next, "the name of a label is expected before \"%.20s\"", reader->next);
        return false;
    }
    if (take(reader, "==")) {
        fail(reader, begin, "labels are compared by = alone, not by ==");
        return false;
    }
    if (!take(reader, "=~") && !take(reader, "!~") && !take(reader, "!=") && !take(reader, "=")) {
        fail(reader, reader->next, "=, !=, =~ or !~ is expected behind the label");
        return false;
    }
    skip_space(reader);
    if (*reader->next != '"' && *reader->next != '\'' && *reader->next != '`') {
        fail(reader, reader->next, "the value of a label stands in quotes: \"%.20s\"", reader->next);
        return false;
    }
    return read_string(reader);
}

/* The matchers of a selector, whose { was taken. */
static bool read_matchers(struct reader *reader, const char *open)
{
    while (!reader->failed && !take(reader, "}")) {
        if (!*reader->next) {
            fail(reader, open, "{ is never closed");
            return false;
        }
        if (!read_matcher(reader))
            return false;
        if (!take(reader, ",") && *reader->next != '}') {
            fail(reader, *reader->next ? reader->next : open, *reader->next ? "a comma or } is expected here" : "{ is never closed");
            return false;
        }
    }
    return !reader->failed;
}

static enum type read_expression(struct reader *reader, int least);

/* Labels in brackets, behind by, without, on ... */
static bool read_labels(struct reader *reader)
{
    const char *open;

    skip_space(reader);
    open = reader->next;
    if (!take(reader, "(")) {
        fail(reader, open, "a list of labels in brackets is expected here");
        return false;
    }
    while (!take(reader, ")")) {
        size_t length = word_length(reader);

        if (!length) {
            fail(reader, *reader->next ? reader->next : open, *reader->next ? "the name of a label is expected here" : "( is never closed");
            return false;
        }
        reader->next += length;
        if (!take(reader, ",") && *reader->next != ')') {
            fail(reader, *reader->next ? reader->next : open, *reader->next ? "a comma or ) is expected here" : "( is never closed");
            return false;
        }
    }
    return true;
}

static const char *type_words(enum type type)
{
    return type == SCALAR ? "a number" : type == VECTOR ? "series" : type == RANGE ? "series over a time, such as [5m]" : "a text";
}

static enum type type_of_letter(char letter)
{
    return letter == 'v' ? VECTOR : letter == 'r' ? RANGE : letter == 's' ? SCALAR : STRING;
}

static enum type read_arguments(struct reader *reader, const struct function *function, const char *open)
{
    const char *wanted = function->arguments;
    bool optional = false;

    while (!take(reader, ")")) {
        const char *begin = reader->next;
        enum type type = read_expression(reader, 0);

        if (reader->failed)
            return NO_VALUE;
        optional |= *wanted == '?';
        wanted += *wanted == '?';
        if (!*wanted)
            return fail(reader, begin, "%s takes fewer arguments", function->name);
        if (*wanted == '*')
            wanted--;
        if (type != type_of_letter(*wanted))
            return fail(reader, begin, "%s wants %s here, not %s", function->name, type_words(type_of_letter(*wanted)), type_words(type));
        wanted++;
        if (!take(reader, ",") && !(*reader->next == ')')) {
            expect(reader, ")", open);
            return NO_VALUE;
        }
    }
    if (*wanted && *wanted != '?' && *wanted != '*' && !optional && wanted[1] != '*')
        return fail(reader, reader->next, "%s lacks an argument: %s", function->name, type_words(type_of_letter(*wanted)));
    return function->result;
}

static const struct function *find_function(const struct function *list, size_t n_list, const char *name, size_t length)
{
    for (size_t i = 0; i < n_list; i++)
        if (strlen(list[i].name) == length && letters_same(name, list[i].name, length))
            return &list[i];
    return NULL;
}

#define FIND_FUNCTION(list, name, length) find_function(list, sizeof(list) / sizeof *(list), name, length)

static enum type read_aggregation(struct reader *reader, const struct function *function)
{
    const char *open;
    enum type type;
    bool grouped = take_word(reader, "by") || take_word(reader, "without");

    if (grouped && !read_labels(reader))
        return NO_VALUE;
    skip_space(reader);
    open = reader->next;
    if (!take(reader, "("))
        return fail(reader, open, "( is expected behind %s", function->name);
    type = read_arguments(reader, function, open);
    if (!grouped && type && (take_word(reader, "by") || take_word(reader, "without")) && !read_labels(reader))
        return NO_VALUE;
    return type;
}

static enum type unknown_function(struct reader *reader, const char *name, size_t length)
{
    char word[64];
    struct suggestion suggestion;

    snprintf(word, sizeof word, "%.*s", (int)(length < 60 ? length : 60), name);
    suggestion = suggest_for(word);
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        suggest_try(&suggestion, functions[i].name);
    for (size_t i = 0; i < sizeof aggregations / sizeof *aggregations; i++)
        suggest_try(&suggestion, aggregations[i].name);
    return fail(reader, name, "there is no function %s%s%s", word, suggestion.nearest ? "; did you mean " : "",
                suggestion.nearest ? suggestion.nearest : "");
}

/* A word: a function, an aggregation, or the name of a metric. */
static enum type read_word(struct reader *reader)
{
    const char *name = reader->next, *open;
    size_t length = word_length(reader);
    const struct function *function = FIND_FUNCTION(functions, name, length), *aggregation = FIND_FUNCTION(aggregations, name, length);

    reader->next += length;
    if ((length == 3 && (letters_same(name, "inf", 3) || letters_same(name, "nan", 3))))
        return SCALAR;
    skip_space(reader);
    open = reader->next;
    if (aggregation && (*open == '(' || letters_same(open, "by", 2) || letters_same(open, "without", 7)))
        return read_aggregation(reader, aggregation);
    if (take(reader, "("))
        return function ? read_arguments(reader, function, open) : unknown_function(reader, name, length);
    if (take(reader, "{") && !read_matchers(reader, open))
        return NO_VALUE;
    return VECTOR;
}

/* Behind a number; strtod() is not used, because its decimal point depends on the locale. */
static const char *behind_number(const char *text)
{
    const char *end = text;

    if (!strncmp(text, "0x", 2))
        return text + 2 + strspn(text + 2, DIGITS "abcdefABCDEF");
    end += strspn(end, DIGITS "_");
    end += *end == '.' ? 1 + strspn(end + 1, DIGITS) : 0;
    if (*end == 'e' || *end == 'E') {
        const char *exponent = end + 1 + (end[1] == '-' || end[1] == '+');

        end = strspn(exponent, DIGITS) ? exponent + strspn(exponent, DIGITS) : end;
    }
    return end;
}

static enum type read_number(struct reader *reader)
{
    const char *begin = reader->next;
    size_t length = duration_length(begin);

    reader->next = length ? begin + length : behind_number(begin);
    if (*reader->next && strchr(LETTERS, *reader->next))
        return fail(reader, begin, "\"%.20s\" is neither a number nor a duration", begin);
    return SCALAR;
}

static enum type read_primary(struct reader *reader)
{
    const char *open;
    enum type type;

    skip_space(reader);
    open = reader->next;
    if (take(reader, "(")) {
        type = read_expression(reader, 0);
        return type && expect(reader, ")", open) ? type : NO_VALUE;
    }
    if (*open == '"' || *open == '\'' || *open == '`')
        return read_string(reader) ? STRING : NO_VALUE;
    if (take(reader, "{")) {
        if (take(reader, "}"))
            return fail(reader, open, "{} selects everything, which Prometheus refuses");
        return read_matchers(reader, open) ? VECTOR : NO_VALUE;
    }
    if (strchr(DIGITS ".", *open) && *open)
        return read_number(reader);
    if (word_length(reader))
        return read_word(reader);
    if (*open == '$')
        return fail(reader, open, "\"%.20s\" is a variable of Grafana, which Prometheus does not know", open);
    return *open ? fail(reader, open, "a value is expected before \"%.20s\"", open) : fail(reader, open, "a value is missing at the end");
}

/* The ranges and modifiers that may follow a value: [5m], offset 5m, @ 1609746000. */
static enum type read_suffixes(struct reader *reader, enum type type)
{
    while (type) {
        bool is_result = reader->next[-1] == ')';
        const char *open;

        skip_space(reader);
        open = reader->next;
        if (take(reader, "[")) {
            if (type != VECTOR)
                return fail(reader, open, "only series have a time in square brackets");
            if (!read_duration(reader))
                return NO_VALUE;
            if (take(reader, ":")) {
                skip_space(reader);
                if (*reader->next != ']' && !read_duration(reader))
                    return NO_VALUE;
            } else if (is_result) {
                return fail(reader, open, "of a result a time in square brackets needs a colon, such as [5m:]");
            }
            if (!expect(reader, "]", open))
                return NO_VALUE;
            type = RANGE;
        } else if (take_word(reader, "offset")) {
            take(reader, "-");
            if (!read_duration(reader))
                return NO_VALUE;
        } else if (take(reader, "@")) {
            take(reader, "-");
            if (!take_word(reader, "start") && !take_word(reader, "end")) {
                if (!read_number(reader))
                    return NO_VALUE;
            } else if (!take(reader, "(") || !take(reader, ")")) {
                return fail(reader, reader->next, "() is expected here");
            }
        } else {
            return type;
        }
    }
    return type;
}

static enum type read_unary(struct reader *reader)
{
    enum type type;

    if (++reader->depth > DEEPEST)
        return fail(reader, reader->next, "it nests too deep");
    if (take(reader, "-") || take(reader, "+"))
        type = read_unary(reader);
    else
        type = read_suffixes(reader, read_primary(reader));
    reader->depth--;
    return type;
}

static const struct binary {
    const char *sign;
    int precedence;
    enum { ARITHMETIC, COMPARISON, SET } kind;
} operators[] = {{"or", 1, SET},        {"unless", 2, SET},    {"and", 2, SET},          {"==", 3, COMPARISON},
                 {"!=", 3, COMPARISON}, {">=", 3, COMPARISON}, {"<=", 3, COMPARISON},    {">", 3, COMPARISON},
                 {"<", 3, COMPARISON},  {"+", 4, ARITHMETIC},  {"-", 4, ARITHMETIC},     {"*", 5, ARITHMETIC},
                 {"/", 5, ARITHMETIC},  {"%", 5, ARITHMETIC},  {"atan2", 5, ARITHMETIC}, {"^", 6, ARITHMETIC}};

static const struct binary *next_operator(struct reader *reader)
{
    skip_space(reader);
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        const char *sign = operators[i].sign;

        if (strchr(LETTERS, *sign) ? word_length(reader) == strlen(sign) && letters_same(reader->next, sign, strlen(sign))
                                   : !strncmp(reader->next, sign, strlen(sign)))
            return &operators[i];
    }
    return NULL;
}

/* bool, on(...), group_left(...) behind an operator. */
static bool read_modifiers(struct reader *reader, bool *ret_bool)
{
    *ret_bool = take_word(reader, "bool");
    if (take_word(reader, "on") || take_word(reader, "ignoring")) {
        if (!read_labels(reader))
            return false;
        if (take_word(reader, "group_left") || take_word(reader, "group_right")) {
            skip_space(reader);
            return *reader->next != '(' || read_labels(reader);
        }
    }
    return true;
}

static enum type combine(struct reader *reader, const struct binary *op, const char *at, enum type left, enum type right, bool has_bool)
{
    if (left == RANGE || left == STRING || right == RANGE || right == STRING)
        return fail(reader, at, "%s takes numbers and series, not %s", op->sign,
                    type_words(left == RANGE || left == STRING ? left : right));
    if (op->kind == SET && (left == SCALAR || right == SCALAR))
        return fail(reader, at, "%s takes series, not a number", op->sign);
    if (op->kind == COMPARISON && left == SCALAR && right == SCALAR && !has_bool)
        return fail(reader, at, "two numbers are compared by %s bool", op->sign);
    return left == SCALAR && right == SCALAR ? SCALAR : VECTOR;
}

static enum type read_expression(struct reader *reader, int least)
{
    enum type left = read_unary(reader);

    while (left) {
        const struct binary *op = next_operator(reader);
        const char *at = reader->next;
        bool has_bool;
        enum type right;

        if (!op || op->precedence < least)
            return left;
        reader->next += strlen(op->sign);
        if (*op->sign == '=' && *reader->next == '=')
            return fail(reader, at, "=== is no operator");
        if (!read_modifiers(reader, &has_bool))
            return NO_VALUE;
        /* ^ binds to the right. */
        right = read_expression(reader, op->precedence + (*op->sign != '^'));
        left = right ? combine(reader, op, at, left, right, has_bool) : NO_VALUE;
    }
    return left;
}

bool promql_is_valid(const char *query, struct promql_fault *ret_fault)
{
    struct reader reader = {.next = query, .fault = ret_fault};
    enum type type = read_expression(&reader, 0);

    if (!type)
        return false;
    skip_space(&reader);
    if (*reader.next == ')' || *reader.next == ']' || *reader.next == '}')
        fail(&reader, reader.next, "%.1s closes nothing", reader.next);
    else if (*reader.next == '=')
        fail(&reader, reader.next, "values are compared by ==, not by =");
    else if (*reader.next)
        fail(&reader, reader.next, "an operator is expected before \"%.20s\"", reader.next);
    else if (type == RANGE)
        fail(&reader, query, "it gives series over a time, not one number: use rate() or another function");
    else if (type == STRING)
        fail(&reader, query, "it gives a text, not a number");
    return !reader.failed;
}
