/* Which values of a model fit a value of a manifest by their texts and names, and so are worth a trial. */
#include "backward.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum {
    SAME_TEXT = 100,
    SAME_COMMON_TEXT = 20,
    TEXT_WITHIN = 40,
    COMMON_TEXT_WITHIN = 20,
    SAME_KEY = 50,
    KEY_ABOVE = 25,
    KEY_ALIKE = 15,
    STEP_ABOVE = 10,
    NAME_ABOVE = 40,
    NAME_IS_TEXT = 40,
    NAME_WITHIN = 30,
    TEXT_IS_NAME = 15,
    OWN_SERVICE = 20,
    OTHER_SERVICE = -10,
    IS_GIVEN = 5
};

/* true, false and single characters stand for too many things. */
static bool is_common(const char *text)
{
    return !text[0] || !text[1] || !strcmp(text, "true") || !strcmp(text, "false");
}

static bool is_equal(const char *text, const char *start, size_t length)
{
    return text && strlen(text) == length && !strncmp(text, start, length);
}

static const char *key_of(const struct way *way)
{
    size_t i = way->n;

    while (i > 1 && !way->steps[i - 1]->key)
        i--;
    return i > 1 ? way->steps[i - 1]->key : "";
}

static bool has_key(const struct way *way, const char *start, size_t length)
{
    for (size_t i = 1; i < way->n; i++)
        if (way->steps[i]->key && is_equal(way->steps[i]->key, start, length))
            return true;
    return false;
}

/* Whether the text stands in a small tree; `*left` counts down the values that are looked at. */
static bool has_text(const struct tree *tree, const char *start, size_t length, size_t *left)
{
    if (!*left)
        return false;
    *left -= tree->n_items == 0;
    if (is_equal(tree->text, start, length))
        return true;
    for (size_t i = 0; i < tree->n_items; i++)
        if (has_text(tree->items[i], start, length, left))
            return true;
    return false;
}

static bool is_within(const char *text, const char *start, size_t length)
{
    for (; length >= 3 && strlen(text) >= length; text++)
        if (!strncasecmp(text, start, length))
            return true;
    return false;
}

/* Whether an entry of a list was named after it, such as the alert ServiceErrorRateHigh after errorRate. */
static bool is_named_after(const struct tree *entry, const char *start, size_t length)
{
    static const char *const keys[] = {"name", "alert", "record"};

    for (size_t i = 0; length > 4 && i < sizeof keys / sizeof *keys; i++) {
        const char *name = tree_text(entry, keys[i]);

        if (name && is_within(name, start, length))
            return true;
    }
    return false;
}

/* Whether something on the way has this name, or an entry of a list, such as a rule of a policy, tells of it. */
static bool has_name(const struct way *way, const char *start, size_t length)
{
    for (size_t i = 1; i < way->n; i++) {
        size_t left = 16;

        if (is_equal(tree_text(way->steps[i], "name"), start, length) ||
            (!way->steps[i]->key && (is_named_after(way->steps[i], start, length) || has_text(way->steps[i], start, length, &left))))
            return true;
    }
    return false;
}

static bool is_letter(char letter)
{
    return isalnum((unsigned char)letter) != 0;
}

/* Whether a text holds another one, which must stand alone in it when it is short. */
static bool has_word(const char *text, const char *word)
{
    size_t length = strlen(word);

    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word))
        if (length >= 3 || ((at == text || !is_letter(at[-1])) && !is_letter(at[length])))
            return true;
    return false;
}

static long score_text(const struct candidate *candidate, const struct way *way)
{
    const char *text = candidate->value.text, *of = way_value(way);

    if (!text || !of || !*text)
        return 0;
    if (!strcmp(text, of))
        return is_common(text) ? SAME_COMMON_TEXT : SAME_TEXT;
    return !has_word(of, text) ? 0 : is_common(text) ? COMMON_TEXT_WITHIN : TEXT_WITHIN;
}

static long score_last(const struct way *way, const char *start, size_t length)
{
    const char *key = key_of(way);

    if (is_equal(key, start, length))
        return SAME_KEY;
    if (has_key(way, start, length))
        return KEY_ABOVE;
    return is_within(key, start, length) ? KEY_ALIKE : 0;
}

/* One step of a candidate's path that is not the last one. */
static long score_step(const struct backward *backward, const struct way *way, const char *start, size_t length)
{
    const char *text = way_value(way);

    if (length > 1 && is_equal(text, start, length))
        return NAME_IS_TEXT;
    if (is_equal(backward->manifest->service, start, length))
        return 0;
    if (text && is_within(text, start, length))
        return NAME_WITHIN;
    if (length > 2 && has_name(way, start, length))
        return NAME_ABOVE;
    return has_key(way, start, length) ? STEP_ABOVE : 0;
}

static long score_path(const struct backward *backward, const struct candidate *candidate, const struct way *way)
{
    long score = 0;

    for (const char *step = candidate->value.path; *step;) {
        size_t length = strcspn(step, ".[]\"");
        const char *next = step + length + strspn(step + length, ".[]\"");
        bool is_index = length == strspn(step, "0123456789");

        if (!is_index)
            score += *next && strspn(next, "0123456789") != strcspn(next, ".[]\"") ? score_step(backward, way, step, length)
                                                                                  : score_last(way, step, length);
        if (!is_index && !*next && candidate->is_part)
            score += score_step(backward, way, step, length);
        step = next;
    }
    return score;
}

/* Another service matters where its name stands in the line, or where it speaks of the object's service. */
static long score_service(const struct backward *backward, const struct candidate *candidate)
{
    static const char services[] = "services.";
    const char *path = candidate->value.path, *service = backward->manifest->service;
    size_t length = strlen(services);

    if (!service || strncmp(path, services, length) != 0)
        return 0;
    return is_equal(service, path + length, strcspn(path + length, ".")) ? OWN_SERVICE : OTHER_SERVICE;
}

long backward_score(const struct backward *backward, const struct candidate *candidate, const struct way *way)
{
    const char *service = backward->manifest->service, *text = candidate->value.text;
    long score = score_text(candidate, way) + score_path(backward, candidate, way) + score_service(backward, candidate);

    if (service && text && !strcmp(text, service))
        score += TEXT_IS_NAME;
    if (candidate->value.origin == HD_VALUE_GIVEN || candidate->value.origin == HD_VALUE_RUNTIME)
        score += IS_GIVEN;
    return score;
}
