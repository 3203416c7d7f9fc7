#include "scalar.h"

#include "among.h"

#define WORD(text, ...) {text, sizeof(text) - 1, __VA_ARGS__}

/* In small or capital letters. */
static const struct word {
    const char *text;
    size_t length;
    enum scalar_type type;
    bool truth;
} words[] = {
    WORD("true", SCALAR_BOOL, true), WORD("false", SCALAR_BOOL, false), WORD("yes", SCALAR_BOOL, true), WORD("no", SCALAR_BOOL, false),
    WORD("on", SCALAR_BOOL, true),   WORD("off", SCALAR_BOOL, false),   WORD("y", SCALAR_BOOL, true),   WORD("n", SCALAR_BOOL, false),
    WORD("null", SCALAR_NULL),       WORD("~", SCALAR_NULL),            WORD("", SCALAR_NULL),
};

static const char *const float_words[] = {".inf", ".nan"};

static const struct word *word_of(const char *text, size_t length)
{
    for (size_t i = 0; length <= LONGEST_WORD && i < sizeof words / sizeof *words; i++)
        if (words[i].length == length && (!length || *words[i].text == letter_lower(*text)) && letters_same(text, words[i].text, length))
            return &words[i];
    return NULL;
}

static size_t span(const char *text, const char *set)
{
    return strspn(text, set);
}

/* Digits with underscores, of which at least one is a digit. */
static size_t digits(const char *p)
{
    return letter_is_digit(*p) ? span(p, "0123456789_") : 0;
}

static bool is_date(const char *p)
{
    size_t year = span(p, "0123456789"), month, day;

    if (year != 4 || p[year] != '-')
        return false;
    p += year + 1;
    month = span(p, "0123456789");
    if (month < 1 || month > 2 || p[month] != '-')
        return false;
    p += month + 1;
    day = span(p, "0123456789");
    return day >= 1 && day <= 2 && (!p[day] || strchr("Tt \t", p[day]));
}

static bool is_base_60(const char *p)
{
    size_t n = digits(p);

    if (!n || p[n] != ':')
        return false;
    for (p += n; *p == ':'; p += n) {
        p++;
        n = span(p, "0123456789");
        if (n < 1 || n > 2 || (n == 2 && *p > '5'))
            return false;
    }
    return !*p || (*p == '.' && !p[1 + span(p + 1, "0123456789_")]);
}

static bool is_prefixed(const char *p)
{
    static const char *const sets[] = {"xX0123456789abcdefABCDEF_", "oO01234567_", "bB01_"};

    for (size_t i = 0; *p == '0' && i < 3; i++)
        if ((p[1] == sets[i][0] || p[1] == sets[i][1]) && p[2] && !p[2 + span(p + 2, sets[i] + 2)])
            return true;
    return false;
}

static enum scalar_type number_type(const char *text)
{
    bool sign = *text == '+' || *text == '-';
    const char *p = text + sign;
    size_t whole = digits(p), fraction = 0;
    bool plain = *text != '+' && whole && !memchr(p, '_', whole) && (*p != '0' || whole == 1);
    bool dot = p[whole] == '.';

    if (IS_AMONG_ANY_CASE(p, strlen(p), float_words))
        return SCALAR_ODD_NUMBER;
    if (is_date(text))
        return SCALAR_DATE;
    if (is_base_60(p))
        return SCALAR_BASE_60;
    if (is_prefixed(p))
        return SCALAR_ODD_NUMBER;
    if (whole && !p[whole])
        return plain && strcmp(text, "-0") ? SCALAR_NUMBER : SCALAR_ODD_NUMBER;
    p += whole;
    if (dot) {
        fraction = span(++p, "0123456789_");
        if (!whole && (!fraction || *p == '_'))
            return SCALAR_STRING;
        plain = plain && fraction && p[fraction - 1] != '0' && !memchr(p, '_', fraction);
        p += fraction;
    }
    if (!whole && !fraction)
        return SCALAR_STRING;
    if (!*p)
        return plain ? SCALAR_NUMBER : SCALAR_ODD_NUMBER;
    if (*p != 'e' && *p != 'E')
        return SCALAR_STRING;
    p++;
    p += *p == '+' || *p == '-';
    return digits(p) && !p[digits(p)] ? SCALAR_ODD_NUMBER : SCALAR_STRING;
}

enum scalar_type scalar_type(const char *text, size_t length)
{
    const struct word *word;

    switch (length ? *text : '\0') {
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
    case '+':
    case '-':
    case '.':
        return number_type(text);
    case '=':
        return length == 1 ? SCALAR_SPECIAL : SCALAR_STRING;
    case '<':
        return !strcmp(text, "<<") ? SCALAR_SPECIAL : SCALAR_STRING;
    default:
        word = word_of(text, length);
        return word ? word->type : SCALAR_STRING;
    }
}

bool scalar_truth(const char *text)
{
    const struct word *word = word_of(text, strlen(text));

    return word && word->truth;
}
