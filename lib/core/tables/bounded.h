/* Sums and products of numbers that a model gives. */
#ifndef HD_CORE_TABLES_BOUNDED_H
#define HD_CORE_TABLES_BOUNDED_H

#include <stdint.h>

/* What is beyond all bounds is told at its row; here it must not overflow: the product of two of them fits. */
static inline int64_t bounded(int64_t number)
{
    return number < 0 ? 0 : number > INT32_MAX ? INT32_MAX : number;
}

#endif
