#include "quantity.h"

#include "letter.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NANO = 1000000000, N_LIMBS = 8, DIGITS_OF_LIMB = 9 };

struct suffix {
    const char *text;
    int ten; /* exponent of 10, or */
    int two; /* exponent of 2 */
};

/* The usual ones first. */
static const struct suffix suffixes[] = {
    {"", 0, 0},  {"m", -3, 0}, {"Mi", 0, 20}, {"Gi", 0, 30}, {"k", 3, 0},   {"M", 6, 0},   {"G", 9, 0},   {"T", 12, 0},
    {"P", 15, 0}, {"E", 18, 0}, {"Ki", 0, 10}, {"Ti", 0, 40}, {"Pi", 0, 50}, {"Ei", 0, 60}, {"n", -9, 0}, {"u", -6, 0},
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
    parts.n_whole = letter_digits(text);
    text += parts.n_whole;
    if (*text == '.') {
        parts.fraction = ++text;
        parts.n_fraction = letter_digits(text);
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
        if (*text == *suffixes[i].text && !strcmp(text, suffixes[i].text)) {
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

/* An amount without its sign while it is read: what is behind the point stands in limbs of nine digits, exact to 72 of them. */
struct reading {
    uint64_t units;
    uint32_t limbs[N_LIMBS];
    int n_limbs; /* those behind are 0 */
    bool is_clamped, is_inexact;
};

static void add_whole_digit(struct reading *reading, unsigned digit)
{
    if (reading->units > ((uint64_t)INT64_MAX - digit) / 10)
        reading->is_clamped = true;
    else
        reading->units = reading->units * 10 + digit;
}

/* `place` counts from 0 behind the point. */
static void add_digit_behind(struct reading *reading, long place, unsigned digit)
{
    static const uint32_t powers[DIGITS_OF_LIMB] = {100000000, 10000000, 1000000, 100000, 10000, 1000, 100, 10, 1};

    if (place >= N_LIMBS * DIGITS_OF_LIMB) {
        reading->is_inexact |= digit != 0;
        return;
    }
    reading->limbs[place / DIGITS_OF_LIMB] += digit * powers[place % DIGITS_OF_LIMB];
    if (reading->n_limbs <= place / DIGITS_OF_LIMB)
        reading->n_limbs = (int)(place / DIGITS_OF_LIMB) + 1;
}

/* Reads all digits, each at its place; `ten` moves the point to the right. */
static struct reading read_digits(const struct parts *parts, int ten)
{
    struct reading reading = {0};
    long place = -(long)parts->n_whole - ten;

    for (size_t i = 0; i < parts->n_whole + parts->n_fraction; i++, place++) {
        unsigned digit = (unsigned)((i < parts->n_whole ? parts->whole[i] : parts->fraction[i - parts->n_whole]) - '0');

        if (place < 0)
            add_whole_digit(&reading, digit);
        else
            add_digit_behind(&reading, place, digit);
    }
    for (; place < 0 && reading.units; place++)
        add_whole_digit(&reading, 0);
    return reading;
}

static void double_once(struct reading *reading)
{
    uint32_t carry = 0;

    for (int i = reading->n_limbs - 1; i >= 0; i--) {
        reading->limbs[i] = reading->limbs[i] * 2 + carry;
        carry = reading->limbs[i] >= NANO;
        reading->limbs[i] -= carry * NANO;
    }
    if (reading->units > ((uint64_t)INT64_MAX - carry) / 2)
        reading->is_clamped = true;
    else
        reading->units = reading->units * 2 + carry;
}

/* Rounded up to a billionth. */
static struct amount rounded(const struct reading *reading)
{
    struct amount amount = {(int64_t)reading->units, (int32_t)reading->limbs[0]};
    bool more = reading->is_inexact;

    for (int i = 1; i < reading->n_limbs; i++)
        more |= reading->limbs[i] != 0;
    amount.nano += more;
    if (reading->is_clamped || (amount.units == INT64_MAX && amount.nano))
        return (struct amount){INT64_MAX, 0};
    if (amount.nano == NANO)
        amount = (struct amount){amount.units + 1, 0};
    return amount;
}

struct quantity quantity_of(const char *text)
{
    struct parts parts = split(text);
    struct quantity quantity = {.suffix = QUANTITY_DECIMAL};
    struct suffix suffix = {"", 0, 0};
    struct reading reading;

    read_suffix(parts.suffix, &suffix);
    if (suffix.two)
        quantity.suffix = QUANTITY_BINARY;
    else if (*parts.suffix == 'e' || (*parts.suffix == 'E' && parts.suffix[1]))
        quantity.suffix = QUANTITY_EXPONENT;
    reading = read_digits(&parts, suffix.ten);
    if (!reading.n_limbs && reading.units <= (uint64_t)INT64_MAX >> suffix.two)
        reading.units <<= suffix.two;
    else
        for (int i = 0; i < suffix.two && !reading.is_clamped; i++)
            double_once(&reading);
    quantity.amount = rounded(&reading);
    if (parts.negative)
        quantity.amount = (struct amount){-quantity.amount.units, -quantity.amount.nano};
    return quantity;
}

int amount_sign(struct amount amount)
{
    return amount_compare(amount, (struct amount){0, 0});
}

int amount_compare(struct amount a, struct amount b)
{
    if (a.units != b.units)
        return a.units < b.units ? -1 : 1;
    return a.nano < b.nano ? -1 : a.nano > b.nano;
}

int quantity_compare(const char *a, const char *b)
{
    return amount_compare(quantity_of(a).amount, quantity_of(b).amount);
}

/* The amount of so many units and billionths, each of them from 0; clamped. */
static struct amount carried(uint64_t units, uint64_t nano)
{
    units += nano / NANO;
    nano %= NANO;
    if (units > INT64_MAX || (units == INT64_MAX && nano))
        return (struct amount){INT64_MAX, 0};
    return (struct amount){(int64_t)units, (int32_t)nano};
}

struct amount amount_sum(struct amount a, struct amount b)
{
    return carried((uint64_t)a.units + (uint64_t)b.units, (uint64_t)a.nano + (uint64_t)b.nano);
}

struct amount amount_times(struct amount amount, uint32_t times)
{
    if (times && (uint64_t)amount.units > (uint64_t)INT64_MAX / times)
        return (struct amount){INT64_MAX, 0};
    return carried((uint64_t)amount.units * times, (uint64_t)amount.nano * times);
}

int64_t amount_milli(struct amount amount)
{
    const int32_t unit = NANO / 1000;
    int64_t milli = amount.nano / unit + (amount.nano > 0 && amount.nano % unit);

    /* Both have the same sign. */
    if (amount.units > 0 && amount.units > (INT64_MAX - milli) / 1000)
        return INT64_MAX;
    if (amount.units < 0 && amount.units < (INT64_MIN - milli) / 1000)
        return INT64_MIN;
    return amount.units * 1000 + milli;
}

int64_t quantity_milli(const char *text)
{
    return amount_milli(quantity_of(text).amount);
}

/* Writes a whole number. Returns how long it is. */
static int print_whole(char text[QUANTITY_LONGEST], int64_t number)
{
    char digits[24], *end = digits + sizeof digits, *p = letter_number(end, number < 0 ? 0 - (uint64_t)number : (uint64_t)number);

    if (number < 0)
        *--p = '-';
    memcpy(text, p, (size_t)(end - p));
    text[end - p] = '\0';
    return (int)(end - p);
}

/* Writes an amount in billionths as a number of steps of a thousand of them, which divide it: up to 28 digits. */
static int print_number(char text[QUANTITY_LONGEST], struct amount amount, int step)
{
    const char *sign = amount_sign(amount) < 0 ? "-" : "";
    int64_t units = amount.units < 0 ? -amount.units : amount.units;
    int32_t nano = amount.nano < 0 ? -amount.nano : amount.nano;

    for (int i = 0; i < step && i < 3; i++)
        nano /= 1000;
    for (int i = 3; i < step; i++)
        units /= 1000;
    if (step >= 3)
        return print_whole(text, *sign ? -units : units);
    if (!units)
        return print_whole(text, *sign ? -nano : nano);
    return snprintf(text, QUANTITY_LONGEST, "%s%" PRId64 "%0*" PRId32, sign, units, DIGITS_OF_LIMB - 3 * step, nano);
}

/* How often a thousand divides the billionths, up to what has a suffix. */
static int steps_of(struct amount amount)
{
    int step = 0;

    if (amount.nano) {
        for (; amount.nano % 1000 == 0; step++)
            amount.nano /= 1000;
        return step;
    }
    for (step = 3; step < 9 && amount.units % 1000 == 0; step++)
        amount.units /= 1000;
    return step;
}

void quantity_canonical(char canonical[QUANTITY_LONGEST], const char *text)
{
    static const char *const decimal[] = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};
    static const char *const binary[] = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
    struct quantity quantity = quantity_of(text);
    struct amount amount = quantity.amount;
    int step = 0, length;

    if (!amount_sign(amount)) {
        strcpy(canonical, "0");
        return;
    }
    /* Binary suffixes stand for whole numbers of at least 1024 alone. */
    if (quantity.suffix == QUANTITY_BINARY && !amount.nano && (amount.units >= 1024 || amount.units <= -1024)) {
        for (; step < 6 && amount.units % 1024 == 0; step++)
            amount.units /= 1024;
        strcpy(canonical + print_whole(canonical, amount.units), binary[step]);
        return;
    }
    step = steps_of(amount);
    length = print_number(canonical, amount, step);
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
