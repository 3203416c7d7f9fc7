/* The verb generate for a workspace: a folder for each application, or all manifests in one stream. */
#define _POSIX_C_SOURCE 200809L
#include "call.h"
#include "characters.h"
#include "depfile.h"
#include "expected.h"
#include "output.h"
#include "workspace.h"

#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int print(void *user, const char *text, size_t length)
{
    return fwrite(text, 1, length, user) != length;
}

static char *folder_of(const struct call *call, const char *name)
{
    const char *output = call->output;
    char *folder = grow(NULL, strlen(output) + strlen(name) + 2);

    sprintf(folder, "%s%s%s", output, output[strlen(output) - 1] == '/' ? "" : "/", name);
    return folder;
}

/* Whether a choice of --only means something of a model. A kind alone always does, though there may be none of it. */
static bool is_meant(const struct hd_model *model, const char *only)
{
    const struct hd_generate_options options = {.size = sizeof options, .only = &only, .n_only = 1};

    for (size_t i = 0; i < hd_manifest_count(model); i++)
        if (hd_manifest_is_selected(hd_manifest_at(model, i), &options))
            return true;
    for (size_t i = 0; i < hd_file_count(model); i++)
        if (hd_file_is_selected(hd_file_at(model, i), &options))
            return true;
    return !strchr(only, '/');
}

/* The choices that mean something of this model, because each application has other objects; false when none does. */
static bool choose(const struct hd_model *model, const struct hd_generate_options *options, struct hd_generate_options *ret_own)
{
    const char **only = grow(NULL, (options->n_only + 1) * sizeof *only);

    ret_own->only = only;
    ret_own->n_only = 0;
    for (size_t i = 0; i < options->n_only; i++)
        if (is_meant(model, options->only[i]))
            only[ret_own->n_only++] = options->only[i];
    return !options->n_only || ret_own->n_only;
}

static void free_choice(const struct hd_generate_options *options, const struct hd_generate_options *own)
{
    if (own->only != options->only)
        free((void *)(uintptr_t)own->only);
}

/* An object or file that is named must be one of some application. */
static int check_only(const struct input *input)
{
    const struct call *call = input->call;

    for (size_t k = 0; k < call->n_only; k++) {
        bool is_there = false;

        for (size_t i = 0; i < hd_workspace_count(input->workspace) && !is_there; i++)
            is_there = hd_workspace_model(input->workspace, i) && is_meant(hd_workspace_model(input->workspace, i), call->only[k]);
        if (!is_there)
            return complain(EXIT_WRONG_CALL, "--only %s: no application has such an object or file", call->only[k]);
    }
    return EXIT_FINE;
}

/* Writes, compares or lists the folder of an application. hd_workspace_check() has reported its mistakes already, so that only writing can fail. */
static int use_folder(const struct input *input, size_t index, const struct hd_generate_options *options)
{
    const struct hd_diagnostics_style style = {.size = sizeof style, .errors_only = true};
    const char *name = hd_workspace_name(input->workspace, index);
    struct call of_one = *input->call;
    struct input one = {.call = &of_one, .model = hd_workspace_model(input->workspace, index), .diagnostics = hd_diagnostics_new(NULL)};
    struct hd_generate_options own = *options;
    bool is_chosen = choose(one.model, options, &own);
    char *folder = folder_of(input->call, name);
    int status = one.diagnostics ? EXIT_FINE : status_of(&one, HD_NO_MEMORY);

    of_one.output = folder;
    if (!status && of_one.check)
        status = expected_check(&of_one, &one, options);
    else if (!status && of_one.outputs)
        status = expected_list(&of_one, &one, options);
    else if (!status && is_chosen)
        status = status_of(&one, hd_generate_folder(one.model, &own, one.diagnostics, folder));
    if (one.diagnostics && hd_diagnostics_errors(one.diagnostics))
        hd_diagnostics_write(one.diagnostics, &style, print, stderr);
    if (!status && is_chosen && of_one.verbose && !of_one.check && !of_one.outputs)
        complain(EXIT_FINE, "%s written to %s", name, folder);
    hd_diagnostics_free(one.diagnostics);
    free_choice(options, &own);
    free(folder);
    return status;
}

static bool is_written(const struct input *input, size_t index)
{
    return hd_workspace_model(input->workspace, index) && hd_workspace_name(input->workspace, index) && !hd_workspace_errors(input->workspace, index);
}

/* Whether a folder that an earlier run wrote belongs to no application any more; prints it then. */
static bool is_left_over(const struct input *input, const char *name, struct output *output)
{
    char *folder = folder_of(input->call, name), *index = grow(NULL, strlen(folder) + sizeof "/.hybriddeploy");
    size_t found = workspace_find(input, name, strlen(name));
    bool is_left;

    sprintf(index, "%s/.hybriddeploy", folder);
    is_left = !access(index, F_OK) && (found == hd_workspace_count(input->workspace) || !hd_workspace_model(input->workspace, found));
    if (is_left) {
        output_plain_text(output, folder);
        output_text(output, ": belongs to no application of the workspace\n");
    }
    free(folder);
    free(index);
    return is_left;
}

