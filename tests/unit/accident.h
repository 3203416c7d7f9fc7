/* Stands in for the system calls by which the library changes folders; tests/unit/meson.build wraps them. */
#ifndef HD_TESTS_UNIT_ACCIDENT_H
#define HD_TESTS_UNIT_ACCIDENT_H

#include <stdbool.h>

/* What happens at the `trip`th call from now on, with which errno; 0 is never. */
extern enum accident { KILL, FAIL } accident;
extern int trip, error_number;
/* Whether the file system can exchange two folders. */
extern bool can_exchange;

#endif
