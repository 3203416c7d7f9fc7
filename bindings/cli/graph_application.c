/* The connections of several applications, by application: the library's lines, in another order. */
#include "app.h"
#include "call.h"
#include "graph.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The library's output, and its lines by application; those of none stand behind. */
struct grouping {
    const struct graph_world *world;
    struct output *output;
    enum hd_graph_format format;
    char *text;
    size_t length, size;
    /* Where each line begins; the last entry is the end of the text. */
    size_t *lines;
    /* The application of each line: its index among the models, or their number. */
    size_t *applications;
    size_t n_lines;
};

static int gather(void *user, const char *bytes, size_t length)
{
    struct grouping *grouping = user;

    while (grouping->size - grouping->length <= length) {
        grouping->size = grouping->size ? grouping->size * 2 : 64 * 1024;
        grouping->text = grow(grouping->text, grouping->size);
    }
    memcpy(grouping->text + grouping->length, bytes, length);
    grouping->length += length;
    grouping->text[grouping->length] = '\0';
    return 0;
}

static size_t index_of(const struct graph_world *world, const struct hd_model *model)
{
    size_t i = 0;

    while (i < world->n_models && world->models[i] != model)
        i++;
    return i;
}

static bool is_named(const struct hd_cluster_workload *workload, const char *name, size_t length)
{
    size_t n_name = strlen(workload->name), n_kind = strlen(workload->kind);

    return length == n_name + n_kind + 2 && !strncmp(name, workload->name, n_name) && name[n_name] == '[' &&
           !strncmp(name + n_name + 1, workload->kind, n_kind);
}

/* The application of an end, by its name NAMESPACE/NAME[KIND]; addresses have none. */
static size_t application_of(const struct graph_world *world, const char *end_name, size_t length)
{
    const char *slash = memchr(end_name, '/', length);
    char namespace_name[256];
    size_t first, n;

    if (!slash || (size_t)(slash - end_name) >= sizeof namespace_name)
        return world->n_models;
    memcpy(namespace_name, end_name, (size_t)(slash - end_name));
    namespace_name[slash - end_name] = '\0';
    n = graph_workloads_in(world, namespace_name, &first);
    for (size_t i = first; i < first + n; i++) {
        const struct hd_cluster_workload *workload = hd_cluster_workload_at(world->cluster, i);

        if (is_named(workload, slash + 1, length - (size_t)(slash + 1 - end_name)))
            return index_of(world, graph_model_of(world, workload));
    }
    return index_of(world, graph_model_in(world, namespace_name, NULL, 0));
}

/* The text behind `before`, up to `behind`, in a line; `*line` goes on behind it. */
static size_t take_end(const struct graph_world *world, const char **line, const char *before, const char *behind)
{
    const char *begin = strstr(*line, before), *end;

    begin = begin ? begin + strlen(before) : *line;
    end = strstr(begin, behind);
    *line = end ? end : begin;
    return end ? application_of(world, begin, (size_t)(end - begin)) : world->n_models;
}

static const char *name_of(const struct graph_world *world, size_t application)
{
    return application < world->n_models ? app_of(world->models[application])->name : NULL;
}

static bool is_picture(const struct grouping *grouping)
{
    return grouping->format == HD_GRAPH_DOT || grouping->format == HD_GRAPH_MERMAID;
}

/* In pictures, the nodes alone: they are indented, and the lines that open and close a namespace are not theirs. */
static bool is_grouped(const struct grouping *grouping, const char *line)
{
    if (is_picture(grouping))
        return !strncmp(line, "    ", 4) && strncmp(line, "    label=", 10) != 0;
    return grouping->format != HD_GRAPH_CSV || line != grouping->text;
}

static void split(struct grouping *grouping)
{
    static const char *const before[] = {
        [HD_GRAPH_TEXT] = "", [HD_GRAPH_JSON] = "{\"from\":\"", [HD_GRAPH_CSV] = "", [HD_GRAPH_DOT] = "\"", [HD_GRAPH_MERMAID] = "[\""};
    static const char *const behind[] = {
        [HD_GRAPH_TEXT] = " -> ", [HD_GRAPH_JSON] = "\"", [HD_GRAPH_CSV] = ",", [HD_GRAPH_DOT] = "\"", [HD_GRAPH_MERMAID] = "\"]"};

    for (size_t at = 0; at < grouping->length;) {
        const char *line = grouping->text + at, *end = line;

        grouping->lines = grow(grouping->lines, (grouping->n_lines + 2) * sizeof *grouping->lines);
        grouping->applications = grow(grouping->applications, (grouping->n_lines + 2) * sizeof *grouping->applications);
        grouping->lines[grouping->n_lines] = at;
        grouping->applications[grouping->n_lines++] =
            is_grouped(grouping, line) ? take_end(grouping->world, &end, before[grouping->format], behind[grouping->format]) : SIZE_MAX;
        at += strcspn(line, "\n") + 1;
        grouping->lines[grouping->n_lines] = at < grouping->length ? at : grouping->length;
    }
}

