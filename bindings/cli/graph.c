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

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static bool is_word(const struct call *call, const char *word)
{
    return call->format_word && !strcmp(call->format_word, word);
}

static bool is_picture(const struct call *call)
{
    return is_word(call, "html") || is_word(call, "svg");
}

/* Generates the manifests of models in one format, and reads them. */
struct generating {
    const struct input *input;
    const struct graph_world *world;
    enum hd_format format;
    /* For findings in the models, and in their manifests. */
    struct hd_diagnostics *of_models, *of_manifests;
    struct text *texts;
    struct hd_source *sources;
};

/* The kinds of a model's manifests that are worth reading, of which there are `*ret_n`; the caller frees them. */
static const char **kinds_of(const struct hd_model *model, size_t *ret_n)
{
    const struct hd_manifest *manifest;
    const char **kinds = NULL, *last = "";

    for (size_t i = 0; (manifest = hd_manifest_at(model, i)); i++) {
        if (!strcmp(manifest->kind, last) || !hd_cluster_reads(manifest->group, manifest->kind))
            continue;
        last = manifest->kind;
        kinds = grow(kinds, (*ret_n + 1) * sizeof *kinds);
        kinds[(*ret_n)++] = last;
    }
    return kinds;
}

/* Generates one model. For places, and beside other models, whose objects may be the same ones, all manifests are needed. */
static enum hd_status generate_one(const struct generating *generating, const struct hd_model *model, struct text *text)
{
    struct hd_generate_options options = {.size = sizeof options, .format = generating->format};
    bool is_part = generating->format == HD_FORMAT_JSON && generating->world->n_models == 1;
    const char **kinds = is_part ? kinds_of(model, &options.n_only) : NULL;
    enum hd_status status;

    options.only = kinds;
    status = hd_generate(model, &options, generating->of_models, text_sink, text);
    free(kinds);
    return status;
}

/* A stream for each application, which places then name. */
static int generate(const struct generating *generating)
{
    const struct graph_world *world = generating->world;
    enum hd_status status = HD_OK;

    for (size_t i = 0; status == HD_OK && i < world->n_models; i++) {
        const char *name = app_of(world->models[i])->name;
        struct text *text = &generating->texts[i];
        char *source = grow(NULL, strlen(name) + sizeof "<generated >");

        sprintf(source, world->n_models > 1 ? "<generated %s>" : "<generated>", name);
        status = generate_one(generating, world->models[i], text);
        generating->sources[i] = (struct hd_source){.name = source, .text = text->bytes ? text->bytes : "", .length = text->length};
    }
    return status_of(generating->input, status);
}

static int read_as(struct generating *generating, struct hd_cluster **cluster)
{
    size_t n = generating->world->n_models;
    int status;

    generating->texts = grow(NULL, n * sizeof *generating->texts);
    generating->sources = grow(NULL, n * sizeof *generating->sources);
    memset(generating->texts, 0, n * sizeof *generating->texts);
    memset(generating->sources, 0, n * sizeof *generating->sources);
    status = generate(generating);
    if (!status)
        status = status_of(generating->input, hd_cluster_read(generating->sources, n, NULL, generating->of_manifests, cluster));
    for (size_t i = 0; i < n; i++) {
        free(generating->texts[i].bytes);
        free((char *)(uintptr_t)generating->sources[i].name);
    }
    free(generating->texts);
    free(generating->sources);
    return status;
}

static struct hd_connectivity_options options_of(const struct input *input, const struct graph_world *world);

/* Whether nothing has to be told of the manifests by its place. */
static bool needs_no_places(const struct input *input, const struct graph_world *world, const struct hd_cluster *cluster,
                            struct hd_diagnostics *found)
{
    struct graph_world own = *world;
    const struct hd_connectivity_options options = options_of(input, world);
    struct output nowhere = {.fd = open("/dev/null", O_WRONLY | O_CLOEXEC), .name = "/dev/null"};
    bool agrees = nowhere.fd >= 0;
    size_t n_wrong = 0;

    own.cluster = cluster;
    if (agrees && input->call->check)
        agrees = graph_check(&own, &options, found, &nowhere, &n_wrong) == HD_OK && !n_wrong;
    if (nowhere.fd >= 0)
        close(nowhere.fd);
    return agrees && !hd_diagnostics_count(found);
}

/*
 * JSON is read many times as fast as YAML, but places in it say nothing to people. So it is YAML, as generate writes it, where places are shown:
 * of rules, of differences that were found, and of findings. The models of a workspace were checked before: what is found in them would be found
 * twice.
 */
