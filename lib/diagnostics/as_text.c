/* Diagnostics for people, like a compiler's. */
#include "as.h"
#include "core/text/among.h"
#include "snippet.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

/* Sequences for a terminal. */
struct colors {
    const char *place, *error, *warning, *note, *mark, *plain;
};

static const struct colors no_colors = {"", "", "", "", "", ""};
static const struct colors ansi_colors = {"\033[1m", "\033[1;31m", "\033[1;35m", "\033[1;36m", "\033[1;32m", "\033[0m"};

static const struct colors *colors(const struct printer *printer)
{
    return printer->style->color ? &ansi_colors : &no_colors;
}

/* `file:line:column: `, as much of it as is known. Without a place the model path tells where it is. */
static void print_place(struct printer *printer, const char *file, uint32_t line, uint32_t column, const char *path)
{
    struct text_out *out = printer->out;
    char place[32];

    text_put(out, colors(printer)->place);
    if (is_setting(file))
        text_put(out, "--set");
    else
        text_print(out, file ? file : path && *path ? path : "hybriddeploy", "");
    if (file && line && !is_setting(file)) {
        snprintf(place, sizeof place, column ? ":%u:%u" : ":%u", (unsigned)line, (unsigned)column);
        text_put(out, place);
    }
    text_put(out, ":", colors(printer)->plain, " ");
}

static void print_snippet(struct printer *printer, const char *file, uint32_t line, uint32_t column, bool second)
{
    const struct source *source;
    struct cursor place;
    bool found = file && sources_find(&printer->sources, file, line, column ? column : 1, second, &source, &place);

    /* Where the place is the end of a setting, its line is shown without a caret. */
    if (!found && is_setting(file)) {
        found = sources_find(&printer->sources, file, 1, 1, second, &source, &place);
        column = 0;
    }
    if (found)
        snippet_print(printer->out, source, &place, column > 0, colors(printer)->mark, colors(printer)->plain);
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
        print_line(printer->out, "  at ", path, "     ");
}

static void print_related(struct printer *printer, const struct hd_diagnostic *diagnostic)
{
    const struct hd_place *related = &diagnostic->related;

    print_place(printer, related->file, related->line, related->column, related->path);
    text_put(printer->out, colors(printer)->note, "note:", colors(printer)->plain, " ");
    print_line(printer->out, NULL, related->message, "    ");
    print_snippet(printer, related->file, related->line, related->column, true);
    if (related->path && diagnostic->path && strcmp(related->path, diagnostic->path) != 0)
        print_path(printer, related->file, related->path);
}

void print_as_text(struct printer *printer, const struct hd_diagnostic *diagnostic)
{
    bool is_error = diagnostic->severity == HD_ERROR;
    struct text_out *out = printer->out;
    char code[24];

    print_place(printer, diagnostic->file, diagnostic->line, diagnostic->column, diagnostic->path);
    text_put(out, is_error ? colors(printer)->error : colors(printer)->warning, is_error ? "error:" : "warning:", colors(printer)->plain, " ");
    text_print(out, text_or(diagnostic->message, ""), "    ");
    snprintf(code, sizeof code, " [HD%04d]\n", diagnostic->code);
    text_put(out, code);
    print_snippet(printer, diagnostic->file, diagnostic->line, diagnostic->column, false);
    print_path(printer, diagnostic->file, diagnostic->path);
    if (diagnostic->n_paths)
        print_line(out, "  ", sharers(&printer->arena, diagnostic), "  ");
    if (diagnostic->n_environments)
        print_line(out, "  ", environments_text(&printer->arena, diagnostic), "  ");
    if (diagnostic->hint)
        print_line(out, "  hint: ", diagnostic->hint, "        ");
    if (diagnostic->related.message)
        print_related(printer, diagnostic);
}

void write_as_text(struct printer *printer)
{
    for (size_t i = 0; i < printer->n_findings; i++)
        print_as_text(printer, printer->findings[i]);
}
