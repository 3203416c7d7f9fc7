/* Diagnostics as text, like a compiler's, or as JSON. */
#include "core/reporting/refuse.h"
#include "core/reporting/report.h"
#include "snippet.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Sequences for a terminal. */
struct colors {
    const char *place, *error, *warning, *note, *mark, *plain;
};

static const struct colors no_colors = {"", "", "", "", "", ""};
static const struct colors ansi_colors = {"\033[1m", "\033[1;31m", "\033[1;35m", "\033[1;36m", "\033[1;32m", "\033[0m"};

struct printer {
    struct text_out out;
    struct arena arena;
    struct sources sources;
    const struct colors *colors;
};

static bool is_setting(const char *file)
{
    return file && !strncmp(file, "--set ", 6);
}

/* `file:line:column: `, as much of it as is known; what has no place is found by its model path. */
static void print_place(struct printer *printer, const char *file, uint32_t line, uint32_t column, const char *path)
{
    struct text_out *out = &printer->out;
    char place[32];

    text_put(out, printer->colors->place);
    if (is_setting(file))
        text_put(out, "--set");
    else
        text_print(out, file ? file : path && *path ? path : "hybriddeploy", "");
    if (file && line && !is_setting(file)) {
        snprintf(place, sizeof place, column ? ":%u:%u" : ":%u", (unsigned)line, (unsigned)column);
        text_put(out, place);
    }
    text_put(out, ":", printer->colors->plain, " ");
}

static void print_snippet(struct printer *printer, const char *file, uint32_t line, uint32_t column, bool second)
{
    const struct source *source;
    struct cursor place;
    bool found = file && sources_find(&printer->sources, file, line, column ? column : 1, second, &source, &place);

    /* The end of a setting may be taken for a line of its own. */
    if (!found && is_setting(file)) {
        found = sources_find(&printer->sources, file, 1, 1, second, &source, &place);
        column = 0;
    }
    if (found)
        snippet_print(&printer->out, source, &place, column > 0, printer->colors->mark, printer->colors->plain);
}

static void print_line(struct text_out *out, const char *before, const char *text, const char *indent)
{
    text_put(out, before);
    text_print(out, text, indent);
    text_put(out, "\n");
}

static void print_path(struct printer *printer, const char *file, const char *path)
{
    if (file && path && *path)
        print_line(&printer->out, "  at ", path, "     ");
}

static void print_related(struct printer *printer, const struct hd_diagnostic *diagnostic)
{
    const struct hd_place *related = &diagnostic->related;

    print_place(printer, related->file, related->line, related->column, related->path);
    text_put(&printer->out, printer->colors->note, "note:", printer->colors->plain, " ");
    print_line(&printer->out, NULL, related->message, "    ");
    print_snippet(printer, related->file, related->line, related->column, true);
    if (related->path && diagnostic->path && strcmp(related->path, diagnostic->path) != 0)
        print_path(printer, related->file, related->path);
}

static void print_text(struct printer *printer, const struct hd_diagnostic *diagnostic)
{
    bool is_error = diagnostic->severity == HD_ERROR;
    struct text_out *out = &printer->out;
    char code[24];

    print_place(printer, diagnostic->file, diagnostic->line, diagnostic->column, diagnostic->path);
    text_put(out, is_error ? printer->colors->error : printer->colors->warning, is_error ? "error:" : "warning:", printer->colors->plain, " ");
    text_print(out, diagnostic->message ? diagnostic->message : "", "    ");
    snprintf(code, sizeof code, " [HD%04d]\n", diagnostic->code);
    text_put(out, code);
    print_snippet(printer, diagnostic->file, diagnostic->line, diagnostic->column, false);
    print_path(printer, diagnostic->file, diagnostic->path);
    if (diagnostic->hint)
        print_line(out, "  hint: ", diagnostic->hint, "        ");
    if (diagnostic->related.message)
        print_related(printer, diagnostic);
}

static void print_json_number(struct text_out *out, const char *key, uint32_t number)
{
    text_put(out, ",\"", key, "\":");
    if (number)
        text_int(out, number);
    else
        text_put(out, "null");
}

