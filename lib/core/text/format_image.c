/* The forms of image references and their parts. */
#include "format.h"
#include "format_text.h"

static bool is_tag_of(const char *text, size_t length)
{
    return length <= 128 && all_of(text, length, LOWER UPPER DIGIT "_.-") && *text != '.' && *text != '-';
}

static bool is_tag(const char *text)
{
    return is_tag_of(text, strlen(text));
}

static bool is_digest(const char *text)
{
    return !strncmp(text, "sha256:", 7) && strlen(text + 7) == 64 && all_of(text + 7, 64, DIGIT "abcdef");
}

/* Path components of a repository: a-z, 0-9, separated by one of . _ __ or any number of -. */
static bool is_repository_of(const char *text, size_t length)
{
    const char *end = text + length;

    while (text < end) {
        size_t part = strcspn(text, "/");

        if (part > (size_t)(end - text))
            part = (size_t)(end - text);
        if (!is_name(text, part, "._-"))
            return false;
        for (size_t i = 1; i < part; i++)
            if ((text[i] == '.' && strchr("._-", text[i - 1])) || (text[i] == '_' && strchr(".-", text[i - 1])) ||
                (text[i] == '-' && strchr("._", text[i - 1])) || (i > 1 && text[i] == '_' && text[i - 1] == '_' && text[i - 2] == '_'))
                return false;
        text += part;
        if (text < end && ++text == end)
            return false;
    }
    return length > 0;
}

static bool is_repository(const char *text)
{
    return is_repository_of(text, strlen(text));
}

static bool is_registry_host(const char *text, size_t length)
{
    const char *colon = memchr(text, ':', length);
    size_t name = colon ? (size_t)(colon - text) : length;

    return is_name(text, name, ".-" UPPER) && (!colon || all_of(colon + 1, length - name - 1, DIGIT));
}

static bool is_registry(const char *text)
{
    size_t host = strcspn(text, "/");

    return is_registry_host(text, host) && (!text[host] || is_repository(text + host + 1));
}

/* [registry/]repository[:tag][@digest] */
static bool is_image(const char *text)
{
    const char *at = strchr(text, '@');
    size_t length = at ? (size_t)(at - text) : strlen(text), host = strcspn(text, "/");
    const char *colon;

    if (at && !is_digest(at + 1))
        return false;
    if (host < length && (memchr(text, '.', host) || memchr(text, ':', host) || (host == 9 && !memcmp(text, "localhost", 9)))) {
        if (!is_registry_host(text, host))
            return false;
        text += host + 1;
        length -= host + 1;
    }
    colon = memchr(text, ':', length);
    if (colon && !is_tag_of(colon + 1, length - (size_t)(colon - text) - 1))
        return false;
    return is_repository_of(text, colon ? (size_t)(colon - text) : length);
}

const struct hd_format_rule format_image = {
    "an image reference: registry/repository in lower case, with a :tag or @sha256: and 64 hexadecimal digits",
    "^[a-zA-Z0-9][-a-zA-Z0-9._:/]*(@sha256:[0-9a-f]{64})?$", 512, is_image};
const struct hd_format_rule format_registry = {
    "a registry: host, optional port and path, without scheme", "^[a-zA-Z0-9][-a-zA-Z0-9._:/]*$", 255, is_registry};
const struct hd_format_rule format_repository = {
    "a repository: parts of a-z, 0-9, ., _ and - joined by /", "^[a-z0-9][-a-z0-9._/]*$", 255, is_repository};
const struct hd_format_rule format_tag = {
    "a tag: at most 128 of letters, digits, _, . and -", "^[A-Za-z0-9_][A-Za-z0-9_.-]*$", 128, is_tag};
const struct hd_format_rule format_digest = {
    "sha256: and 64 hexadecimal digits in lower case", "^sha256:[0-9a-f]{64}$", 71, is_digest};
