/*
 * A reader of PromQL: matchers, functions with their arguments, operators, and the types of values. It goes through the text once, as a
 * recursive descent. (Prometheus: promql/parser)
 */
#include "promql_read.h"

#include "among.h"
#include "letter.h"
#include "promql_words.h"

#include <stdio.h>
#include <string.h>

enum { DEEPEST = 100 };

static bool read_matcher(struct promql_reader *reader)
{
    const char *begin = reader->next;
    size_t length;

    promql_skip_space(reader);
    length = promql_word_length(reader);
    if (*reader->next == '"' || *reader->next == '\'') {
        if (!promql_read_string(reader))
            return false;
        promql_skip_space(reader);
        if (*reader->next == ',' || *reader->next == '}')
            return true;
    } else if (length) {
        reader->next += length;
    } else {
        promql_fail(reader, reader->next, "the name of a label is expected before \"%.20s\"", reader->next);
        return false;
    }
    if (promql_take(reader, "==")) {
        promql_fail(reader, begin, "labels are compared by = alone, not by ==");
        return false;
    }
    if (!promql_take(reader, "=~") && !promql_take(reader, "!~") && !promql_take(reader, "!=") && !promql_take(reader, "=")) {
        promql_fail(reader, reader->next, "=, !=, =~ or !~ is expected behind the label");
        return false;
    }
    promql_skip_space(reader);
    if (*reader->next != '"' && *reader->next != '\'' && *reader->next != '`') {
        promql_fail(reader, reader->next, "the value of a label stands in quotes: \"%.20s\"", reader->next);
        return false;
    }
    return promql_read_string(reader);
}

/* The matchers of a selector, whose { was taken. */
static bool read_matchers(struct promql_reader *reader, const char *open)
{
    while (!reader->failed && !promql_take(reader, "}")) {
        if (!*reader->next) {
            promql_fail(reader, open, "{ is never closed");
            return false;
        }
        if (!read_matcher(reader))
            return false;
        if (!promql_take(reader, ",") && *reader->next != '}') {
            promql_fail(reader, *reader->next ? reader->next : open, *reader->next ? "a comma or } is expected here" : "{ is never closed");
            return false;
        }
    }
    return !reader->failed;
}

static enum promql_type read_expression(struct promql_reader *reader, int least);

/* Labels in brackets, behind by, without, on ... */
static bool read_labels(struct promql_reader *reader)
{
    const char *open;

    promql_skip_space(reader);
    open = reader->next;
    if (!promql_take(reader, "(")) {
        promql_fail(reader, open, "a list of labels in brackets is expected here");
        return false;
    }
    while (!promql_take(reader, ")")) {
        size_t length = promql_word_length(reader);

        if (!length) {
            promql_fail(reader, *reader->next ? reader->next : open,
                        *reader->next ? "the name of a label is expected here" : "( is never closed");
            return false;
        }
        reader->next += length;
        if (!promql_take(reader, ",") && *reader->next != ')') {
            promql_fail(reader, *reader->next ? reader->next : open, *reader->next ? "a comma or ) is expected here" : "( is never closed");
            return false;
        }
    }
    return true;
}

static const char *type_words(enum promql_type type)
{
    static const char *const words[] = {
        [PROMQL_NOTHING] = "nothing", [PROMQL_SCALAR] = "a number",  [PROMQL_VECTOR] = "series",
        [PROMQL_RANGE] = "series over a time, such as [5m]", [PROMQL_STRING] = "a text",
    };

    return words[type];
}

static enum promql_type type_of_letter(char letter)
{
    return letter == 'v' ? PROMQL_VECTOR : letter == 'r' ? PROMQL_RANGE : letter == 's' ? PROMQL_SCALAR : PROMQL_STRING;
}

static enum promql_type read_arguments(struct promql_reader *reader, const struct promql_function *function, const char *open)
{
    const char *wanted = function->arguments;
    bool optional = false;

    while (!promql_take(reader, ")")) {
        const char *begin = reader->next;
        enum promql_type type = read_expression(reader, 0);

        if (reader->failed)
            return PROMQL_NOTHING;
        optional |= *wanted == '?';
        wanted += *wanted == '?';
        if (!*wanted)
            return promql_fail(reader, begin, "%s takes fewer arguments", function->name);
        if (*wanted == '*')
            wanted--;
        if (type != type_of_letter(*wanted))
            return promql_fail(reader, begin, "%s wants %s here, not %s", function->name, type_words(type_of_letter(*wanted)),
                               type_words(type));
        wanted++;
        if (!promql_take(reader, ",") && !(*reader->next == ')')) {
            promql_expect(reader, ")", open);
            return PROMQL_NOTHING;
        }
    }
    if (*wanted && *wanted != '?' && *wanted != '*' && !optional && wanted[1] != '*')
        return promql_fail(reader, reader->next, "%s lacks an argument: %s", function->name, type_words(type_of_letter(*wanted)));
    return function->result;
}