/* The JSON members that both places have, without the braces. */
static void print_json_place(struct text_out *out, const char *file, uint32_t line, uint32_t column, const char *path, const char *message)
{
    text_put(out, "\"file\":");
    text_print_json(out, file);
    print_json_number(out, "line", line);
    print_json_number(out, "column", column);
    text_put(out, ",\"path\":");
    text_print_json(out, path ? path : "");
    text_put(out, ",\"message\":");
    text_print_json(out, message);
}

static void print_json(struct text_out *out, const struct hd_diagnostic *diagnostic)
{
    const struct hd_place *related = &diagnostic->related;
    char code[24];

    snprintf(code, sizeof code, "HD%04d", diagnostic->code);
    text_put(out, "{\"code\":\"", code, "\",\"severity\":\"", diagnostic->severity == HD_ERROR ? "error" : "warning", "\",");
    print_json_place(out, diagnostic->file, diagnostic->line, diagnostic->column, diagnostic->path, diagnostic->message);
    text_put(out, ",\"hint\":");
    text_print_json(out, diagnostic->hint);
    text_put(out, ",\"related\":");
    if (related->message) {
        text_put(out, "{");
        print_json_place(out, related->file, related->line, related->column, related->path, related->message);
        text_put(out, "}");
    } else {
        text_put(out, "null");
    }
    text_put(out, "}\n");
}

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

static enum hd_status write_all(const struct hd_diagnostic *const *all, size_t count, const struct hd_diagnostics_style *style, hd_sink *sink,
                                void *user)
{
    struct printer printer = {.colors = style->color ? &ansi_colors : &no_colors};
    jmp_buf out_of_memory;

    text_init(&printer.out, sink, user);
    arena_init(&printer.arena, &out_of_memory);
    printer.sources.arena = &printer.arena;
    if (setjmp(out_of_memory)) {
        arena_free(&printer.arena);
        return HD_NO_MEMORY;
    }
    add_sources(&printer, style);
    for (size_t i = 0; i < count; i++) {
        if (is_wanted(style, all[i]) && style->format == HD_DIAGNOSTICS_JSON)
            print_json(&printer.out, all[i]);
        else if (is_wanted(style, all[i]))
            print_text(&printer, all[i]);
    }
    text_flush(&printer.out);
    arena_free(&printer.arena);
    return printer.out.failed ? HD_UNWRITABLE : HD_OK;
}

static enum hd_status take_style(struct hd_diagnostics_style *own, const struct hd_diagnostics_style *style)
{
    enum hd_status status = options_take(NULL, own, sizeof *own, style, "hd_diagnostics_style");

    if (own->format < HD_DIAGNOSTICS_TEXT || own->format > HD_DIAGNOSTICS_JSON || (own->n_sources && !own->sources))
        status = HD_BAD_CALL;
    return status;
}

enum hd_status hd_diagnostic_write(const struct hd_diagnostic *diagnostic, const struct hd_diagnostics_style *style, hd_sink *sink,
                                   void *user)
{
    struct hd_diagnostics_style own;
    enum hd_status status = take_style(&own, style);

    if (!diagnostic || !sink)
        return HD_BAD_CALL;
    return status == HD_OK ? write_all(&diagnostic, 1, &own, sink, user) : status;
}

enum hd_status hd_diagnostics_write(const struct hd_diagnostics *report, const struct hd_diagnostics_style *style, hd_sink *sink, void *user)
{
    struct hd_diagnostics_style own;
    enum hd_status status = take_style(&own, style);
    const struct hd_diagnostic **all;

    if (!report || !sink || status != HD_OK)
        return HD_BAD_CALL;
    all = calloc(report->visible + 1, sizeof(struct hd_diagnostic *));
    if (!all)
        return HD_NO_MEMORY;
    for (size_t i = 0; i < report->visible; i++)
        all[i] = &report->findings[i]->diagnostic;
    status = write_all(all, report->visible, &own, sink, user);
    free(all);
    return status;
}
