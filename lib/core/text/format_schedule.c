/* The forms of cron schedules and time zones. */
#include "format.h"
#include "format_text.h"
#include "letter.h"

#include <stdlib.h>

static const char *const month_words[] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
static const char *const day_words[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

/* A number of a cron field, or one of its words; -1 when it is none. Moves `*text` behind it. */
static int cron_number(const char **text, const char *const *words, int n_words, int first)
{
    char *end;
    long number;

    for (int i = 0; i < n_words; i++)
        if (letters_same(*text, words[i], 3)) {
            *text += 3;
            return i + first;
        }
    if (!strchr(DIGIT, **text) || !**text)
        return -1;
    number = strtol(*text, &end, 10);
    if (end - *text > 2)
        return -1;
    *text = end;
    return (int)number;
}

/* One field: a comma list of *, a, a-b, each with /step. */
static bool is_cron_field(const char **text, int low, int high, const char *const *words, int n_words)
{
    do {
        int from = low, to = high;

        *text += **text == ',';
        if (**text == '*' || **text == '?') {
            ++*text;
        } else {
            from = to = cron_number(text, words, n_words, low);
            if (**text == '-') {
                ++*text;
                to = cron_number(text, words, n_words, low);
            } else if (**text == '/') {
                to = high;
            }
        }
        if (from < low || to > high || from > to)
            return false;
        if (**text == '/') {
            ++*text;
            if (cron_number(text, NULL, 0, 0) < 1)
                return false;
        }
    } while (**text == ',');
    return **text == ' ' || !**text;
}

static bool is_schedule(const char *text)
{
    static const char *const nicknames[] = {"@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"};

    for (size_t i = 0; i < sizeof nicknames / sizeof *nicknames; i++)
        if (!strcmp(text, nicknames[i]))
            return true;
    if (!strncmp(text, "@every ", 7))
        return format_is_valid(&format_duration, text + 7);
    for (int field = 0; field < 5; field++) {
        static const int low[] = {0, 0, 1, 1, 0}, high[] = {59, 23, 31, 12, 6};
        const char *const *words = field == 3 ? month_words : field == 4 ? day_words : NULL;

        if (!is_cron_field(&text, low[field], high[field], words, field == 3 ? 12 : field == 4 ? 7 : 0))
            return false;
        if ((field < 4) != (*text == ' '))
            return false;
        text += strspn(text, " ");
    }
    return !*text;
}

static bool is_time_zone(const char *text)
{
    return all_of(text, strlen(text), LOWER UPPER DIGIT "_+-/") && strcmp(text, "Local") && *text != '/' && text[strlen(text) - 1] != '/' &&
           strchr(UPPER, *text);
}

/* One field of a schedule, made of numbers of the form `n`. */
#define RANGE(n) "(\\*|\\?|" n "(-" n ")?)(/[0-9]{1,2})?"
#define FIELD(n) ",?" RANGE(n) "(," RANGE(n) ")*"

const struct hd_format_rule format_schedule = {
    "a cron schedule: minute hour day month weekday (0 to 6, Sunday is 0), or @daily, @hourly ...; the time zone is timeZone",
    "^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|@every [0-9a-z.]+|" FIELD("[0-5]?[0-9]") " +" FIELD("([01]?[0-9]|2[0-3])") " +"
    FIELD("(0?[1-9]|[12][0-9]|3[01])") " +" FIELD("(0?[1-9]|1[0-2]|[a-zA-Z]{3})") " +" FIELD("(0?[0-6]|[a-zA-Z]{3})") ")$",
    256, is_schedule};
const struct hd_format_rule format_time_zone = {
    "an IANA time zone such as Europe/Vienna", "^[A-Z][A-Za-z0-9_+/-]*$", 64, is_time_zone};