static enum promql_type read_aggregation(struct promql_reader *reader, const struct promql_function *function)
{
    const char *open;
    enum promql_type type;
    bool grouped = promql_take_word(reader, "by") || promql_take_word(reader, "without");

    if (grouped && !read_labels(reader))
        return PROMQL_NOTHING;
    promql_skip_space(reader);
    open = reader->next;
    if (!promql_take(reader, "("))
        return promql_fail(reader, open, "( is expected behind %s", function->name);
    type = read_arguments(reader, function, open);
    if (!grouped && type && (promql_take_word(reader, "by") || promql_take_word(reader, "without")) && !read_labels(reader))
        return PROMQL_NOTHING;
    return type;
}

static enum promql_type unknown_function(struct promql_reader *reader, const char *name, size_t length)
{
    const char *nearest;
    char word[64];

    snprintf(word, sizeof word, "%.*s", (int)(length < 60 ? length : 60), name);
    nearest = promql_nearest(word);
    return promql_fail(reader, name, "there is no function %s%s%s", word, nearest ? "; did you mean " : "", text_or(nearest, ""));
}

/* A word: a function, an aggregation, or the name of a metric. */
static enum promql_type read_word(struct promql_reader *reader)
{
    const char *name = reader->next, *open;
    size_t length = promql_word_length(reader);
    const struct promql_function *function = promql_function(name, length), *aggregation = promql_aggregation(name, length);

    reader->next += length;
    if ((length == 3 && (letters_same(name, "inf", 3) || letters_same(name, "nan", 3))))
        return PROMQL_SCALAR;
    promql_skip_space(reader);
    open = reader->next;
    if (aggregation && (*open == '(' || letters_same(open, "by", 2) || letters_same(open, "without", 7)))
        return read_aggregation(reader, aggregation);
    if (promql_take(reader, "("))
        return function ? read_arguments(reader, function, open) : unknown_function(reader, name, length);
    if (promql_take(reader, "{") && !read_matchers(reader, open))
        return PROMQL_NOTHING;
    return PROMQL_VECTOR;
}

static enum promql_type read_number(struct promql_reader *reader)
{
    const char *begin = reader->next;
    size_t length = promql_duration_length(begin);

    reader->next = length ? begin + length : promql_behind_number(begin);
    if (*reader->next && strchr(LETTERS, *reader->next))
        return promql_fail(reader, begin, "\"%.20s\" is neither a number nor a duration", begin);
    return PROMQL_SCALAR;
}

static enum promql_type read_primary(struct promql_reader *reader)
{
    const char *open;
    enum promql_type type;

    promql_skip_space(reader);
    open = reader->next;
    if (promql_take(reader, "(")) {
        type = read_expression(reader, 0);
        return type && promql_expect(reader, ")", open) ? type : PROMQL_NOTHING;
    }
    if (*open == '"' || *open == '\'' || *open == '`')
        return promql_read_string(reader) ? PROMQL_STRING : PROMQL_NOTHING;
    if (promql_take(reader, "{")) {
        if (promql_take(reader, "}"))
            return promql_fail(reader, open, "{} selects everything, which Prometheus refuses");
        return read_matchers(reader, open) ? PROMQL_VECTOR : PROMQL_NOTHING;
    }
    if (strchr(DIGITS ".", *open) && *open)
        return read_number(reader);
    if (promql_word_length(reader))
        return read_word(reader);
    if (*open == '$')
        return promql_fail(reader, open, "\"%.20s\" is a variable of Grafana, which Prometheus does not know", open);
    if (!*open)
        return promql_fail(reader, open, "a value is missing at the end");
    return promql_fail(reader, open, "a value is expected before \"%.20s\"", open);
}

/* The ranges and modifiers that may follow a value: [5m], offset 5m, @ 1609746000. */
static enum promql_type read_suffixes(struct promql_reader *reader, enum promql_type type)
{
    while (type) {
        bool is_result = reader->next[-1] == ')';
        const char *open;

        promql_skip_space(reader);
        open = reader->next;
        if (promql_take(reader, "[")) {
            if (type != PROMQL_VECTOR)
                return promql_fail(reader, open, "only series have a time in square brackets");
            if (!promql_read_duration(reader))
                return PROMQL_NOTHING;
            if (promql_take(reader, ":")) {
                promql_skip_space(reader);
                if (*reader->next != ']' && !promql_read_duration(reader))
                    return PROMQL_NOTHING;
            } else if (is_result) {
                return promql_fail(reader, open, "of a result a time in square brackets needs a colon, such as [5m:]");
            }
            if (!promql_expect(reader, "]", open))
                return PROMQL_NOTHING;
            type = PROMQL_RANGE;
        } else if (promql_take_word(reader, "offset")) {
            promql_take(reader, "-");
            if (!promql_read_duration(reader))
                return PROMQL_NOTHING;
        } else if (promql_take(reader, "@")) {
            promql_take(reader, "-");
            if (!promql_take_word(reader, "start") && !promql_take_word(reader, "end")) {
                if (!read_number(reader))
                    return PROMQL_NOTHING;
            } else if (!promql_take(reader, "(") || !promql_take(reader, ")")) {
                return promql_fail(reader, reader->next, "() is expected here");
            }
        } else {
            return type;
        }
    }
    return type;
}

