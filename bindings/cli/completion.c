/* Completion scripts, written from the tables of verbs and options. */
#include "output.h"
#include "verbs.h"

#include <hybriddeploy/diagnostic.h>
#include <stdio.h>
#include <string.h>

static void words(struct output *output, enum words words)
{
    for (size_t i = 0; word_at(words, i); i++)
        output_print(output, "%s%s", i ? " " : "", word_at(words, i));
    for (size_t i = 0; words == WORDS_CODES && hd_code_at(i); i++)
        output_print(output, "%sHD%04d", i ? " " : "", hd_code_at(i)->code);
}

/* Text in single quotes of any shell; what help says holds no quote of its own but this one. */
static void quoted(struct output *output, const char *text)
{
    output_text(output, "'");
    for (; *text; text++)
        output_print(output, *text == '\'' ? "'\\''" : "%c", *text);
    output_text(output, "'");
}

/* The verbs with which an option is this one; all where no other one has its name. */
static void bash_verbs(struct output *output, const struct option *option, const char *name)
{
    bool is_alone = true, is_first = true;

    for (size_t i = 0; i < n_all_options; i++)
        is_alone = is_alone && (&all_options[i] == option || all_options[i].id != option->id);
    for (size_t i = 0; i < n_verbs && !is_alone; i++)
        if (option_is_for(option, &verbs[i])) {
            output_print(output, "%s%s:%s", is_first ? "" : "|", verbs[i].name, name);
            is_first = false;
        }
    if (is_alone)
        output_print(output, "*:%s", name);
}

static void bash_arguments(struct output *output)
{
    char name[64];

    output_text(output, "    case $verb:$previous in\n");
    for (size_t i = 0; i < n_all_options; i++) {
        const struct option *option = &all_options[i];

        if (!option->argument)
            continue;
        output_text(output, "    ");
        if (option->letter)
            output_print(output, "*:-%c|", option->letter);
        snprintf(name, sizeof name, "--%s", option->name);
        bash_verbs(output, option, name);
        output_text(output, ") ");
        if (option->words == WORDS_FILES) {
            output_text(output, "compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- \"$current\")");
        } else {
            output_text(output, "COMPREPLY=($(compgen -W '");
            words(output, option->words);
            output_text(output, "' -- \"$current\"))");
        }
        output_text(output, "; return ;;\n");
    }
    output_text(output, "    esac\n");
}

static void bash(struct output *output)
{
    output_text(output, "# Completion of hybridgen for bash.\n"
                        "_hybridgen() {\n"
                        "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} verb= word\n"
                        "    COMPREPLY=()\n"
                        "    # bash takes --option=argument for three words.\n"
                        "    if [[ $current == = ]]; then\n"
                        "        current=\n"
                        "    elif [[ $previous == = ]]; then\n"
                        "        previous=${COMP_WORDS[COMP_CWORD-2]}\n"
                        "    fi\n"
                        "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
                        "        case $word in\n"
                        "        ");
    for (size_t i = 0; i < n_verbs; i++)
        output_print(output, "%s%s", i ? "|" : "", verbs[i].name);
    output_text(output, ") verb=$word; break ;;\n        esac\n    done\n");
    bash_arguments(output);
    output_text(output, "    case $verb:$current in\n");
    for (size_t i = 0; i < n_verbs; i++) {
        output_print(output, "    %s:-*) COMPREPLY=($(compgen -W '", verbs[i].name);
        for (size_t k = 0; k < n_all_options; k++)
            if (option_is_for(&all_options[k], &verbs[i]))
                output_print(output, "--%s ", all_options[k].name);
        output_text(output, "' -- \"$current\")) ;;\n");
        if (verbs[i].words == WORDS_FILES || verbs[i].words == WORDS_MANIFESTS) {
            output_print(output, "    %s:*) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- \"$current\") ;;\n", verbs[i].name);
            continue;
        }
        output_print(output, "    %s:*) COMPREPLY=($(compgen -W '", verbs[i].name);
        words(output, verbs[i].words);
        output_text(output, "' -- \"$current\")) ;;\n");
    }
    output_text(output, "    :-*) COMPREPLY=($(compgen -W '--help --version' -- \"$current\")) ;;\n"
                        "    *) COMPREPLY=($(compgen -W '");
    words(output, WORDS_VERBS);
    output_text(output, "' -- \"$current\")) ;;\n"
                        "    esac\n"
                        "}\n"
                        "complete -F _hybridgen hybridgen\n");
}

/* In an _arguments specification brackets and colons have a meaning. */
static void zsh_text(struct output *output, const char *text)
{
    for (; *text; text++) {
        if (strchr("[]:\\", *text))
            output_text(output, "\\");
        output_print(output, *text == '\'' ? "'\\''" : "%c", *text);
    }
}

