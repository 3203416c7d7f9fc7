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
