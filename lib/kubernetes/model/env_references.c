/* References of variables, commands and arguments to variables: `$(NAME)`, which the kubelet replaces. (Kubernetes: expansion.go) */
#include "core/memory/names.h"
#include "core/text/among.h"
#include "core/text/letter.h"
#include "model/checks.h"
#include "parts.h"
#include "pod_checks.h"

#include <stdlib.h>
#include <string.h>

/* A string of a program's arguments or environment that is longer cannot be handed over, with its end. (Linux: MAX_ARG_STRLEN) */
enum { LONGEST_WORD = 131071 };

/* What the kubelet would replace. `text` moves on behind it. */
struct reference {
    const char *name;
    size_t length;
};

static bool next_reference(const char **text, struct reference *reference)
{
    for (const char *dollar = strchr(*text, '$'); dollar; dollar = strchr(dollar, '$')) {
        if (dollar[1] == '(') {
            const char *end = strchr(dollar, ')');

            if (!end)
                return false;
            *reference = (struct reference){dollar + 2, (size_t)(end - dollar - 2)};
            *text = end + 1;
            return true;
        }
        dollar += dollar[1] == '$' ? 2 : 1;
    }
    return false;
}

/* The variables of a container by name; only for many there is a table of them. */
enum { FEW_VARIABLES = 24 };
struct scope {
    struct arena *arena;
    const struct hd_container *container;
    struct names names;
};

static bool refers(const struct hd_container *container)
{
    for (size_t i = 0; i < container->n_env; i++)
        if (container->env[i].value && strstr(container->env[i].value, "$("))
            return true;
    return false;
}

static void scope_init(struct scope *scope, struct arena *arena, const struct hd_container *container)
{
    *scope = (struct scope){.arena = arena, .container = container};
    if (container->n_env <= FEW_VARIABLES)
        return;
    names_init(arena, &scope->names, container->n_env);
    for (size_t i = 0; i < container->n_env; i++)
        if (container->env[i].name)
            names_add(&scope->names, container->env[i].name, &container->env[i]);
}

static const struct hd_env *scope_find(const struct scope *scope, struct reference reference)
{
    const struct hd_container *container = scope->container;

    for (size_t i = 0; i < container->n_env && container->n_env <= FEW_VARIABLES; i++) {
        const char *name = container->env[i].name;

        if (name && !strncmp(name, reference.name, reference.length) && !name[reference.length])
            return &container->env[i];
    }
    return names_find(&scope->names, arena_strndup(scope->arena, reference.name, reference.length));
}

/* A variable whose references are being followed, and how far. */
struct pending {
    const struct hd_env *env;
    const char *rest;
};

/* Follows references without calling itself, because a chain of them may be as long as the list. */
static void put_behind_what_it_uses(const struct scope *scope, const struct hd_env *env, bool *seen, struct pending *steps,
                                    struct hd_env *sorted, size_t *n_sorted)
{
    size_t depth = 0;

    seen[env - scope->container->env] = true;
    steps[depth++] = (struct pending){env, text_or(env->value, "")};
    while (depth) {
        struct pending *step = &steps[depth - 1];
        const struct hd_env *used = NULL;
        struct reference reference;

        while (!used && next_reference(&step->rest, &reference)) {
            used = scope_find(scope, reference);
            if (used && seen[used - scope->container->env])
                used = NULL;
        }
        if (used) {
            seen[used - scope->container->env] = true;
            steps[depth++] = (struct pending){used, text_or(used->value, "")};
        } else {
            sorted[(*n_sorted)++] = *step->env;
            depth--;
        }
    }
}

/* The kubelet replaces only what stands earlier in the list; variables that use none keep their places among each other. */
void resolve_env_order(struct hd_model *model, struct hd_container *container)
{
    struct scope scope;
    struct hd_env *sorted;
    struct pending *steps;
    struct arena_mark mark;
    size_t n_sorted = 0;
    bool *seen;

    if (!refers(container))
        return;
    sorted = arena_array(&model->arena, container->n_env, sizeof *sorted);
    mark = arena_mark(&model->arena);
    scope_init(&scope, &model->arena, container);
    steps = arena_array(&model->arena, container->n_env, sizeof *steps);
    seen = arena_array(&model->arena, container->n_env, sizeof *seen);
    for (size_t i = 0; i < container->n_env; i++)
        if (!seen[i])
            put_behind_what_it_uses(&scope, &container->env[i], seen, steps, sorted, &n_sorted);
    container->env = sorted;
    arena_rewind(&model->arena, mark);
}

/* Variables of the kubelet itself: those of the API server's Service, and of all Services where the pod asks for them. */
static bool is_service_variable(const struct scope *scope, const struct hd_service *service, struct reference reference)
{
    const char *name = arena_strndup(scope->arena, reference.name, reference.length);

    if (!strncmp(name, "KUBERNETES_", 11))
        return true;
    return service->pod.enable_service_links == HD_TRUE && (strstr(name, "_SERVICE_") || strstr(name, "_PORT"));
}

