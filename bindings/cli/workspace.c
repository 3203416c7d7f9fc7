#include "workspace.h"

#include "call.h"
#include "input.h"
#include "output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool workspace_is_meant(const struct call *call)
{
    static const char end[] = "workspace.yaml";
    size_t length = call->n_files == 1 ? strlen(call->files[0]) : 0;

    return length >= strlen(end) && !strcmp(call->files[0] + length - strlen(end), end);
}

/* Refuses options that concern one model, because a workspace has several. */
static int check_options(const struct call *call)
{
    const char *option = call->environment                          ? "environment"
                         : call->environments                       ? "environments"
                         : call->namespace_name                     ? "namespace"
                         : call->kubernetes_version                 ? "kube-version"
                         : call->n_sets                             ? "set"
                         : call->depfile                            ? "depfile"
                         : call->check                              ? "check"
                         : call->outputs                            ? "outputs"
                                                                    : NULL;

    return option ? complain(EXIT_WRONG_CALL, "--%s is for one model, and a workspace has several", option) : EXIT_FINE;
}

static int open_workspace(struct input *input, const struct call *call)
{
    int status = check_options(call), begun = input_begin(input, call);

    if (status || begun)
        return status ? status : begun;
    status = status_of(input, hd_workspace_load(call->files[0], NULL, input->diagnostics, &input->workspace));
    return status ? status : status_of(input, hd_workspace_check(input->workspace, input->diagnostics));
}

int workspace_validate(const struct call *call)
{
    struct input input;
    int status = open_workspace(&input, call);

    return input_close(&input, status);
}

static int print(void *user, const char *text, size_t length)
{
    return fwrite(text, 1, length, user) != length;
}

/* hd_workspace_check() has reported the mistakes of the model already, so that only writing can fail here. */
static int write_folder(const struct input *input, size_t index, const struct hd_generate_options *options)
{
    const struct hd_diagnostics_style style = {.size = sizeof style, .errors_only = true};
    const char *name = hd_workspace_name(input->workspace, index), *output = input->call->output;
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
    char *folder = grow(NULL, strlen(output) + strlen(name) + 2);
    enum hd_status status;

    sprintf(folder, "%s%s%s", output, output[strlen(output) - 1] == '/' ? "" : "/", name);
    status = diagnostics ? hd_generate_folder(hd_workspace_model(input->workspace, index), options, diagnostics, folder) : HD_NO_MEMORY;
    if (status != HD_OK)
        hd_diagnostics_write(diagnostics, &style, print, stderr);
    else if (input->call->verbose)
        complain(EXIT_FINE, "%s written to %s", name, folder);
    hd_diagnostics_free(diagnostics);
    free(folder);
    return status_of(input, status);
}

static int write_folders(const struct input *input, const struct hd_generate_options *options)
{
    int worst = EXIT_FINE;

    if (mkdir(input->call->output, 0777) && errno != EEXIST)
        return complain(EXIT_UNWRITTEN, "%s cannot be made: %s", input->call->output, strerror(errno));
    for (size_t i = 0; i < hd_workspace_count(input->workspace); i++) {
        int status;

        if (!hd_workspace_model(input->workspace, i) || !hd_workspace_name(input->workspace, i) || hd_workspace_errors(input->workspace, i))
            continue;
        status = write_folder(input, i, options);
        worst = status > worst ? status : worst;
    }
    return worst;
}

static int write_stream(const struct input *input, const struct hd_generate_options *options)
{
    struct output output;
    int status = output_open(&output, NULL), closed;

    for (size_t i = 0; !status && i < hd_workspace_count(input->workspace); i++)
        if (hd_workspace_model(input->workspace, i))
            status = status_of(input, hd_generate(hd_workspace_model(input->workspace, i), options, input->diagnostics, output_sink, &output));
    closed = output_close(&output, status != EXIT_FINE);
    return closed ? closed : status;
}

int workspace_generate(const struct call *call, const struct hd_generate_options *options)
{
    bool streams = !call->output || !strcmp(call->output, "-");
    struct input input;
    int status, written;

    if (!streams && !output_is_folder(call->output))
        return complain(EXIT_WRONG_CALL, "a workspace is written to a folder for each application: give -o DIR/");
    status = open_workspace(&input, call);
    if (input.workspace && status <= EXIT_WRONG_MODEL && (!streams || !status)) {
        written = streams ? write_stream(&input, options) : write_folders(&input, options);
        status = written > status ? written : status;
    }
    return input_close(&input, status);
}
