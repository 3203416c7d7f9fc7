/*
 * Measures reading manifests and deciding who can talk to whom, without a mesh and in one: bench_graph HYBRIDGEN EMPTY MODEL
 *
 * Reading is measured against writing the same bytes, a cold `graph --check` against a process that does nothing, and growth between sizes.
 * Deciding has bounds in milliseconds of processor time, for a machine as it is usual in 2024; reading does not count there.
 */
#define _GNU_SOURCE
#include "fleet.h"

#include <fcntl.h>
#include <hybriddeploy/hybriddeploy.h>
#include <math.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static int n_passed, n_failed;

static double clock_ms(clockid_t clock)
{
    struct timespec time;

    clock_gettime(clock, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void verdict(const char *what, double value, double bound)
{
    bool fine = value <= bound;

    printf("  %-60s %8.2f  (at most %.2f) %s\n", what, value, bound, fine ? "ok" : "MISSED");
    n_passed += fine;
    n_failed += !fine;
}

struct bytes {
    char *text;
    size_t length, size;
};

static int keep(void *user, const char *text, size_t length)
{
    struct bytes *bytes = user;

    if (bytes->length + length > bytes->size) {
        bytes->size = (bytes->length + length) * 2;
        bytes->text = realloc(bytes->text, bytes->size);
        if (!bytes->text)
            abort();
    }
    memcpy(bytes->text + bytes->length, text, length);
    bytes->length += length;
    return 0;
}

static int swallow(void *user, const char *text, size_t length)
{
    *(size_t *)user += length;
    (void)text;
    return 0;
}

static int count(void *user, const struct hd_cluster_connection *connection)
{
    *(size_t *)user += 1;
    (void)connection;
    return 0;
}

static void must(enum hd_status status, const char *what)
{
    if (status == HD_OK)
        return;
    fprintf(stderr, "bench_graph: %s ends with %d\n", what, (int)status);
    exit(1);
}

/* The least of several runs, because whatever else the machine does can only add. */
struct times {
    double write, write_json, read[2], decide;
    size_t n_connections, n_bytes;
};

static void note(double *least, double start)
{
    double ms = clock_ms(CLOCK_PROCESS_CPUTIME_ID) - start;

    if (*least <= 0 || ms < *least)
        *least = ms;
}

static void measure(const struct hd_model *model, struct hd_diagnostics *diagnostics, struct times *times)
{
    static const enum hd_format formats[] = {HD_FORMAT_YAML, HD_FORMAT_JSON};
    const struct hd_connectivity_options options = {.size = sizeof options, .trust_domain = "cluster.local"};

    for (int i = 0; i < 2; i++) {
        const struct hd_generate_options generate = {.size = sizeof generate, .format = formats[i]};
        struct hd_cluster *cluster = NULL;
        struct bytes bytes = {0};
        struct hd_source source = {.name = "fleet"};
        double start = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
        size_t n_bytes = 0;

        must(hd_generate(model, &generate, diagnostics, swallow, &n_bytes), "generating");
        note(i ? &times->write_json : &times->write, start);
        times->n_bytes = i ? times->n_bytes : n_bytes;
        must(hd_generate(model, &generate, diagnostics, keep, &bytes), "generating");
        source.text = bytes.text;
        source.length = bytes.length;
        start = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
        must(hd_cluster_read(&source, 1, NULL, diagnostics, &cluster), "reading");
        note(&times->read[i], start);
        times->n_connections = 0;
        start = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
        must(hd_cluster_connections(cluster, &options, diagnostics, count, &times->n_connections), "deciding");
        note(&times->decide, start);
        hd_cluster_free(cluster);
        free(bytes.text);
    }
}

static struct times measure_size(size_t n_services, bool has_mesh)
{
    size_t length;
    char *text = fleet_text(n_services, &length);
    const char *sets[] = {"mesh={mode: sidecar}"};
    const struct hd_load_options load = {.size = sizeof load, .sets = sets, .n_sets = has_mesh};
    const struct hd_source source = {.name = "fleet", .text = text, .length = length};
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
    struct hd_document *document = NULL;
    struct hd_model *model = NULL;
    struct times times = {0};

    must(hd_document_load(&source, 1, &load, diagnostics, &document), "loading");
    must(hd_document_resolve(document, NULL, diagnostics, &model), "resolving");
    for (int i = 0; i < (n_services > 1000 ? 5 : 15); i++)
        measure(model, diagnostics, &times);
    hd_model_free(model);
    hd_diagnostics_free(diagnostics);
    hd_document_free(document);
    free(text);
    printf("%5zu services%s: %.1f MB, %zu connections; write %.1f ms, read YAML %.1f ms, read JSON %.1f ms, decide %.1f ms\n", n_services,
           has_mesh ? " in a mesh" : "", (double)times.n_bytes / 1e6, times.n_connections, times.write, times.read[0], times.read[1], times.decide);
    return times;
}

static double exponent(double less, double more, double sizes)
{
    return log(more / less) / log(sizes);
}

static void bench_sizes(bool has_mesh)
{
    const struct times small = measure_size(102, has_mesh), middle = measure_size(1500, has_mesh), large = measure_size(6000, has_mesh);
    const char *where = has_mesh ? " in a mesh" : "";
    char what[80];

    snprintf(what, sizeof what, "ms for 102 services%s", where);
    verdict(what, small.decide, 5);
    snprintf(what, sizeof what, "ms for 6000 services%s", where);
    verdict(what, large.decide, 300);
    /*
     * Wanted are 1.15, and 2 for what is read; 1.07 to 1.22, and 1.7 to 2.1 were reached, on a machine that others used too, so that
     * these bounds leave room.
     */
    snprintf(what, sizeof what, "exponent of growth from 1500 to 6000 services%s", where);
    verdict(what, exponent(middle.decide, large.decide, 4), 1.4);
    snprintf(what, sizeof what, "reading YAML / writing it, 6000 services%s", where);
    verdict(what, large.read[0] / large.write, 2.4);
    snprintf(what, sizeof what, "reading JSON / writing it, 6000 services%s", where);
    verdict(what, large.read[1] / large.write_json, 2.5);
}

static double run_process(char *const argv[])
{
    posix_spawn_file_actions_t actions;
    double start;
    int status;
    pid_t pid;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    start = clock_ms(CLOCK_MONOTONIC);
    if (posix_spawn(&pid, argv[0], &actions, NULL, argv, environ) || waitpid(pid, &status, 0) < 0 || status)
        must(HD_BAD_CALL, argv[0]);
    posix_spawn_file_actions_destroy(&actions);
    return clock_ms(CLOCK_MONOTONIC) - start;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

/* In turn, so that a machine that slows down slows both. */
static void bench_check(char *hybridgen, char *empty, char *model)
{
    enum { RUNS = 101 };
    char *const check[] = {hybridgen, "graph", "-q", "--check", "-f", model, NULL}, *const nothing[] = {empty, NULL};
    double ratios[RUNS];

    for (int i = 0; i < RUNS; i++) {
        double base = run_process(nothing);

        ratios[i] = run_process(check) / base;
    }
    qsort(ratios, RUNS, sizeof *ratios, compare);
    verdict("graph --check of GraphMemory / an empty process", ratios[RUNS / 2], 6);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: bench_graph HYBRIDGEN EMPTY MODEL\n");
        return 2;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    bench_check(argv[1], argv[2], argv[3]);
    bench_sizes(false);
    bench_sizes(true);
    printf("%d passed, %d failed\n", n_passed, n_failed);
    return n_failed > 0;
}
