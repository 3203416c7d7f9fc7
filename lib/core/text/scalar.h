/* The types that YAML readers of either version give to a text without quotes. */
#ifndef HD_CORE_TEXT_SCALAR_H
#define HD_CORE_TEXT_SCALAR_H

#include <stdbool.h>
#include <stddef.h>

/* Letters of the longest word that YAML takes for a value: false. */
enum { LONGEST_WORD = 5 };

enum scalar_type {
    SCALAR_STRING,
    /* A number that every reader takes for the same one and would write the same way: 8080, -3, 0.5. */
    SCALAR_NUMBER,
    /* Any other number: 1.10, 0644, 1_000, 0x1f, 1e3. */
    SCALAR_ODD_NUMBER,
    /* A number in base 60 to YAML 1.1: 12:30. */
    SCALAR_BASE_60,
    SCALAR_DATE,
    /* true, false, and what YAML 1.1 takes for them: yes, no, on, off, y, n. */
    SCALAR_BOOL,
    SCALAR_NULL,
    /* YAML 1.1's = and <<. */
    SCALAR_SPECIAL
};

enum scalar_type scalar_type(const char *text, size_t length);

/* The truth value of a SCALAR_BOOL. */
bool scalar_truth(const char *text);

#endif
