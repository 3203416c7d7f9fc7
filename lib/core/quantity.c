#include "quantity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__extension__ typedef __int128 wide;

#define NANO ((wide)1000000000)
#define MOST ((wide)INT64_MAX * NANO)

struct suffix {
    const char *text;
    int ten; /* exponent of 10, or */
    int two; /* exponent of 2 */
};

static const struct suffix suffixes[] = {
    {"n", -9, 0}, {"u", -6, 0}, {"m", -3, 0},  {"", 0, 0},    {"k", 3, 0},   {"M", 6, 0},   {"G", 9, 0},   {"T", 12, 0},
    {"P", 15, 0}, {"E", 18, 0}, {"Ki", 0, 10}, {"Mi", 0, 20}, {"Gi", 0, 30}, {"Ti", 0, 40}, {"Pi", 0, 50}, {"Ei", 0, 60},
};

struct parts {
    const char *whole, *fraction, *suffix;
    size_t n_whole, n_fraction;
    bool negative;
};

static struct parts split(const char *text)
{
    struct parts parts = {.negative = *text == '-'};

    text += *text == '-' || *text == '+';
    parts.whole = text;
    parts.n_whole = strspn(text, "0123456789");
    text += parts.n_whole;
    if (*text == '.') {
        parts.fraction = ++text;
        parts.n_fraction = strspn(text, "0123456789");
        text += parts.n_fraction;
    }
    parts.suffix = text;
    return parts;
}

static bool read_suffix(const char *text, struct suffix *suffix)
{
    char *end;
    long exponent;

    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (!strcmp(text, suffixes[i].text)) {
            *suffix = suffixes[i];
            return true;
        }
    if ((*text != 'e' && *text != 'E') || !text[1] || !strchr("+-0123456789", text[1]))
        return false;
    exponent = strtol(text + 1, &end, 10);
    /* Further out, every amount is the greatest or the least there is. */
    exponent = exponent > 99 ? 99 : exponent < -99 ? -99 : exponent;
    *suffix = (struct suffix){text, (int)exponent, 0};
    return !*end;
}

bool quantity_is_valid(const char *text)
{
    struct parts parts = split(text);
    struct suffix suffix;

    return parts.n_whole + parts.n_fraction > 0 && read_suffix(parts.suffix, &suffix);
}

/* number * 10^ten, rounded up; what is greater than MOST need not be exact */
static wide scale(wide number, int ten)
{
    for (; ten > 0 && number < MOST; ten--)
        number *= 10;
    for (; ten < 0; ten++)
        number = number / 10 + (number % 10 != 0);
    return number;
}

/* All digits as one number, of which `*ten` is the exponent; digits from `most` on only count for rounding up. */
static wide read_digits(const struct parts *parts, wide most, int *ten)
{
    wide number = 0;
    bool inexact = false;

    for (size_t i = 0; i < parts->n_whole + parts->n_fraction; i++) {
        char digit = i < parts->n_whole ? parts->whole[i] : parts->fraction[i - parts->n_whole];

        if (number < most) {
            number = number * 10 + (digit - '0');
            *ten -= i >= parts->n_whole;
        } else {
            inexact |= digit != '0';
            *ten += i < parts->n_whole;
        }
    }
    return number + inexact;
}

struct quantity quantity_of(const char *text)
{
    struct parts parts = split(text);
    struct quantity quantity = {.suffix = QUANTITY_DECIMAL};
    struct suffix suffix = {"", 0, 0};
    int ten = 9;

    read_suffix(parts.suffix, &suffix);
    if (suffix.two) {
        quantity.suffix = QUANTITY_BINARY;
        /* As many digits as fit with 60 bits behind them. */
        quantity.nano = read_digits(&parts, INT64_MAX, &ten) << suffix.two;
    } else {
        quantity.nano = read_digits(&parts, MOST, &ten);
        ten += suffix.ten;
        if (*parts.suffix == 'e' || (*parts.suffix == 'E' && parts.suffix[1]))
            quantity.suffix = QUANTITY_EXPONENT;
    }
    quantity.nano = scale(quantity.nano, ten);
    if (quantity.nano > MOST)
        quantity.nano = MOST;
    if (parts.negative)
        quantity.nano = -quantity.nano;
    return quantity;
}

int quantity_compare(const char *a, const char *b)
{
    wide x = quantity_of(a).nano, y = quantity_of(b).nano;

    return x < y ? -1 : x > y;
}

int64_t quantity_milli(const char *text)
{
    const wide unit = NANO / 1000;
    wide nano = quantity_of(text).nano, units = nano / unit + (nano > 0 && nano % unit != 0);

    return units > INT64_MAX ? INT64_MAX : units < INT64_MIN ? INT64_MIN : (int64_t)units;
}

/* An amount takes up to 28 digits. */
static int print_number(char text[QUANTITY_LONGEST], wide number)
{
    const wide half = (wide)1000000000000000000;
    wide size = number < 0 ? -number : number;
    const char *sign = number < 0 ? "-" : "";

    if (size < half)
        return snprintf(text, QUANTITY_LONGEST, "%s%lld", sign, (long long)size);
    return snprintf(text, QUANTITY_LONGEST, "%s%lld%018lld", sign, (long long)(size / half), (long long)(size % half));
}

void quantity_canonical(char canonical[QUANTITY_LONGEST], const char *text)
{
    static const char *const decimal[] = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};
    static const char *const binary[] = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
    struct quantity quantity = quantity_of(text);
    wide number = quantity.nano;
    int step = 0, length;

    if (!number) {
        strcpy(canonical, "0");
        return;
    }
    /* Binary suffixes stand for whole numbers of at least 1024 alone. */
    if (quantity.suffix == QUANTITY_BINARY && number % NANO == 0 && (number / NANO >= 1024 || number / NANO <= -1024)) {
        for (number /= NANO; step < 6 && number % 1024 == 0; step++)
            number /= 1024;
        length = print_number(canonical, number);
        strcpy(canonical + length, binary[step]);
        return;
    }
    while (step < 9 && number % 1000 == 0) {
        number /= 1000;
        step++;
    }
    length = print_number(canonical, number);
    if (quantity.suffix != QUANTITY_EXPONENT || step == 3)
        strcpy(canonical + length, decimal[step]);
    else
        snprintf(canonical + length, QUANTITY_LONGEST - (size_t)length, "e%d", (step - 3) * 3);
}

bool quantity_meant(char meant[QUANTITY_LONGEST], const char *text)
{
    static const char *const endings[] = {"", "b", "B", "i", "I", "ib", "iB", "IB"};
    size_t digits = strspn(text, "0123456789."), blanks = strspn(text + digits, " ");
    const char *unit = text + digits + blanks;
    char letter = *unit >= 'a' ? (char)(*unit - 'a' + 'A') : *unit;

    if (!digits || digits > 20 || !letter || !strchr("KMGT", letter))
        return false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (!strcmp(unit + 1, endings[i])) {
            snprintf(meant, QUANTITY_LONGEST, "%.*s%ci", (int)digits, text, letter);
            return quantity_is_valid(meant);
        }
    return false;
}
