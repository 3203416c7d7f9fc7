/* From the call's workspace to models that know each other. */
#define _POSIX_C_SOURCE 200809L
#include "workspace.h"

#include "call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool workspace_is_file(const char *file)
{
    static const char end[] = "workspace.yaml";
    size_t length = strlen(file);

    return length >= strlen(end) && !strcmp(file + length - strlen(end), end);
}

bool workspace_is_meant(const struct call *call)
{
    for (size_t i = 0; i < call->n_files; i++)
        if (workspace_is_file(call->files[i]))
            return true;
    return false;
}

/* Refuses what makes no sense for several models, and says what does. */
static int check_options(const struct call *call)
{
    if (call->n_files > 1)
        return complain(EXIT_WRONG_CALL, "a workspace is the only -f of a call; later layers belong to the environments of its applications");
    if (call->environments)
        return complain(EXIT_WRONG_CALL, "--environments is for one model: write each environment of a workspace with a call of its own, as in "
                                         "-e production -o out/production/");
    if (call->namespace_name)
        return complain(EXIT_WRONG_CALL, "--namespace is for one model: each application of a workspace has its own, as in "
                                         "--set APPLICATION/namespace=%s", call->namespace_name);
    return check_kube_version(call);
}

/* How the models are loaded: first as they are, which tells their names and environments; then with what the call lays over them. */
struct loading {
    struct input *input;
    const char *environment;
    /* The workspace of the first time; NULL when this is the first time. */
    const struct hd_workspace *first;
    /* A setting for one application, with which it is tried; NULL when the workspace is loaded to be kept. */
    const char *setting, *application;
};

static bool is_set_for(const char *set, const char *name)
{
    size_t length = strcspn(set, "/");

    return (length == 1 && *set == '*') || (strlen(name) == length && !strncmp(set, name, length));
}

/* Whether the first time has shown that a model has environments; one that has none is the same in all of them. */
static bool has_environments(const struct input *input, const char *file)
{
    const char *const *names;
    size_t n;

    for (size_t i = 0; i < input->n_members; i++)
        if (!strcmp(input->members[i].file, file))
            return hd_document_environments(input->members[i].document, &names, &n) == HD_OK && n;
    return false;
}

static const char *name_of_file(const struct hd_workspace *workspace, const char *file)
{
    for (size_t i = 0; i < hd_workspace_count(workspace); i++)
        if (!strcmp(hd_workspace_file(workspace, i), file))
            return hd_workspace_name(workspace, i);
    return NULL;
}

/* Several threads load at the same time, so nothing is written to what they share. */
static enum hd_status load(void *user, const char *file, struct hd_diagnostics *diagnostics, struct hd_document **ret_document)
{
    struct loading *loading = user;
    const struct call *call = loading->input->call;
    const char **sets = grow(NULL, (call->n_sets + 2) * sizeof *sets), *name = loading->first ? name_of_file(loading->first, file) : NULL;
    const struct hd_source source = {.name = file};
    struct hd_load_options options = {.size = sizeof options, .sets = sets};
    enum hd_status status;

    if (call->verbose && !loading->first)
        complain(EXIT_FINE, "reading %s", file);
    for (size_t i = 0; name && i < call->n_sets; i++)
        if (is_set_for(call->sets[i], name))
            sets[options.n_sets++] = strchr(call->sets[i], '/') + 1;
    if (loading->setting && name && !strcmp(name, loading->application))
        sets[options.n_sets++] = loading->setting;
    if (loading->first && loading->environment && has_environments(loading->input, file))
        options.environment = loading->environment;
    status = hd_document_load(&source, 1, &options, diagnostics, ret_document);
    free(sets);
    return status;
}

/* Remembers the documents of the first time. */
static void keep_documents(struct input *input)
{
    size_t n = hd_workspace_count(input->workspace);

    input->members = grow(NULL, (n + 1) * sizeof *input->members);
    for (size_t i = 0; i < n; i++) {
        struct hd_document *document = hd_workspace_document(input->workspace, i);

        if (document)
            input->members[input->n_members++] = (struct member){hd_workspace_file(input->workspace, i), document, document};
    }
}

