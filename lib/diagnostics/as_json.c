/* Diagnostics as JSON, one object a line. */
#include "as.h"
#include "core/text/among.h"
#include "text.h"

#include <stdio.h>

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
    text_print_json(out, text_or(path, ""));
    text_put(out, ",\"message\":");
    text_print_json(out, message);
}

static void print_list(struct text_out *out, const char *key, const char *const *texts, size_t n)
{
    text_put(out, ",\"", key, "\":[");
    for (size_t i = 0; i < n; i++) {
        text_put(out, i ? "," : NULL);
        text_print_json(out, texts[i]);
    }
    text_put(out, "]");
}

static void print_edits(struct text_out *out, const struct hd_diagnostic *diagnostic)
{
    text_put(out, ",\"edits\":[");
    for (size_t i = 0; i < diagnostic->n_edits; i++) {
        const struct hd_edit *edit = &diagnostic->edits[i];

        text_put(out, i ? ",{\"file\":" : "{\"file\":");
        text_print_json(out, edit->file);
        print_json_number(out, "line", edit->line);
        print_json_number(out, "column", edit->column);
        print_json_number(out, "endLine", edit->end_line);
        print_json_number(out, "endColumn", edit->end_column);
        text_put(out, ",\"text\":");
        text_print_json(out, edit->text);
        text_put(out, "}");
    }
    text_put(out, "]");
}

static void print_json(struct printer *printer, const struct hd_diagnostic *diagnostic)
{
    const char **services;
    size_t n_services = services_of(&printer->arena, diagnostic, &services);
    struct text_out *out = printer->out;
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
    print_json_number(out, "endLine", diagnostic->end_line);
    print_json_number(out, "endColumn", diagnostic->end_column);
    print_edits(out, diagnostic);
    print_list(out, "paths", diagnostic->paths, diagnostic->n_paths);
    print_list(out, "services", services, n_services);
    print_list(out, "environments", diagnostic->environments, diagnostic->n_environments);
    text_put(out, "}\n");
}

void write_as_json(struct printer *printer)
{
    for (size_t i = 0; i < printer->n_findings; i++)
        print_json(printer, printer->findings[i]);
    if (printer->style->omitted) {
        text_put(printer->out, "{\"omitted\":");
        text_int(printer->out, (int64_t)printer->style->omitted);
        text_put(printer->out, "}\n");
    }
}
