/* Amounts as people write them for monitoring: Prometheus durations (90s, 1h30m, 14d) and percentages (99.9%). */
#ifndef HD_CORE_TEXT_MONITORING_UNITS_H
#define HD_CORE_TEXT_MONITORING_UNITS_H

#include <stdint.h>

/* Milliseconds; -1 when the text is no duration, NULL, or longer than a thousand years. */
int64_t prometheus_duration_ms(const char *text);

enum { PERCENT = 1000000, PERCENT_ALL = 100 * PERCENT };
/* Millionths of a percent, at most 1000 %; -1 when the text is no percentage, or NULL. */
int64_t percent_millionths(const char *text);

/* A number of `decimals` decimals as text, without zeros at its end. */
enum { DECIMAL_LONGEST = 32 };
void decimal_text(char text[DECIMAL_LONGEST], int64_t number, int decimals);

#endif
