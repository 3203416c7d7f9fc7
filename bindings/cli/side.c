#define _POSIX_C_SOURCE 200809L
#include "side.h"

#include "call.h"
#include "expected.h"
#include "findings.h"
#include "read_to_end.h"
#include "revision_tree.h"
#include "workspace.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_folder(const char *name)
{
    struct stat status;

    return !stat(name, &status) && S_ISDIR(status.st_mode);
}

/* Reads the source into a cluster, with diagnostics of its own, because it may be a model. */
static int read_manifests(struct side *side, struct hd_source source, bool may_be_model)
{
    struct hd_cluster_options options = {.size = sizeof options, .keep_content = 1};
    struct input probe;
    int status = input_begin(&probe, &side->call);
    struct hd_diagnostics *own = side->input.diagnostics;

    if (status)
        return status;
    if (source.text && !strcmp(source.name, "-"))
        source.name = "<stdin>";
    status = status_of(&probe, hd_cluster_read(&source, 1, &options, probe.diagnostics, &side->cluster));
    if (!status && may_be_model && !hd_cluster_object_count(side->cluster) && hd_diagnostics_count(probe.diagnostics)) {
        hd_cluster_free(side->cluster);
        side->cluster = NULL;
        own = probe.diagnostics;
    } else
        side->input.diagnostics = probe.diagnostics;
    hd_diagnostics_free(own);
    return status;
}

/* A quick look that spares most models from being read as manifests: each manifest has this word. */
static bool may_be_manifests(const struct hd_source *source)
{
    static const char word[] = "apiVersion";
    size_t length = source->length;
    const char *text = source->text;
    char *own = NULL;
    bool found = false;
    int fd;

    if (!text) {
        fd = open(source->name, O_RDONLY | O_CLOEXEC);
        if (fd < 0)
            return false;
        text = own = read_to_end(fd, &length);
        close(fd);
    }
    for (size_t i = 0; text && !found && i + sizeof word - 1 <= length; i++)
        found = text[i] == *word && !memcmp(text + i, word, sizeof word - 1);
    free(own);
    return found;
}

/* A folder in a state that makes differences is compared all the same. */
static int warn_of_folder(const struct call *call, const char *folder)
{
    const char *warning = folder_warning(folder);
    struct findings findings = {0};
    struct hd_diagnostic *finding;
    size_t n_errors;

    if (!warning)
        return EXIT_FINE;
    finding = findings_add(&findings, HD_BAD_INDEX, findings_text(&findings, "this folder %s", warning));
    finding->severity = HD_WARNING;
    finding->file = folder;
    finding->hint = "it is compared all the same; write it anew with hybridgen generate to see the change alone";
    n_errors = findings_say(&findings, call, NULL, 0);
    findings_free(&findings);
    return n_errors ? EXIT_WRONG_MODEL : EXIT_FINE;
}

static int open_named(struct side *side, const char *name)
{
    int status;

    side->file = name;
    side->call.files = &side->file;
    side->call.n_files = 1;
    if (is_folder(name)) {
        status = input_begin(&side->input, &side->call);
        return status ? status : read_manifests(side, (struct hd_source){.name = name}, false);
    }
    status = input_read(&side->input, &side->call, NULL);
    return !status && may_be_manifests(&side->input.sources[0]) ? read_manifests(side, side->input.sources[0], true) : status;
}

/* A side beside a workspace: one as well, at a revision or not; or a folder with a folder for each application. */
static int open_beside_workspace(struct side *side, const char *operand, const char *environment)
{
    bool is_there = operand && (!strcmp(operand, "-") || !access(operand, F_OK));
    const struct call *call = &side->call;

    if (!operand || (is_there && workspace_is_file(operand)))
        return workspace_open(&side->input, call, operand ? operand : call->files[0], environment);
    if (!is_there && workspace_is_meant(call))
        return revision_open_workspace(&side->input, call, operand, call->files[0], environment);
    if (!is_there)
        return complain(EXIT_UNREADABLE, "there is no file %s; a revision of git needs -f with the workspace", operand);
    if (!is_folder(operand))
        return complain(EXIT_WRONG_CALL,
                        "%s: beside a workspace this must be another one, whose name ends with workspace.yaml, a revision of git, or the folder "
                        "that generate -o wrote for it\nhybridgen diff %s MODEL compares one application", operand, operand);
    side->folder = operand;
    return input_begin(&side->input, call);
}

