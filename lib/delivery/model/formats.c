/* The forms of values for progressive delivery. */
#include "core/text/duration.h"
#include "core/text/format_text.h"
#include "formats.h"

#include <string.h>

static bool is_whole_seconds(const char *text)
{
    int64_t us = duration_us(text);

    return us >= 1000000 && us % 1000000 == 0;
}

static bool is_pause(const char *text)
{
    return !strcmp(text, "manual") || is_whole_seconds(text);
}

static bool is_decimal(const char *text)
{
    size_t whole, fraction = 0;

    text += *text == '-';
    whole = strspn(text, "0123456789");
    if (text[whole] == '.')
        fraction = 1 + strspn(text + whole + 1, "0123456789");
    return whole && fraction != 1 && !text[whole + fraction];
}

static bool is_http_address(const char *text)
{
    const char *host = !strncmp(text, "http://", 7) ? text + 7 : !strncmp(text, "https://", 8) ? text + 8 : NULL;

    return host && *host && *host != '/' && *host != ':' && !host[strcspn(host, " \t\n\"'<>{}?#")];
}

#define DURATION "([0-9]+(\\.[0-9]*)?(ns|us|ms|s|m|h))+"

const struct hd_format_rule format_whole_seconds = {
    "a duration of whole seconds from 1s on, such as 30s, 5m or 1h30m", "^" DURATION "$", 64, is_whole_seconds};
const struct hd_format_rule format_pause = {
    "a duration of whole seconds from 1s on, such as 30s or 5m, or manual", "^(manual|" DURATION ")$", 64, is_pause};
const struct hd_format_rule format_decimal = {"a number such as 99.5", "^-?[0-9]+(\\.[0-9]+)?$", 32, is_decimal};
const struct hd_format_rule format_http_address = {
    "an address such as http://prometheus.monitoring.svc:9090", "^https?://[^ /:\"'<>{}?#" CONTROLS "][^ \"'<>{}?#" CONTROLS "]*$", 2048, is_http_address};
