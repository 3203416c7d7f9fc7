/* Rules for values and words that came from a shell, a .env file or Compose, where they mean something else. */
#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/word_list.h"
#include "model/tables.h"
#include "text_checks.h"

#include <stdlib.h>
#include <string.h>

#define SPACES " \t\r\n"

/* Whether the text is one quoted piece: "info", with no further quote of its kind in it. */
static bool is_quoted(const char *text, size_t length)
{
    return length > 2 && (*text == '"' || *text == '\'') && text[length - 1] == *text && memchr(text + 1, *text, length - 1) == text + length - 1;
}

static void report_quotes(struct checker *checker, struct where where, const char *subject, const char *quoted, size_t length)
{
    struct finding *finding = found(checker, HD_VALUE_IN_QUOTES, where, "the program gets %s with the quotes, because no shell takes them away",
                                    subject);

    hint(finding, "write %.*s without the inner quotes; if the program expects them, accept this with silence",
         (int)(length - 2 > 60 ? 60 : length - 2), quoted + 1);
}

static bool is_word_letter(char c)
{
    return letter_is_digit(c) || letter_is_lower(letter_lower(c));
}

/* What has no spaces within it hardly has them around it: addresses, numbers, words. */
static void check_spaces(struct checker *checker, const struct hd_env *env, const char *text, size_t length)
{
    size_t before = strspn(text, SPACES), inner;
    const char *begin = text + before, *end = text + length;

    while (end > begin && strchr(SPACES, end[-1]))
        end--;
    inner = (size_t)(end - begin);
    if (!inner || inner == length || strcspn(begin, SPACES) < inner || !is_word_letter(*begin) ||
        !(is_word_letter(end[-1]) || end[-1] == '/' || end[-1] == '='))
        return;
    hint(found(checker, HD_SPACE_AROUND_VALUE, AT(env, value), "the value of %s %s with a %s, which the program gets too", env->name,
               before ? "begins" : "ends", strpbrk(before ? text : end, "\n") ? "new line" : "space"),
         "%s; if it is meant, accept this with silence",
         strpbrk(end, "\n") && !before ? "write the value on the line of the key, or |- in place of |" : "remove it");
}

bool has_ending(const char *name, const char *ending)
{
    size_t length = strlen(name), n = strlen(ending);

    return length > n && !strcmp(name + length - n, ending);
}

void check_value_of_variable(struct checker *checker, const struct container_in *in, const struct hd_env *env)
{
    size_t length = strlen(env->value);

    if (is_quoted(env->value, length))
        report_quotes(checker, AT(env, value), env->name, env->value, length);
    if (length && (strchr(SPACES, *env->value) || strchr(SPACES, env->value[length - 1])))
        check_spaces(checker, env, env->value, length);
    if (!strcmp(env->name, "GOMEMLIMIT"))
        check_go_memory(checker, in->container, env);
    else if (has_ending(env->name, "_OPTIONS") || has_ending(env->name, "_OPTS") || has_ending(env->name, "_ARGS"))
        check_memory_options(checker, in->container, AT(env, value), env->value, NULL);
}

/* --name="value": a shell takes the quotes away, but none reads this. */
static void check_quotes(struct checker *checker, struct where where, const char *word)
{
    const char *equals = strchr(word, '='), *value = equals ? equals + 1 : word;

    if (*word == '-' && equals && is_quoted(value, strlen(value)))
        report_quotes(checker, where, "the value", value, strlen(value));
}

/* Words that only a shell acts on. find ends its -exec with ; and others have | and > as operators of their own. */
static void check_operator(struct checker *checker, struct where where, const char *word)
{
    static const char *const operators[] = {"&&", "||", "2>&1", ">/dev/null", ">>"};

    if (IS_AMONG(word, operators))
        hint(found(checker, HD_SHELL_OPERATOR, where, "%s is an argument of the program here, because no shell reads the command", word),
             "write command: [sh, -c, \"...\"] with the whole line as one word, or an init container for what runs first");
}

/* Servers that watch their files and show their insides are for the desk of a developer. */
static void check_development(struct checker *checker, struct where where, const char *word)
{
    static const char *const words[] = {"--reload", "--debug", "--dev", "runserver"};

    if (IS_AMONG(word, words))
        hint(found(checker, HD_DEVELOPMENT_SERVER, where, "%s is for development: the server is slow, and shows its insides to whoever asks", word),
             "remove it, and serve with gunicorn, uvicorn or the like; if the option means something else here, accept this with silence");
}

/* Requests that are still served when the kubelet kills the container. Bare thousands are milliseconds. */
static void check_end(struct checker *checker, const struct hd_service *service, struct where where, const char *name, const char *value)
{
    size_t digits = strspn(value, "0123456789"), length = strcspn(name, "=");
    int64_t grace = service->pod.termination_grace_period_seconds, seconds = digits < 4 ? strtol(value, NULL, 10) : 0;
    struct finding *finding;

    grace = grace > 0 ? grace : 30;
    if (seconds <= grace || value[digits + (value[digits] == 's')])
        return;
    finding = found(checker, HD_GRACEFUL_BEYOND_GRACE, where, "the server gives requests %lld s to end, but the container is killed after %lld s",
                    (long long)seconds, (long long)grace);
    also_at(finding, AT(&service->pod, termination_grace_period_seconds), "the grace period");
    hint(finding, "raise terminationGracePeriodSeconds above %lld, or lower %.*s", (long long)seconds, (int)length, name);
}

void check_graceful_variable(struct checker *checker, const struct container_in *in, const struct hd_env *env)
{
    if (word_list_ends(" SHUTDOWN_PHASE SHUTDOWN_TIMEOUT GRACEFUL_TIMEOUT ", env->name))
        check_end(checker, in->service, AT(env, value), env->name, env->value);
}

void check_graceful(struct checker *checker, const struct container_in *in, struct where where, const char *word, const char *next)
{
    size_t length = strcspn(word, "=");
    const char *value = word[length] ? word + length + 1 : next;

    if (value && word_list_has(" --graceful-timeout --timeout-graceful-shutdown ", word, length))
        check_end(checker, in->service, where, word, value);
}

void check_value_of_word(struct checker *checker, struct where where, const char *word)
{
    if (*word == '&' || *word == '|' || *word == '2' || *word == '>')
        check_operator(checker, where, word);
    else if (*word == '-' || *word == 'r') {
        check_development(checker, where, word);
        check_quotes(checker, where, word);
    }
}
