#include "findings.h"

#include "call.h"
#include "diagnostics.h"

#include <stdarg.h>
#include <stdlib.h>

const char *findings_text(struct findings *findings, const char *format, ...)
{
    va_list args;
    char *text;

    va_start(args, format);
    text = vprinted(format, args);
    va_end(args);
    findings->texts = grow(findings->texts, (findings->n_texts + 1) * sizeof *findings->texts);
    findings->texts[findings->n_texts++] = text;
    return text;
}

struct hd_diagnostic *findings_add(struct findings *findings, enum hd_code code, const char *message)
{
    struct hd_diagnostic *finding;

    findings->items = grow(findings->items, (findings->n + 1) * sizeof *findings->items);
    finding = &findings->items[findings->n++];
    *finding = (struct hd_diagnostic){.code = code, .severity = hd_code_info(code)->severity, .path = "", .message = message};
    return finding;
}

size_t findings_say(const struct findings *findings, const struct call *call, const struct hd_source *sources, size_t n_sources)
{
    size_t n_errors = 0;

    for (size_t i = 0; i < findings->n; i++)
        n_errors += findings->items[i].severity == HD_ERROR;
    if (findings->n)
        diagnostics_say(call, findings->items, findings->n, sources, n_sources);
    return call->strict ? findings->n : n_errors;
}

void findings_free(struct findings *findings)
{
    for (size_t i = 0; i < findings->n_texts; i++)
        free(findings->texts[i]);
    free(findings->texts);
    free(findings->items);
    *findings = (struct findings){0};
}
