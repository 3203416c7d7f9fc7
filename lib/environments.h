/* Environments: layers that a model names, of which one at a time is laid over it. */
#ifndef HD_ENVIRONMENTS_H
#define HD_ENVIRONMENTS_H

#include "core/reading/tree.h"
#include "model/model.h"

#include <hybriddeploy/document.h>

/* The model without an environment, which no environment may be called. */
#define BASE_ENVIRONMENT "base"

/* Each is compared with each other; more are an accident or an attack. */
enum { MOST_ENVIRONMENTS = 256 };

/* The layers that stand in the inputs, in order; those that null took away have no value. */
struct environment_layers {
    struct environment_layer {
        const struct node *key;
        const struct node *value;
    } *items;
    size_t n;
    /* The first key `environments`; NULL when no input has one. */
    const struct node *place;
};

/* Names of environments, each once. */
struct environment_names {
    const char **names;
    size_t n;
    /* Whether the folder of the model was searched too. */
    bool is_complete;
};

/* Takes `environments` out of an input that was just read. Only a later one may take away what earlier ones say. */
void environments_take(struct arena *arena, struct hd_diagnostics *report, struct environment_layers *layers, struct node *tree,
                       bool is_later);

/* Reports and takes away `environments` where it has no effect: in an environment, or in a setting. */
void environments_refuse(struct hd_diagnostics *report, struct node *tree);

/* The names of the environments in the inputs. */
void environments_list(struct arena *arena, struct environment_names *names, const struct environment_layers *layers);

/* Adds the names of those that have a file beside the model. */
void environments_search(struct arena *arena, struct environment_names *names, const struct hd_source *sources, size_t n_sources);

/* The file of an environment beside the first input; NULL when there is none, or it is an input anyway. */
const char *environment_file(struct arena *arena, const struct hd_source *sources, size_t n_sources, const char *name);

/* Reports an environment that the model does not have. */
void report_no_environment(struct hd_diagnostics *report, const struct environment_layers *layers, const struct environment_names *names,
                           const struct hd_source *sources, const char *name);

/* The environment that the document of a model was loaded for; NULL when it has none. */
const char *model_environment(const struct hd_model *model);

/*
 * Hides the findings behind the first `n` that say that something in the model has no effect, where it has one in another environment. To be
 * called when they are located.
 */
void forgive_for_environments(struct hd_diagnostics *report, size_t n, const struct hd_model *model);

#endif
