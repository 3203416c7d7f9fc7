#define _POSIX_C_SOURCE 200809L
#include "side.h"

#include "call.h"
#include "expected.h"
#include "findings.h"
#include "read_to_end.h"
#include "revision_tree.h"
#include "workspace.h"

#include <fcntl.h>
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

/* Its warnings are for validate; here they would come twice. */
int side_open(struct side *side, const struct call *call, const char *operand, const char *environment)
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
    if (!status && !side->cluster)
        status = input_load(&side->input, environment);
    if (!status && !side->cluster)
        status = input_resolve(&side->input);
    if (!status && side->cluster && hd_diagnostics_errors(side->input.diagnostics))
        status = EXIT_WRONG_MODEL;
    return status || side->cluster ? status : status_of(&side->input, hd_check(side->input.model, side->input.diagnostics));
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
