/* A model beside those of its other environments. */
#include "document.h"

#include "core/memory/names.h"
#include "core/tables/field.h"
#include "core/text/among.h"
#include "environments.h"
#include "model/tables.h"

#include <hybriddeploy/check.h>
#include <string.h>

enum hd_status hd_document_environments(struct hd_document *document, const char *const **ret_names, size_t *ret_n)
{
    struct environment_names *names;
    jmp_buf out_of_memory;

    if (!document || !ret_names || !ret_n)
        return HD_BAD_CALL;
    names = &document->environments;
    document->arena.out_of_memory = &out_of_memory;
    if (setjmp(out_of_memory))
        return HD_NO_MEMORY;
    if (!names->is_complete)
        environments_search(&document->arena, names, document->sources, document->n_given);
    names->is_complete = true;
    *ret_names = names->names;
    *ret_n = names->n;
    return HD_OK;
}

const struct hd_source *hd_document_sources(const struct hd_document *document, size_t *ret_n)
{
    if (!document || !ret_n)
        return NULL;
    *ret_n = document->n_sources;
    return document->sources;
}

const char *model_environment(const struct hd_model *model)
{
    const struct hd_at *at = model->given->at;

    return at && at->rest ? at->rest->environment : NULL;
}

/* Mistakes that are none where another environment uses what has no effect here. */
static bool may_be_for_another(int code)
{
    return code == HD_NEEDS_MESH || code == HD_SWITCHED_OFF || code == HD_RUNTIME_UNUSED || code == HD_EXTERNAL_UNUSED ||
           code == HD_METRICS_WITHOUT_PROMETHEUS || code == HD_INGRESS_EMPTY || code == HD_PLATFORM_PORT || code == HD_GATEWAY_UNUSED ||
           code == HD_JWT_ISSUER_UNUSED || code == HD_SECRET_UNUSED || code == HD_VOLUME_UNUSED || code == HD_PORT_MTLS_UNUSED ||
           code == HD_RECEIVER_UNUSED || code == HD_COLLECTOR_MEMBER_UNUSED || code == HD_TELEMETRY_OFF ||
           code == HD_MESH_TELEMETRY_UNUSED;
}

/* Findings that other environments may excuse. */
struct excusable {
    struct hd_diagnostics *report;
    struct finding **findings;
    size_t n;
};

static const char *key_of(struct arena *arena, const struct finding *finding)
{
    return arena_printf(arena, "%d %s", finding->diagnostic.code, finding->diagnostic.path);
}

/* Lists the findings that another environment may excuse. A finding about a value in the layer of this environment stays, because the user
 * wrote the value for it. */
static void list_excusable(struct excusable *excusable, size_t n)
{
    struct hd_diagnostics *report = excusable->report;

    for (; n < report->n_findings; n++) {
        struct finding *finding = report->findings[n];

        if (finding->silenced || finding->in_layer || !may_be_for_another(finding->diagnostic.code))
            continue;
        arena_grow(&report->arena, excusable->findings, excusable->n);
        excusable->findings[excusable->n++] = finding;
    }
}

static void excuse(struct finding *finding)
{
    finding->silenced = true;
    finding->is_for_another = true;
}

/* Finds the decision about the same mistake in another environment, which holds for this one too. */
static void decide_as_before(struct excusable *excusable, size_t n)
{
    struct hd_diagnostics *report = excusable->report;
    struct names decided;
    size_t n_left = 0;

    if (!excusable->n || report->n_environments < 2)
        return;
    names_init(&report->arena, &decided, n);
    for (size_t i = 0; i < n; i++) {
        struct finding *finding = report->findings[i];

        if (finding->environment != report->environment && may_be_for_another(finding->diagnostic.code) && !finding->in_layer &&
            (!finding->silenced || finding->is_for_another || finding->joined))
            names_add(&decided, key_of(&report->arena, finding), finding);
    }
    for (size_t i = 0; i < excusable->n; i++) {
        struct finding *finding = excusable->findings[i];
        const struct finding *other = names_find(&decided, key_of(&report->arena, finding));

        if (!other)
            excusable->findings[n_left++] = finding;
        else if (other->is_for_another)
            excuse(finding);
    }
    excusable->n = n_left;
}

/* The model for another environment, and its findings. */
struct answer {
    struct hd_diagnostics *findings;
    struct hd_document *document;
};

static void answer_free(struct answer *answer)
{
    hd_diagnostics_free(answer->findings);
    hd_document_free(answer->document);
}

