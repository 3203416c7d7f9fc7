#include "format.h"

#include "format_text.h"
#include "letter.h"
#include "quantity.h"

#include <arpa/inet.h>
#include <hybriddeploy/schema.h>
#include <stdlib.h>
#include <string.h>

static bool is_dns_label_of(const char *text, size_t length)
{
    return is_name(text, length, "-");
}

static bool is_dns_label(const char *text)
{
    return is_dns_label_of(text, strlen(text));
}

static bool is_service_name(const char *text)
{
    return is_dns_label(text) && (*text < '0' || *text > '9');
}

static bool is_subdomain(const char *text)
{
    for (;;) {
        size_t length = strcspn(text, ".");

        if (!is_dns_label_of(text, length))
            return false;
        if (!text[length])
            return true;
        text += length + 1;
    }
}

/* Underscores are for names of services. (Kubernetes: RelaxedDNSSearchValidation) */
static bool is_search_domain(const char *text)
{
    size_t length = strlen(text);
    char name[254];

    if (!strcmp(text, "."))
        return true;
    if (!length || length >= sizeof name)
        return false;
    memcpy(name, text, length + 1);
    if (name[length - 1] == '.')
        name[length - 1] = '\0';
    return is_subdomain(name);
}

static bool is_text(const char *text)
{
    (void)text;
    return true;
}

static bool is_path_segment(const char *text)
{
    return *text && strcmp(text, ".") && strcmp(text, "..") && !strpbrk(text, "/%");
}

/* A last label of digits alone is part of an address. (Istio: ValidateFQDN; Kubernetes: ValidateIngress) */
static bool is_host(const char *text)
{
    const char *dot = strrchr(text, '.'), *last = dot ? dot + 1 : text;

    return last[strspn(last, DIGIT)] && is_subdomain(strncmp(text, "*.", 2) ? text : text + 2);
}

static bool is_neighbour(const char *text)
{
    const char *slash = strchr(text, '/');
    size_t length = slash ? (size_t)(slash - text) : 0;
    char application[64];

    if (!length || length >= sizeof application)
        return false;
    memcpy(application, text, length);
    application[length] = '\0';
    return is_dns_label(application) && is_service_name(slash + 1);
}

static bool is_any_host(const char *text)
{
    return !strcmp(text, "*") || is_host(text);
}

static bool is_label_value(const char *text)
{
    return !*text || is_name(text, strlen(text), "-_." UPPER);
}

static bool is_label_key(const char *text)
{
    const char *slash = strchr(text, '/'), *name = slash ? slash + 1 : text;
    char prefix[254];

    if (slash) {
        size_t length = (size_t)(slash - text);

        if (!length || length >= sizeof prefix)
            return false;
        memcpy(prefix, text, length);
        prefix[length] = '\0';
        if (!is_subdomain(prefix))
            return false;
    }
    return strlen(name) <= 63 && *name && is_label_value(name);
}

/* As a label key; case counts for nothing, since the API server lowers it first. */
static bool is_annotation_key(const char *text)
{
    char lower[318];
    size_t length = strlen(text);

    if (length >= sizeof lower)
        return false;
    for (size_t i = 0; i <= length; i++)
        lower[i] = letter_lower(text[i]);
    return is_label_key(lower);
}

static bool is_port_name(const char *text)
{
    return is_dns_label(text) && strpbrk(text, LOWER) && !strstr(text, "--");
}

static bool is_port_number(const char *text)
{
    return all_of(text, strlen(text), DIGIT) && *text != '0' && strlen(text) <= 5 && atoi(text) <= 65535;
}

static bool is_port_ref(const char *text)
{
    return is_port_number(text) || (strlen(text) <= 15 && is_port_name(text));
}

static bool is_env_name(const char *text)
{
    return all_of(text, strlen(text), LOWER UPPER DIGIT "-_.") && !strchr(DIGIT, *text) && strcmp(text, ".") && strncmp(text, "..", 2);
}

