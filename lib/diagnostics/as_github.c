/* Diagnostics as annotations of GitHub Actions: ::error file=FILE,line=1::MESSAGE */
#include "as.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

/* Characters that a terminal obeys are shown by their number, those that end a command in percent; commas and colons end a property. */
static void print_escaped(struct text_out *out, const char *text, bool is_property)
{
    size_t length = strlen(text);

    for (size_t i = 0; i < length;) {
        struct cell cell;
        char code[8];

        if (text[i] == '\n' || text[i] == '%' || (is_property && (text[i] == ':' || text[i] == ','))) {
            snprintf(code, sizeof code, "%%%02X", (unsigned)text[i++]);
            text_put(out, code);
            continue;
        }
        i += text_cell(text + i, length - i, &cell);
        text_putn(out, cell.text, cell.n_bytes);
    }
}

static void print_number(struct text_out *out, const char *name, uint32_t number)
{
    if (!number)
        return;
    text_put(out, ",", name, "=");
    text_int(out, number);
}

static void print_annotation(struct printer *printer, const struct hd_diagnostic *diagnostic)
{
    struct text_out *out = printer->out;
    char code[24];

    text_put(out, diagnostic->severity == HD_ERROR ? "::error" : "::warning", " file=");
    print_escaped(out, file_of(printer, diagnostic), true);
    if (!is_setting(diagnostic->file)) {
        print_number(out, "line", diagnostic->line);
        print_number(out, "endLine", diagnostic->end_line);
        print_number(out, "col", diagnostic->column);
        print_number(out, "endColumn", diagnostic->end_column);
    }
    snprintf(code, sizeof code, ",title=HD%04d::", diagnostic->code);
    text_put(out, code);
    print_escaped(out, message_in_full(&printer->arena, diagnostic), false);
    text_put(out, "\n");
}

void write_as_github(struct printer *printer)
{
    for (size_t i = 0; i < printer->n_findings; i++)
        print_annotation(printer, printer->findings[i]);
    if (printer->style->omitted) {
        text_put(printer->out, "::notice title=hybriddeploy::");
        text_int(printer->out, (int64_t)printer->style->omitted);
        text_put(printer->out, " more are not shown\n");
    }
}
