#include "cron.h"

#include "duration.h"
#include "letter.h"
#include "time_zone.h"

#include <stdlib.h>
#include <string.h>

static const unsigned month_lengths[] = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
static const char *const month_words[] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", NULL};
static const char *const day_words[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat", NULL};

/* A number of a schedule, or one of its words in any case; moves `*field` behind it. */
static unsigned cron_number(const char **field, const char *const *words, unsigned low)
{
    char *end;
    unsigned long number;

    for (unsigned i = 0; words && words[i]; i++)
        if (letters_same(*field, words[i], 3)) {
            *field += 3;
            return i + low;
        }
    number = strtoul(*field, &end, 10);
    *field = end > *field ? end : *field + 1;
    return (unsigned)number;
}

/* Bits of the numbers that a field of a schedule means. The field is valid. */
static uint64_t cron_numbers(const char *field, const char *const *words, unsigned low, unsigned high)
{
    uint64_t numbers = 0;

    while (*field && *field != ' ') {
        unsigned from = low, to = high, step = 1;

        field += *field == ',';
        if (*field == '*' || *field == '?') {
            field++;
        } else {
            from = to = cron_number(&field, words, low);
            if (*field == '-') {
                field++;
                to = cron_number(&field, words, low);
            } else if (*field == '/') {
                to = high;
            }
        }
        if (*field == '/') {
            field++;
            step = cron_number(&field, NULL, 0);
        }
        for (unsigned i = from; i <= to && i < 64; i += step ? step : 1)
            numbers |= (uint64_t)1 << i;
    }
    return numbers;
}

static const char *field_after(const char *field)
{
    field += strcspn(field, " ");
    return field + strspn(field, " ");
}

bool cron_never_runs(const char *schedule)
{
    const char *day, *month;
    uint64_t days;

    if (*schedule == '@')
        return false;
    day = field_after(field_after(schedule));
    month = field_after(day);
    /* A weekday beside the day of the month is another way to run. */
    if (*field_after(month) != '*' && *field_after(month) != '?')
        return false;
    days = cron_numbers(day, NULL, 1, 31);
    for (unsigned i = 1; i <= 12; i++)
        if ((cron_numbers(month, month_words, 1, 12) & (uint64_t)1 << i) && (days & (((uint64_t)2 << month_lengths[i]) - 2)))
            return false;
    return true;
}

bool cron_step_too_long(const char *schedule, unsigned *ret_step, const char **ret_field)
{
    static const struct {
        const char *name;
        unsigned size;
    } fields[] = {{"minute", 60}, {"hour", 24}, {"day of the month", 31}, {"month", 12}, {"weekday", 7}};

    if (*schedule == '@')
        return false;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++, schedule = field_after(schedule))
        for (const char *at = schedule; *at && *at != ' '; at++) {
            unsigned long step = *at == '/' ? strtoul(at + 1, NULL, 10) : 0;

            if (step <= fields[i].size)
                continue;
            *ret_step = (unsigned)step;
            *ret_field = fields[i].name;
            return true;
        }
    return false;
}

bool cron_step_uneven(const char *schedule, unsigned *ret_step, const char **ret_field)
{
    static const struct {
        const char *name;
        unsigned size, least;
    } fields[] = {{"minute", 60, 8}, {"hour", 24, 5}};

    if (*schedule == '@')
        return false;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++, schedule = field_after(schedule)) {
        unsigned long step = !strncmp(schedule, "*/", 2) ? strtoul(schedule + 2, NULL, 10) : 0;

        if (step < fields[i].least || step >= fields[i].size || fields[i].size % step == 0)
            continue;
        *ret_step = (unsigned)step;
        *ret_field = fields[i].name;
        return true;
    }
    return false;
}

/* The five fields as bits. */
struct cron {
    uint64_t minutes, hours, days, months, weekdays;
    bool any_day, any_weekday;
};

static struct cron read_fields(const char *schedule)
{
    const char *hour = field_after(schedule), *day = field_after(hour), *month = field_after(day), *weekday = field_after(month);

    return (struct cron){.minutes = cron_numbers(schedule, NULL, 0, 59),
                         .hours = cron_numbers(hour, NULL, 0, 23),
                         .days = cron_numbers(day, NULL, 1, 31),
                         .months = cron_numbers(month, month_words, 1, 12),
                         .weekdays = cron_numbers(weekday, day_words, 0, 6),
                         .any_day = *day == '*' || *day == '?',
                         .any_weekday = *weekday == '*' || *weekday == '?'};
}

bool cron_has_two_days(const char *schedule)
{
    struct cron cron;

    if (*schedule == '@')
        return false;
    cron = read_fields(schedule);
    return !cron.any_day && !cron.any_weekday;
}

unsigned cron_day_of_few_months(const char *schedule)
{
    struct cron cron;
    unsigned first = 1;

    if (*schedule == '@')
        return 0;
    cron = read_fields(schedule);
    while (first < 31 && !(cron.days >> first & 1))
        first++;
    if (cron.any_day || !cron.any_weekday || first < 29)
        return 0;
    for (unsigned month = 1; month <= 12; month++)
        if ((cron.months >> month & 1) && first > month_lengths[month] - (month == 2))
            return first;
    return 0;
}