/* Remembers what a later time made of them; both are in one order. */
static void keep_latest(struct input *input)
{
    size_t next = 0;

    for (size_t i = 0; i < hd_workspace_count(input->workspace); i++) {
        struct hd_document *document = hd_workspace_document(input->workspace, i);
        const char *file = hd_workspace_file(input->workspace, i);

        for (size_t k = next; document && k < input->n_members; k++)
            if (!strcmp(input->members[k].file, file)) {
                input->members[k].latest = document;
                next = k + 1;
                break;
            }
    }
}

/* Each setting must say which application it is for. */
static int check_sets(const struct input *input)
{
    const struct call *call = input->call;

    for (size_t i = 0; i < call->n_sets; i++) {
        const char *set = call->sets[i];
        size_t length = strcspn(set, "/.[=\"'"), found;

        if (set[length] != '/')
            return complain(EXIT_WRONG_CALL, "--set %s: say which application it is for, as in --set APPLICATION/%s; * means all of them", set, set);
        if (length == 1 && *set == '*')
            continue;
        found = workspace_find(input, set, length);
        if (found == hd_workspace_count(input->workspace))
            return workspace_complain(input, "--set", set, length);
        if (!hd_workspace_model(input->workspace, found))
            return complain(EXIT_WRONG_CALL, "--set %s: %.*s is known by its contract alone, and only its own repository can change it", set, (int)length,
                            set);
    }
    return EXIT_FINE;
}

/* An environment that no application has is a mistake of the call. */
static int check_environment(const struct input *input, const char *environment)
{
    if (!environment || !strcmp(environment, "base"))
        return EXIT_FINE;
    for (size_t i = 0; i < input->n_members; i++)
        if (has_environments(input, input->members[i].file))
            return EXIT_FINE;
    return complain(EXIT_WRONG_CALL, "--environment %s: no application of the workspace has environments", environment);
}

static enum hd_status load_all(struct loading *loading, const char *file, struct hd_diagnostics *diagnostics, struct hd_workspace **ret_workspace)
{
    const struct hd_workspace_options options = {
        .size = sizeof options, .load = load, .user = loading, .kubernetes_version = loading->input->call->kubernetes_version,
        /* --verbose prints while a model is loaded, and its lines must come in the order of the models. */
        .load_in_threads = !loading->input->call->verbose};

    return hd_workspace_load(file, &options, diagnostics, ret_workspace);
}

static int load_once(struct input *input, struct loading *loading, const char *file, struct hd_diagnostics *diagnostics)
{
    struct hd_workspace *workspace;
    int status = status_of(input, load_all(loading, file, diagnostics, &workspace));

    if (!status) {
        input->workspaces = grow(input->workspaces, (input->n_workspaces + 1) * sizeof *input->workspaces);
        input->workspace = input->workspaces[input->n_workspaces++] = workspace;
        if (loading->first)
            keep_latest(input);
        else
            keep_documents(input);
    }
    return status;
}

/* Loads the applications again, with what the call lays over them. */
static int load_over(struct input *input, const char *file, const char *environment)
{
    struct loading loading = {.input = input, .environment = environment, .first = input->workspaces[0]};
    int status = check_sets(input);

    if (!status)
        status = check_environment(input, environment);
    if (!status)
        status = load_once(input, &loading, file, input->diagnostics);
    return status || !has_wrong_call(input) ? status : EXIT_WRONG_CALL;
}

int workspace_open(struct input *input, const struct call *call, const char *file, const char *environment)
{
    struct loading loading = {.input = input};
    struct hd_diagnostics *unseen = NULL;
    int status = input_begin(input, call), options = check_options(call);

    if (status || options)
        return status ? status : options;
    input->file = file;
    if (environment || call->n_sets) {
        unseen = input->diagnostics;
        status = load_once(input, &loading, file, unseen);
        if (status)
            return status;
        /* The model is read once more together with its layers, which reports these findings again. */
        status = input_begin_again(input);
        status = status ? status : load_over(input, file, environment);
    } else
        status = load_once(input, &loading, file, input->diagnostics);
    return status ? status : status_of(input, hd_workspace_check(input->workspace, input->diagnostics));
}

