#include "report.h"

#include "core/memory/names.h"
#include "core/text/among.h"
#include "refuse.h"

#include <stdlib.h>
#include <string.h>

/* Findings kept before sorting and silencing; a model with more mistakes is no model. */
enum { MOST_FINDINGS = 100000, DEFAULT_LIMIT = 100 };

struct hd_diagnostics *hd_diagnostics_new(const struct hd_diagnostics_options *options)
{
    struct hd_diagnostics_options own;
    struct hd_diagnostics *report;

    if (options_take(NULL, &own, sizeof own, options, "hd_diagnostics_options") != HD_OK)
        return NULL;
    report = calloc(1, sizeof *report);
    if (!report)
        return NULL;
    arena_init(&report->arena, NULL);
    report->limit = own.limit ? own.limit : DEFAULT_LIMIT;
    report->strict = own.strict;
    return report;
}

void hd_diagnostics_free(struct hd_diagnostics *report)
{
    if (report)
        arena_free(&report->arena);
    free(report);
}

void hd_diagnostics_clear(struct hd_diagnostics *report)
{
    if (!report)
        return;
    arena_free(&report->arena);
    *report = (struct hd_diagnostics){.limit = report->limit, .strict = report->strict};
    arena_init(&report->arena, NULL);
}

const char *hd_status_text(enum hd_status status)
{
    static const char *const texts[] = {
        [HD_OK] = "done",
        [HD_INVALID] = "the model has errors",
        [HD_UNREADABLE] = "the input cannot be read, or is not YAML",
        [HD_UNWRITABLE] = "the output cannot be written",
        [HD_NO_MEMORY] = "memory ran out",
        [HD_BAD_CALL] = "the library is called wrongly",
    };

    return status >= HD_OK && status <= HD_BAD_CALL ? texts[status] : "an unknown status";
}

size_t hd_diagnostics_count(const struct hd_diagnostics *report)
{
    return report ? report->visible : 0;
}

const struct hd_diagnostic *hd_diagnostics_get(const struct hd_diagnostics *report, size_t index)
{
    return report && index < report->visible ? &report->findings[index]->diagnostic : NULL;
}

size_t hd_diagnostics_errors(const struct hd_diagnostics *report)
{
    return report ? report->errors : 0;
}

size_t hd_diagnostics_omitted(const struct hd_diagnostics *report)
{
    return report ? report->omitted : 0;
}