/* Loads and checks the model for another environment; false when it does not load. */
static bool look_at(const struct hd_document *document, const char *environment, struct hd_diagnostics *report, struct answer *answer)
{
    const struct hd_load_options options = {.size = sizeof options,
                                            .sets = document->sets,
                                            .n_sets = document->n_sets,
                                            .max_bytes = document->max_bytes,
                                            .environment = environment};
    enum hd_status status = HD_NO_MEMORY;
    struct hd_document *other = NULL;

    *answer = (struct answer){.findings = hd_diagnostics_new(NULL)};
    if (answer->findings)
        status = hd_document_load(document->sources, document->n_given, &options, answer->findings, &other);
    if (status == HD_OK) {
        if (other->app.at)
            ((struct hd_rest *)other->app.at->rest)->document = NULL;
        status = hd_validate(&other->app, NULL, answer->findings);
    }
    answer->document = other;
    if (status == HD_OK || status == HD_INVALID)
        return true;
    answer_free(answer);
    if (status == HD_NO_MEMORY)
        longjmp(*report->arena.out_of_memory, 1);
    return false;
}

static const char *place_text(struct arena *arena, const char *file, uint32_t line, uint32_t column)
{
    return arena_printf(arena, "%u %u %s", line, column, text_or(file, ""));
}

/* Notes all places of a model. */
static void note_places(struct arena *arena, struct names *places, const struct hd_struct *type, const void *object)
{
    const struct hd_at *at = struct_at(type, object);

    names_set(places, place_text(arena, at->file, at->line, at->column), object);
    for (uint32_t i = 0; i < at->n_marks; i++)
        names_set(places, place_text(arena, at->marks[i].file, at->marks[i].line, at->marks[i].column), object);
    for (size_t i = 0; i < type->n_fields; i++) {
        const struct hd_field *field = &type->fields[i];
        const char *items = field->kind == HD_STRUCT_LIST ? *(const char *const *)field_in(field, object) : NULL;

        if (field->kind == HD_STRUCT || field->kind == HD_EMBEDDED)
            note_places(arena, places, field->of, field_in(field, object));
        for (size_t k = 0; items && k < field_count(field, object); k++)
            note_places(arena, places, field->of, items + k * field->of->size);
    }
}

/* Excuses what this environment has in its model too, and has no finding about. */
static void decide(struct excusable *excusable, struct arena *arena, const struct answer *answer)
{
    struct names told, places;
    size_t n_left = 0;

    names_init(arena, &told, answer->findings->n_findings);
    names_init(arena, &places, excusable->n);
    for (size_t i = 0; i < answer->findings->n_findings; i++)
        if (may_be_for_another(answer->findings->findings[i]->diagnostic.code))
            names_add(&told, key_of(arena, answer->findings->findings[i]), answer);
    note_places(arena, &places, &hd_app_struct, &answer->document->app);
    for (size_t i = 0; i < excusable->n; i++) {
        struct finding *finding = excusable->findings[i];
        const struct hd_diagnostic *diagnostic = &finding->diagnostic;

        if (names_find(&told, key_of(arena, finding)) ||
            !names_find(&places, place_text(arena, diagnostic->file, diagnostic->line, diagnostic->column)))
            excusable->findings[n_left++] = finding;
        else
            excuse(finding);
    }
    excusable->n = n_left;
}

/* Asks another environment about the findings. */
static void ask(struct excusable *excusable, const struct hd_document *document, const char *environment)
{
    struct hd_diagnostics *report = excusable->report;
    jmp_buf out_of_memory;
    struct answer answer;
    struct arena scratch;

    if (!look_at(document, environment, report, &answer))
        return;
    arena_init(&scratch, &out_of_memory);
    if (setjmp(out_of_memory)) {
        arena_free(&scratch);
        answer_free(&answer);
        longjmp(*report->arena.out_of_memory, 1);
    }
    decide(excusable, &scratch, &answer);
    arena_free(&scratch);
    answer_free(&answer);
}

void forgive_for_environments(struct hd_diagnostics *report, size_t n, const struct hd_model *model)
{
    const struct hd_rest *rest = model->given->at ? model->given->at->rest : NULL;
    struct excusable excusable = {.report = report};
    struct environment_names names = {.n = 0};

    if (!rest || !rest->document)
        return;
    list_excusable(&excusable, n);
    decide_as_before(&excusable, n);
    if (!excusable.n)
        return;
    for (size_t i = 0; i < rest->document->environments.n; i++) {
        arena_grow(&report->arena, names.names, names.n);
        names.names[names.n++] = rest->document->environments.names[i];
    }
    environments_search(&report->arena, &names, rest->document->sources, rest->document->n_given);
    for (size_t i = 0; excusable.n && i < names.n; i++)
        if (strcmp(names.names[i], rest->environment))
            ask(&excusable, rest->document, names.names[i]);
    if (excusable.n && strcmp(rest->environment, BASE_ENVIRONMENT))
        ask(&excusable, rest->document, BASE_ENVIRONMENT);
}
