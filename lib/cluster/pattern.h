/* The patterns of Istio's policies, and the texts by which all texts can be judged. */
#ifndef HD_CLUSTER_PATTERN_H
#define HD_CLUSTER_PATTERN_H

#include "core/memory/arena.h"

/* The answer to a question; unknown when the manifests do not tell it. The order matters: and is the least, or is the greatest. */
enum truth { TRUTH_NO, TRUTH_UNKNOWN, TRUTH_YES };

enum pattern_kind {
    PATTERN_EXACT,
    /* "text*" and "*text". */
    PATTERN_PREFIX,
    PATTERN_SUFFIX,
    /* "*": every text that is not empty. */
    PATTERN_PRESENT,
    /* A template of paths, as in /items/{*}, which is not decided. */
    PATTERN_TEMPLATE
};

struct pattern {
    enum pattern_kind kind;
    /* The pattern without its star. */
    const char *text;
};

/* Some patterns; a text matches when it matches one of them. */
struct patterns {
    struct pattern *items;
    size_t n;
};

/* `text` must live as long as the arena. */
struct pattern pattern_of(struct arena *arena, const char *text);

struct patterns patterns_join(struct arena *arena, struct patterns left, struct patterns right);

enum truth patterns_match(struct patterns patterns, const char *text);

/*
 * Texts such that for each text there is one here that matches the same patterns: each exact one, and each prefix followed by each suffix,
 * with a letter between them that no pattern has. `first` is preferred as the text that matches none. When it begins with a slash, all do: for
 * other paths, such as that of OPTIONS *, Istio's proxies have no route. More than `most` are not made, and then the result is false.
 */
struct words {
    const char **items;
    size_t n;
};
bool words_make(struct arena *arena, struct patterns patterns, const char *first, size_t most, struct words *ret_words);

enum truth truth_not(enum truth truth);
enum truth truth_and(enum truth left, enum truth right);
enum truth truth_or(enum truth left, enum truth right);

#endif