static void zsh_option(struct output *output, const struct option *option)
{
    output_text(output, "        ");
    if (option->letter && option->argument)
        output_print(output, "'*'{-%c+,--%s=}'", option->letter, option->name);
    else if (option->letter)
        output_print(output, "'*'{-%c,--%s}'", option->letter, option->name);
    else
        output_print(output, "'*--%s%s", option->name, option->argument ? "=" : "");
    output_text(output, "[");
    zsh_text(output, option->help);
    output_text(output, "]");
    if (option->argument) {
        output_text(output, ":");
        zsh_text(output, option->argument);
        output_text(output, ":");
    }
    if (option->argument && option->words == WORDS_FILES) {
        output_text(output, "_files");
    } else if (option->argument && word_at(option->words, 0)) {
        output_text(output, "(");
        words(output, option->words);
        output_text(output, ")");
    }
    output_text(output, "' \\\n");
}

static void zsh(struct output *output)
{
    output_text(output, "#compdef hybridgen\n"
                        "# Completion of hybridgen for zsh.\n"
                        "_hybridgen() {\n"
                        "    local -a verbs\n"
                        "    verbs=(\n");
    for (size_t i = 0; i < n_verbs; i++) {
        output_print(output, "        '%s:", verbs[i].name);
        zsh_text(output, verbs[i].summary);
        output_text(output, "'\n");
    }
    output_text(output, "    )\n"
                        "    if (( CURRENT == 2 )); then\n"
                        "        _describe verb verbs\n"
                        "        return\n"
                        "    fi\n"
                        "    local verb=$words[2]\n"
                        "    shift words\n"
                        "    (( CURRENT-- ))\n"
                        "    case $verb in\n");
    for (size_t i = 0; i < n_verbs; i++) {
        output_print(output, "    %s)\n        _arguments -s \\\n", verbs[i].name);
        for (size_t k = 0; k < n_all_options; k++)
            if (option_is_for(&all_options[k], &verbs[i]))
                zsh_option(output, &all_options[k]);
        if (verbs[i].words == WORDS_FILES || verbs[i].words == WORDS_MANIFESTS) {
            output_text(output, "        '*:model:_files' \\\n");
        } else if (verbs[i].most) {
            output_text(output, "        '1:");
            zsh_text(output, verbs[i].operands);
            output_text(output, ":(");
            words(output, verbs[i].words);
            output_text(output, ")' \\\n");
        }
        output_text(output, "        && return\n        ;;\n");
    }
    output_text(output, "    esac\n"
                        "}\n"
                        "if [ \"$funcstack[1]\" = _hybridgen ]; then\n"
                        "    _hybridgen \"$@\"\n"
                        "else\n"
                        "    compdef _hybridgen hybridgen\n"
                        "fi\n");
}

static void fish_option(struct output *output, const struct option *option)
{
    output_text(output, "complete -c hybridgen");
    if (option->verbs != FOR_ALL) {
        output_text(output, " -n '__fish_seen_subcommand_from");
        for (size_t i = 0; i < n_verbs; i++)
            if (option_is_for(option, &verbs[i]))
                output_print(output, " %s", verbs[i].name);
        output_text(output, "'");
    }
    if (option->letter)
        output_print(output, " -s %c", option->letter);
    output_print(output, " -l %s", option->name);
    if (option->argument)
        output_text(output, option->words == WORDS_FILES ? " -r -F" : " -x");
    if (option->argument && word_at(option->words, 0)) {
        output_text(output, " -a '");
        words(output, option->words);
        output_text(output, "'");
    }
    output_text(output, " -d ");
    quoted(output, option->help);
    output_text(output, "\n");
}

static void fish(struct output *output)
{
    output_text(output, "# Completion of hybridgen for fish.\ncomplete -c hybridgen -f\n");
    for (size_t i = 0; i < n_verbs; i++) {
        output_print(output, "complete -c hybridgen -n __fish_use_subcommand -a %s -d ", verbs[i].name);
        quoted(output, verbs[i].summary);
        output_text(output, "\n");
        if (!verbs[i].most)
            continue;
        output_print(output, "complete -c hybridgen -n '__fish_seen_subcommand_from %s' ", verbs[i].name);
        if (verbs[i].words == WORDS_FILES || verbs[i].words == WORDS_MANIFESTS) {
            output_text(output, "-F\n");
            continue;
        }
        output_text(output, "-a '");
        words(output, verbs[i].words);
        output_text(output, "'\n");
    }
    for (size_t i = 0; i < n_all_options; i++)
        fish_option(output, &all_options[i]);
}

int run_completion(const struct call *call)
{
    struct output output;
    int status = output_open(&output, call->output);

    if (status)
        return status;
    if (!strcmp(call->operands[0], "bash"))
        bash(&output);
    else if (!strcmp(call->operands[0], "zsh"))
        zsh(&output);
    else
        fish(&output);
    return output_close(&output, false);
}