bool cron_fills_hours(const char *schedule)
{
    const uint64_t all_minutes = ((uint64_t)1 << 60) - 1, all_hours = ((uint64_t)1 << 24) - 1;
    struct cron cron;
    uint64_t hours;

    if (*schedule == '@')
        return false;
    cron = read_fields(schedule);
    hours = cron.hours & all_hours;
    /* One hour, or several by numbers: ranges of hours are meant. */
    return (cron.minutes & all_minutes) == all_minutes && !(hours & hours << 1) && hours != all_hours && *field_after(schedule) != '*';
}

bool cron_in_gap(const char *schedule, const struct time_gap *gap)
{
    struct cron cron;

    if (*schedule == '@' || !gap->length)
        return false;
    cron = read_fields(schedule);
    if (!(cron.months >> gap->month & 1))
        return false;
    for (int minute = 0; minute < 24 * 60; minute++)
        if ((cron.hours >> minute / 60 & 1) && (cron.minutes >> minute % 60 & 1) &&
            (minute < gap->start || minute >= gap->start + gap->length))
            return false;
    for (int day = gap->first_day; day <= gap->last_day; day++) {
        bool on_day = cron.days >> day & 1, on_weekday = cron.weekdays >> gap->weekday & 1;

        if (cron.any_day || cron.any_weekday ? on_day && on_weekday : on_day || on_weekday)
            return true;
    }
    return false;
}

/*
 * The days of a month on which it runs, as bits from 1; the month has `length` days and begins on `weekday`. A day of the month and a
 * weekday that are both given each suffice.
 */
static uint64_t running_days(const struct cron *cron, unsigned length, unsigned weekday)
{
    uint64_t week = cron->weekdays & 127, turned = (week >> weekday | week << (7 - weekday)) & 127;
    uint64_t by_weekday = (turned | turned << 7 | turned << 14 | turned << 21 | turned << 28) << 1;
    uint64_t days = cron->any_day || cron->any_weekday ? cron->days & by_weekday : cron->days | by_weekday;

    return days & (((uint64_t)2 << length) - 2);
}

/* First and last minute of a day on which it runs, and the longest time between two of its runs. */
static void runs_of_day(const struct cron *cron, int *ret_first, int *ret_last, int *ret_gap)
{
    *ret_first = *ret_last = -1;
    *ret_gap = 0;
    for (int minute = 0; minute < 24 * 60; minute++) {
        if (!(cron->hours >> minute / 60 & 1) || !(cron->minutes >> minute % 60 & 1))
            continue;
        if (*ret_first < 0)
            *ret_first = minute;
        else if (minute - *ret_last > *ret_gap)
            *ret_gap = minute - *ret_last;
        *ret_last = minute;
    }
}

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 || year % 400 == 0);
}

/*
 * Days go through all that a calendar has in 28 years, and through the eight years around 2100 without a 29th of February. Weekdays
 * alone repeat at once.
 */
static int64_t longest_gap_minutes(const struct cron *cron)
{
    bool by_week = cron->any_day && (cron->days | 1) == 0xffffffff && (cron->months & 0x1ffe) == 0x1ffe;
    int first, last, gap, day_number = 0, last_day = -1, longest = 0;

    runs_of_day(cron, &first, &last, &gap);
    for (int year = 2072; year <= (by_week ? 2072 : 2108); year++)
        for (unsigned month = 1; month <= 12; month++) {
            unsigned length = month_lengths[month] - (month == 2 && !is_leap(year));
            /* The first of January 2072 is a Friday. */
            uint64_t days = cron->months >> month & 1 ? running_days(cron, length, (unsigned)(day_number + 5) % 7) : 0;

            for (unsigned day = 1; days >> day; day++) {
                if (!(days >> day & 1))
                    continue;
                if (last_day >= 0 && (day_number + (int)day - last_day) * 24 * 60 + first - last > longest)
                    longest = (day_number + (int)day - last_day) * 24 * 60 + first - last;
                last_day = day_number + (int)day;
            }
            day_number += (int)length;
        }
    if (last_day < 0 || first < 0)
        return -1;
    return gap > longest ? gap : longest;
}

int64_t cron_longest_gap_us(const char *schedule)
{
    static const struct {
        const char *name, *fields;
    } nicknames[] = {{"@yearly", "0 0 1 1 *"}, {"@annually", "0 0 1 1 *"}, {"@monthly", "0 0 1 * *"}, {"@weekly", "0 0 * * 0"},
                     {"@daily", "0 0 * * *"},  {"@midnight", "0 0 * * *"}, {"@hourly", "0 * * * *"}};
    struct cron cron;
    int64_t minutes;

    if (!strncmp(schedule, "@every ", 7))
        return duration_us(schedule + 7);
    for (size_t i = 0; i < sizeof nicknames / sizeof *nicknames; i++)
        if (!strcmp(schedule, nicknames[i].name))
            schedule = nicknames[i].fields;
    cron = read_fields(schedule);
    minutes = longest_gap_minutes(&cron);
    return minutes < 0 ? INT64_MAX : minutes * 60 * 1000000;
}
