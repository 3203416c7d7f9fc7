/* Diagnostics as JUnit's XML: a test for each finding, and one for each source that has none. */
#include "as.h"
#include "core/memory/names.h"
#include "core/text/among.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

/* A sink that escapes its text for XML. The caller has replaced control characters and invalid bytes by their numbers before. */
static int escape(void *user, const char *text, size_t length)
{
    struct text_out *out = user;

    for (size_t i = 0; i < length; i++) {
        if (text[i] == '<')
            text_put(out, "&lt;");
        else if (text[i] == '>')
            text_put(out, "&gt;");
        else if (text[i] == '&')
            text_put(out, "&amp;");
        else if (text[i] == '"')
            text_put(out, "&quot;");
        else
            text_putn(out, text + i, 1);
    }
    return 0;
}

static void print_attribute(struct printer *printer, const char *name, const char *value)
{
    struct text_out escaped;

    text_put(printer->out, " ", name, "=\"");
    text_init(&escaped, escape, printer->out);
    text_print(&escaped, value, "");
    text_flush(&escaped);
    text_put(printer->out, "\"");
}

static void print_count(struct text_out *out, const char *name, size_t count)
{
    text_put(out, " ", name, "=\"");
    text_int(out, (int64_t)count);
    text_put(out, "\"");
}

/* The finding as as_text.c writes it. */
static void print_content(struct printer *printer, const struct hd_diagnostic *finding)
{
    const struct hd_diagnostics_style *style = printer->style;
    struct hd_diagnostics_style plain = *style;
    struct text_out *out = printer->out, escaped;

    text_init(&escaped, escape, out);
    plain.color = 0;
    printer->style = &plain;
    printer->out = &escaped;
    print_as_text(printer, finding);
    text_flush(&escaped);
    printer->out = out;
    printer->style = style;
}

static bool fails(const struct printer *printer, const struct hd_diagnostic *finding)
{
    return finding->severity == HD_ERROR || printer->style->strict;
}

static void print_finding(struct printer *printer, const struct hd_diagnostic *finding)
{
    const char *path = finding->path && *finding->path ? finding->path : "model";
    struct text_out *out = printer->out;
    char code[24];

    snprintf(code, sizeof code, "HD%04d", finding->code);
    text_put(out, "    <testcase");
    print_attribute(printer, "classname", file_of(printer, finding));
    print_attribute(printer, "name", arena_printf(&printer->arena, "%s %s", code, path));
    text_put(out, ">");
    if (fails(printer, finding)) {
        text_put(out, "<failure");
        print_attribute(printer, "type", code);
        print_attribute(printer, "message", text_or(finding->message, ""));
        text_put(out, ">");
    } else {
        text_put(out, "<system-out>");
    }
    print_content(printer, finding);
    text_put(out, fails(printer, finding) ? "</failure>" : "</system-out>", "</testcase>\n");
}

/* The names of the sources without a finding. */
static size_t clean_sources(struct printer *printer, const char **names)
{
    const struct hd_diagnostics_style *style = printer->style;
    struct names known;
    size_t n = 0;

    names_init(&printer->arena, &known, printer->n_findings + style->n_sources);
    for (size_t i = 0; i < printer->n_findings; i++)
        names_add(&known, file_of(printer, printer->findings[i]), printer);
    for (size_t i = 0; i < style->n_sources; i++) {
        const char *name = text_or(style->sources[i].name, "<text>");

        names[n] = strcmp(name, "-") ? name : "<stdin>";
        n += !names_add(&known, names[n], printer);
    }
    return n;
}

void write_as_junit(struct printer *printer)
{
    const char **clean = arena_array(&printer->arena, printer->style->n_sources + 1, sizeof *clean);
    size_t n_clean = clean_sources(printer, clean), n_failures = 0;
    struct text_out *out = printer->out;

    for (size_t i = 0; i < printer->n_findings; i++)
        n_failures += fails(printer, printer->findings[i]);
    text_put(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"hybriddeploy\"");
    print_count(out, "tests", printer->n_findings + n_clean);
    print_count(out, "failures", n_failures);
    text_put(out, " errors=\"0\">\n");
    for (size_t i = 0; i < printer->n_findings; i++)
        print_finding(printer, printer->findings[i]);
    for (size_t i = 0; i < n_clean; i++) {
        text_put(out, "    <testcase");
        print_attribute(printer, "classname", clean[i]);
        text_put(out, " name=\"is valid\"/>\n");
    }
    if (printer->style->omitted) {
        text_put(out, "    <system-out>");
        text_int(out, (int64_t)printer->style->omitted);
        text_put(out, " more are not shown</system-out>\n");
    }
    text_put(out, "  </testsuite>\n</testsuites>\n");
}
