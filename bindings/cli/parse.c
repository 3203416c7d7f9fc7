/* From arguments to a call. */
#define _POSIX_C_SOURCE 200809L
#include "options.h"

#include "call.h"
#include "diagnostics.h"

#include <hybriddeploy/diagnostic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct parser {
    struct call *call;
    int argc, next;
    char **argv;
};

/* The candidate that was likely meant, as the end of an error message; `dashes` stand before it. */
static const char *did_you_mean(const char *word, const char *const *candidates, size_t n, const char *dashes)
{
    static char text[128];
    const char *nearest = hd_did_you_mean(word, candidates, n);

    text[0] = '\0';
    if (nearest)
        snprintf(text, sizeof text, "; did you mean %s%s?", dashes, nearest);
    return text;
}

static int unknown_option(const char *name, size_t length)
{
    const char *names[64];
    char word[64];
    size_t n = 0;

    snprintf(word, sizeof word, "%.*s", (int)length, name);
    for (; n < n_all_options && n < sizeof names / sizeof *names; n++)
        names[n] = all_options[n].name;
    return complain(EXIT_WRONG_CALL, "there is no option --%s%s", word, did_you_mean(word, names, n, "--"));
}

/* All words, as the end of a complaint; none where they are many. */
static const char *all_words(const char *const *candidates, size_t n)
{
    static char text[256];
    size_t length = 0;

    text[0] = '\0';
    for (size_t i = 0; i < n && n <= 12 && length < sizeof text; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "%s%s", i ? ", " : "; write one of ", candidates[i]);
    return text;
}

/* Whether a word is one of those meant; KIND/NAME is judged by its kind. */
static int check_word(enum words words, const char *what, const char *word)
{
    const char *candidates[128], *candidate, *nearest;
    char head[64];
    size_t n = 0;

    if (!word_at(words, 0))
        return EXIT_FINE;
    snprintf(head, sizeof head, "%.*s", (int)(words == WORDS_ONLY ? strcspn(word, "/") : strlen(word)), word);
    for (; n < sizeof candidates / sizeof *candidates && (candidate = word_at(words, n)); n++) {
        candidates[n] = candidate;
        if (words == WORDS_ONLY ? !strcasecmp(head, candidate) : !strcmp(word, candidate))
            return EXIT_FINE;
    }
    if (words == WORDS_ONLY)
        return complain(EXIT_WRONG_CALL, "%s: there is no kind %s%s\nhybridgen list kinds shows them", what, head,
                        did_you_mean(head, candidates, n, ""));
    nearest = did_you_mean(head, candidates, n, "");
    return complain(EXIT_WRONG_CALL, "%s: %s is not allowed here%s", what, word, *nearest ? nearest : all_words(candidates, n));
}

static int parse_count(const char *text, size_t *ret_count)
{
    char *end;
    unsigned long count = strtoul(text, &end, 10);

    if (*text < '0' || *text > '9' || *end || !count || count > 1000000)
        return complain(EXIT_WRONG_CALL, "--max-diagnostics: %s is not a number from 1 to 1000000", text);
    *ret_count = count;
    return EXIT_FINE;
}

/* One part or several with commas between them. */
static int take_parts(struct call *call, const char *list)
{
    call->given |= 1u << OPTION_WITH;
    for (size_t length;; list += length + 1) {
        char *part;

        length = strcspn(list, ",");
        part = grow(NULL, length + 1);
        memcpy(part, list, length);
        part[length] = '\0';
        call->with = grow(call->with, (call->n_with + 1) * sizeof *call->with);
        call->with[call->n_with++] = part;
        if (check_word(WORDS_PARTS, "--with", part))
            return EXIT_WRONG_CALL;
        if (!list[length])
            return EXIT_FINE;
    }
}

/* The word is one of WORDS_EFFECTS. */
static enum hd_effect effect_named(const char *word)
{
    enum hd_effect effect = HD_EFFECT_NOTHING;

    while (hd_effect_name(effect) && strcmp(hd_effect_name(effect), word) != 0)
        effect++;
    return effect;
}

