#define _POSIX_C_SOURCE 200809L
#include "diagnostics.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool color_is_wanted(const char *when, FILE *out)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

    if (when && strcmp(when, "auto") != 0)
        return !strcmp(when, "always");
    return (!no_color || !*no_color) && term && strcmp(term, "dumb") != 0 && isatty(fileno(out));
}

static void print_count(FILE *out, size_t count, const char *what)
{
    fprintf(out, "%zu %s%s", count, what, count == 1 ? "" : "s");
}

static void print_summary(FILE *out, const struct diagnostics_style *style, size_t errors, size_t warnings, size_t omitted)
{
    if (!errors && !warnings && !omitted)
        return;
    if (errors || !warnings)
        print_count(out, errors, "error");
    if (errors && warnings)
        fputs(", ", out);
    if (warnings)
        print_count(out, warnings, "warning");
    if (warnings && !errors && style->strict)
        fputs(", which --strict does not let pass", out);
    if (omitted)
        fprintf(out, "; %zu more not shown (--max-diagnostics shows more)", omitted);
    putc('\n', out);
}

static int to_file(void *user, const char *text, size_t length)
{
    return fwrite(text, 1, length, user) != length;
}

void diagnostics_print(FILE *out, const struct hd_diagnostics *diagnostics, const struct diagnostics_style *style)
{
    const struct hd_diagnostics_style how = {.size = sizeof how,
                                             .format = style->json ? HD_DIAGNOSTICS_JSON : HD_DIAGNOSTICS_TEXT,
                                             .color = style->color,
                                             .errors_only = style->quiet && !style->strict,
                                             .sources = style->sources,
                                             .n_sources = style->n_sources};
    size_t errors = 0, count = hd_diagnostics_count(diagnostics);

    for (size_t i = 0; i < count; i++)
        errors += hd_diagnostics_get(diagnostics, i)->severity == HD_ERROR;
    hd_diagnostics_write(diagnostics, &how, to_file, out);
    if (style->json && hd_diagnostics_omitted(diagnostics))
        fprintf(out, "{\"omitted\":%zu}\n", hd_diagnostics_omitted(diagnostics));
    if (!style->json && !style->quiet)
        print_summary(out, style, errors, count - errors, hd_diagnostics_omitted(diagnostics));
    fflush(out);
}
