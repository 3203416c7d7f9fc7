/* The public functions that read a cluster and list its objects and workloads. */
#include "core/reporting/refuse.h"
#include "reading.h"

#include <stdlib.h>

enum { DEFAULT_MOST_BYTES = 256 * 1024 * 1024, MOST_BYTES = INT32_MAX, DEFAULT_MOST_OBJECTS = 1000000 };

static enum hd_status check_call(const struct hd_source *sources, size_t n_sources, struct hd_diagnostics *report,
                                 struct hd_cluster **ret_cluster)
{
    if (!report || !ret_cluster)
        return refuse_call(report, "hd_cluster_read() is given NULL for ret_cluster");
    if (!sources || !n_sources)
        return refuse_call(report, "hd_cluster_read() is given no source");
    for (size_t i = 0; i < n_sources; i++)
        if (!sources[i].name && !sources[i].text)
            return refuse_call(report, "sources[%zu] has neither a name nor a text", i);
    return HD_OK;
}

static struct reading *reading_new(struct hd_diagnostics *report, const struct hd_cluster_options *options, jmp_buf *out_of_memory)
{
    struct reading *reading = calloc(1, sizeof *reading);
    struct hd_cluster *cluster = calloc(1, sizeof *cluster);

    if (!reading || !cluster) {
        free(reading);
        free(cluster);
        return NULL;
    }
    arena_init(&cluster->arena, out_of_memory);
    arena_init(&reading->text, out_of_memory);
    arena_init(&reading->nodes, out_of_memory);
    arena_init(&reading->kept, out_of_memory);
    report->arena.out_of_memory = out_of_memory;
    reading->cluster = cluster;
    reading->report = report;
    reading->max_bytes = options->max_bytes ? options->max_bytes : DEFAULT_MOST_BYTES;
    if (reading->max_bytes > MOST_BYTES)
        reading->max_bytes = MOST_BYTES;
    reading->keeps_content = options->keep_content;
    reading->max_objects = options->max_objects ? options->max_objects : DEFAULT_MOST_OBJECTS;
    return reading;
}

/* Frees the memory that only reading needs. The cluster itself stays, and is the caller's. */
static void reading_free(struct reading *reading)
{
    while (reading->n_open)
        closedir(reading->open[--reading->n_open]);
    arena_free(&reading->text);
    arena_free(&reading->nodes);
    arena_free(&reading->kept);
    free(reading);
}

static bool read_all(struct reading *reading, const struct hd_source *sources, size_t n_sources)
{
    struct hd_cluster *cluster = reading->cluster;
    bool is_read = true;

    names_init(&cluster->arena, &cluster->texts.all, 0);
    names_init(&cluster->arena, &cluster->namespace_of, 0);
    names_init(&cluster->arena, &reading->objects, 0);
    for (size_t i = 0; i < n_sources; i++)
        is_read &= read_input(reading, &sources[i]);
    cluster_settle(cluster);
    cluster_check(cluster, reading->report, &reading->kept);
    reading->report->sources = reading->sources;
    reading->report->n_sources = reading->n_sources;
    report_finish(reading->report);
    return is_read;
}

enum hd_status hd_cluster_read(const struct hd_source *sources, size_t n_sources, const struct hd_cluster_options *options,
                               struct hd_diagnostics *report, struct hd_cluster **ret_cluster)
{
    struct hd_cluster_options own;
    enum hd_status status = check_call(sources, n_sources, report, ret_cluster);
    struct hd_cluster *cluster;
    struct reading *reading;
    jmp_buf out_of_memory;
    bool is_read;

    if (status == HD_OK)
        status = options_take(report, &own, sizeof own, options, "hd_cluster_options");
    if (status != HD_OK)
        return status;
    reading = reading_new(report, &own, &out_of_memory);
    if (!reading)
        return HD_NO_MEMORY;
    cluster = reading->cluster;
    if (setjmp(out_of_memory)) {
        report->n_sources = 0;
        reading_free(reading);
        hd_cluster_free(cluster);
        return HD_NO_MEMORY;
    }
    is_read = read_all(reading, sources, n_sources);
    reading_free(reading);
    if (!is_read) {
        hd_cluster_free(cluster);
        return HD_UNREADABLE;
    }
    *ret_cluster = cluster;
    return HD_OK;
}

void hd_cluster_free(struct hd_cluster *cluster)
{
    if (!cluster)
        return;
    arena_free(&cluster->arena);
    free(cluster);
}

size_t hd_cluster_object_count(const struct hd_cluster *cluster)
{
    return cluster ? cluster->n_objects : 0;
}

const struct hd_cluster_object *hd_cluster_object_at(const struct hd_cluster *cluster, size_t index)
{
    return index < hd_cluster_object_count(cluster) ? cluster->objects[index] : NULL;
}

size_t hd_cluster_workload_count(const struct hd_cluster *cluster)
{
    return cluster ? cluster->n_workloads : 0;
}

const struct hd_cluster_workload *hd_cluster_workload_at(const struct hd_cluster *cluster, size_t index)
{
    return index < hd_cluster_workload_count(cluster) ? &cluster->workloads[index]->public : NULL;
}