static int take(struct call *call, const struct option *option, const char *argument)
{
    char what[64];
    int status;

    snprintf(what, sizeof what, "--%s", option->name);
    if (option->argument && !*argument)
        return complain(EXIT_WRONG_CALL, "%s: the argument is empty", what);
    if (option->id == OPTION_WITH)
        return take_parts(call, argument);
    /* --format is checked later, because its words depend on the verb, which may come after it. */
    status = option->argument && option->id != OPTION_FORMAT ? check_word(option->words, what, argument) : EXIT_FINE;
    if (status)
        return status;
    call->given |= 1u << option->id;
    switch (option->id) {
    case OPTION_FILE:
        call->files[call->n_files++] = argument;
        break;
    case OPTION_OUTPUT:
        call->output = argument;
        break;
    case OPTION_FORMAT:
        call->format_word = argument;
        call->format = !strcmp(argument, "json") ? HD_FORMAT_JSON : !strcmp(argument, "list") ? HD_FORMAT_LIST : HD_FORMAT_YAML;
        break;
    case OPTION_ONLY:
        call->only[call->n_only++] = argument;
        break;
    case OPTION_WITH: /* taken apart before */
        break;
    case OPTION_ENVIRONMENT:
        if (!call->n_environments++)
            call->first_environment = argument;
        call->environment = argument;
        break;
    case OPTION_ENVIRONMENTS:
        call->environments = true;
        break;
    case OPTION_NAMESPACE:
        call->namespace_name = argument;
        break;
    case OPTION_SET:
        call->sets[call->n_sets++] = argument;
        break;
    case OPTION_KUBE_VERSION:
        call->kubernetes_version = argument;
        break;
    case OPTION_STRICT:
        call->strict = true;
        break;
    case OPTION_MAX_DIAGNOSTICS:
        return parse_count(argument, &call->max_diagnostics);
    case OPTION_DIAGNOSTICS: /* taken by diagnostics_begin() */
        break;
    case OPTION_COLOR:
        call->color = argument;
        break;
    case OPTION_FORCE:
        call->force = true;
        break;
    case OPTION_AGAINST:
        call->against = argument;
        break;
    case OPTION_CHECK:
        call->check = true;
        break;
    case OPTION_OUTPUTS:
        call->outputs = true;
        break;
    case OPTION_DEPFILE:
        call->depfile = argument;
        break;
    case OPTION_WHY:
        call->why = argument;
        break;
    case OPTION_EXPOSED:
        call->exposed = true;
        break;
    case OPTION_HOST_NETWORK:
        call->hosts_are_pods = !strcmp(argument, "pods");
        break;
    case OPTION_FAIL_ON:
        call->fail_on = effect_named(argument);
        break;
    case OPTION_EXPECT:
        call->expect = argument;
        break;
    case OPTION_WRITE_EXPECT:
        call->write_expect = argument;
        break;
    case OPTION_QUIET:
        call->quiet = true;
        break;
    case OPTION_VERBOSE:
        call->verbose = true;
        break;
    case OPTION_HELP:
        call->help = true;
        break;
    case OPTION_VERSION:
        call->version = true;
        break;
    }
    return EXIT_FINE;
}

/* The next argument, for an option that lacks its own. */
static int take_with_next(struct parser *parser, const struct option *option)
{
    if (parser->next >= parser->argc)
        return complain(EXIT_WRONG_CALL, "--%s needs %s", option->name, option->argument);
    return take(parser->call, option, parser->argv[parser->next++]);
}

static int parse_long(struct parser *parser, const char *text)
{
    size_t length = strcspn(text, "=");

    for (size_t i = 0; i < n_all_options; i++) {
        const struct option *option = &all_options[i];

        if (strlen(option->name) != length || strncmp(option->name, text, length) != 0)
            continue;
        if (option->argument && text[length] == '=')
            return take(parser->call, option, text + length + 1);
        if (text[length] == '=')
            return complain(EXIT_WRONG_CALL, "--%s takes no argument", option->name);
        return option->argument ? take_with_next(parser, option) : take(parser->call, option, NULL);
    }
    return unknown_option(text, length);
}

/* Letters may stand together, and an argument right behind its letter. */
static int parse_letters(struct parser *parser, const char *text)
{
    for (; *text; text++) {
        const struct option *option = NULL;
        int status;

        for (size_t i = 0; i < n_all_options; i++)
            if (all_options[i].letter == *text)
                option = &all_options[i];
        if (!option)
            return complain(EXIT_WRONG_CALL, "there is no option -%c", *text);
        if (option->argument)
            return text[1] ? take(parser->call, option, text + 1) : take_with_next(parser, option);
        status = take(parser->call, option, NULL);
        if (status)
            return status;
    }
    return EXIT_FINE;
}

