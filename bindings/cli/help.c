#include "call.h"
#include "output.h"
#include "verbs.h"

#include <stdio.h>
#include <string.h>

enum { WIDTH = 96, OPTION_COLUMN = 34 };

/* Prints text in lines of at most WIDTH columns; the first one goes on from `column`. */
static void wrap(struct output *output, const char *text, int column, int indent)
{
    for (;;) {
        size_t length = strcspn(text, " ");

        if (column > indent && column + 1 + (int)length > WIDTH) {
            output_print(output, "\n%*s", indent, "");
            column = indent;
        } else if (column > indent) {
            output_text(output, " ");
            column++;
        }
        output_print(output, "%.*s", (int)length, text);
        column += (int)length;
        text += length;
        if (!*text)
            break;
        text++;
    }
    output_text(output, "\n");
}

static void show_option(struct output *output, const struct option *option)
{
    char head[80];
    int n;

    if (option->letter)
        n = snprintf(head, sizeof head, "  -%c, --%s%s%s", option->letter, option->name, option->argument ? " " : "",
                     option->argument ? option->argument : "");
    else
        n = snprintf(head, sizeof head, "      --%s%s%s", option->name, option->argument ? " " : "",
                     option->argument ? option->argument : "");
    output_text(output, head);
    if (n >= OPTION_COLUMN - 1)
        output_print(output, "\n%*s", OPTION_COLUMN, "");
    else
        output_print(output, "%*s", OPTION_COLUMN - n, "");
    wrap(output, option->help, OPTION_COLUMN, OPTION_COLUMN);
}

/* Calls of an example, indented. */
static void show_example(struct output *output, const char *example)
{
    while (*example) {
        size_t length = strcspn(example, "\n");

        output_print(output, "  %.*s\n", (int)length, example);
        example += length + (example[length] == '\n');
    }
}

static void show_verb(struct output *output, const struct verb *verb)
{
    output_print(output, "hybridgen %s%s%s [OPTION...]\n\n", verb->name, *verb->operands ? " " : "", verb->operands);
    wrap(output, verb->text, 0, 0);
    output_text(output, "\nOptions:\n");
    for (size_t i = 0; i < n_all_options; i++)
        if (option_is_for(&all_options[i], verb))
            show_option(output, &all_options[i]);
    output_text(output, "\nExample:\n");
    show_example(output, verb->example);
}

static void show_all(struct output *output)
{
    output_text(output, "hybridgen VERB [OPTION...]\n\n"
                        "Turns one model of an application, hybriddeploy.yaml, into all its Kubernetes manifests.\n\n"
                        "Verbs:\n");
    for (size_t i = 0; i < n_verbs; i++)
        output_print(output, "  %-12s %s\n", verbs[i].name, verbs[i].summary);
    output_text(output, "\nOptions, each with the verbs that hybridgen help VERB shows it for:\n");
    for (size_t i = 0; i < n_all_options; i++)
        show_option(output, &all_options[i]);
    output_text(output, "\nExit status: 0 fine, 1 the model is wrong, 2 wrong call, 3 input unreadable, 4 output not written,\n5 a folder is not as the model says (--check).\n\n"
                        "Example:\n"
                        "  hybridgen init                      writes a small hybriddeploy.yaml to begin with\n"
                        "  hybridgen validate                  says what is wrong with it\n"
                        "  hybridgen generate -o manifests/    writes its manifests to a folder\n\n"
                        "The manual pages hybridgen(1) and hybriddeploy.yaml(5) tell the rest.\n");
}

int run_help(const struct call *call)
{
    const struct verb *verb = call->help ? call->verb : call->n_operands ? verb_named(call->operands[0]) : NULL;
    struct output output;
    int status = output_open(&output, NULL);

    if (status)
        return status;
    if (verb)
        show_verb(&output, verb);
    else
        show_all(&output);
    return output_close(&output, false);
}
