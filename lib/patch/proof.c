#include "proof.h"

#include "core/text/among.h"
#include "core/writing/arena_sink.h"
#include "patch.h"
#include "plan/plan.h"

#include <hybriddeploy/cluster.h>
#include <string.h>

/* All manifests in one state, and what the reader says of them. */
struct state {
    struct yaml_out y;
    struct arena_text text;
    struct hd_diagnostics *found;
};

static void read_state(struct state *state, const struct hd_model *model, void (*emit)(struct yaml_out *, const struct hd_model *, size_t))
{
    struct hd_source source = {.name = "manifests"};
    struct hd_cluster *cluster = NULL;
    enum hd_status status;

    for (size_t i = 0; i < model->n_manifests; i++)
        emit(&state->y, model, i);
    writer_flush(&state->y);
    source.text = state->text.bytes;
    source.length = state->text.length;
    state->found = hd_diagnostics_new(NULL);
    status = state->found ? hd_cluster_read(&source, 1, NULL, state->found, &cluster) : HD_NO_MEMORY;
    hd_cluster_free(cluster);
    if (status == HD_NO_MEMORY)
        longjmp(*state->text.arena->out_of_memory, 1);
}

/* Whether what the reader says is about this object: "Service web selects ...", or at a path of it. */
static bool is_about(struct arena *arena, const struct hd_diagnostic *said, const struct hd_manifest *manifest)
{
    const char *begin = arena_printf(arena, "%s %s ", manifest->kind, manifest->name);
    const char *place = arena_printf(arena, "%s %s%s%s:", manifest->kind, text_or(manifest->namespace_name, ""),
                                     manifest->namespace_name ? "/" : "", manifest->name);

    return !strncmp(said->message, begin, strlen(begin)) || !strncmp(said->path, place, strlen(place));
}

static bool has_pods(const struct hd_manifest *manifest)
{
    static const char *const kinds[] = {"Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "Rollout"};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!strcmp(kinds[i], manifest->kind))
            return true;
    return false;
}

/* The patch to blame: of the object itself, else of pods, else any. */
static const struct patch_use *culprit(struct checker *checker, struct arena *arena, const struct hd_diagnostic *said)
{
    const struct hd_model *model = checker->model;
    const struct patch_use *last = NULL, *of_pods = NULL;

    for (size_t i = 0; i < model->n_manifests; i++) {
        const struct patched *patched = &model->patches->of[i];

        if (!patched->n_uses)
            continue;
        last = patched->uses[patched->n_uses - 1];
        if (is_about(arena, said, &model->manifests[i]))
            return last;
        of_pods = has_pods(&model->manifests[i]) ? last : of_pods;
    }
    return of_pods ? of_pods : last;
}

static void tell(struct checker *checker, struct arena *arena, const struct hd_diagnostic *said)
{
    const struct patch_use *use = culprit(checker, arena, said);
    bool selects_nothing = said->code == HD_SELECTS_NOTHING;
    struct finding *finding;

    checker->report->service = use->service;
    finding = found(checker, selects_nothing ? HD_PATCH_SELECTOR : HD_PATCH_REFUSED, AT(use->patch, target), "after the patch: %s%s%s", said->path,
                    *said->path ? ": " : "", said->message);
    hint(finding, "%s", selects_nothing ? "leave the labels by which pods are selected as they are, or patch the selector too"
                        : said->hint    ? said->hint
                                        : "correct the patch");
}

static bool was_said(const struct hd_diagnostics *before, const struct hd_diagnostic *said)
{
    const struct hd_diagnostic *other;

    for (size_t i = 0; (other = hd_diagnostics_get(before, i)); i++)
        if (other->code == said->code && !strcmp(other->message, said->message) && !strcmp(other->path, said->path))
            return true;
    return false;
}

static void prove(struct checker *checker, struct state *before, struct state *after)
{
    const struct hd_diagnostic *said;

    read_state(after, checker->model, patched_emit);
    if (!hd_diagnostics_get(after->found, 0))
        return;
    read_state(before, checker->model, plan_emit);
    for (size_t i = 0; (said = hd_diagnostics_get(after->found, i)); i++)
        if (!was_said(before->found, said))
            tell(checker, after->text.arena, said);
}

void prove_patched(struct checker *checker)
{
    struct arena *of_report = &checker->report->arena;
    jmp_buf *outer = of_report->out_of_memory, out_of_memory;
    struct arena arena;
    struct state before = {.text = {.arena = &arena}}, after = {.text = {.arena = &arena}};
    bool volatile is_done = false;

    arena_init(&arena, &out_of_memory);
    writer_init(&before.y, HD_FORMAT_JSON, arena_sink, &before.text, &out_of_memory);
    writer_init(&after.y, HD_FORMAT_JSON, arena_sink, &after.text, &out_of_memory);
    if (!setjmp(out_of_memory)) {
        of_report->out_of_memory = &out_of_memory;
        prove(checker, &before, &after);
        is_done = true;
    }
    of_report->out_of_memory = outer;
    writer_free(&before.y);
    writer_free(&after.y);
    hd_diagnostics_free(before.found);
    hd_diagnostics_free(after.found);
    arena_free(&arena);
    if (!is_done)
        longjmp(*outer, 1);
}
