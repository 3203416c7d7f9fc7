/* Who can talk to whom, by manifests or by those of a model. */
#include "call.h"
#include "input.h"
#include "output.h"
#include "verbs.h"

#include <stdlib.h>
#include <string.h>

/* The manifests of a model, as text. */
struct text {
    char *bytes;
    size_t length, size;
};

static int gather(void *user, const char *bytes, size_t length)
{
    struct text *text = user;

    while (text->size - text->length < length) {
        text->size = text->size ? text->size * 2 : 64 * 1024;
        text->bytes = grow(text->bytes, text->size);
    }
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    return 0;
}

static int read_sources(struct input *input, const struct hd_source *sources, size_t n_sources, struct hd_cluster **cluster)
{
    return status_of(input, hd_cluster_read(sources, n_sources, NULL, input->diagnostics, cluster));
}

static int read_model(struct input *input, struct hd_cluster **cluster)
{
    struct text text = {0};
    struct hd_source source = {.name = "<generated>"};
    int status = input_open(input, input->call);

    if (!status)
        status = status_of(input, hd_generate(input->model, NULL, input->diagnostics, gather, &text));
    source.text = text.bytes ? text.bytes : "";
    source.length = text.length;
    if (!status)
        status = read_sources(input, &source, 1, cluster);
    free(text.bytes);
    return status;
}

static int read_manifests(struct input *input, struct hd_cluster **cluster)
{
    const struct call *call = input->call;
    struct hd_source *sources = grow(NULL, call->n_operands * sizeof *sources);
    int status = input_begin(input, call);

    for (size_t i = 0; i < call->n_operands; i++)
        sources[i] = (struct hd_source){.name = call->operands[i]};
    if (!status)
        status = read_sources(input, sources, call->n_operands, cluster);
    free(sources);
    return status;
}

static enum hd_graph_format format_of(const char *word)
{
    static const char *const words[] = {
        [HD_GRAPH_TEXT] = "text", [HD_GRAPH_JSON] = "json", [HD_GRAPH_CSV] = "csv", [HD_GRAPH_DOT] = "dot", [HD_GRAPH_MERMAID] = "mermaid"};

    for (size_t i = 0; word && i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i], word))
            return (enum hd_graph_format)i;
    return HD_GRAPH_TEXT;
}

int run_graph(const struct call *call)
{
    struct hd_connectivity_options options = {.size = sizeof options, .host_network_as_pods = call->hosts_are_pods};
    struct input input = {.call = call};
    struct hd_cluster *cluster = NULL;
    struct output output;
    int status = call->n_operands ? read_manifests(&input, &cluster) : read_model(&input, &cluster), closed;

    if (!status)
        status = output_open(&output, call->output);
    if (!status) {
        enum hd_status written =
            hd_cluster_write_graph(cluster, &options, format_of(call->format_word), input.diagnostics, output_sink, &output);

        status = written == HD_UNWRITABLE ? EXIT_FINE : status_of(&input, written);
        closed = output_close(&output, status != EXIT_FINE);
        status = closed ? closed : status;
    }
    hd_cluster_free(cluster);
    return input_close(&input, status);
}