/* A model that cannot be read has no name, so that only where all have one can a folder be said to be left. */
static int check_left_over(const struct input *input)
{
    struct output output;
    const struct dirent *entry;
    DIR *folder;
    size_t n = 0;
    int status;

    for (size_t i = 0; i < hd_workspace_count(input->workspace); i++)
        if (!hd_workspace_name(input->workspace, i))
            return EXIT_FINE;
    folder = opendir(input->call->output);
    status = output_open(&output, NULL);
    while (folder && (entry = readdir(folder)))
        n += *entry->d_name != '.' && is_left_over(input, entry->d_name, &output);
    if (folder)
        closedir(folder);
    status = status ? status : output_close(&output, false);
    return status || !n ? status : EXIT_DRIFT;
}

static int use_folders(const struct input *input, const struct hd_generate_options *options)
{
    const struct call *call = input->call;
    int worst = EXIT_FINE, status;

    if (!call->check && !call->outputs && mkdir(call->output, 0777) && errno != EEXIST)
        return complain(EXIT_UNWRITTEN, "%s cannot be made: %s", call->output, strerror(errno));
    for (size_t i = 0; i < hd_workspace_count(input->workspace); i++) {
        status = is_written(input, i) ? use_folder(input, i, options) : EXIT_FINE;
        worst = status > worst ? status : worst;
    }
    status = call->check ? check_left_over(input) : EXIT_FINE;
    return status > worst ? status : worst;
}

static int write_stream(const struct input *input, const struct hd_generate_options *options)
{
    struct output output;
    int status = output_open(&output, NULL), closed;

    for (size_t i = 0; !status && i < hd_workspace_count(input->workspace); i++) {
        struct hd_generate_options own = *options;
        const struct hd_model *model = hd_workspace_model(input->workspace, i);

        if (model && choose(model, options, &own))
            status = status_of(input, hd_generate(model, &own, input->diagnostics, output_sink, &output));
        free_choice(options, &own);
    }
    closed = output_close(&output, status != EXIT_FINE);
    return closed ? closed : status;
}

/* One rule: the indexes of all folders depend on all files, because each application may name the others. */
static int write_depfile(const struct input *input)
{
    struct output output;
    int status = output_open(&output, input->call->depfile);

    if (status)
        return status;
    for (size_t i = 0; i < hd_workspace_count(input->workspace); i++) {
        char *folder = is_written(input, i) ? folder_of(input->call, hd_workspace_name(input->workspace, i)) : NULL;

        if (folder) {
            depfile_path(&output, folder);
            output_text(&output, "/.hybriddeploy ");
        }
        free(folder);
    }
    output_text(&output, ": ");
    depfile_path(&output, input->file);
    for (size_t i = 0; i < hd_workspace_count(input->workspace); i++)
        if (!hd_workspace_model(input->workspace, i)) {
            output_text(&output, " ");
            depfile_path(&output, hd_workspace_file(input->workspace, i));
        }
    for (size_t i = 0; i < input->n_members; i++)
        depfile_sources(&output, input->members[i].latest, 0);
    output_text(&output, "\n");
    return output_close(&output, false);
}

static int check_output(const struct call *call, bool streams)
{
    const char *word = call->check ? "check" : call->outputs ? "outputs" : call->depfile ? "depfile" : call->n_with ? "with" : NULL;

    if (!streams && !output_is_folder(call->output))
        return complain(EXIT_WRONG_CALL, "a workspace is written to a folder for each application: give -o DIR/");
    if (streams && (word || call->force))
        return complain(EXIT_WRONG_CALL, "--%s needs a folder: give -o DIR/, in which each application gets its own", word ? word : "force");
    if ((call->check || call->outputs) && call->n_only)
        return complain(EXIT_WRONG_CALL, "--%s needs the whole folders: remove --only", call->check ? "check" : "outputs");
    if (!streams && call->format == HD_FORMAT_LIST)
        return complain(EXIT_WRONG_CALL, "--format list writes one object, but -o %s is a folder", call->output);
    if (streams && call->format == HD_FORMAT_LIST)
        return complain(EXIT_WRONG_CALL, "--format list is for one model: each application would be a List of its own; take yaml or json");
    if (call->against)
        return complain(EXIT_WRONG_CALL, "--against is for one model: what runs is compared application by application, with -f of each model");
    return EXIT_FINE;
}

int workspace_generate(const struct call *call, const struct hd_generate_options *options)
{
    bool streams = !call->output || !strcmp(call->output, "-");
    struct input input;
    int status = check_output(call, streams), used;

    if (status)
        return status;
    status = workspace_open(&input, call, call->files[0], call->environment);
    if (input.workspace && status <= EXIT_WRONG_MODEL) {
        used = check_only(&input);
        status = used ? used : status;
    }
    if (input.workspace && status <= EXIT_WRONG_MODEL && (!streams || !status)) {
        used = streams ? write_stream(&input, options) : use_folders(&input, options);
        status = used > status ? used : status;
    }
    if (!status && call->depfile)
        status = write_depfile(&input);
    return input_close(&input, status);
}
