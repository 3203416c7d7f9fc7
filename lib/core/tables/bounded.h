/* Sums and products of numbers that a model gives. */
#ifndef HD_CORE_TABLES_BOUNDED_H
#define HD_CORE_TABLES_BOUNDED_H

#include <stdint.h>

/* Cuts a number to 0 to INT32_MAX, so that a product of two does not overflow; the rule of its row reports a number beyond its bounds. */
static inline int64_t bounded(int64_t number)
{
    return number < 0 ? 0 : number > INT32_MAX ? INT32_MAX : number;
}

#endif
