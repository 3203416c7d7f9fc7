/* Forms of what HTTP requests are made of, as meshes want them. */
#include "duration.h"
#include "format.h"
#include "format_text.h"

#include <string.h>

#define TOKEN "!#$%&'*+-.^_`|~"

static bool is_http_header(const char *text)
{
    return all_of(text, strlen(text), LOWER UPPER DIGIT TOKEN);
}

static bool is_matched_header(const char *text)
{
    return all_of(text, strlen(text), LOWER DIGIT TOKEN);
}

/* The text between two % of a header's value: a command, its argument, and a limit of its length. */
static const char *behind_command(const char *text)
{
    size_t name = strspn(text, UPPER "_");

    if (!name)
        return NULL;
    text += name;
    if (*text == '(') {
        text = strchr(text, ')');
        if (!text)
            return NULL;
        text++;
    }
    if (*text == ':')
        text += 1 + strspn(text + 1, DIGIT);
    return *text == '%' ? text + 1 : NULL;
}

static bool is_header_value(const char *text)
{
    while (*text) {
        if (*text++ != '%')
            continue;
        text = *text == '%' ? text + 1 : behind_command(text);
        if (!text)
            return false;
    }
    return true;
}

static bool is_age(const char *text)
{
    int64_t us = duration_us(text);

    return us > 0 && us % 1000000 == 0;
}

static bool is_origin(const char *text)
{
    const char *host = strstr(text, "://");

    if (!strcmp(text, "*") || !strcmp(text, "null"))
        return true;
    return host && all_of(text, (size_t)(host - text), LOWER DIGIT "+-.") && host[3] && !strpbrk(host + 3, "/ ");
}

static bool is_https_url(const char *text)
{
    const char *host = text + (strncmp(text, "https://", 8) ? strlen("http://") : strlen("https://"));

    if (strncmp(text, "https://", 8) && strncmp(text, "http://", 7))
        return false;
    for (const char *p = text; *p; p++)
        if ((unsigned char)*p <= ' ' || (unsigned char)*p >= 0x7f)
            return false;
    return *host && *host != '/';
}

/* A host and perhaps a port. */
static bool is_authority(const char *text)
{
    size_t length = strcspn(text, ":");
    char host[254];

    if (!length || length >= sizeof host)
        return false;
    memcpy(host, text, length);
    host[length] = '\0';
    return format_subdomain.valid(host) &&
           (!text[length] || (all_of(text + length + 1, strlen(text + length + 1), DIGIT) && format_port_ref.valid(text + length + 1)));
}

const struct hd_format_rule format_http_header = {
    "a header name: letters, digits and marks such as -", "^[-!#\\u0024%&'*+.^_`|~A-Za-z0-9]+$", 256, is_http_header};
const struct hd_format_rule format_matched_header = {
    "a header name in lower case, such as x-canary", "^[-!#\\u0024%&'*+.^_`|~a-z0-9]+$", 256, is_matched_header};
const struct hd_format_rule format_header_value = {
    "a header value on one line, in which %% stands for %", "^[^\\u0000-\\u0008\\u000a-\\u001f\\u007f-\\u009f\\u2028\\u2029]*$", 4096, is_header_value, "\t"};
const struct hd_format_rule format_age = {
    "a duration in whole seconds, such as 600s or 24h", "^([0-9]+(\\.[0-9]*)?(ns|us|ms|s|m|h))+$", 64, is_age};
const struct hd_format_rule format_origin = {
    "an origin such as https://shop.example.com (a scheme and a host, without path), or *", "^(\\*|null|[a-z0-9+.-]+://[^/ " CONTROLS "]+)$", 512,
    is_origin};
const struct hd_format_rule format_url = {"a URL that begins with https:// or http://", "^https?://[!-~]+$", 2048, is_https_url};
const struct hd_format_rule format_authority = {
    "a host name, perhaps with a port: shop.example.com:8443", "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]+)?$", 260, is_authority};
