#define _POSIX_C_SOURCE 200809L
#include "input.h"

#include "call.h"
#include "diagnostics.h"
#include "read_to_end.h"
#include "revision.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const default_files[] = {"hybriddeploy.yaml", "hybriddeploy.yml", "hybriddeploy.json"};

bool has_wrong_call(const struct input *input)
{
    for (size_t i = 0; i < hd_diagnostics_count(input->diagnostics); i++) {
        const struct hd_diagnostic *diagnostic = hd_diagnostics_get(input->diagnostics, i);

        if (diagnostic->code == HD_NO_ENVIRONMENT || (diagnostic->file && !strncmp(diagnostic->file, "--set ", 6)))
            return true;
    }
    return false;
}

int status_of(const struct input *input, enum hd_status status)
{
    switch (status) {
    case HD_OK:
        return EXIT_FINE;
    case HD_INVALID:
        return EXIT_WRONG_MODEL;
    case HD_UNREADABLE:
        break;
    case HD_UNWRITABLE:
        return EXIT_UNWRITTEN;
    case HD_NO_MEMORY:
        return complain(input->model ? EXIT_UNWRITTEN : EXIT_UNREADABLE, "out of memory");
    case HD_BAD_CALL:
        return EXIT_WRONG_CALL;
    }
    /* A setting that cannot be followed, or an environment that there is not, is a mistake of the call. */
    return has_wrong_call(input) ? EXIT_WRONG_CALL : EXIT_UNREADABLE;
}

