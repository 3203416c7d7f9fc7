#define _POSIX_C_SOURCE 200809L
#include "object.h"

#include "../call.h"
#include "../generated.h"
#include "../workspace.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* A key of a model that has a slash stands in quotes, and a word without dots before a slash is a kind. */
static const char *behind_word(const char *text)
{
    size_t length = strcspn(text, "/.[\"");

    return length && text[length] == '/' && text[length + 1] ? text + length + 1 : NULL;
}

bool object_is_named(const char *text)
{
    return behind_word(text) != NULL;
}

/* Names of applications have no capitals, and kinds as a rule begin with one. */
bool object_is_named_of(const char *text)
{
    const char *rest = behind_word(text);

    return rest && ((*text >= 'A' && *text <= 'Z') || behind_word(rest));
}

/* The name may hold slashes. */
static size_t manifest_named(const struct hd_model *model, const char *named, const char *namespace_name)
{
    size_t length = strcspn(named, "/");
    const struct hd_manifest *manifest;

    for (size_t i = 0; named[length] && (manifest = hd_manifest_at(model, i)); i++)
        if (strlen(manifest->kind) == length && !strncasecmp(manifest->kind, named, length) && !strcmp(manifest->name, named + length + 1) &&
            (!namespace_name || !manifest->namespace_name || !strcmp(manifest->namespace_name, namespace_name)))
            return i;
    return SIZE_MAX;
}

/* The texts by which objects can be named; they are freed with their list. */
struct texts {
    char **items;
    size_t n;
};

static void add_objects(struct texts *texts, const struct hd_model *model, const char *application)
{
    const struct hd_manifest *manifest;

    for (size_t i = 0; (manifest = hd_manifest_at(model, i)); i++) {
        texts->items = grow(texts->items, (texts->n + 2) * sizeof *texts->items);
        texts->items[texts->n++] = printed("%s/%s", manifest->kind, manifest->name);
        if (application)
            texts->items[texts->n++] = printed("%s/%s/%s", application, manifest->kind, manifest->name);
    }
}

static int complain_of_none(const struct input *input, const char *named)
{
    struct texts texts = {NULL, 0};
    const char *nearest;
    int status;

    if (!access(named, F_OK))
        return complain(EXIT_WRONG_CALL, "%s is a file: write %s:LINE to explain a line of it", named, named);
    if (!input->workspace)
        add_objects(&texts, input->model, NULL);
    for (size_t i = 0; i < hd_workspace_count(input->workspace); i++)
        if (workspace_is_usable(input, i))
            add_objects(&texts, hd_workspace_model(input->workspace, i), hd_workspace_name(input->workspace, i));
    nearest = hd_did_you_mean(named, (const char *const *)texts.items, texts.n);
    status = complain(EXIT_WRONG_CALL, "%s %s%s%s%s", input->workspace ? "no application of the workspace gives" : "the model gives no", named,
                      nearest ? "; did you mean " : "", nearest ? nearest : "", nearest ? "?" : "");
    for (size_t i = 0; i < texts.n; i++)
        free(texts.items[i]);
    free(texts.items);
    return status;
}

/* Whether a file is in the folder that generate writes for an application. */
static bool is_in_folder(const char *file, const char *name)
{
    const char *slash = file ? strrchr(file, '/') : NULL;
    size_t length = strlen(name);

    return slash && (size_t)(slash - file) >= length && !strncmp(slash - length, name, length) &&
           ((size_t)(slash - file) == length || slash[-1 - (ptrdiff_t)length] == '/');
}

static int complain_of_several(const struct input *input, const struct wanted *wanted, const struct found_manifest *found, size_t n)
{
    const char *first = hd_workspace_name(input->workspace, found[0].application);
    char *names = printed("%s", first);
    int status;

    for (size_t i = 1; i < n; i++) {
        char *longer = printed("%s%s%s", names, i + 1 < n ? ", " : " and ", hd_workspace_name(input->workspace, found[i].application));

        free(names);
        names = longer;
    }
    if (wanted->file)
        status = complain(EXIT_WRONG_CALL,
                          "%s is of several applications: %s\n"
                          "%s is in no folder of one of these names; name the object and the field, as in %s/%s FIELD",
                          wanted->named, names, wanted->file, first, wanted->named);
    else
        status = complain(EXIT_WRONG_CALL, "%s is of several applications: %s\nsay which one is meant, as in %s/%s", wanted->named, names, first,
                          wanted->named);
    free(names);
    return status;
}

static int find_in_all(const struct input *input, const struct wanted *wanted, struct found_manifest *ret_found)
{
    size_t n = hd_workspace_count(input->workspace), n_found = 0, index;
    struct found_manifest *found = grow(NULL, (n + 1) * sizeof *found);
    int status = EXIT_FINE;

    for (size_t i = 0; i < n; i++) {
        const struct hd_model *model = workspace_is_usable(input, i) ? hd_workspace_model(input->workspace, i) : NULL;

        index = model ? manifest_named(model, wanted->named, wanted->namespace_name) : SIZE_MAX;
        if (index < SIZE_MAX)
            found[n_found++] = (struct found_manifest){model, i, index};
    }
    for (size_t i = 0; i < n_found && n_found > 1; i++)
        if (is_in_folder(wanted->file, hd_workspace_name(input->workspace, found[i].application))) {
            found[0] = found[i];
            n_found = 1;
        }
    if (n_found == 1)
        *ret_found = found[0];
    else
        status = n_found ? complain_of_several(input, wanted, found, n_found) : complain_of_none(input, wanted->named);
    free(found);
    return status;
}

/* An application whose model has mistakes has its diagnostics, so nothing is added to them. */
static int find_in_application(const struct input *input, const struct wanted *wanted, size_t application, const char *named,
                               struct found_manifest *ret_found)
{
    const char *name = hd_workspace_name(input->workspace, application);
    size_t index;

    if (!hd_workspace_model(input->workspace, application))
        return complain(EXIT_WRONG_CALL, "explain: %s is known by its contract alone, which is %s", name,
                        hd_workspace_file(input->workspace, application));
    if (!workspace_is_usable(input, application))
        return EXIT_WRONG_MODEL;
    index = manifest_named(hd_workspace_model(input->workspace, application), named, wanted->namespace_name);
    *ret_found = (struct found_manifest){hd_workspace_model(input->workspace, application), application, index};
    return index < SIZE_MAX ? EXIT_FINE : complain_of_none(input, wanted->named);
}

int object_find(const struct input *input, const struct wanted *wanted, struct found_manifest *ret_found)
{
    const char *rest = behind_word(wanted->named);
    size_t application = SIZE_MAX;

    if (input->workspace && !wanted->file && rest && behind_word(rest))
        application = workspace_find(input, wanted->named, (size_t)(rest - 1 - wanted->named));
    if (input->workspace && application < hd_workspace_count(input->workspace))
        return find_in_application(input, wanted, application, rest, ret_found);
    if (input->workspace)
        return find_in_all(input, wanted, ret_found);
    *ret_found = (struct found_manifest){input->model, 0, manifest_named(input->model, wanted->named, wanted->namespace_name)};
    return ret_found->index < SIZE_MAX ? EXIT_FINE : complain_of_none(input, wanted->named);
}
