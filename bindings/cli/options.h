/* Verbs and options: one table each, from which parsing, help and completion follow. */
#ifndef HYBRIDGEN_OPTIONS_H
#define HYBRIDGEN_OPTIONS_H

#include <hybriddeploy/diff.h>
#include <hybriddeploy/generate.h>
#include <stdbool.h>
#include <stddef.h>

struct call;

/* The values that an operand or argument may have, for checks, help and completion. */
enum words {
    WORDS_NONE,
    WORDS_FORMATS,
    WORDS_GRAPH_FORMATS,
    WORDS_DIFF_FORMATS,
    WORDS_EFFECTS,
    WORDS_NODE_OR_PODS,
    WORDS_KINDS,
    /* Kinds, and parts of the files that are no manifests. */
    WORDS_ONLY,
    /* Parts, and names for several. */
    WORDS_PARTS,
    WORDS_DIAGNOSTICS,
    WORDS_COLORS,
    WORDS_LISTS,
    WORDS_SCHEMAS,
    WORDS_SHELLS,
    WORDS_VERBS,
    WORDS_CODES,
    WORDS_FILES,
    /* Files that one call takes together. */
    WORDS_MANIFESTS
};

/* Verbs that an option goes with. */
enum {
    FOR_INIT = 1,
    FOR_GENERATE = 2,
    FOR_VALIDATE = 4,
    FOR_EXPLAIN = 8,
    FOR_SCHEMA = 16,
    FOR_LIST = 32,
    FOR_GRAPH = 64,
    FOR_DIFF = 128,
    FOR_CONTRACT = 256,
    FOR_MODEL = FOR_GENERATE | FOR_VALIDATE | FOR_EXPLAIN | FOR_GRAPH | FOR_DIFF | FOR_CONTRACT,
    FOR_PRODUCT = FOR_INIT | FOR_GENERATE | FOR_EXPLAIN | FOR_SCHEMA | FOR_GRAPH | FOR_DIFF | FOR_CONTRACT,
    FOR_ALL = -1
};

struct verb {
    const char *name;
    /* One of FOR_..., or 0 when no option but the general ones goes with it. */
    int bit;
    /* Its operands as help shows them, what they may be, and how many it needs and takes. */
    const char *operands;
    enum words words;
    size_t least, most;
    /* Description of the verb: in a line, and in full. */
    const char *summary, *text;
    /* Calls, one a line, each followed by what it does. */
    const char *example;
    int (*run)(const struct call *call);
};

extern const struct verb verbs[];
extern const size_t n_verbs;

const struct verb *verb_named(const char *name);

enum option_id {
    OPTION_FILE,
    OPTION_OUTPUT,
    OPTION_FORMAT,
    OPTION_ONLY,
    OPTION_WITH,
    OPTION_ENVIRONMENT,
    OPTION_ENVIRONMENTS,
    OPTION_NAMESPACE,
    OPTION_SET,
    OPTION_KUBE_VERSION,
    OPTION_STRICT,
    OPTION_MAX_DIAGNOSTICS,
    OPTION_DIAGNOSTICS,
    OPTION_COLOR,
    OPTION_FORCE,
    OPTION_AGAINST,
    OPTION_CHECK,
    OPTION_OUTPUTS,
    OPTION_DEPFILE,
    OPTION_WHY,
    OPTION_EXPOSED,
    OPTION_HOST_NETWORK,
    OPTION_FAIL_ON,
    OPTION_EXPECT,
    OPTION_WRITE_EXPECT,
    OPTION_QUIET,
    OPTION_VERBOSE,
    OPTION_HELP,
    OPTION_VERSION
};

/* Two may have one name, for other verbs. */
struct option {
    enum option_id id;
    /* One letter, or 0. */
    char letter;
    const char *name;
    /* Its argument as help shows it, NULL when it takes none; and what that may be. */
    const char *argument;
    enum words words;
    int verbs;
    const char *help;
};

extern const struct option all_options[];
extern const size_t n_all_options;

/* Whether the option goes with the verb. */
bool option_is_for(const struct option *option, const struct verb *verb);

/* Word `index` of the words meant, NULL past the end. */
const char *word_at(enum words words, size_t index);

/* A call as it was understood. */
struct call {
    const struct verb *verb;
    const char **operands, **files, **only, **sets, **with;
    size_t n_operands, n_files, n_only, n_sets, n_with, n_environments;
    const char *output, *first_environment, *environment, *namespace_name, *kubernetes_version, *color, *depfile, *why, *against, *expect, *write_expect;
    enum hd_format format;
    const char *format_word; /* NULL when none is given */
    enum hd_effect fail_on;
    size_t max_diagnostics;
    bool environments, strict, force, check, outputs, quiet, verbose, hosts_are_pods, exposed, help, version;
    /* Options given, one bit (1 << enum option_id) each. */
    unsigned given;
};

/* Reads the arguments; says what is wrong and returns EXIT_WRONG_CALL, or EXIT_FINE. */
int call_parse(struct call *call, int argc, char **argv);
void call_free(struct call *call);

#endif
