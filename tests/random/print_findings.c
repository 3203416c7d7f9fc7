/*
 * Checks many models in one go: print_findings reads models as lines of JSON and answers each with "CODE PATH" for each error
 * (HD0 where it has none and yet nothing is generated; (null) for the code where a text has a string that is not there), a tab behind each,
 * and a NUL at the end: a path may hold what stands in a key. With --messages the message and the hint stand behind each path, after
 * vertical tabs; with --all each warning is printed, too, and each finding once for each path that has the mistake. YAML reads JSON.
 */
#define _POSIX_C_SOURCE 200809L
#include <hybriddeploy/hybriddeploy.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int drop(void *user, const char *text, size_t length)
{
    (void)user;
    (void)text;
    (void)length;
    return 0;
}

static bool says_null(const char *text)
{
    return text && strstr(text, "(null)");
}

/* Whether a manifest is called by what is not there; with errors there are names, too. */
static bool names_null(const struct hd_app *app)
{
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
    struct hd_model *model = NULL;
    bool found = false;

    hd_resolve(app, NULL, diagnostics, &model);
    for (size_t i = 0; i < hd_manifest_count(model); i++)
        found |= says_null(hd_manifest_at(model, i)->name);
    hd_model_free(model);
    hd_diagnostics_free(diagnostics);
    return found;
}

/* Whether manifests come of what has no errors. */
static bool generates(const struct hd_app *app, struct hd_diagnostics *diagnostics)
{
    struct hd_model *model;
    bool done;

    if (hd_resolve(app, NULL, diagnostics, &model) != HD_OK)
        return false;
    done = hd_generate(model, NULL, diagnostics, drop, NULL) == HD_OK;
    hd_model_free(model);
    return done;
}

struct printed {
    bool messages, all;
};

static void print_finding(const struct hd_diagnostic *found, const struct printed *printed)
{
    if (found->severity == HD_ERROR || printed->all) {
        printf("HD%d %s", (int)found->code, found->path);
        if (printed->messages)
            printf("\v%s\v%s", found->message, found->hint ? found->hint : "");
        putchar('\t');
    }
    for (size_t i = 1; printed->all && i < found->n_paths; i++)
        printf("HD%d %s\t", (int)found->code, found->paths[i]);
    if (says_null(found->message) || says_null(found->hint))
        printf("(null) %s\t", found->path);
}

static void print_findings(const char *text, size_t length, const struct printed *printed)
{
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
    const struct hd_source source = {.name = "model", .text = text, .length = length};
    struct hd_document *document = NULL;
    bool valid = false;

    if (hd_document_load(&source, 1, NULL, diagnostics, &document) == HD_OK)
        valid = hd_validate(hd_document_app(document), NULL, diagnostics) == HD_OK;
    for (size_t i = 0; i < hd_diagnostics_count(diagnostics); i++)
        print_finding(hd_diagnostics_get(diagnostics, i), printed);
    if (printed->messages && document && names_null(hd_document_app(document)))
        printf("(null) a manifest's name\t");
    if (valid && !generates(hd_document_app(document), diagnostics))
        printf("HD0 \t");
    putchar('\0');
    hd_document_free(document);
    hd_diagnostics_free(diagnostics);
}

int main(int argc, char **argv)
{
    struct printed printed = {0};
    char *line = NULL;
    size_t size = 0;
    ssize_t length;

    for (int i = 1; i < argc; i++) {
        printed.messages |= !strcmp(argv[i], "--messages");
        printed.all |= !strcmp(argv[i], "--all");
    }
    while ((length = getline(&line, &size, stdin)) > 0)
        print_findings(line, (size_t)length, &printed);
    free(line);
    return 0;
}
