/* The forms that Envoy and Istio give to a traffic policy's values. */
#include "core/text/duration.h"
#include "core/text/format_text.h"
#include "formats.h"

#include <string.h>

static bool is_idle_timeout(const char *text)
{
    int64_t us = duration_us(text);

    return us >= 0 && us % 1000 == 0;
}

static bool is_authorities(const char *text)
{
    return !strcmp(text, "system") || format_is_valid(&format_absolute_path, text);
}

static bool is_region(const char *text)
{
    return *text && !text[strcspn(text, "/* \"")];
}

/* Up to three parts, of which the last may be *; none is empty. (Istio: validateLocalities) */
static bool is_locality(const char *text)
{
    for (int parts = 1; parts <= 3; parts++) {
        size_t length = strcspn(text, "/* \"");

        if (!length)
            return !strcmp(text, "*");
        if (!text[length])
            return true;
        if (text[length] != '/')
            return false;
        text += length + 1;
    }
    return false;
}

static bool is_failover_label(const char *text)
{
    char key[320];
    size_t length = strcspn(text, "=");

    if (length >= sizeof key)
        return false;
    memcpy(key, text, length);
    key[length] = '\0';
    return format_is_valid(&format_label_key, key) && (!text[length] || format_is_valid(&format_label_value, text + length + 1));
}

#define PLACE "[^/* \"" CONTROLS "]"

const struct hd_format_rule format_idle_timeout = {
    "a duration of whole milliseconds such as 30s, or 0s for never", "^([0-9]+(\\.[0-9]*)?(ns|us|ms|s|m|h))+$", 64, is_idle_timeout};
const struct hd_format_rule format_region = {"the name of a region", "^" PLACE "+$", 253, is_region};
const struct hd_format_rule format_locality = {
    "a locality: region, region/zone or region/zone/subzone, with * in place of the last part for all of them",
    "^(\\*|" PLACE "+(/" PLACE "+){0,2}|" PLACE "+(/" PLACE "+)?/\\*)$", 253, is_locality};
const struct hd_format_rule format_failover_label = {
    "a label's key such as topology.kubernetes.io/region, or a key and its value with = between them",
    "^[A-Za-z0-9][-A-Za-z0-9_./]*(=[-A-Za-z0-9_.]*)?$", 382, is_failover_label};
const struct hd_format_rule format_authorities = {
    "the absolute path of a file, or system for the authorities of the proxy's system", "^(system|/[^" CONTROLS "]*)$", 4096, is_authorities};
