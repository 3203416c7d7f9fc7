#include "depfile.h"

#include "call.h"
#include "output.h"

#include <string.h>

void depfile_path(struct output *output, const char *path)
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

void depfile_sources(struct output *output, const struct hd_document *document, size_t first)
{
    size_t n_sources;
    const struct hd_source *sources = hd_document_sources(document, &n_sources);

    for (size_t i = first; i < n_sources; i++) {
        output_text(output, " ");
        depfile_path(output, sources[i].name);
    }
}

int depfile_write(const struct call *call, const struct input *input, bool folder)
{
    struct output output;
    int status = output_open(&output, call->depfile);

    if (status)
        return status;
    depfile_path(&output, call->output);
    if (folder)
        output_text(&output, call->output[strlen(call->output) - 1] == '/' ? ".hybriddeploy" : "/.hybriddeploy");
    output_text(&output, ":");
    for (size_t i = 0; i < input->n_files; i++) {
        output_text(&output, " ");
        depfile_path(&output, input->files[i]);
    }
    /* The file of the environment, which the library found. */
    depfile_sources(&output, input->document, input->n_files);
    output_text(&output, "\n");
    return output_close(&output, false);
}