static bool is_config_key(const char *text)
{
    return all_of(text, strlen(text), LOWER UPPER DIGIT "-_.") && strcmp(text, ".") && strncmp(text, "..", 2);
}

static bool has_parent_step(const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "/");

        if (length == 2 && !strncmp(text, "..", 2))
            return true;
        text += length + (text[length] == '/');
    }
    return false;
}

static bool is_absolute_path(const char *text)
{
    return *text == '/' && !strchr(text, ':') && !has_parent_step(text);
}

static bool is_relative_path(const char *text)
{
    return *text && *text != '/' && !has_parent_step(text) && strncmp(text, "..", 2);
}

static bool is_url_path(const char *text)
{
    if (*text != '/')
        return false;
    for (; *text; text++)
        if ((unsigned char)*text <= ' ' || (unsigned char)*text >= 0x7f)
            return false;
    return true;
}

static bool is_header_name(const char *text)
{
    return all_of(text, strlen(text), LOWER UPPER DIGIT "-");
}

static bool is_ip(const char *text)
{
    unsigned char address[16];

    return inet_pton(strchr(text, ':') ? AF_INET6 : AF_INET, text, address) == 1;
}

/* An address range without bits beyond its mask. */
static bool is_cidr(const char *text)
{
    const char *slash = strchr(text, '/');
    int family = strchr(text, ':') ? AF_INET6 : AF_INET, bits = family == AF_INET ? 32 : 128, length;
    unsigned char address[16];
    char ip[64];

    if (!slash || (size_t)(slash - text) >= sizeof ip || !all_of(slash + 1, strlen(slash + 1), DIGIT) || strlen(slash + 1) > 3 ||
        (slash[1] == '0' && slash[2]))
        return false;
    memcpy(ip, text, (size_t)(slash - text));
    ip[slash - text] = '\0';
    length = atoi(slash + 1);
    if (length > bits || inet_pton(family, ip, address) != 1)
        return false;
    for (int bit = length; bit < bits; bit++)
        if (address[bit / 8] & (0x80 >> bit % 8))
            return false;
    return true;
}

static bool is_int_or_percent(const char *text)
{
    size_t length = strspn(text, DIGIT);

    return length && length < 10 && (!text[length] || !strcmp(text + length, "%")) && (length == 1 || *text != '0');
}

static bool is_mode(const char *text)
{
    return all_of(text, strlen(text), "01234567") && strtol(text, NULL, 8) <= 0777;
}

static bool is_duration(const char *text)
{
    static const char *const units[] = {"ns", "us", "ms", "s", "m", "h"};
    bool unit_found = *text != '\0';

    while (*text && unit_found) {
        size_t whole = strspn(text, DIGIT);

        unit_found = false;
        if (!whole)
            return false;
        text += whole;
        if (*text == '.')
            text += 1 + strspn(text + 1, DIGIT);
        for (size_t i = 0; i < sizeof units / sizeof *units && !unit_found; i++)
            if (!strncmp(text, units[i], strlen(units[i])) && !strchr(LOWER, text[strlen(units[i])] ? text[strlen(units[i])] : '0')) {
                text += strlen(units[i]);
                unit_found = true;
            }
    }
    return unit_found;
}

static bool is_version(const char *text)
{
    return !strncmp(text, "1.", 2) && all_of(text + 2, strlen(text + 2), DIGIT) && strlen(text) <= 4 && text[2] != '0';
}

static bool is_code(const char *text)
{
    return !strncmp(text, "HD", 2) && strlen(text) == 6 && all_of(text + 2, 4, DIGIT);
}

static bool is_sysctl(const char *text)
{
    for (;;) {
        size_t part = strcspn(text, "./");

        if (!is_name(text, part, "-_"))
            return false;
        if (!text[part])
            return true;
        text += part + 1;
    }
}