int side_open_beside_workspace(struct side *side, const struct call *call, const char *operand, const char *environment)
{
    *side = (struct side){.call = *call};
    side->call.quiet = true;
    side->input.call = &side->call;
    return open_beside_workspace(side, operand, environment);
}

/* Reads what the operand names; manifests are complete then. Its warnings are for validate; here they would come twice. */
static int open_operand(struct side *side, const struct call *call, const char *operand)
{
    int status;

    *side = (struct side){.call = *call};
    side->call.quiet = true;
    if (operand && (!strcmp(operand, "-") || !access(operand, F_OK))) {
        status = open_named(side, operand);
        if (!status && is_folder(operand))
            status = warn_of_folder(call, operand);
    } else
        status = input_read(&side->input, &side->call, operand);
    return !status && side->cluster && hd_diagnostics_errors(side->input.diagnostics) ? EXIT_WRONG_MODEL : status;
}

/* Makes a complete model of what was read. */
static int make_model(struct side *side, const char *environment)
{
    int status = input_load(&side->input, environment);

    if (!status)
        status = input_resolve(&side->input);
    return status ? status : status_of(&side->input, hd_check(side->input.model, side->input.diagnostics));
}

/* The model of a side that a thread makes, and the exit status of that. */
struct making {
    struct side *side;
    const char *environment;
    int status;
};

static void *make_in_thread(void *user)
{
    struct making *making = user;

    making->status = make_model(making->side, making->environment);
    return NULL;
}

/* Threads of musl have too small a stack for models that nest. */
static bool start_thread(pthread_t *thread, struct making *making)
{
    enum { STACK = 8 * 1024 * 1024 };
    pthread_attr_t attributes;
    bool is_started;

    if (pthread_attr_init(&attributes))
        return false;
    is_started = !pthread_attr_setstacksize(&attributes, STACK) && !pthread_create(thread, &attributes, make_in_thread, making);
    pthread_attr_destroy(&attributes);
    return is_started;
}

/* A thread costs more than it saves where models are small. And git, which has an environment's file at a revision, is asked by one thread. */
static bool is_worth_thread(const struct making *making)
{
    enum { LEAST_TEXT = 64 * 1024 };
    const struct input *input = &making->side->input;
    struct stat status;
    size_t length = 0;

    for (size_t i = 0; i < input->n_sources; i++)
        length += input->sources[i].text ? input->sources[i].length : !stat(input->sources[i].name, &status) ? (size_t)status.st_size : 0;
    return length >= LEAST_TEXT && !(input->revision && making->environment);
}

static bool needs_model(const struct making *making)
{
    return !making->status && !making->side->cluster;
}

/* The models of both sides, at the same time where that is worth it, because neither needs the other. */
static void make_models(struct making *before, struct making *after)
{
    pthread_t thread;
    bool is_apart = needs_model(before) && needs_model(after) && is_worth_thread(before) && is_worth_thread(after) && start_thread(&thread, before);

    if (!is_apart && needs_model(before))
        make_in_thread(before);
    if (needs_model(after))
        make_in_thread(after);
    if (is_apart)
        pthread_join(thread, NULL);
}

int sides_open(struct side *before, struct side *after, const struct call *call)
{
    struct making old = {before, call->n_environments > 1 ? call->first_environment : call->environment, EXIT_FINE};
    struct making new = {after, call->environment, EXIT_FINE};

    old.status = open_operand(before, call, call->n_operands ? call->operands[0] : NULL);
    new.status = open_operand(after, call, call->n_operands > 1 ? call->operands[1] : NULL);
    make_models(&old, &new);
    return old.status ? old.status : new.status;
}

int manifests_open(struct side *side, const struct call *call, const char *name, const char *option)
{
    int status = input_begin(&side->input, call);

    *side = (struct side){.call = *call, .input = side->input};
    side->call.quiet = true;
    side->input.call = &side->call;
    if (!status)
        status = read_manifests(side, (struct hd_source){.name = name}, false);
    if (!status && !hd_cluster_object_count(side->cluster) && hd_diagnostics_count(side->input.diagnostics))
        status = complain(EXIT_WRONG_MODEL, "%s %s: these are no manifests", option, name);
    return !status && hd_diagnostics_errors(side->input.diagnostics) ? EXIT_WRONG_MODEL : status;
}

struct hd_diff_side side_given(const struct side *side)
{
    return (struct hd_diff_side){.size = sizeof(struct hd_diff_side), .model = side->input.model, .cluster = side->cluster};
}

int side_close(struct side *side, int status)
{
    status = input_close(&side->input, status);
    hd_cluster_free(side->cluster);
    return status;
}
