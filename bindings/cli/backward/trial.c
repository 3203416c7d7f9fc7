/* Changes one value of a model, and writes the object again. */
#include "backward.h"

#include "../call.h"
#include "../characters.h"
#include "../generated.h"
#include "../workspace.h"

#include <stdlib.h>
#include <string.h>

struct attempt {
    struct hd_diagnostics *diagnostics;
    struct hd_document *document;
    struct hd_model *model;
    /* It holds the model, where the input is one. */
    struct hd_workspace *workspace;
};

/* The text of --set. Words and numbers stand as they are, texts in quotes. */
static char *setting_of(const struct hd_value *value, const char *text)
{
    bool is_text = text && (value->kind == HD_STRING || value->kind == HD_INT_OR_STRING || value->kind == HD_STRING_LIST) &&
                   !(value->kind == HD_INT_OR_STRING && text[strspn(text, "0123456789")] == '\0');
    struct text setting = {0};

    text_sink(&setting, value->path, strlen(value->path));
    text_sink(&setting, "=\"", is_text ? 2 : 1);
    for (const char *at = text ? text : "null"; *at; at++) {
        if (is_text && (*at == '"' || *at == '\\'))
            text_sink(&setting, "\\", 1);
        text_sink(&setting, at, 1);
    }
    text_sink(&setting, "\"", is_text);
    text_sink(&setting, "", 1);
    return setting.bytes;
}

static bool load(const struct input *input, const char *setting, struct attempt *attempt)
{
    const struct call *call = input->call;
    const char **sets = grow(NULL, (call->n_sets + 1) * sizeof *sets);
    struct hd_load_options options = {
        .size = sizeof options, .sets = sets, .n_sets = call->n_sets + 1, .environment = call->environment};
    struct hd_resolve_options resolving = {
        .size = sizeof resolving, .kubernetes_version = call->kubernetes_version, .namespace_name = call->namespace_name};
    enum hd_status status;

    /* An option of the call would win over the setting. */
    if (!strncmp(setting, "namespace=", strlen("namespace=")))
        resolving.namespace_name = NULL;
    if (!strncmp(setting, "kubernetesVersion=", strlen("kubernetesVersion=")))
        resolving.kubernetes_version = NULL;
    for (size_t i = 0; i < call->n_sets; i++)
        sets[i] = call->sets[i];
    sets[call->n_sets] = setting;
    status = hd_document_load(input->sources, input->n_sources, &options, attempt->diagnostics, &attempt->document);
    if (status == HD_OK)
        status = hd_document_resolve(attempt->document, &resolving, attempt->diagnostics, &attempt->model);
    if (status == HD_OK)
        status = hd_check(attempt->model, attempt->diagnostics);
    free(sets);
    return status == HD_OK;
}

static bool is_same_object(const struct hd_manifest *manifest, const struct hd_manifest *other)
{
    return !strcmp(manifest->kind, other->kind) && !strcmp(manifest->group, other->group);
}

static bool is_in_same_namespace(const struct hd_manifest *manifest, const struct hd_manifest *other)
{
    if (!manifest->namespace_name || !other->namespace_name)
        return manifest->namespace_name == other->namespace_name;
    return !strcmp(manifest->namespace_name, other->namespace_name);
}

/* The object of the same name, of which there may be one in another namespace, or, where its name is what changed, the one in its place. */
static size_t find_object(const struct backward *backward, const struct hd_model *model, const char *changed_to)
{
    const struct hd_manifest *manifest;
    size_t found = SIZE_MAX;

    for (size_t i = 0; (manifest = hd_manifest_at(model, i)); i++) {
        if (!is_same_object(manifest, backward->manifest) || strcmp(manifest->name, backward->manifest->name) != 0)
            continue;
        if (is_in_same_namespace(manifest, backward->manifest))
            return i;
        found = found < SIZE_MAX ? found : i;
    }
    if (found < SIZE_MAX)
        return found;
    manifest = hd_manifest_at(model, backward->index);
    return manifest && changed_to && is_same_object(manifest, backward->manifest) && strstr(manifest->name, changed_to) ? backward->index : SIZE_MAX;
}

static enum trial compare(const struct backward *backward, const struct hd_model *model, const char *changed_to, struct tree **ret_object)
{
    size_t index = find_object(backward, model, changed_to);
    struct text text = {0};
    enum trial trial = TRIAL_SAME;

    if (index == SIZE_MAX)
        return TRIAL_OBJECT_GONE;
    if (hd_manifest_write(model, index, HD_FORMAT_YAML, text_sink, &text) != HD_OK)
        exit(complain(EXIT_UNWRITTEN, "out of memory"));
    if (text.length != backward->length || memcmp(text.bytes, backward->text, text.length) != 0) {
        *ret_object = tree_of(text.bytes, text.length);
        trial = *ret_object ? TRIAL_OTHER : TRIAL_REFUSED;
    }
    free(text.bytes);
    return trial;
}

static enum trial try_setting(const struct backward *backward, const char *setting, const char *changed_to, struct tree **ret_object)
{
    struct attempt attempt = {.diagnostics = hd_diagnostics_new(NULL)};
    const struct input *input = backward->input;
    enum trial trial = TRIAL_REFUSED;
    bool is_loaded;

    if (!attempt.diagnostics)
        exit(complain(EXIT_UNREADABLE, "out of memory"));
    if (input->workspace)
        attempt.model = workspace_try(input, backward->application, setting, attempt.diagnostics, &attempt.workspace);
    is_loaded = input->workspace ? attempt.model != NULL : load(input, setting, &attempt);
    if (is_loaded)
        trial = compare(backward, attempt.model, changed_to, ret_object);
    if (!input->workspace)
        hd_model_free(attempt.model);
    hd_diagnostics_free(attempt.diagnostics);
    hd_document_free(attempt.document);
    hd_workspace_free(attempt.workspace);
    return trial;
}

/* Tries one text, which then belongs to the candidate; NULL takes the value away. */
static void try_text(struct backward *backward, struct candidate *candidate, char *text)
{
    char *setting = setting_of(&candidate->value, text);

    candidate->trial = try_setting(backward, setting, text, &candidate->object);
    free(setting);
    free(candidate->changed_to);
    candidate->changed_to = text;
}

void backward_try(struct backward *backward, struct candidate *candidate)
{
    char *text;

    if (candidate->trial != TRIAL_NONE)
        return;
    candidate->trial = TRIAL_REFUSED;
    for (size_t i = 0; !candidate->is_part && candidate->trial == TRIAL_REFUSED && (text = backward_change(&candidate->value, i)); i++)
        try_text(backward, candidate, text);
    if (candidate->trial == TRIAL_REFUSED && candidate->value.origin == HD_VALUE_GIVEN)
        try_text(backward, candidate, NULL);
}
