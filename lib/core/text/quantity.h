/* Kubernetes quantities: 250m, 1.5Gi, 1e3. */
#ifndef HD_CORE_TEXT_QUANTITY_H
#define HD_CORE_TEXT_QUANTITY_H

#include <stdbool.h>
#include <stdint.h>

/* An exact amount: units, and billionths of one with the same sign. What 64 bits of units do not hold is clamped, as Kubernetes does. */
struct amount {
    int64_t units;
    int32_t nano;
};

struct quantity {
    struct amount amount;
    enum { QUANTITY_DECIMAL, QUANTITY_BINARY, QUANTITY_EXPONENT } suffix;
};

/* Below, at or above 0, as -1, 0 and 1. */
int amount_sign(struct amount amount);
int amount_compare(struct amount a, struct amount b);
/* Of amounts from 0; clamped. */
struct amount amount_sum(struct amount a, struct amount b);
struct amount amount_times(struct amount amount, uint32_t times);
/* Thousandths, rounded up; clamped to int64_t. */
int64_t amount_milli(struct amount amount);

bool quantity_is_valid(const char *text);
/* The amount of a valid text. */
struct quantity quantity_of(const char *text);
int quantity_compare(const char *a, const char *b);
/* Writes the text that the API server stores for the same amount. */
enum { QUANTITY_LONGEST = 48 };
void quantity_canonical(char canonical[QUANTITY_LONGEST], const char *text);
/* Guesses what 512MB, 512mi or "512 M" was meant to be; false when it looks like none of these. */
bool quantity_meant(char meant[QUANTITY_LONGEST], const char *text);
/* Thousandths, rounded up; clamped to int64_t. */
int64_t quantity_milli(const char *text);

#endif