/* Reads what cannot be read a second time, so that its lines can be shown; NULL leaves reading, and complaining, to the library. */
static char *read_once(const char *name, size_t *ret_length)
{
    struct stat status;
    char *text;
    int fd;

    if (!strcmp(name, "-"))
        return read_to_end(STDIN_FILENO, ret_length);
    if (stat(name, &status) || S_ISREG(status.st_mode) || S_ISDIR(status.st_mode))
        return NULL;
    fd = open(name, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    text = read_to_end(fd, ret_length);
    close(fd);
    return text;
}

/* Of a call with a revision, its name may be a misspelled file. */
static const char *default_file(const char *revision)
{
    for (size_t i = 0; i < sizeof default_files / sizeof *default_files; i++)
        if (!access(default_files[i], F_OK))
            return default_files[i];
    if (revision)
        complain(EXIT_UNREADABLE, "there is no file %s, and no hybriddeploy.yaml, hybriddeploy.yml or hybriddeploy.json in this folder that git "
                                  "could show at a revision of this name\ngive a file or folder that is there, or the model with -f FILE",
                 revision);
    else
        complain(EXIT_UNREADABLE, "there is no hybriddeploy.yaml, hybriddeploy.yml or hybriddeploy.json in this folder\n"
                                  "give a model with -f FILE, or write a first one with hybridgen init");
    return NULL;
}

/*
 * The name of a file at a revision; ./ makes that what stands beside it is not looked for in the files as they are. It is kept as long as
 * the diagnostics.
 */
static char *name_at(const char *revision, const char *file)
{
    size_t size = strlen(revision) + strlen(file) + sizeof ":./";
    char *name = grow(NULL, size);

    snprintf(name, size, "%s:./%s", revision, file);
    return name;
}

static bool add_file(struct input *input, struct hd_source *source, const char *name)
{
    if (input->call->verbose)
        complain(EXIT_FINE, "reading %s", strcmp(name, "-") ? name : "standard input");
    source->name = name;
    if (!input->revision) {
        source->text = read_once(name, &source->length);
        return true;
    }
    source->text = revision_read(input->revision, name, &source->length);
    source->name = name_at(input->revision, name);
    return source->text != NULL;
}

static int add_files(struct input *input)
{
    const struct call *call = input->call;

    input->standard = call->n_files ? NULL : default_file(input->revision);
    if (!call->n_files && !input->standard)
        return EXIT_UNREADABLE;
    input->files = call->n_files ? call->files : &input->standard;
    input->n_files = call->n_files ? call->n_files : 1;
    input->sources = grow(NULL, input->n_files * sizeof *input->sources);
    memset(input->sources, 0, input->n_files * sizeof *input->sources);
    while (input->n_sources < input->n_files) {
        struct hd_source *source = &input->sources[input->n_sources];

        if (!add_file(input, source, input->files[input->n_sources++]))
            return EXIT_UNREADABLE;
    }
    return EXIT_FINE;
}

/* An option takes the place of a member of the application, and must have its form. */
static int check_form(const char *option, const char *key, const char *value)
{
    const struct hd_struct *app = hd_schema_root();

    for (size_t i = 0; value && i < app->n_fields; i++) {
        const struct hd_field *field = hd_struct_field(app, i);

        if (!strcmp(field->key, key) && field->format && !hd_format_is_valid(field->format, value))
            return complain(EXIT_WRONG_CALL, "%s: %s is not valid; write %s", option, value, hd_format_words(field->format));
    }
    return EXIT_FINE;
}

static int begin(struct input *input)
{
    struct hd_diagnostics_options diagnostics = {
        .size = sizeof diagnostics, .limit = input->call->max_diagnostics, .strict = input->call->strict};

    input->diagnostics = hd_diagnostics_new(&diagnostics);
    return input->diagnostics ? EXIT_FINE : complain(EXIT_UNREADABLE, "out of memory");
}

int input_begin(struct input *input, const struct call *call)
{
    *input = (struct input){.call = call};
    return begin(input);
}

int input_begin_again(struct input *input)
{
    hd_diagnostics_free(input->diagnostics);
    return begin(input);
}

int check_kube_version(const struct call *call)
{
    return check_form("--kube-version", "kubernetesVersion", call->kubernetes_version);
}

int input_read(struct input *input, const struct call *call, const char *revision)
{
    int status;

    *input = (struct input){.call = call};
    status = check_form("--namespace", "namespace", call->namespace_name);
    if (!status)
        status = check_kube_version(call);
    if (status)
        return status;
    status = input_begin(input, call);
    input->revision = revision;
    return status ? status : add_files(input);
}

/* The file that the library would find beside a model; NULL for a model of another name, and for a file that is given anyway. */
static char *file_of_environment(const struct input *input, const char *environment)
{
    static const char stem[] = "hybriddeploy";
    const char *file = input->files[0], *slash = strrchr(file, '/'), *base = slash ? slash + 1 : file, *end = base + strlen(stem);
    size_t size = strlen(file) + strlen(environment) + 2;
    char *name;

    if (strncmp(base, stem, strlen(stem)) || (strcmp(end, ".yaml") && strcmp(end, ".yml")) || strchr(environment, '/'))
        return NULL;
    name = grow(NULL, size);
    snprintf(name, size, "%.*s.%s%s", (int)(end - file), file, environment, end);
    for (size_t i = 0; i < input->n_files; i++)
        if (!strcmp(input->files[i], name)) {
            free(name);
            return NULL;
        }
    return name;
}

/* The library looks for it in the folder, where it is of another time. */
static const struct hd_source *environment_at_revision(struct input *input, const char *environment)
{
    struct hd_source *source = &input->environment_file;
    char *name = input->revision && environment ? file_of_environment(input, environment) : NULL;

    if (!name)
        return NULL;
    source->text = revision_find(input->revision, name, &source->length);
    if (source->text)
        source->name = name_at(input->revision, name);
    free(name);
    return source->text ? source : NULL;
}

int input_load(struct input *input, const char *environment)
{
    const struct call *call = input->call;
    struct hd_load_options options = {.size = sizeof options,
                                      .sets = call->sets,
                                      .n_sets = call->n_sets,
                                      .environment = environment,
                                      .environment_file = environment_at_revision(input, environment)};

    if (input->document) {
        input->before = grow(input->before, (input->n_before + 1) * sizeof *input->before);
        input->before[input->n_before++] = (struct variant){input->document, input->model};
    }
    input->document = NULL;
    input->model = NULL;
    return status_of(input, hd_document_load(input->sources, input->n_sources, &options, input->diagnostics, &input->document));
}

int input_resolve(struct input *input)
{
    const struct call *call = input->call;
    struct hd_resolve_options options = {
        .size = sizeof options, .kubernetes_version = call->kubernetes_version, .namespace_name = call->namespace_name};

    return status_of(input, hd_document_resolve(input->document, &options, input->diagnostics, &input->model));
}

int input_open(struct input *input, const struct call *call)
{
    return input_open_at(input, call, NULL);
}

int input_open_at(struct input *input, const struct call *call, const char *revision)
{
    int status = input_read(input, call, revision);

    if (!status)
        status = input_load(input, call->environment);
    return status ? status : input_resolve(input);
}

int input_environments(struct input *input, const char *const **ret_names, size_t *ret_n)
{
    return status_of(input, hd_document_environments(input->document, ret_names, ret_n));
}

void input_free(struct input *input)
{
    hd_model_free(input->model);
    for (size_t i = 0; i < input->n_before; i++)
        hd_model_free(input->before[i].model);
    hd_diagnostics_free(input->diagnostics);
    hd_document_free(input->document);
    for (size_t i = 0; i < input->n_before; i++)
        hd_document_free(input->before[i].document);
    free(input->before);
    for (size_t i = 0; i < input->n_workspaces; i++)
        hd_workspace_free(input->workspaces[i]);
    free(input->workspaces);
    free(input->members);
    free(input->own_file);
    for (size_t i = 0; i < input->n_sources; i++) {
        free((char *)input->sources[i].text);
        if (input->revision)
            free((char *)input->sources[i].name);
    }
    free(input->sources);
    free((char *)input->environment_file.text);
    free((char *)input->environment_file.name);
}

int input_close(struct input *input, int status)
{
    if (!status && hd_diagnostics_errors(input->diagnostics))
        status = EXIT_WRONG_MODEL;
    if (!input->diagnostics || !diagnostics_take(input))
        input_free(input);
    return status;
}
