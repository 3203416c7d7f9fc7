#include "monitoring_units.h"

#include "format.h"
#include "format_text.h"

static const struct {
    const char *name;
    int64_t ms;
} units[] = {{"y", 31536000000}, {"w", 604800000}, {"d", 86400000}, {"h", 3600000}, {"m", 60000}, {"s", 1000}, {"ms", 1}};
enum { N_UNITS = sizeof units / sizeof *units };

/* The unit at the beginning of a text, from unit `first` on; N_UNITS when there is none. */
static size_t unit_at(const char *text, size_t first)
{
    size_t length = 0;

    while (letter_is_lower(text[length]))
        length++;
    for (size_t i = first; i < N_UNITS; i++)
        if (*units[i].name == *text && strlen(units[i].name) == length && !strncmp(text, units[i].name, length))
            return i;
    return N_UNITS;
}

/* Whole numbers with units from the largest to the smallest, each at most once; or a bare 0. (Prometheus: model.ParseDuration) */
int64_t prometheus_duration_ms(const char *text)
{
    const int64_t most = INT64_C(31536000000) * 1000;
    int64_t ms = 0;
    size_t next = 0;

    if (!text || !*text)
        return -1;
    if (!strcmp(text, "0"))
        return 0;
    while (*text) {
        size_t digits = letter_digits(text), unit = unit_at(text + digits, next);
        int64_t number = 0;

        if (!digits || digits > 15 || unit == N_UNITS)
            return -1;
        for (size_t i = 0; i < digits; i++)
            number = number * 10 + (text[i] - '0');
        if (number > (most - ms) / units[unit].ms)
            return -1;
        ms += number * units[unit].ms;
        next = unit + 1;
        text += digits + strlen(units[unit].name);
    }
    return ms;
}

int64_t percent_millionths(const char *text)
{
    int64_t number = 0;
    int decimals = -1;

    if (!text || !strchr(DIGIT, *text) || !*text)
        return -1;
    for (; *text && *text != '%'; text++) {
        if (*text == '.' && decimals < 0 && strchr(DIGIT, text[1]) && text[1]) {
            decimals = 0;
            continue;
        }
        if (!strchr(DIGIT, *text) || decimals == 6 || number > (int64_t)PERCENT_ALL * 10)
            return -1;
        number = number * 10 + (*text - '0');
        decimals += decimals >= 0;
    }
    if (*text == '%' && text[1])
        return -1;
    for (decimals = decimals < 0 ? 0 : decimals; decimals < 6; decimals++)
        if ((number *= 10) > (int64_t)PERCENT_ALL * 10)
            return -1;
    return number;
}

void decimal_text(char text[DECIMAL_LONGEST], int64_t number, int decimals)
{
    char digits[DECIMAL_LONGEST], *p = digits + sizeof digits;

    *--p = '\0';
    for (int i = 0; i <= decimals || number; i++, number /= 10) {
        if (i == decimals && *p)
            *--p = '.';
        if (*p || number % 10 || i >= decimals)
            *--p = (char)('0' + number % 10);
    }
    memcpy(text, p, (size_t)(digits + sizeof digits - p));
}

static bool is_share(const char *text)
{
    return percent_millionths(text) >= 0;
}

static bool is_bound(const char *text)
{
    return is_share(text) || prometheus_duration_ms(text) >= 0;
}

/* Prometheus 3 would take any text; templates, older versions and Alertmanager's matchers take these. */
static bool is_label_name(const char *text)
{
    return all_of(text, strlen(text), LOWER UPPER DIGIT "_") && !strchr(DIGIT, *text) && strncmp(text, "__", 2);
}

static bool is_web_url(const char *text)
{
    size_t scheme = !strncmp(text, "https://", 8) ? 8 : !strncmp(text, "http://", 7) ? 7 : 0;

    if (!scheme || !strchr(LOWER UPPER DIGIT "[", text[scheme]) || !text[scheme])
        return false;
    for (; *text; text++)
        if ((unsigned char)*text <= ' ' || (unsigned char)*text >= 0x7f || strchr("\"<>\\^`{|}", *text))
            return false;
    return true;
}

#define DURATION "([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?"

const struct hd_format_rule format_share = {"a percentage with at most six decimals, such as 99.9%", "^[0-9]+(\\.[0-9]{1,6})?%?$", 32,
                                            is_share};
const struct hd_format_rule format_bound = {"a percentage such as 99.9%, or a duration such as 100ms or 14d",
                                            "^([0-9]+(\\.[0-9]{1,6})?%?|(?=[0-9])" DURATION ")$", 64, is_bound};
const struct hd_format_rule format_label_name = {"a Prometheus label: letters, digits and _, not beginning with a digit or __",
                                                 "^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$", 128, is_label_name};
const struct hd_format_rule format_web_url = {"a URL that begins with https:// or http://", "^https?://[A-Za-z0-9\\[][!-~]*$", 2048, is_web_url};
