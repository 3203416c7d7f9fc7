/*
 * Measures what `hybridgen diff` costs: bench_diff HYBRIDGEN EMPTY MODEL SCRATCH_FOLDER
 *
 * Small models are measured against a process that does nothing, the large one against generating it. That the work grows with the models, and not with their square, is what shapes.py counts.
 */
#define _GNU_SOURCE
#include "fleet.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { MOST_OF_FILE = 1024 * 1024 };

static int n_passed, n_failed;

static void verdict(const char *what, double value, double bound)
{
    bool fine = value <= bound;

    printf("  %-60s %8.2f  (at most %.2f) %s\n", what, value, bound, fine ? "ok" : "MISSED");
    n_passed += fine;
    n_failed += !fine;
}

static void fail(const char *what)
{
    fprintf(stderr, "bench_diff: %s failed\n", what);
    exit(1);
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* Wall time of one process in ms. */
static double run_process(char *const argv[])
{
    posix_spawn_file_actions_t actions;
    double start;
    int status;
    pid_t pid;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    start = now();
    if (posix_spawn(&pid, argv[0], &actions, NULL, argv, environ) || waitpid(pid, &status, 0) < 0 || status)
        fail(argv[0]);
    posix_spawn_file_actions_destroy(&actions);
    return now() - start;
}

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(name, "wb");

    if (!file || fputs(text, file) < 0 || fclose(file))
        fail(name);
}

/* The two sides of a comparison, as files: a text, and the same with the last character of the first `n_changes` places of a word changed. */
struct pair {
    char old[512], new[512];
};

static struct pair write_pair(const char *scratch, char *text, const char *word, size_t n_changes)
{
    struct pair pair;

    snprintf(pair.old, sizeof pair.old, "%s/diff-old.yaml", scratch);
    snprintf(pair.new, sizeof pair.new, "%s/diff-new.yaml", scratch);
    write_file(pair.old, text);
    for (char *place = text; n_changes; n_changes--) {
        place = strstr(place, word);
        if (!place)
            fail(word);
        place += strlen(word);
        place[-1]++;
    }
    write_file(pair.new, text);
    return pair;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

/* In turn, so that a machine that slows down slows both. */
static double ratio_of(char *hybridgen, char *empty, struct pair *pair)
{
    enum { RUNS = 101 };
    char *const diff[] = {hybridgen, "diff", pair->old, pair->new, NULL}, *const nothing[] = {empty, NULL};
    double ratios[RUNS];

    for (int i = 0; i < RUNS; i++) {
        double base = run_process(nothing);

        ratios[i] = run_process(diff) / base;
    }
    qsort(ratios, RUNS, sizeof *ratios, compare);
    return ratios[RUNS / 2];
}

/* Again while noise may be what makes it look slow. */
static void against_empty(const char *what, char *hybridgen, char *empty, struct pair *pair, double bound)
{
    enum { MOST_ROUNDS = 9 };
    double least = ratio_of(hybridgen, empty, pair);

    for (int round = 1; round < MOST_ROUNDS && least > bound; round++) {
        double ratio = ratio_of(hybridgen, empty, pair);

        least = ratio < least ? ratio : least;
    }
    verdict(what, least, bound);
}

/* Wall time against that of generating the new model, in turn; the least of each, because whatever else the machine does can only add. */
static double ratio_to_generating(char *hybridgen, struct pair *pair)
{
    enum { RUNS = 15 };
    char *const diff[] = {hybridgen, "diff", pair->old, pair->new, NULL}, *const generate[] = {hybridgen, "generate", "-q", "-f", pair->new, NULL};
    double least = 0, base = 0;

    for (int i = 0; i < RUNS; i++) {
        double generating = run_process(generate), comparing = run_process(diff);

        base = !i || generating < base ? generating : base;
        least = !i || comparing < least ? comparing : least;
    }
    printf("  6000 services: generated in %.0f ms, compared with 100 changes in %.0f ms\n", base, least);
    return least / base;
}

static char *read_file(const char *name)
{
    FILE *file = fopen(name, "rb");
    char *text = calloc(1, MOST_OF_FILE + 1);

    if (!file || !text || !fread(text, 1, MOST_OF_FILE, file))
        fail(name);
    fclose(file);
    return text;
}

int main(int argc, char **argv)
{
    struct pair pair;
    size_t length;
    char *text;

    if (argc != 5) {
        fprintf(stderr, "usage: bench_diff HYBRIDGEN EMPTY MODEL SCRATCH_FOLDER\n");
        return 2;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    text = fleet_text(6, &length);
    text[length] = '\0';
    pair = write_pair(argv[4], text, "imageTag: \"1.4.2", 1);
    against_empty("diff of a release of six services / an empty process", argv[1], argv[2], &pair, 6);
    free(text);
    text = read_file(argv[3]);
    pair = write_pair(argv[4], text, "imageTag: \"1.4.2", 1);
    /* Six services have 6; those with all families have many more objects. 7.3 to 7.9 were reached, so this bound only notices what becomes worse. */
    against_empty("the same of GraphMemory with all families", argv[1], argv[2], &pair, 9);
    free(text);
    text = fleet_text(6000, &length);
    text[length] = '\0';
    pair = write_pair(argv[4], text, "maxReplicas: 8", 100);
    /* 0.7 s where generating takes 0.28 s. 2.0 were reached with two processors, and 2.7 with one. */
    verdict("6000 services with 100 changes / generating them", ratio_to_generating(argv[1], &pair), 2.75);
    free(text);
    printf("%d passed, %d failed\n", n_passed, n_failed);
    return n_failed > 0;
}