static int read_generated(struct input *input, const struct graph_world *world, struct hd_cluster **cluster)
{
    struct hd_diagnostics *unseen = hd_diagnostics_new(NULL), *of_json = hd_diagnostics_new(NULL);
    struct generating generating = {.input = input, .world = world, .format = HD_FORMAT_JSON, .of_manifests = of_json};
    bool is_yaml = input->call->why || is_picture(input->call);
    int status = unseen && of_json ? EXIT_FINE : status_of(input, HD_NO_MEMORY);

    generating.of_models = input->workspace ? unseen : input->diagnostics;
    if (!status && !is_yaml) {
        status = read_as(&generating, cluster);
        is_yaml = !status && !needs_no_places(input, world, *cluster, of_json);
        generating.of_models = unseen;
    }
    if (!status && is_yaml) {
        hd_cluster_free(*cluster);
        *cluster = NULL;
        hd_diagnostics_clear(unseen);
        generating.format = HD_FORMAT_YAML;
        generating.of_manifests = input->diagnostics;
        status = read_as(&generating, cluster);
    }
    hd_diagnostics_free(unseen);
    hd_diagnostics_free(of_json);
    return status;
}

static int read_sources(struct input *input, const struct hd_source *sources, size_t n_sources, struct hd_cluster **cluster)
{
    return status_of(input, hd_cluster_read(sources, n_sources, NULL, input->diagnostics, cluster));
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

/* The service that the end of a question names, as in web, shop/web and shop/web[Deployment]; NULL when it names none. */
static const struct hd_service *service_named(const struct hd_app *app, const char *end)
{
    const char *name = strchr(end, '/') ? strchr(end, '/') + 1 : end;
    size_t length = strcspn(name, "[");

    for (size_t i = 0; i < app->n_services; i++)
        if (strlen(app->services[i].name) == length && !strncmp(app->services[i].name, name, length))
            return &app->services[i];
    return NULL;
}

/* The lines of the model behind the rules: the calls between the two services. */
static void write_calls(const struct input *input, const char *from, const char *to, struct output *output)
{
    const struct hd_app *app = input->model ? app_of(input->model) : NULL;
    const struct hd_service *caller = app ? service_named(app, from) : NULL, *callee = caller ? service_named(app, to) : NULL;

    for (size_t i = 0; callee && i < caller->n_calls; i++) {
        const struct hd_at *at = caller->calls[i].at;

        if (strcmp(caller->calls[i].to, callee->name) != 0 || !at || !at->file)
            continue;
        output_text(output, "  ");
        output_text(output, at->file);
        output_print(output, ":%u:%u: model: ", at->line, at->column);
        output_text(output, caller->name);
        output_text(output, " calls ");
        output_text(output, callee->name);
        output_text(output, "\n");
    }
}

/* Whether the world is meant, and no workload of this name. */
static bool is_world(const struct hd_cluster *cluster, const char *name)
{
    for (size_t i = 0; i < hd_cluster_workload_count(cluster); i++)
        if (!strcmp(hd_cluster_workload_at(cluster, i)->name, name))
            return false;
    return !strcmp(name, GRAPH_WORLD);
}

static enum hd_status write_ways_in(const struct input *input, const struct hd_cluster *cluster, const struct hd_connectivity_options *options,
                                    struct hd_diagnostics *diagnostics, struct output *output)
{
    struct graph_question question = {.cluster = cluster, .options = options, .target = input->call->operands[0], .diagnostics = diagnostics};
    struct target target;
    char *to;
    enum hd_status status;

    take_target(&target, input->call->operands[0]);
    question.to = to = end_named(input, target.name);
    question.port = &target.port;
    status = graph_write_ways_in(&question, output);
    free(to);
    return status;
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
    if (status == HD_OK)
        write_calls(input, from, to, output);
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
    if (call->why && is_world(world->cluster, call->why))
        return write_ways_in(input, world->cluster, &options, input->diagnostics, output);
    if (call->why)
        return write_why(input, world->cluster, &options, input->diagnostics, output);
    if (input->workspace)
        return graph_by_application(world, &options, format_of(call->format_word), input->diagnostics, output);
    return hd_cluster_write_graph(world->cluster, &options, format_of(call->format_word), input->diagnostics, output_sink, output);
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
        status = is_picture(call) ? write_picture(&input, &world) : write_list(&input, &world, &n_wrong);
    hd_cluster_free(cluster);
    free(world.models);
    status = input_close(&input, status);
    return n_wrong && status <= EXIT_WRONG_MODEL ? EXIT_DRIFT : status;
}