/* Whether envFrom may bring the variable: of ConfigMaps the keys are not known here. */
static bool may_come(const struct checker *checker, const struct scope *scope, struct reference reference)
{
    for (size_t i = 0; i < scope->container->n_env_from; i++) {
        const struct hd_env_from *from = &scope->container->env_from[i];
        const struct hd_secret *secret = from->secret && !from->prefix ? names_find(&checker->secrets, from->secret) : NULL;

        if (!secret || !secret->n_keys || secret_has_key(checker, secret, arena_strndup(scope->arena, reference.name, reference.length)))
            return true;
    }
    return false;
}

/* Whether nothing gives the variable. */
static bool is_unknown(const struct checker *checker, const struct scope *scope, const struct hd_service *service, struct reference reference)
{
    return !may_come(checker, scope, reference) && !scope_find(scope, reference) && !is_service_variable(scope, service, reference);
}

static void tell_unknown(struct checker *checker, struct where where, const char *text, struct reference reference)
{
    int length = reference.length > 60 ? 60 : (int)reference.length;
    struct finding *finding =
        found(checker, HD_REFERENCE_UNKNOWN, where, "$(%.*s) stays as it is, because the container has no variable %.*s", length,
              reference.name, length, reference.name);

    found_inside(finding, text, reference.name - strlen("$("));
    hint(finding,
         "add %.*s to env; if the text is meant for the program, write $$(%.*s)", length, reference.name, length, reference.name);
}

static void tell_cycle(struct checker *checker, const struct hd_env *env, const struct hd_env *used)
{
    struct finding *finding;

    if (env == used) {
        hint(found(checker, HD_REFERENCE_CYCLE, AT(env, value), "%s refers to itself, so $(%s) stays as it is", env->name, env->name),
             "the kubelet does not know the variables of the image: write the whole value");
        return;
    }
    finding = found(checker, HD_REFERENCE_CYCLE, AT(env, value), "$(%s) stays as it is, because %s and %s refer to each other", used->name,
                    env->name, used->name);
    also_at(finding, AT(used, value), "%s is defined here", used->name);
    hint(finding, "write the value of one of them without the other");
}

/* `$$` is how `$` is written before a parenthesis; elsewhere nobody needs it, and whoever means two gets one. */
static void check_dollars(struct checker *checker, struct where where, const char *text)
{
    for (const char *dollar = strstr(text, "$$"); dollar; dollar = strstr(dollar + strspn(dollar, "$"), "$$")) {
        size_t length = strspn(dollar, "$");
        struct finding *finding;

        if (length > 3 || dollar[length] == '(')
            continue;
        finding = found(checker, HD_DOUBLE_DOLLAR, where, "the program gets one $ for $$, because Kubernetes replaces it");
        found_inside(finding, text, dollar);
        hint(finding, "write one $ if the program needs one, or $$$$ if it needs two");
        return;
    }
}

static void check_length(struct checker *checker, struct where where, const char *what, size_t length)
{
    if (length > LONGEST_WORD)
        hint(found(checker, HD_WORD_TOO_LONG, where, "%s has %zu bytes, but Linux hands over at most %d in one piece", what, length,
                   LONGEST_WORD),
             "write it to a file with configFiles, and give its path");
}

static void check_references_of(struct checker *checker, const struct scope *scope, const struct hd_service *service,
                                const struct hd_env *env)
{
    const char *rest = env->value;
    struct reference reference;

    while (next_reference(&rest, &reference)) {
        const struct hd_env *used = scope_find(scope, reference);

        if (used && used >= env && env->name && used->name) {
            tell_cycle(checker, env, used);
            return;
        }
        if (is_unknown(checker, scope, service, reference))
            tell_unknown(checker, AT(env, value), env->value, reference);
    }
}

static bool is_in_capitals(struct reference reference)
{
    for (size_t i = 0; i < reference.length; i++)
        if (!letter_is_upper(reference.name[i]) && !(i && letter_is_digit(reference.name[i])) && reference.name[i] != '_')
            return false;
    return reference.length > 0;
}

/* In words of a command a shell's own `$(date)` looks alike; names of variables are in capitals. */
static void check_word(struct checker *checker, const struct scope *scope, const struct hd_service *service, struct where where,
                       const char *word)
{
    const char *rest = word;
    struct reference reference;

    check_length(checker, where, "the word", strlen(word));
    check_dollars(checker, where, word);
    while (next_reference(&rest, &reference))
        if (is_in_capitals(reference) && is_unknown(checker, scope, service, reference))
            tell_unknown(checker, where, word, reference);
}

void check_references(struct checker *checker, const struct hd_service *service, const struct hd_container *container)
{
    struct scope scope;

    scope_init(&scope, &checker->scratch, container);
    for (size_t i = 0; i < container->n_env; i++) {
        const struct hd_env *env = &container->env[i];

        if (!env->value)
            continue;
        check_length(checker, AT(env, value), "the variable", strlen(env->value) + 1 + (env->name ? strlen(env->name) : 0));
        check_dollars(checker, AT(env, value), env->value);
        check_references_of(checker, &scope, service, env);
    }
    for (size_t i = 0; i < container->n_command; i++)
        check_word(checker, &scope, service, AT_ITEM(container, command, i), container->command[i]);
    for (size_t i = 0; i < container->n_args; i++)
        check_word(checker, &scope, service, AT_ITEM(container, args, i), container->args[i]);
}