static bool is_usable_in(const struct hd_workspace *workspace, size_t index)
{
    const struct hd_model *model = hd_workspace_model(workspace, index);
    struct hd_diagnostics *unseen = model && hd_workspace_name(workspace, index) ? hd_diagnostics_new(NULL) : NULL;
    /* It is checked alone, because a mistake of another application, or between two, is none of its own. */
    bool is_usable = unseen && hd_check(model, unseen) == HD_OK;

    hd_diagnostics_free(unseen);
    return is_usable;
}

bool workspace_is_usable(const struct input *input, size_t index)
{
    return is_usable_in(input->workspace, index);
}

struct hd_model *workspace_try(const struct input *input, size_t index, const char *setting, struct hd_diagnostics *diagnostics,
                               struct hd_workspace **ret_workspace)
{
    /* Loading for a trial keeps nothing in the input. */
    struct loading loading = {.input = (struct input *)(uintptr_t)input,
                              .environment = input->call->environment,
                              .first = input->workspaces[0],
                              .setting = setting,
                              .application = hd_workspace_name(input->workspace, index)};

    if (load_all(&loading, input->file, diagnostics, ret_workspace) != HD_OK || !is_usable_in(*ret_workspace, index))
        return NULL;
    return hd_workspace_model(*ret_workspace, index);
}

const struct hd_model **workspace_models(const struct input *input, size_t *ret_n)
{
    size_t n = hd_workspace_count(input->workspace);
    const struct hd_model **models = grow(NULL, (n + 1) * sizeof *models);

    *ret_n = 0;
    for (size_t i = 0; i < n; i++)
        if (workspace_is_usable(input, i))
            models[(*ret_n)++] = hd_workspace_model(input->workspace, i);
    return models;
}

size_t workspace_find(const struct input *input, const char *name, size_t length)
{
    size_t n = hd_workspace_count(input->workspace);

    for (size_t i = 0; i < n; i++) {
        const char *one = hd_workspace_name(input->workspace, i);

        if (one && strlen(one) == length && !strncmp(one, name, length))
            return i;
    }
    return n;
}

int workspace_complain(const struct input *input, const char *what, const char *name, size_t length)
{
    size_t n = hd_workspace_count(input->workspace), n_names = 0;
    const char **names = grow(NULL, (n + 1) * sizeof *names), *nearest;
    char *word = grow(NULL, length + 1);

    memcpy(word, name, length);
    word[length] = '\0';
    for (size_t i = 0; i < n; i++)
        if (hd_workspace_name(input->workspace, i))
            names[n_names++] = hd_workspace_name(input->workspace, i);
    nearest = hd_did_you_mean(word, names, n_names);
    complain(EXIT_WRONG_CALL, "%s: the workspace has no application %s%s%s%s\nhybridgen list applications -f %s shows them", what, word,
             nearest ? "; did you mean " : "", nearest ? nearest : "", nearest ? "?" : "", input->file);
    free(names);
    free(word);
    return EXIT_WRONG_CALL;
}

/* The other environments, after the applications without one: each that an application has. */
static int check_environments(struct input *input)
{
    size_t n_members = input->n_members;
    const char **known = NULL;
    size_t n_known = 0;
    int worst = EXIT_FINE;

    for (size_t i = 0; i < n_members; i++) {
        const char *const *names;
        size_t n;

        if (hd_document_environments(input->members[i].document, &names, &n) != HD_OK)
            continue;
        for (size_t k = 0; k < n; k++) {
            bool is_known = false;

            for (size_t j = 0; j < n_known && !is_known; j++)
                is_known = !strcmp(known[j], names[k]);
            if (is_known)
                continue;
            known = grow(known, (n_known + 1) * sizeof *known);
            known[n_known++] = names[k];
        }
    }
    for (size_t i = 0; i < n_known; i++) {
        struct loading loading = {.input = input, .environment = known[i], .first = input->workspaces[0]};
        int status = load_once(input, &loading, input->file, input->diagnostics);

        status = status ? status : status_of(input, hd_workspace_check(input->workspace, input->diagnostics));
        worst = status > worst ? status : worst;
    }
    free(known);
    return worst;
}

int workspace_validate(const struct call *call)
{
    struct input input;
    int status = workspace_open(&input, call, call->files[0], call->environment), others;

    if (status <= EXIT_WRONG_MODEL && !call->environment) {
        others = check_environments(&input);
        status = others > status ? others : status;
    }
    return input_close(&input, status);
}