static int take_operand(struct call *call, const char *operand)
{
    const char *names[32];
    size_t n = 0;

    if (call->verb) {
        call->operands[call->n_operands++] = operand;
        return EXIT_FINE;
    }
    call->verb = verb_named(operand);
    if (call->verb)
        return EXIT_FINE;
    for (; n < n_verbs; n++)
        names[n] = verbs[n].name;
    return complain(EXIT_WRONG_CALL, "there is no verb %s%s\nhybridgen help lists the verbs", operand, did_you_mean(operand, names, n, ""));
}

static int check_operands(const struct call *call)
{
    const struct verb *verb = call->verb;

    if (call->n_operands < verb->least)
        return complain(EXIT_WRONG_CALL, "%s needs %s", verb->name, verb->operands);
    if (call->n_operands > verb->most)
        return complain(EXIT_WRONG_CALL, "%s: the operand %s is one too many%s", verb->name, call->operands[verb->most],
                        verb->bit == FOR_EXPLAIN ? "; a model is named with -f FILE" : "");
    for (size_t i = 0; i < call->n_operands; i++) {
        int status = check_word(verb->words, verb->name, call->operands[i]);

        if (status)
            return status;
    }
    return EXIT_FINE;
}

static const struct option *option_of(const struct verb *verb, enum option_id id)
{
    for (size_t i = 0; i < n_all_options; i++)
        if (all_options[i].id == id && option_is_for(&all_options[i], verb))
            return &all_options[i];
    return NULL;
}

static int check_call(const struct call *call)
{
    size_t n_stdin = 0;

    for (size_t i = 0; i < n_all_options; i++)
        if (call->given & 1u << all_options[i].id && !option_of(call->verb, all_options[i].id))
            return complain(EXIT_WRONG_CALL, "%s has no option --%s", call->verb->name, all_options[i].name);
    for (size_t i = 0; i < call->n_files; i++)
        n_stdin += !strcmp(call->files[i], "-");
    for (size_t i = 0; i < call->n_operands; i++)
        n_stdin += !strcmp(call->operands[i], "-");
    n_stdin += call->against && !strcmp(call->against, "-");
    n_stdin += call->expect && !strcmp(call->expect, "-");
    if (call->n_files && call->n_operands > (call->why != NULL) && call->verb->most == SIZE_MAX && !(call->check && call->verb->bit == FOR_GRAPH))
        return complain(EXIT_WRONG_CALL, "%s is given as an operand and %s with -f; give all models in the same way", call->operands[0],
                        call->files[0]);
    if (n_stdin > 1)
        return complain(EXIT_WRONG_CALL, "standard input can be read only once");
    if (call->verbose && !diagnostics_are_text())
        return complain(EXIT_WRONG_CALL, "--verbose writes text, which does not go with --diagnostics for machines");
    if (call->quiet && call->verbose)
        return complain(EXIT_WRONG_CALL, "--quiet and --verbose exclude each other");
    if (call->format_word && check_word(option_of(call->verb, OPTION_FORMAT)->words, "--format", call->format_word))
        return EXIT_WRONG_CALL;
    return check_operands(call);
}

int call_parse(struct call *call, int argc, char **argv)
{
    struct parser parser = {.call = call, .argc = argc, .next = 1, .argv = argv};
    size_t most = (size_t)argc * sizeof(char *);
    bool no_more_options = false;
    int status = EXIT_FINE;

    *call = (struct call){0};
    call->operands = grow(NULL, most + 1);
    call->files = grow(NULL, most + 1);
    call->only = grow(NULL, most + 1);
    call->sets = grow(NULL, most + 1);
    while (!status && parser.next < argc) {
        const char *text = argv[parser.next++];

        if (no_more_options || *text != '-' || !text[1])
            status = take_operand(call, text);
        else if (!strcmp(text, "--"))
            no_more_options = true;
        else
            status = text[1] == '-' ? parse_long(&parser, text + 2) : parse_letters(&parser, text + 1);
    }
    if (status || call->help || call->version)
        return status;
    if (!call->verb)
        return complain(EXIT_WRONG_CALL, "a verb is missing\nhybridgen help lists the verbs");
    return check_call(call);
}

void call_free(struct call *call)
{
    free(call->operands);
    free(call->files);
    free(call->only);
    while (call->n_with)
        free((char *)(uintptr_t)call->with[--call->n_with]);
    free(call->with);
    free(call->sets);
}
