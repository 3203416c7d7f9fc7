#define _POSIX_C_SOURCE 200809L
/* The verb graph: lists or explains the connections that manifests, or the manifests of a model, allow. */
#include "graph.h"

#include "app.h"
#include "call.h"
#include "generated.h"
#include "input.h"
#include "picture/picture.h"
#include "verbs.h"
#include "workspace.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int read_sources(struct input *input, const struct hd_source *sources, size_t n_sources, struct hd_cluster **cluster)
{
    return status_of(input, hd_cluster_read(sources, n_sources, NULL, input->diagnostics, cluster));
}

/* A stream for each application, which places then name. The models were checked before: what is found here would be found twice. */
static int generate(const struct input *input, const struct graph_world *world, struct text *texts, struct hd_source *sources)
{
    struct hd_diagnostics *unseen = hd_diagnostics_new(NULL);
    enum hd_status status = unseen ? HD_OK : HD_NO_MEMORY;

    for (size_t i = 0; status == HD_OK && i < world->n_models; i++) {
        const char *name = app_of(world->models[i])->name;
        char *source = grow(NULL, strlen(name) + sizeof "<generated >");

        sprintf(source, world->n_models > 1 ? "<generated %s>" : "<generated>", name);
        status = hd_generate(world->models[i], NULL, input->workspace ? unseen : input->diagnostics, text_sink, &texts[i]);
        sources[i] = (struct hd_source){.name = source, .text = texts[i].bytes ? texts[i].bytes : "", .length = texts[i].length};
    }
    hd_diagnostics_free(unseen);
    return status_of(input, status);
}

static int read_generated(struct input *input, const struct graph_world *world, struct hd_cluster **cluster)
{
    struct text *texts = grow(NULL, world->n_models * sizeof *texts);
    struct hd_source *sources = grow(NULL, world->n_models * sizeof *sources);
    int status;

    memset(texts, 0, world->n_models * sizeof *texts);
    memset(sources, 0, world->n_models * sizeof *sources);
    status = generate(input, world, texts, sources);
    if (!status)
        status = read_sources(input, sources, world->n_models, cluster);
    for (size_t i = 0; i < world->n_models; i++) {
        free(texts[i].bytes);
        free((char *)(uintptr_t)sources[i].name);
    }
    free(texts);
    free(sources);
    return status;
}

static int read_manifests(struct input *input, struct hd_cluster **cluster)
{
    const struct call *call = input->call;
    size_t first = call->why != NULL, n = call->n_operands - first;
    struct hd_source *sources = grow(NULL, n * sizeof *sources);
    int status;

    for (size_t i = 0; i < n; i++)
        sources[i] = (struct hd_source){.name = call->operands[first + i]};
    status = read_sources(input, sources, n, cluster);
    free(sources);
    return status;
}

/* TO:PORT or TO:PORT/PROTOCOL, taken apart; an address of version 6 stands in brackets. */
struct target {
    char name[512];
    struct hd_cluster_range port;
};

static bool take_target(struct target *target, const char *text)
{
    static const char *const protocols[] = {"TCP", "UDP", "SCTP"};
    const char *colon = strrchr(text, ':'), *start = text + (*text == '[');
    size_t length = colon ? (size_t)(colon - start) - (*text == '[' && colon[-1] == ']') : 0;
    char *end;
    unsigned long number;

    if (!length || length >= sizeof target->name)
        return false;
    memcpy(target->name, start, length);
    target->name[length] = '\0';
    number = strtoul(colon + 1, &end, 10);
    if (colon[1] < '0' || colon[1] > '9' || !number || number > 65535 || (*end && *end != '/'))
        return false;
    target->port = (struct hd_cluster_range){*end ? HD_TRANSPORT_UNSET : HD_TRANSPORT_TCP, (uint16_t)number, (uint16_t)number};
    for (int i = 0; *end && i < 3; i++)
        if (!strcasecmp(end + 1, protocols[i]))
            target->port.transport = (enum hd_transport)(HD_TRANSPORT_TCP + i);
    return target->port.transport != HD_TRANSPORT_UNSET;
}