static bool is_capability(const char *text)
{
    return all_of(text, strlen(text), UPPER DIGIT "_") && strncmp(text, "CAP_", 4);
}

/* More than a cluster stores of one object. */
#define LONGEST_TEXT ((size_t)1 << 21)

#define LABEL "[a-z0-9]([-a-z0-9]*[a-z0-9])?"
#define NAME "[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?"

const struct hd_format_rule format_line = {"a text on one line, without control characters", "^[^" CONTROLS "]*$", LONGEST_TEXT, is_text};
const struct hd_format_rule format_text = {
    "a text without control characters but ends of lines and tabs", "^[^" CONTROLS_BUT_LINES "]*$", LONGEST_TEXT, is_text, "\t\n\r"};
const struct hd_format_rule format_dns_label = {
    "a DNS label: at most 63 of a-z, 0-9 and -, with a letter or digit at both ends", "^" LABEL "$", 63, is_dns_label};
const struct hd_format_rule format_service_name = {"a DNS label that begins with a letter: at most 63 of a-z, 0-9 and -, not ending in -",
                                                   "^[a-z]([-a-z0-9]*[a-z0-9])?$", 63, is_service_name};
const struct hd_format_rule format_neighbour = {"an application and one of its services, such as billing/invoice",
                                                "^" LABEL "/[a-z]([-a-z0-9]*[a-z0-9])?$", 127, is_neighbour};
const struct hd_format_rule format_subdomain = {
    "a DNS name: labels of a-z, 0-9 and - joined by dots, at most 253 in all", "^" LABEL "(\\." LABEL ")*$", 253, is_subdomain};
const struct hd_format_rule format_search_domain = {
    "a DNS name in lower case, a dot may stand behind it; or a dot alone", "^(\\.|" LABEL "(\\." LABEL ")*\\.?)$", 253, is_search_domain};
const struct hd_format_rule format_path_segment = {
    "a name without / and %, other than . and ..", "^[^/%" CONTROLS "]+$", 253, is_path_segment};
const struct hd_format_rule format_host = {
    "a host name in lower case, without scheme or port; *. may stand before it",
    "^(?!(.*\\.)?[0-9]+$)(\\*\\.)?" LABEL "(\\." LABEL ")*$", 253, is_host};
const struct hd_format_rule format_any_host = {
    "a host name in lower case, without scheme or port; *. may stand before it, and * is any",
    "^(?!(.*\\.)?[0-9]+$)(\\*|(\\*\\.)?" LABEL "(\\." LABEL ")*)$", 253, is_any_host};
const struct hd_format_rule format_label_key = {"a label key: at most 63 of letters, digits, -, _ and ., optionally after a DNS name and /",
                                                "^([a-z0-9.-]+/)?" NAME "$", 317, is_label_key};
const struct hd_format_rule format_annotation_key = {
    "an annotation key: at most 63 of letters, digits, -, _ and ., optionally after a DNS name and /", "^([A-Za-z0-9.-]+/)?" NAME "$", 317,
    is_annotation_key};
const struct hd_format_rule format_label_value = {
    "a label value: empty, or at most 63 of letters, digits, -, _ and . with a letter or digit at both ends", "^(" NAME ")?$", 63,
    is_label_value};
const struct hd_format_rule format_port_name = {
    "a port name: at most 15 of a-z, 0-9 and single -, with a letter", "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", 15, is_port_name};
const struct hd_format_rule format_port_ref = {
    "the name or number of a port", "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", 15, is_port_ref};
const struct hd_format_rule format_env_name = {
    "a variable name: letters, digits, _, - and ., not beginning with a digit", "^[-._a-zA-Z][-._a-zA-Z0-9]*$", 4096, is_env_name};
const struct hd_format_rule format_config_key = {
    "a key: at most 253 of -, _, ., letters and digits, with no .. at its beginning", "^[-._a-zA-Z0-9]+$", 253, is_config_key};