static enum promql_type read_unary(struct promql_reader *reader)
{
    enum promql_type type;

    if (++reader->depth > DEEPEST)
        return promql_fail(reader, reader->next, "it nests too deep");
    if (promql_take(reader, "-") || promql_take(reader, "+"))
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

static const struct binary *next_operator(struct promql_reader *reader)
{
    promql_skip_space(reader);
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        const char *sign = operators[i].sign;

        if (strchr(LETTERS, *sign) ? promql_word_length(reader) == strlen(sign) && letters_same(reader->next, sign, strlen(sign))
                                   : !strncmp(reader->next, sign, strlen(sign)))
            return &operators[i];
    }
    return NULL;
}

/* bool, on(...), group_left(...) behind an operator. */
static bool read_modifiers(struct promql_reader *reader, bool *ret_bool)
{
    *ret_bool = promql_take_word(reader, "bool");
    if (promql_take_word(reader, "on") || promql_take_word(reader, "ignoring")) {
        if (!read_labels(reader))
            return false;
        if (promql_take_word(reader, "group_left") || promql_take_word(reader, "group_right")) {
            promql_skip_space(reader);
            return *reader->next != '(' || read_labels(reader);
        }
    }
    return true;
}

static enum promql_type combine(struct promql_reader *reader, const struct binary *op, const char *at, enum promql_type left,
                                enum promql_type right, bool has_bool)
{
    if (left == PROMQL_RANGE || left == PROMQL_STRING || right == PROMQL_RANGE || right == PROMQL_STRING)
        return promql_fail(reader, at, "%s takes numbers and series, not %s", op->sign,
                           type_words(left == PROMQL_RANGE || left == PROMQL_STRING ? left : right));
    if (op->kind == SET && (left == PROMQL_SCALAR || right == PROMQL_SCALAR))
        return promql_fail(reader, at, "%s takes series, not a number", op->sign);
    if (op->kind == COMPARISON && left == PROMQL_SCALAR && right == PROMQL_SCALAR && !has_bool)
        return promql_fail(reader, at, "two numbers are compared by %s bool", op->sign);
    return left == PROMQL_SCALAR && right == PROMQL_SCALAR ? PROMQL_SCALAR : PROMQL_VECTOR;
}

static enum promql_type read_expression(struct promql_reader *reader, int least)
{
    enum promql_type left = read_unary(reader);

    while (left) {
        const struct binary *op = next_operator(reader);
        const char *at = reader->next;
        bool has_bool;
        enum promql_type right;

        if (!op || op->precedence < least)
            return left;
        reader->next += strlen(op->sign);
        if (*op->sign == '=' && *reader->next == '=')
            return promql_fail(reader, at, "=== is no operator");
        if (!read_modifiers(reader, &has_bool))
            return PROMQL_NOTHING;
        /* ^ binds to the right. */
        right = read_expression(reader, op->precedence + (*op->sign != '^'));
        left = right ? combine(reader, op, at, left, right, has_bool) : PROMQL_NOTHING;
    }
    return left;
}

bool promql_is_valid(const char *query, struct promql_fault *ret_fault)
{
    struct promql_reader reader = {.next = query, .fault = ret_fault};
    enum promql_type type = read_expression(&reader, 0);

    if (!type)
        return false;
    promql_skip_space(&reader);
    if (*reader.next == ')' || *reader.next == ']' || *reader.next == '}')
        promql_fail(&reader, reader.next, "%.1s closes nothing", reader.next);
    else if (*reader.next == '=')
        promql_fail(&reader, reader.next, "values are compared by ==, not by =");
    else if (*reader.next)
        promql_fail(&reader, reader.next, "an operator is expected before \"%.20s\"", reader.next);
    else if (type == PROMQL_RANGE)
        promql_fail(&reader, query, "it gives series over a time, not one number: use rate() or another function");
    else if (type == PROMQL_STRING)
        promql_fail(&reader, query, "it gives a text, not a number");
    return !reader.failed;
}
