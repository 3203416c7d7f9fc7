#include "depfile.h"

#include "call.h"
#include "output.h"

#include <string.h>

/* A path as make and ninja read it. */
static void write_path(struct output *output, const char *path)
{
    for (; *path; path++) {
        char text[] = {*path, '\0'};

        if (strchr(" #\\", *path))
            output_text(output, "\\");
        else if (*path == '$')
            output_text(output, "$");
        output_text(output, text);
    }
}

int depfile_write(const struct call *call, const struct input *input, bool folder)
{
    const struct hd_source *sources;
    struct output output;
    size_t n_sources;
    int status = output_open(&output, call->depfile);

    if (status)
        return status;
    write_path(&output, call->output);
    if (folder)
        output_text(&output, call->output[strlen(call->output) - 1] == '/' ? ".hybriddeploy" : "/.hybriddeploy");
    output_text(&output, ":");
    for (size_t i = 0; i < input->n_files; i++) {
        output_text(&output, " ");
        write_path(&output, input->files[i]);
    }
    /* The file of the environment, which the library found. */
    sources = hd_document_sources(input->document, &n_sources);
    for (size_t i = input->n_files; i < n_sources; i++) {
        output_text(&output, " ");
        write_path(&output, sources[i].name);
    }
    output_text(&output, "\n");
    return output_close(&output, false);
}
