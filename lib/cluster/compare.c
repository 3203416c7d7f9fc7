/* The public function that compares the requests of a connection with those that are expected. */
#include "passage.h"

#include <stdlib.h>

enum { MOST_WORDS = 512, MOST_REQUESTS = 65536 };

/* The requests that are tried, and the patterns of both sides from which they are made. */
struct trial {
    struct arena *memory;
    const struct hd_cluster_asking *asking;
    uint16_t port;
    const struct hd_cluster_requests *expected;
    size_t n_expected;
    struct patterns (*patterns_of)[2];
    struct words methods, paths, hosts;
};

static struct patterns patterns_of(struct arena *arena, const char *const *texts, size_t n)
{
    struct patterns patterns = {arena_array(arena, n, sizeof *patterns.items), n};

    for (size_t i = 0; i < n; i++)
        patterns.items[i] = pattern_of(arena, texts[i]);
    return patterns;
}

/* The gates on the ways of the connection. */
static struct patterns patterns_at(struct trial *trial, enum attribute attribute, struct patterns with)
{
    const struct guard *target = &trial->asking->decision->mesh->guards[trial->asking->to];

    with = gate_patterns(trial->memory, &target->gate, attribute, with);
    for (size_t i = 0; i < target->n_leading; i++)
        if (target->leading[i].by && target->leading[i].target == trial->port)
            with = gate_patterns(trial->memory, &target->leading[i].by->gate, attribute, with);
    return with;
}

static bool make_words(struct trial *trial)
{
    struct patterns methods = patterns_at(trial, ATTRIBUTE_METHOD, (struct patterns){NULL, 0});
    struct patterns paths = patterns_at(trial, ATTRIBUTE_PATH, (struct patterns){NULL, 0});
    struct patterns hosts = patterns_at(trial, ATTRIBUTE_HOST, (struct patterns){NULL, 0});

    trial->patterns_of = arena_array(trial->memory, trial->n_expected, sizeof *trial->patterns_of);
    for (size_t i = 0; i < trial->n_expected; i++) {
        const struct hd_cluster_requests *expected = &trial->expected[i];
        struct patterns *both = trial->patterns_of[i];

        both[0] = patterns_of(trial->memory, expected->methods, expected->n_methods);
        both[1] = patterns_of(trial->memory, expected->paths, expected->n_paths);
        methods = patterns_join(trial->memory, methods, both[0]);
        paths = patterns_join(trial->memory, paths, both[1]);
    }
    return words_make(trial->memory, methods, "GET", MOST_WORDS, &trial->methods) &&
           words_make(trial->memory, paths, "/", MOST_WORDS, &trial->paths) &&
           words_make(trial->memory, hosts, "host", MOST_WORDS, &trial->hosts) &&
           trial->methods.n * trial->paths.n * trial->hosts.n <= MOST_REQUESTS;
}

static bool is_expected(const struct trial *trial, const struct hd_cluster_request *request)
{
    for (size_t i = 0; i < trial->n_expected; i++) {
        const struct patterns *both = trial->patterns_of[i];

        if ((!both[0].n || patterns_match(both[0], request->method) == TRUTH_YES) &&
            (!both[1].n || patterns_match(both[1], request->path) == TRUTH_YES))
            return true;
    }
    return false;
}

static void try_all(const struct trial *trial, struct hd_cluster_request *ret_request, enum hd_cluster_difference *ret_difference)
{
    for (size_t i = 0; i < trial->methods.n; i++)
        for (size_t j = 0; j < trial->paths.n; j++)
            for (size_t k = 0; k < trial->hosts.n; k++) {
                const struct hd_cluster_request request = {trial->methods.items[i], trial->paths.items[j], trial->hosts.items[k]};
                bool passes = passage_asks(trial->asking, trial->port, &request) > TRUTH_NO;

                if (passes == is_expected(trial, &request))
                    continue;
                *ret_request = request;
                *ret_difference = passes ? HD_CLUSTER_DIFFERENCE_ALLOWED : HD_CLUSTER_DIFFERENCE_DENIED;
                return;
            }
}

static enum hd_cluster_difference compare(struct trial *trial, struct hd_cluster_request *ret_request)
{
    enum hd_cluster_difference difference = HD_CLUSTER_DIFFERENCE_NONE;

    arena_empty(trial->memory);
    if (!make_words(trial))
        difference = HD_CLUSTER_DIFFERENCE_UNKNOWN;
    else
        try_all(trial, ret_request, &difference);
    return difference;
}

enum hd_status hd_cluster_compare(const struct hd_cluster_connection *connection, uint16_t port, const struct hd_cluster_requests *expected,
                                  size_t n_expected, struct hd_cluster_request *ret_request, enum hd_cluster_difference *ret_difference)
{
    struct trial trial = {.port = port, .expected = expected, .n_expected = n_expected};
    jmp_buf out_of_memory;

    if (!connection || !connection->asking || !ret_request || !ret_difference || (n_expected && !expected))
        return HD_BAD_CALL;
    trial.asking = connection->asking;
    trial.memory = connection->asking->memory;
    trial.memory->out_of_memory = &out_of_memory;
    if (setjmp(out_of_memory))
        return HD_NO_MEMORY;
    *ret_difference = compare(&trial, ret_request);
    return HD_OK;
}
