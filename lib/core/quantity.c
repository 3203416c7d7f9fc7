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
    {"n", -9, 0}, {"u", -6, 0}, {"m", -3, 0}, {"", 0, 0},   {"k", 3, 0},   {"M", 6, 0},   {"G", 9, 0},   {"T", 12, 0},  {"P", 15, 0},
    {"E", 18, 0}, {"Ki", 0, 10}, {"Mi", 0, 20}, {"Gi", 0, 30}, {"Ti", 0, 40}, {"Pi", 0, 50}, {"Ei", 0, 60},
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
    if ((*text != 'e' && *text != 'E') || !strchr("+-0123456789", text[1]))
        return false;
    exponent = strtol(text + 1, &end, 10);
    *suffix = (struct suffix){text, (int)exponent, 0};
    return !*end && exponent >= -18 && exponent <= 18;
}

bool quantity_is_valid(const char *text)
{
    struct parts parts = split(text);
    struct suffix suffix;

    return parts.n_whole + parts.n_fraction > 0 && parts.n_whole + parts.n_fraction <= 18 && read_suffix(parts.suffix, &suffix);
}

/* numerator * 10^ten, rounded up, clamped */
static wide scale(wide number, int ten)
{
    for (; ten > 0 && number < MOST; ten--)
        number *= 10;
    for (; ten < 0; ten++)
        number = number / 10 + (number % 10 != 0);
    return number;
}

struct quantity quantity_of(const char *text)
{
    struct parts parts = split(text);
    struct quantity quantity = {.suffix = QUANTITY_DECIMAL};
    struct suffix suffix = {"", 0, 0};
    wide digits = 0;

    read_suffix(parts.suffix, &suffix);
    for (size_t i = 0; i < parts.n_whole; i++)
        digits = digits * 10 + (parts.whole[i] - '0');
    for (size_t i = 0; i < parts.n_fraction; i++)
        digits = digits * 10 + (parts.fraction[i] - '0');
    if (suffix.two) {
        quantity.suffix = QUANTITY_BINARY;
        /* At most 18 digits times 2^60 fit; billionths of that need not. */
        digits *= (wide)1 << suffix.two;
        if (digits > MOST / 10)
            quantity.nano = scale(digits, -(int)parts.n_fraction) > INT64_MAX ? MOST : scale(digits, -(int)parts.n_fraction) * NANO;
        else
            quantity.nano = scale(digits, 9 - (int)parts.n_fraction);
    } else {
        quantity.nano = scale(digits, 9 + suffix.ten - (int)parts.n_fraction);
        if (*parts.suffix == 'e' || (*parts.suffix == 'E' && parts.suffix[1]))
            quantity.suffix = QUANTITY_EXPONENT;
    }
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

static int64_t in_units_of(const char *text, wide unit)
{
    wide nano = quantity_of(text).nano, units = nano / unit + (nano > 0 && nano % unit != 0);

    return units > INT64_MAX ? INT64_MAX : units < INT64_MIN ? INT64_MIN : (int64_t)units;
}

int64_t quantity_units(const char *text)
{
    return in_units_of(text, NANO);
}

int64_t quantity_milli(const char *text)
{
    return in_units_of(text, NANO / 1000);
}

void quantity_canonical(char canonical[QUANTITY_LONGEST], const char *text)
{
    static const char *const decimal[] = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};
    static const char *const binary[] = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
    struct quantity quantity = quantity_of(text);
    wide number = quantity.nano;
    int step = 0;

    if (!number) {
        strcpy(canonical, "0");
        return;
    }
    /* Binary suffixes stand for whole numbers of at least 1024 alone. */
    if (quantity.suffix == QUANTITY_BINARY && number % NANO == 0 && (number / NANO >= 1024 || number / NANO <= -1024)) {
        for (number /= NANO; step < 6 && number % 1024 == 0; step++)
            number /= 1024;
        snprintf(canonical, QUANTITY_LONGEST, "%lld%s", (long long)number, binary[step]);
        return;
    }
    while (step < 9 && number % 1000 == 0) {
        number /= 1000;
        step++;
    }
    if (quantity.suffix != QUANTITY_EXPONENT || step == 3)
        snprintf(canonical, QUANTITY_LONGEST, "%lld%s", (long long)number, decimal[step]);
    else
        snprintf(canonical, QUANTITY_LONGEST, "%llde%d", (long long)number, (step - 3) * 3);
}