/* The reasons stand behind the answer, which is known only after them. */
struct answer {
    struct hd_cluster_reason *reasons;
    size_t n;
};

static int keep_reason(void *user, const struct hd_cluster_reason *reason)
{
    struct answer *answer = user;

    answer->reasons = grow(answer->reasons, (answer->n + 1) * sizeof *answer->reasons);
    answer->reasons[answer->n++] = *reason;
    return 0;
}

/* Of a workspace, APPLICATION/SERVICE means the workload in the application's namespace. To be freed. */
static char *end_named(const struct input *input, const char *name)
{
    size_t length = strcspn(name, "/"), found = input->workspace && name[length] ? workspace_find(input, name, length) : SIZE_MAX;
    const struct hd_model *model = found < SIZE_MAX ? hd_workspace_model(input->workspace, found) : NULL;
    const char *namespace_name = model ? app_of(model)->namespace_name : NULL;
    char *end = grow(NULL, strlen(name) + (namespace_name ? strlen(namespace_name) : 0) + 1);

    sprintf(end, "%s%s", namespace_name ? namespace_name : "", namespace_name ? name + length : name);
    return end;
}

static enum hd_status write_why(const struct input *input, const struct hd_cluster *cluster, const struct hd_connectivity_options *options,
                                struct hd_diagnostics *diagnostics, struct output *output)
{
    const struct call *call = input->call;
    struct target target;
    struct answer answer = {0};
    char *from = end_named(input, call->why), *to;
    int allowed = 0;
    enum hd_status status;

    take_target(&target, call->operands[0]);
    to = end_named(input, target.name);
    status = hd_cluster_why(cluster, options, from, to, &target.port, diagnostics, keep_reason, &answer, &allowed);
    if (status == HD_OK) {
        output_text(output, call->why);
        output_text(output, " -> ");
        output_text(output, call->operands[0]);
        output_text(output, allowed ? " is allowed\n" : " is not allowed\n");
    }
    for (size_t i = 0; status == HD_OK && i < answer.n; i++)
        graph_write_reason(output, &answer.reasons[i]);
    free(answer.reasons);
    free(from);
    free(to);
    return status;
}

