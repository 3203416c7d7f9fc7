#include "scalar.h"

#include "among.h"

/* In small or capital letters; those of one length together. */
static const struct word {
    const char *text;
    enum scalar_type type;
    bool truth;
} words[] = {
    {"", SCALAR_NULL},
    {"~", SCALAR_NULL}, {"y", SCALAR_BOOL, true}, {"n", SCALAR_BOOL, false},
    {"no", SCALAR_BOOL, false}, {"on", SCALAR_BOOL, true},
    {"off", SCALAR_BOOL, false}, {"yes", SCALAR_BOOL, true},
    {"null", SCALAR_NULL}, {"true", SCALAR_BOOL, true},
    {"false", SCALAR_BOOL, false},
};

/* Where those of a length begin. */
static const unsigned char words_of_length[LONGEST_WORD + 2] = {0, 1, 4, 6, 8, 10, sizeof words / sizeof *words};

static const char *const float_words[] = {".inf", ".nan"};

static const struct word *word_of(const char *text, size_t length)
{
    if (length > LONGEST_WORD)
        return NULL;
    for (size_t i = words_of_length[length]; i < words_of_length[length + 1]; i++)
        if (letters_same(text, words[i].text, length))
            return &words[i];
    return NULL;
}

/* How many digits and underscores stand here. */
static size_t among_underscores(const char *p)
{
    size_t n = 0;

    while (letter_is_digit(p[n]) || p[n] == '_')
        n++;
    return n;
}

/* Digits with underscores, which begin with a digit. */
static size_t digits(const char *p)
{
    return letter_is_digit(*p) ? among_underscores(p) : 0;
}

static bool is_date(const char *p)
{
    size_t year = letter_digits(p), month, day;

    if (year != 4 || p[year] != '-')
        return false;
    p += year + 1;
    month = letter_digits(p);
    if (month < 1 || month > 2 || p[month] != '-')
        return false;
    p += month + 1;
    day = letter_digits(p);
    return day >= 1 && day <= 2 && (!p[day] || strchr("Tt \t", p[day]));
}

static bool is_base_60(const char *p)
{
    size_t n = digits(p);

    if (!n || p[n] != ':')
        return false;
    for (p += n; *p == ':'; p += n) {
        p++;
        n = letter_digits(p);
        if (n < 1 || n > 2 || (n == 2 && *p > '5'))
            return false;
    }
    return !*p || (*p == '.' && !p[1 + among_underscores(p + 1)]);
}

static bool is_prefixed(const char *p)
{
    static const char *const sets[] = {"xX0123456789abcdefABCDEF_", "oO01234567_", "bB01_"};

    for (size_t i = 0; *p == '0' && i < 3; i++)
        if ((p[1] == sets[i][0] || p[1] == sets[i][1]) && p[2] && !p[2 + strspn(p + 2, sets[i] + 2)])
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
        fraction = among_underscores(++p);
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