/* Names both applications, for programs. */
static void write_applications(struct grouping *grouping, const char *line, size_t application)
{
    const char *behind = line;
    bool is_json = grouping->format == HD_GRAPH_JSON;
    const char *from = name_of(grouping->world, application), *to;

    take_end(grouping->world, &behind, is_json ? "{\"from\":\"" : "", is_json ? "\"" : ",");
    to = name_of(grouping->world, take_end(grouping->world, &behind, is_json ? "\",\"to\":\"" : ",", is_json ? "\"" : ","));
    if (is_json) {
        output_json(grouping->output, true, "fromApplication", from);
        output_json(grouping->output, false, "toApplication", to);
        output_text(grouping->output, ",");
    } else {
        output_text(grouping->output, from ? from : "");
        output_text(grouping->output, ",");
        output_text(grouping->output, to ? to : "");
        output_text(grouping->output, ",");
    }
}

static void open_group(struct grouping *grouping, size_t application)
{
    const char *name = name_of(grouping->world, application), *namespace_name;

    if (grouping->format == HD_GRAPH_JSON || grouping->format == HD_GRAPH_CSV)
        return;
    name = name ? name : "outside";
    namespace_name = application < grouping->world->n_models ? app_of(grouping->world->models[application])->namespace_name : name;
    output_text(grouping->output, grouping->format == HD_GRAPH_DOT ? "  subgraph \"cluster_" : is_picture(grouping) ? "  subgraph " : "");
    output_text(grouping->output, name);
    if (grouping->format == HD_GRAPH_DOT) {
        output_text(grouping->output, "\" {\n    label=\"");
        output_text(grouping->output, name);
        output_text(grouping->output, "\";\n");
    } else if (grouping->format == HD_GRAPH_TEXT && strcmp(name, namespace_name) != 0) {
        output_text(grouping->output, " (namespace ");
        output_text(grouping->output, namespace_name);
        output_text(grouping->output, ")\n");
    } else
        output_text(grouping->output, "\n");
}

static void write_line(struct grouping *grouping, size_t index)
{
    const char *line = grouping->text + grouping->lines[index];
    size_t length = grouping->lines[index + 1] - grouping->lines[index];

    if (grouping->format == HD_GRAPH_TEXT)
        output_text(grouping->output, "  ");
    if (grouping->format == HD_GRAPH_JSON || grouping->format == HD_GRAPH_CSV)
        write_applications(grouping, line, grouping->applications[index]);
    /* The members of the two applications stand before the line's own. */
    output_sink(grouping->output, line + (grouping->format == HD_GRAPH_JSON), length - (grouping->format == HD_GRAPH_JSON));
}

static void write_groups(struct grouping *grouping)
{
    for (size_t application = 0; application <= grouping->world->n_models; application++) {
        bool is_open = false;

        for (size_t i = 0; i < grouping->n_lines; i++) {
            if (grouping->applications[i] != application)
                continue;
            if (!is_open)
                open_group(grouping, application);
            is_open = true;
            write_line(grouping, i);
        }
        if (is_open && is_picture(grouping))
            output_text(grouping->output, grouping->format == HD_GRAPH_DOT ? "  }\n" : "  end\n");
    }
}

/* Whether a line that is in no group opens or closes a namespace, in whose place applications are. */
static bool is_of_namespace(const char *line)
{
    return !strncmp(line, "  subgraph ", 11) || !strncmp(line, "    label=", 10) || !strncmp(line, "  }", 3) || !strncmp(line, "  end\n", 6);
}

/* The head of a table or picture, then the groups, then what is behind: the connections of a picture. */
static void write_all(struct grouping *grouping)
{
    size_t first = 0;

    while (first < grouping->n_lines && grouping->applications[first] == SIZE_MAX && !is_of_namespace(grouping->text + grouping->lines[first])) {
        output_text(grouping->output, grouping->format == HD_GRAPH_CSV ? "fromApplication,toApplication," : "");
        output_sink(grouping->output, grouping->text + grouping->lines[first], grouping->lines[first + 1] - grouping->lines[first]);
        first++;
    }
    write_groups(grouping);
    for (; first < grouping->n_lines; first++)
        if (grouping->applications[first] == SIZE_MAX && !is_of_namespace(grouping->text + grouping->lines[first]))
            output_sink(grouping->output, grouping->text + grouping->lines[first], grouping->lines[first + 1] - grouping->lines[first]);
}

enum hd_status graph_by_application(const struct graph_world *world, const struct hd_connectivity_options *options, enum hd_graph_format format,
                                    struct hd_diagnostics *diagnostics, struct output *output)
{
    struct graph_world indexed = *world;
    struct grouping grouping = {.world = &indexed, .output = output, .format = format};
    enum hd_status status = hd_cluster_write_graph(world->cluster, options, format, diagnostics, gather, &grouping);

    indexed.index = graph_index_make(world);
    if (status == HD_OK) {
        split(&grouping);
        write_all(&grouping);
    }
    graph_index_free(indexed.index);
    free(grouping.text);
    free(grouping.lines);
    free(grouping.applications);
    return status;
}
