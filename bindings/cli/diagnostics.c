#define _POSIX_C_SOURCE 200809L
#include "diagnostics.h"

#include "snippet.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Sequences for a terminal. */
struct colors {
    const char *place, *error, *warning, *note, *mark, *plain;
};

static const struct colors no_colors = {"", "", "", "", "", ""};
static const struct colors ansi_colors = {"\033[1m", "\033[1;31m", "\033[1;35m", "\033[1;36m", "\033[1;32m", "\033[0m"};

struct printer {
    FILE *out;
    struct sources *sources;
    const struct diagnostics_style *style;
    const struct colors *colors;
};

bool color_is_wanted(const char *when, FILE *out)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

    if (when && strcmp(when, "auto") != 0)
        return !strcmp(when, "always");
    return (!no_color || !*no_color) && term && strcmp(term, "dumb") != 0 && isatty(fileno(out));
}

/* `file:line:column: `, as much of it as is known; what has no place is found by its model path. */
static void print_place(const struct printer *printer, const char *file, uint32_t line, uint32_t column, const char *path)
{
    FILE *out = printer->out;

    fputs(printer->colors->place, out);
    if (file && !strncmp(file, "--set ", 6))
        fputs("--set", out);
    else if (file)
        text_print(out, file, "");
    else
        text_print(out, path && *path ? path : "hybridgen", "");
    if (file && line && strncmp(file, "--set ", 6) != 0)
        fprintf(out, column ? ":%u:%u" : ":%u", (unsigned)line, (unsigned)column);
    fprintf(out, ":%s ", printer->colors->plain);
}

static void print_snippet(const struct printer *printer, const char *file, uint32_t line, uint32_t column, bool second)
{
    const struct source *source;
    struct cursor place;
    bool found = file && sources_find(printer->sources, file, line, column ? column : 1, second, &source, &place);

    /* The end of a setting may be taken for a line of its own. */
    if (file && !found && !strncmp(file, "--set ", 6)) {
        found = sources_find(printer->sources, file, 1, 1, second, &source, &place);
        column = 0;
    }
    if (found)
        snippet_print(printer->out, source, &place, column > 0, printer->colors->mark, printer->colors->plain);
}

static void print_path(const struct printer *printer, const char *file, const char *path)
{
    if (!file || !path || !*path)
        return;
    fputs("  at ", printer->out);
    text_print(printer->out, path, "     ");
    putc('\n', printer->out);
}

static void print_text(const struct printer *printer, const struct hd_diagnostic *diagnostic)
{
    const struct hd_place *related = &diagnostic->related;
    bool error = diagnostic->severity == HD_ERROR;
    FILE *out = printer->out;

    print_place(printer, diagnostic->file, diagnostic->line, diagnostic->column, diagnostic->path);
    fprintf(out, "%s%s:%s ", error ? printer->colors->error : printer->colors->warning, error ? "error" : "warning",
            printer->colors->plain);
    text_print(out, diagnostic->message, "    ");
    fprintf(out, " [HD%04d]\n", diagnostic->code);
    print_snippet(printer, diagnostic->file, diagnostic->line, diagnostic->column, false);
    print_path(printer, diagnostic->file, diagnostic->path);
    if (diagnostic->hint) {
        fputs("  hint: ", out);
        text_print(out, diagnostic->hint, "        ");
        putc('\n', out);
    }
    if (!related->message)
        return;
    print_place(printer, related->file, related->line, related->column, related->path);
    fprintf(out, "%snote:%s ", printer->colors->note, printer->colors->plain);
    text_print(out, related->message, "    ");
    putc('\n', out);
    print_snippet(printer, related->file, related->line, related->column, true);
    if (related->path && diagnostic->path && strcmp(related->path, diagnostic->path) != 0)
        print_path(printer, related->file, related->path);
}

/* What both places have, without the braces. */
static void print_json_place(FILE *out, const char *file, uint32_t line, uint32_t column, const char *path, const char *message)
{
    fputs("\"file\":", out);
    text_print_json(out, file);
    if (line)
        fprintf(out, ",\"line\":%u", (unsigned)line);
    else
        fputs(",\"line\":null", out);
    if (column)
        fprintf(out, ",\"column\":%u", (unsigned)column);
    else
        fputs(",\"column\":null", out);
    fputs(",\"path\":", out);
    text_print_json(out, path ? path : "");
    fputs(",\"message\":", out);
    text_print_json(out, message);
}

static void print_json(FILE *out, const struct hd_diagnostic *diagnostic)
{
    const struct hd_place *related = &diagnostic->related;

    fprintf(out, "{\"code\":\"HD%04d\",\"severity\":\"%s\",", diagnostic->code, diagnostic->severity == HD_ERROR ? "error" : "warning");
    print_json_place(out, diagnostic->file, diagnostic->line, diagnostic->column, diagnostic->path, diagnostic->message);
    fputs(",\"hint\":", out);
    text_print_json(out, diagnostic->hint);
    fputs(",\"related\":", out);
    if (related->message) {
        putc('{', out);
        print_json_place(out, related->file, related->line, related->column, related->path, related->message);
        putc('}', out);
    } else {
        fputs("null", out);
    }
    fputs("}\n", out);
}

static void print_count(FILE *out, size_t count, const char *what)
{
    fprintf(out, "%zu %s%s", count, what, count == 1 ? "" : "s");
}

static void print_summary(const struct printer *printer, size_t errors, size_t warnings, size_t omitted)
{
    FILE *out = printer->out;

    if (!errors && !warnings && !omitted)
        return;
    if (errors || !warnings)
        print_count(out, errors, "error");
    if (errors && warnings)
        fputs(", ", out);
    if (warnings)
        print_count(out, warnings, "warning");
    if (warnings && !errors && printer->style->strict)
        fputs(", which --strict does not let pass", out);
    if (omitted)
        fprintf(out, "; %zu more not shown (--max-diagnostics shows more)", omitted);
    putc('\n', out);
}

void diagnostics_print(FILE *out, const struct hd_diagnostics *diagnostics, struct sources *sources, const struct diagnostics_style *style)
{
    struct printer printer = {out, sources, style, style->color ? &ansi_colors : &no_colors};
    size_t errors = 0, warnings = 0;

    for (size_t i = 0; i < hd_diagnostics_count(diagnostics); i++) {
        const struct hd_diagnostic *diagnostic = hd_diagnostics_get(diagnostics, i);
        bool fails = diagnostic->severity == HD_ERROR || style->strict;

        if (style->quiet && !fails)
            continue;
        if (diagnostic->severity == HD_ERROR)
            errors++;
        else
            warnings++;
        if (style->json)
            print_json(out, diagnostic);
        else
            print_text(&printer, diagnostic);
    }
    if (style->json && hd_diagnostics_omitted(diagnostics))
        fprintf(out, "{\"omitted\":%zu}\n", hd_diagnostics_omitted(diagnostics));
    if (!style->json && !style->quiet)
        print_summary(&printer, errors, warnings, hd_diagnostics_omitted(diagnostics));
    fflush(out);
}
