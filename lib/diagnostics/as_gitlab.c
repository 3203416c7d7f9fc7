/* Diagnostics as a report of GitLab's code quality: an array of issues. */
#include "as.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

static void print_issue(struct printer *printer, const char *description, const char *check, const char *fingerprint, const char *severity,
                        const char *file, uint32_t line)
{
    struct text_out *out = printer->out;

    text_put(out, "{\"description\":");
    text_print_json(out, description);
    text_put(out, ",\"check_name\":\"", check, "\",\"fingerprint\":\"", fingerprint, "\",\"severity\":\"", severity, "\",\"location\":{\"path\":");
    /* GitLab compares paths with those of the repository. */
    text_print_json(out, strncmp(file, "./", 2) ? file : file + 2);
    text_put(out, ",\"lines\":{\"begin\":");
    text_int(out, line ? line : 1);
    text_put(out, "}}}");
}

void write_as_gitlab(struct printer *printer)
{
    const char *const *prints = fingerprints(printer);
    struct hd_diagnostic nobody = {.path = ""};

    text_put(printer->out, "[");
    for (size_t i = 0; i < printer->n_findings; i++) {
        const struct hd_diagnostic *finding = printer->findings[i];
        char code[24];

        snprintf(code, sizeof code, "HD%04d", finding->code);
        text_put(printer->out, i ? ",\n" : "\n");
        print_issue(printer, message_in_full(&printer->arena, finding), code, prints[i], finding->severity == HD_ERROR ? "major" : "minor",
                    file_of(printer, finding), is_setting(finding->file) ? 0 : finding->line);
    }
    if (printer->style->omitted) {
        text_put(printer->out, printer->n_findings ? ",\n" : "\n");
        print_issue(printer, arena_printf(&printer->arena, "%zu more are not shown", printer->style->omitted), "omitted", "omitted", "info",
                    file_of(printer, &nobody), 0);
    }
    text_put(printer->out, printer->n_findings || printer->style->omitted ? "\n]\n" : "]\n");
}
