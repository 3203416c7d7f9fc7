/* The findings that a program asks for, in the format that it asks for. */
#include "as.h"
#include "core/reporting/refuse.h"
#include "core/reporting/report.h"

#include <stdlib.h>
#include <string.h>

/* The texts, under their names in diagnostics. What was loaded without a text is a file. */
static void add_sources(struct printer *printer, const struct hd_diagnostics_style *style)
{
    for (size_t i = 0; i < style->n_sources; i++) {
        const struct hd_source *source = &style->sources[i];

        if (source->text)
            sources_add(&printer->sources, !source->name ? "<text>" : strcmp(source->name, "-") ? source->name : "<stdin>", source->text,
                        source->length);
    }
}

static bool is_wanted(const struct hd_diagnostics_style *style, const struct hd_diagnostic *diagnostic)
{
    return !style->errors_only || diagnostic->severity == HD_ERROR;
}

/* The text so far. The program gets the whole text, or nothing when memory runs out. */
struct kept {
    struct arena *arena;
    char *text;
    size_t length, size;
};

static int keep(void *user, const char *text, size_t length)
{
    struct kept *kept = user;

    if (length > kept->size - kept->length) {
        char *longer;

        kept->size = 2 * kept->size + length;
        longer = arena_room(kept->arena, kept->size, 1);
        if (kept->length)
            memcpy(longer, kept->text, kept->length);
        kept->text = longer;
    }
    if (length)
        memcpy(kept->text + kept->length, text, length);
    kept->length += length;
    return 0;
}

static void write_findings(struct printer *printer)
{
    static void (*const write_as[])(struct printer *) = {
        [HD_DIAGNOSTICS_TEXT] = write_as_text,     [HD_DIAGNOSTICS_JSON] = write_as_json,     [HD_DIAGNOSTICS_SARIF] = write_as_sarif,
        [HD_DIAGNOSTICS_GITHUB] = write_as_github, [HD_DIAGNOSTICS_GITLAB] = write_as_gitlab, [HD_DIAGNOSTICS_JUNIT] = write_as_junit,
    };

    write_as[printer->style->format](printer);
    text_flush(printer->out);
}

static enum hd_status write_all(const struct hd_diagnostic *const *all, size_t count, const struct hd_diagnostics_style *style, hd_sink *sink,
                                void *user)
{
    struct text_out out;
    struct printer printer = {.out = &out, .style = style, .findings = all, .n_findings = count};
    struct kept kept = {.arena = &printer.arena};
    enum hd_status status;
    jmp_buf out_of_memory;

    text_init(&out, keep, &kept);
    arena_init(&printer.arena, &out_of_memory);
    printer.sources.arena = &printer.arena;
    if (setjmp(out_of_memory)) {
        arena_free(&printer.arena);
        return HD_NO_MEMORY;
    }
    add_sources(&printer, style);
    write_findings(&printer);
    status = kept.length && sink(user, kept.text, kept.length) ? HD_UNWRITABLE : HD_OK;
    arena_free(&printer.arena);
    return status;
}

static enum hd_status take_style(struct hd_diagnostics_style *own, const struct hd_diagnostics_style *style)
{
    enum hd_status status = options_take(NULL, own, sizeof *own, style, "hd_diagnostics_style");

    if (own->format < HD_DIAGNOSTICS_TEXT || own->format > HD_DIAGNOSTICS_JUNIT || (own->n_sources && !own->sources))
        status = HD_BAD_CALL;
    return status;
}

enum hd_status hd_diagnostic_list_write(const struct hd_diagnostic *const *diagnostics, size_t n_diagnostics,
                                        const struct hd_diagnostics_style *style, hd_sink *sink, void *user)
{
    struct hd_diagnostics_style own;
    const struct hd_diagnostic **wanted;
    enum hd_status status;
    size_t n = 0;

    if (take_style(&own, style) != HD_OK || !sink || (n_diagnostics && !diagnostics))
        return HD_BAD_CALL;
    for (size_t i = 0; i < n_diagnostics; i++)
        if (!diagnostics[i])
            return HD_BAD_CALL;
    wanted = calloc(n_diagnostics + 1, sizeof(struct hd_diagnostic *));
    if (!wanted)
        return HD_NO_MEMORY;
    for (size_t i = 0; i < n_diagnostics; i++)
        if (is_wanted(&own, diagnostics[i]))
            wanted[n++] = diagnostics[i];
    status = write_all(wanted, n, &own, sink, user);
    free(wanted);
    return status;
}

enum hd_status hd_diagnostic_write(const struct hd_diagnostic *diagnostic, const struct hd_diagnostics_style *style, hd_sink *sink,
                                   void *user)
{
    return hd_diagnostic_list_write(&diagnostic, 1, style, sink, user);
}

enum hd_status hd_diagnostics_write(const struct hd_diagnostics *report, const struct hd_diagnostics_style *style, hd_sink *sink, void *user)
{
    struct hd_diagnostics_style own;
    const struct hd_diagnostic **all;
    enum hd_status status;

    if (take_style(&own, style) != HD_OK || !report || !sink)
        return HD_BAD_CALL;
    own.size = sizeof own;
    own.strict |= report->strict;
    own.omitted += report->omitted;
    all = calloc(report->visible + 1, sizeof(struct hd_diagnostic *));
    if (!all)
        return HD_NO_MEMORY;
    for (size_t i = 0; i < report->visible; i++)
        all[i] = &report->findings[i]->diagnostic;
    status = hd_diagnostic_list_write(all, report->visible, &own, sink, user);
    free(all);
    return status;
}
