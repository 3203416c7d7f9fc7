#include "credential.h"

#include "among.h"

#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define ALNUM UPPER "abcdefghijklmnopqrstuvwxyz0123456789"

/* Tokens that their issuers made recognisable: a prefix, then so many characters of a set. */
struct token {
    const char *prefix;
    const char *set;
    size_t least;
    const char *kind;
};

/* Of all of them: a prefix of four characters and 16 more. */
enum { SHORTEST_TOKEN = 20 };

static const struct token tokens[] = {
    {"AKIA", UPPER "0123456789", 16, "an AWS access key"},
    {"ASIA", UPPER "0123456789", 16, "an AWS access key"},
    {"ghp_", ALNUM, 30, "a GitHub token"},
    {"gho_", ALNUM, 30, "a GitHub token"},
    {"ghs_", ALNUM, 30, "a GitHub token"},
    {"github_pat_", ALNUM "_", 30, "a GitHub token"},
    {"glpat-", ALNUM "-_", 20, "a GitLab token"},
    {"xoxb-", ALNUM "-", 20, "a Slack token"},
    {"xoxp-", ALNUM "-", 20, "a Slack token"},
    {"sk_live_", ALNUM, 20, "a Stripe key"},
    {"AIza", ALNUM "-_", 35, "a Google API key"},
};

/* `needle` in the first `length` bytes of `text`. */
static const char *find(const char *text, size_t length, const char *needle)
{
    size_t n = strlen(needle);

    for (const char *p = text; (size_t)(text + length - p) >= n; p++) {
        p = memchr(p, *needle, (size_t)(text + length - p));
        if (!p || (size_t)(text + length - p) < n)
            return NULL;
        if (!memcmp(p, needle, n))
            return p;
    }
    return NULL;
}

/* Length of the run of characters of a set, within the text. */
static size_t run(const char *p, const char *end, const char *set)
{
    const char *start = p;

    while (p < end && *p && strchr(set, *p))
        p++;
    return (size_t)(p - start);
}

static bool has_token(const char *text, size_t length, const struct token *token)
{
    const char *end = text + length, *p = text;

    while ((p = find(p, (size_t)(end - p), token->prefix)) != NULL) {
        bool starts = p == text || !strchr(ALNUM, p[-1]);

        p += strlen(token->prefix);
        if (starts && run(p, end, token->set) >= token->least)
            return true;
    }
    return false;
}

/* scheme://user:password@host, where the password is not a reference or a template. */
static bool has_url_password(const char *text, size_t length)
{
    const char *end = text + length, *p = text;

    while ((p = find(p, (size_t)(end - p), "://")) != NULL) {
        const char *user = p + 3, *at = user, *colon;

        while (at < end && !strchr("/?# \t\r\n\"'<>", *at) && *at != '@')
            at++;
        colon = at < end && *at == '@' ? memchr(user, ':', (size_t)(at - user)) : NULL;
        if (colon && at - colon > 1 && !strchr("$%{", colon[1]))
            return true;
        p = user;
    }
    return false;
}

const char *credential_kind(const char *text, size_t length)
{
    const char *begin = find(text, length, "-----BEGIN "),
               *key = begin ? find(begin, (size_t)(text + length - begin), "PRIVATE KEY-----") : NULL;

    if (key && !memchr(begin, '\n', (size_t)(key - begin)))
        return "a private key";
    for (size_t i = 0; length >= SHORTEST_TOKEN && i < sizeof tokens / sizeof *tokens; i++)
        if (has_token(text, length, &tokens[i]))
            return tokens[i].kind;
    return has_url_password(text, length) ? "a password in a URL" : NULL;
}

/* Names end with one of these, or with one and an environment or a number. */
static const char *const secret_words[] = {
    "PASSWORD", "PASSWD", "PASSPHRASE", "PWD", "SECRET", "TOKEN", "CREDENTIAL", "CREDENTIALS", "APIKEY",
};
static const char *const secret_keys[] = {"API", "ACCESS", "PRIVATE", "SECRET", "ENCRYPTION", "SIGNING", "MASTER", "AUTH"};
static const char *const endings[] = {"PROD", "PRODUCTION", "STAGING",   "DEV", "TEST",  "OLD",
                                      "NEW",  "PRIMARY",    "SECONDARY", "B64", "BASE64"};

/* Cuts the last word off a name: up to _, -, . or the capital of camelCase. Returns where it starts. */
static size_t last_word(const char *name, size_t *length)
{
    size_t start;

    while (*length && strchr("_-.", name[*length - 1]))
        (*length)--;
    start = *length;
    while (start && !strchr("_-.", name[start - 1])) {
        start--;
        if (start && letter_is_upper(name[start]) && letter_is_lower(name[start - 1]))
            break;
    }
    return start;
}

bool is_credential_name(const char *name, size_t length)
{
    size_t start = last_word(name, &length), before;

    while (start && length > start &&
           (IS_AMONG_ANY_CASE(name + start, length - start, endings) || strspn(name + start, "0123456789") >= length - start)) {
        length = start;
        start = last_word(name, &length);
    }
    if (IS_AMONG_ANY_CASE(name + start, length - start, secret_words))
        return true;
    if (length - start != 3 || !letters_same(name + start, "KEY", 3))
        return false;
    length = start;
    before = last_word(name, &length);
    return IS_AMONG_ANY_CASE(name + before, length - before, secret_keys);
}

bool is_harmless(const char *value, size_t length)
{
    static const char *const switches[] = {"true", "false", "yes",      "no",       "on",      "off",    "none", "null",
                                           "nil",  "0",     "1",        "required", "optional", "enabled", "disabled"};

    while (length && strchr(" \t\r\n\v\f", value[length - 1]))
        length--;
    if (!length || IS_AMONG_ANY_CASE(value, length, switches))
        return true;
    /* A path, a reference to a variable or a place in a template. */
    return strchr("/.~$%{<", *value) != NULL || find(value, length, "://") || find(value, length, "{{") || find(value, length, "${") ||
           find(value, length, "$(");
}