static int check_options(const struct call *call)
{
    struct target target;

    if (call->check && (call->why || call->exposed || call->format_word))
        return complain(EXIT_WRONG_CALL, "--check is written as text, and goes with neither --why nor --exposed nor --format");
    if (!call->why)
        return EXIT_FINE;
    if (!call->n_operands || !take_target(&target, call->operands[0]))
        return complain(EXIT_WRONG_CALL,
                        "--why needs the other end as the first operand\nas in hybridgen graph --why web api:8000, or dns:53/udp");
    if (call->exposed || (call->format_word && strcmp(call->format_word, "text") != 0))
        return complain(EXIT_WRONG_CALL, "--why is written as text, and goes with neither --exposed nor another --format");
    return EXIT_FINE;
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

/* Opens the models: of a workspace those that are right, because the others are told. */
static int open_models(struct input *input, const struct call *call, struct graph_world *world)
{
    int status = workspace_is_meant(call) ? workspace_open(input, call, call->files[0], call->environment) : input_open(input, call);

    if (input->workspace && status <= EXIT_WRONG_MODEL) {
        world->models = workspace_models(input, &world->n_models);
        if (world->n_models || status)
            return world->n_models ? EXIT_FINE : status;
        return complain(EXIT_WRONG_CALL, "%s lists contracts alone: graph needs the model of at least one application", call->files[0]);
    }
    world->models = grow(NULL, sizeof *world->models);
    world->models[0] = input->model;
    world->n_models = input->model != NULL;
    return status;
}

/* Reads manifests; without any, those of the models, which --check needs in any case, and without mistakes. */
static int read_input(struct input *input, const struct call *call, struct graph_world *world, struct hd_cluster **cluster)
{
    bool has_manifests = call->n_operands > (call->why != NULL);
    int status = call->check || !has_manifests ? open_models(input, call, world) : input_begin(input, call);

    if (!status && has_manifests && input->model)
        status = status_of(input, hd_check(input->model, input->diagnostics));
    if (!status)
        status = has_manifests ? read_manifests(input, cluster) : read_generated(input, world, cluster);
    world->cluster = *cluster;
    return status;
}

/* The trust domain that all applications share. */
static const char *trust_domain_of(const struct graph_world *world)
{
    const char *domain = world->n_models ? app_of(world->models[0])->mesh.trust_domain : NULL;

    for (size_t i = 1; domain && i < world->n_models; i++) {
        const char *other = app_of(world->models[i])->mesh.trust_domain;

        if (!other || strcmp(other, domain) != 0)
            return NULL;
    }
    return domain;
}

static struct hd_connectivity_options options_of(const struct input *input, const struct graph_world *world)
{
    const struct call *call = input->call;

    return (struct hd_connectivity_options){.size = sizeof(struct hd_connectivity_options),
                                            .host_network_as_pods = call->hosts_are_pods,
                                            .only_exposed = call->exposed,
                                            .trust_domain = trust_domain_of(world)};
}

static enum hd_status write_answer(struct input *input, const struct graph_world *world, struct output *output, size_t *n_wrong)
{
    const struct call *call = input->call;
    const struct hd_connectivity_options options = options_of(input, world);

    if (call->check)
        return graph_check(world, &options, input->diagnostics, output, n_wrong);
    if (call->why)
        return write_why(input, world->cluster, &options, input->diagnostics, output);
    if (input->workspace)
        return graph_by_application(world, &options, format_of(call->format_word), input->diagnostics, output);
    return hd_cluster_write_graph(world->cluster, &options, format_of(call->format_word), input->diagnostics, output_sink, output);
}

static bool is_word(const struct call *call, const char *word)
{
    return call->format_word && !strcmp(call->format_word, word);
}

/* The output is opened when the picture is complete, because it may be that Graphviz is not there. */
static int write_picture(struct input *input, const struct graph_world *world)
{
    const struct hd_connectivity_options options = options_of(input, world);
    struct picture picture = {.cluster = world->cluster, .options = &options, .model = input->model, .diagnostics = input->diagnostics};
    enum hd_status made;
    struct output output;
    int status = picture_make(&picture, &made);

    if (!status)
        status = status_of(input, made);
    if (!status)
        status = output_open(&output, input->call->output);
    if (!status) {
        if (is_word(input->call, "html"))
            picture_page(&picture, &output);
        else
            picture_svg(&picture, false, &output);
        status = output_close(&output, false);
    }
    picture_free(&picture);
    return status;
}

static int write_list(struct input *input, const struct graph_world *world, size_t *n_wrong)
{
    struct output output;
    int status = output_open(&output, input->call->output), closed;
    enum hd_status written;

    if (status)
        return status;
    written = write_answer(input, world, &output, n_wrong);
    status = written == HD_UNWRITABLE ? EXIT_FINE : status_of(input, written);
    closed = output_close(&output, status != EXIT_FINE);
    return closed ? closed : status;
}

int run_graph(const struct call *call)
{
    struct input input = {.call = call};
    struct graph_world world = {0};
    struct hd_cluster *cluster = NULL;
    size_t n_wrong = 0;
    int status = check_options(call);

    if (status)
        return status;
    status = read_input(&input, call, &world, &cluster);
    if (!status)
        status = is_word(call, "svg") || is_word(call, "html") ? write_picture(&input, &world) : write_list(&input, &world, &n_wrong);
    hd_cluster_free(cluster);
    free(world.models);
    status = input_close(&input, status);
    return n_wrong && status <= EXIT_WRONG_MODEL ? EXIT_DRIFT : status;
}