const struct hd_format_rule format_absolute_path = {
    "a path that begins with /, with neither .. nor : in it", "^/[^:" CONTROLS "]*$", 4096, is_absolute_path};
const struct hd_format_rule format_relative_path = {
    "a relative path with no .. in it", "^(?!\\.\\.)(?!.*/\\.\\.(/|$))[^/" CONTROLS "][^" CONTROLS "]*$", 4096, is_relative_path};
const struct hd_format_rule format_url_path = {
    "a path that begins with /, without spaces", "^/[!-~]*$", 2048, is_url_path};
const struct hd_format_rule format_header_name = {
    "a header name: letters, digits and -", "^[-A-Za-z0-9]+$", 256, is_header_name};
const struct hd_format_rule format_cidr = {
    "an address range such as 10.1.0.0/16, with no bits beyond the mask", "^[0-9a-fA-F.:]+/[0-9]+$", 49, is_cidr};
const struct hd_format_rule format_ip = {
    "an IP address", "^[0-9a-fA-F.:]+$", 45, is_ip};
const struct hd_format_rule format_quantity = {
    "a quantity: a number, with m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei or an exponent",
    "^[+-]?[0-9.]+([eE][-+]?[0-9]+|[numkMGTPE]|[KMGTPE]i)?$", 64, quantity_is_valid};
const struct hd_format_rule format_int_or_percent = {
    "a whole number or a percentage", "^[0-9]+%?$", 10, is_int_or_percent};
const struct hd_format_rule format_mode = {
    "permission bits as octal text, such as \"0444\"", "^[0-7]{1,4}$", 4, is_mode};
const struct hd_format_rule format_duration = {
    "a duration with its unit, such as 30s, 15m or 1h30m", "^([0-9]+(\\.[0-9]*)?(ns|us|ms|s|m|h))+$", 64, is_duration};
const struct hd_format_rule format_version = {
    "a minor version such as \"1.30\"", "^1\\.[1-9][0-9]?$", 4, is_version};
const struct hd_format_rule format_code = {
    "a diagnostic's code such as HD6129", "^HD[0-9]{4}$", 6, is_code};
const struct hd_format_rule format_sysctl = {"a kernel parameter such as net.ipv4.tcp_syncookies",
                                             "^[a-z0-9]([-_a-z0-9]*[a-z0-9])?([./][a-z0-9]([-_a-z0-9]*[a-z0-9])?)*$", 253, is_sysctl};
const struct hd_format_rule format_capability = {
    "a capability in upper case without CAP_, such as NET_BIND_SERVICE", "^(?!CAP_)[A-Z0-9_]+$", 64, is_capability};

/* Controls of ASCII and of Latin 1, and the two that end a line without being one of these. */
static bool is_control(const unsigned char *c)
{
    return c[0] < 0x20 || c[0] == 0x7f || (c[0] == 0xc2 && c[1] >= 0x80 && c[1] < 0xa0) ||
           (c[0] == 0xe2 && c[1] == 0x80 && (c[2] == 0xa8 || c[2] == 0xa9));
}

/* No terminal, log or header that the text gets to is told to do something by it. */
static bool has_control(const struct hd_format_rule *format, const char *text)
{
    for (; *text; text++)
        if (is_control((const unsigned char *)text) && !(format->controls && strchr(format->controls, *text)))
            return true;
    return false;
}

bool format_is_valid(const struct hd_format_rule *format, const char *text)
{
    return strlen(text) <= format->longest && !has_control(format, text) && format->valid(text);
}

const char *hd_format_words(const struct hd_format_rule *format)
{
    return format ? format->words : NULL;
}

const char *hd_format_pattern(const struct hd_format_rule *format)
{
    return format ? format->pattern : NULL;
}

bool hd_format_is_valid(const struct hd_format_rule *format, const char *text)
{
    return format && text && format_is_valid(format, text);
}
