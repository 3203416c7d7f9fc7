/* Go's durations: 30s, 1h30m, 1.5s. */
#ifndef HD_CORE_TEXT_DURATION_H
#define HD_CORE_TEXT_DURATION_H

#include <stdint.h>

/* Microseconds, rounded down; -1 when the text is no duration, or NULL. Never overflows: there is a longest. */
int64_t duration_us(const char *text);

/* The shortest text that means so many microseconds, for messages: 1500000 is 1.5s, 90000000 is 1m30s. */
enum { DURATION_LONGEST = 48 };
void duration_text(char text[DURATION_LONGEST], int64_t us);

#endif