static struct finding *add(struct hd_diagnostics *report, enum hd_code code, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

/* Room for one more; NULL beyond all bounds, where it is only counted. */
static struct finding *add_room(struct hd_diagnostics *report, enum hd_severity severity)
{
    struct finding *finding;

    if (report->n_findings >= MOST_FINDINGS) {
        report->beyond++;
        report->beyond_errors += severity == HD_ERROR || report->strict;
        return NULL;
    }
    finding = arena_new(&report->arena, struct finding);
    arena_grow(&report->arena, report->findings, report->n_findings);
    report->findings[report->n_findings++] = finding;
    return finding;
}

static struct finding *add(struct hd_diagnostics *report, enum hd_code code, const char *format, va_list args)
{
    enum hd_severity severity = hd_code_info(code)->severity;
    struct finding *finding = add_room(report, severity);

    if (!finding) {
        report->spare = (struct finding){.report = report};
        return &report->spare;
    }
    finding->report = report;
    finding->number = report->n_findings - 1;
    finding->environment = report->environment;
    finding->diagnostic.code = code;
    finding->diagnostic.severity = severity;
    finding->diagnostic.path = "";
    finding->diagnostic.message = arena_vprintf(&report->arena, format, args);
    return finding;
}

struct finding *finding_at(struct hd_diagnostics *report, enum hd_code code, struct where where, const char *format, ...)
{
    struct finding *finding;
    va_list args;

    va_start(args, format);
    finding = add(report, code, format, args);
    va_end(args);
    finding->where = where;
    finding->service = report->service;
    return finding;
}

struct finding *finding_in(struct hd_diagnostics *report, enum hd_code code, const char *file, uint32_t line, uint32_t column,
                           const char *path, const char *format, ...)
{
    struct finding *finding;
    va_list args;

    va_start(args, format);
    finding = add(report, code, format, args);
    va_end(args);
    finding->diagnostic.file = file ? arena_strndup(&report->arena, file, strlen(file)) : NULL;
    finding->diagnostic.line = line;
    finding->diagnostic.column = column;
    if (path)
        finding->diagnostic.path = arena_strndup(&report->arena, path, strlen(path));
    return finding;
}

void hint(struct finding *finding, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    finding->diagnostic.hint = arena_vprintf(&finding->report->arena, format, args);
    va_end(args);
}

void hint_nearest(struct finding *finding, const char *nearest, const char *format, ...)
{
    va_list args;

    if (nearest) {
        finding->nearest = arena_strndup(&finding->report->arena, nearest, strlen(nearest));
        hint(finding, "did you mean %s?", nearest);
        return;
    }
    va_start(args, format);
    finding->diagnostic.hint = arena_vprintf(&finding->report->arena, format, args);
    va_end(args);
}

void meant(struct finding *finding, const char *word, const char *format, ...)
{
    struct arena *arena = &finding->report->arena;
    va_list args;

    va_start(args, format);
    finding->word = arena_strndup(arena, word, strlen(word));
    finding->meant = arena_vprintf(arena, format, args);
    va_end(args);
}

void meant_yaml(struct finding *finding, const char *word, const char *yaml)
{
    meant(finding, word, "%s", yaml);
    finding->is_whole = true;
}

void found_inside(struct finding *finding, const char *text, const char *inside)
{
    size_t length = strlen(text);

    /* A mistake in the first line is told where the value begins, as with values of one line. */
    if (!memchr(text, '\n', (size_t)(inside - text)))
        return;
    finding->text = arena_strndup(&finding->report->arena, text, length);
    finding->inside = finding->text + (inside - text);
}

void found_below(struct finding *finding, const char *file, uint32_t line, uint32_t column, const char *below)
{
    finding->below = arena_strndup(&finding->report->arena, below, strlen(below));
    finding->below_file = file;
    finding->below_line = line;
    finding->below_column = column;
}

void also_at(struct finding *finding, struct where where, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    finding->diagnostic.related.message = arena_vprintf(&finding->report->arena, format, args);
    va_end(args);
    finding->also_where = where;
}

void also_in(struct finding *finding, const char *file, uint32_t line, uint32_t column, const char *format, ...)
{
    struct hd_place *related = &finding->diagnostic.related;
    va_list args;

    va_start(args, format);
    related->message = arena_vprintf(&finding->report->arena, format, args);
    va_end(args);
    related->file = file ? arena_strndup(&finding->report->arena, file, strlen(file)) : NULL;
    related->line = line;
    related->column = column;
    related->path = "";
}

static int compare(const void *a, const void *b)
{
    const struct finding *x = *(struct finding *const *)a, *y = *(struct finding *const *)b;
    const char *x_file = text_or(x->diagnostic.file, ""), *y_file = text_or(y->diagnostic.file, "");
    int order;

    if (x->silenced != y->silenced)
        return x->silenced - y->silenced;
    order = strcmp(x_file, y_file);
    if (order)
        return order;
    if (x->diagnostic.line != y->diagnostic.line)
        return x->diagnostic.line < y->diagnostic.line ? -1 : 1;
    if (x->diagnostic.column != y->diagnostic.column)
        return x->diagnostic.column < y->diagnostic.column ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static const char *identity(struct hd_diagnostics *report, const struct hd_diagnostic *diagnostic)
{
    return arena_printf(&report->arena, "%d %u %u %s %s %s", diagnostic->code, diagnostic->line, diagnostic->column,
                        text_or(diagnostic->file, ""), diagnostic->path, diagnostic->message);
}

/* Whether nobody is told of the finding, neither by itself nor by the one that it joined. */
static bool is_hidden(const struct finding *finding)
{
    return finding->silenced && !finding->joined;
}

/*
 * A model may be checked twice, by hd_check() and by hd_generate(); what was found the first time is not news. Rules that look at many
 * objects meet one mistake more than once, such as a host that many exposures share. And environments share most of their mistakes; but
 * what is hidden in one environment may have to be told in another.
 */
static void silence_repeated(struct hd_diagnostics *report)
{
    struct names known;

    if (report->n_findings < 2)
        return;
    names_init(&report->arena, &known, report->n_findings);
    for (size_t i = 0; i < report->n_findings; i++) {
        struct finding *finding = report->findings[i], *first;
        const char *name = identity(report, &finding->diagnostic);

        first = (struct finding *)(uintptr_t)names_add(&known, name, finding);
        if (first && first->environment != finding->environment && is_hidden(first)) {
            names_set(&known, name, finding);
            first = NULL;
        }
        if (!first || is_hidden(finding))
            continue;
        finding->silenced = true;
        finding->joined = first->joined ? first->joined : is_hidden(first) ? NULL : first;
        if (finding->joined)
            add_environments(finding->joined, finding);
    }
}

static void take(struct hd_diagnostics *report, const struct finding *finding)
{
    struct finding *own = add_room(report, finding->diagnostic.severity);

    if (!own)
        return;
    report_environment(report, finding->environment ? finding->report->environments[finding->environment - 1] : NULL);
    own->diagnostic = finding->diagnostic;
    own->report = report;
    own->number = report->n_findings - 1;
    own->environment = report->environment;
    for (size_t i = 0; i < own->diagnostic.n_paths; i++) {
        arena_grow(&report->arena, own->paths, i);
        own->paths[i] = finding->paths[i];
    }
    own->diagnostic.paths = own->paths;
}

void report_take(struct hd_diagnostics *report, struct hd_diagnostics *from)
{
    for (size_t i = 0; i < from->n_environments; i++)
        report_environment(report, from->environments[i]);
    for (size_t i = 0; i < from->n_findings; i++) {
        const struct finding *finding = from->findings[i];

        if (finding->number >= from->n_taken && (!finding->silenced || (finding->joined && finding->joined->number < from->n_taken)))
            take(report, finding);
    }
    report->beyond += from->beyond - from->beyond_taken;
    report->beyond_errors += from->beyond_errors - from->beyond_errors_taken;
    from->n_taken = from->n_findings;
    from->beyond_taken = from->beyond;
    from->beyond_errors_taken = from->beyond_errors;
}

bool report_has_errors(const struct hd_diagnostics *report, size_t n)
{
    for (; n < report->n_findings; n++)
        if (report->findings[n]->diagnostic.severity == HD_ERROR)
            return true;
    return report->beyond_errors != 0;
}

void report_finish(struct hd_diagnostics *report)
{
    size_t count = 0;

    silence_consequences(report);
    silence_repeated(report);
    join_alike(report);
    if (report->n_findings)
        qsort(report->findings, report->n_findings, sizeof(struct finding *), compare);
    report_measure(report);
    name_environments(report);
    report->environment = 0;
    report->n_finished = report->n_findings;
    report->errors = report->beyond_errors;
    for (; count < report->n_findings && !report->findings[count]->silenced; count++)
        if (report->strict || report->findings[count]->diagnostic.severity == HD_ERROR)
            report->errors++;
    report->visible = count < report->limit ? count : report->limit;
    report->omitted = count - report->visible + report->beyond;
}
