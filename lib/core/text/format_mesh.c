/* The forms that Envoy and Istio give to values. */
#include "among.h"
#include "duration.h"
#include "format.h"
#include "format_text.h"

#include <stdlib.h>
#include <string.h>

/* Whole milliseconds from one on. (Istio: ValidateDuration) */
static bool is_mesh_duration(const char *text)
{
    int64_t us = duration_us(text);

    return us >= 1000 && us % 1000 == 0;
}

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

/* A condition of Envoy's, or a status code. (Istio: validateHTTPRetry) */
static bool is_retry_on(const char *text)
{
    static const char *const words[] = {"5xx", "gateway-error", "reset", "reset-before-request", "connect-failure", "retriable-4xx",
                                        "refused-stream", "retriable-status-codes", "retriable-headers", "envoy-ratelimited",
                                        "http3-post-connect-failure", "cancelled", "deadline-exceeded", "internal",
                                        "resource-exhausted", "unavailable"};
    static const unsigned short codes[] = {400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415,
                                           416, 417, 418, 421, 422, 423, 424, 425, 426, 428, 429, 431, 451, 500, 501, 502,
                                           503, 504, 505, 506, 507, 508, 510, 511};
    long code = strspn(text, "0123456789") == 3 && !text[3] ? strtol(text, NULL, 10) : 0;

    if (is_among(text, words, sizeof words / sizeof *words))
        return true;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (codes[i] == code)
            return true;
    return false;
}

static bool is_method(const char *text)
{
    return *text && !text[strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-")];
}

/* Methods that a CORS policy may name. (Istio: supportedCORSMethods) */
static bool is_cors_method(const char *text)
{
    static const char *const all[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE", "*"};

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!strcmp(text, all[i]))
            return true;
    return false;
}

static bool is_call_path(const char *text)
{
    size_t length = strlen(text);

    return *text == '/' && length <= 2048 && strcspn(text, "*{}? #") >= length - 1 && (!length || !strchr("{}? #", text[length - 1]));
}

#define PLACE "[^/* \"" CONTROLS "]"

const struct hd_format_rule format_mesh_duration = {
    "a duration of whole milliseconds from 1ms on, such as 250ms, 30s or 1m30s", "^([0-9]+(\\.[0-9]*)?(ns|us|ms|s|m|h))+$", 64,
    is_mesh_duration};
const struct hd_format_rule format_retry_on = {
    "a condition of Envoy's such as 5xx, gateway-error, reset, connect-failure, refused-stream or unavailable, or a status code from 400 on",
    "^([a-z0-9]+(-[a-z0-9]+)*)$", 32, is_retry_on};
const struct hd_format_rule format_method = {"an HTTP method in upper case, such as GET", "^[A-Z-]+$", 32, is_method};
const struct hd_format_rule format_cors_method = {
    "GET, HEAD, POST, PUT, PATCH, DELETE, CONNECT, OPTIONS, TRACE or *", "^(GET|HEAD|POST|PUT|PATCH|DELETE|CONNECT|OPTIONS|TRACE|\\*)$", 32,
    is_cors_method};
const struct hd_format_rule format_call_path = {
    "a path that begins with /, such as /api/orders, or /api/orders/* for all below", "^/[^*{}? #" CONTROLS "]*\\*?$", 2048, is_call_path};
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
