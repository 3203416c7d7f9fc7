/* Diagnostics of the command itself, in the form of the library's. */
#ifndef HYBRIDGEN_FINDINGS_H
#define HYBRIDGEN_FINDINGS_H

#include "options.h"

#include <hybriddeploy/document.h>

struct findings {
    struct hd_diagnostic *items;
    size_t n;
    /* The texts that were made for them. */
    char **texts;
    size_t n_texts;
};

/* A text that lives as long as the findings. */
const char *findings_text(struct findings *findings, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds one with the severity of its code. The result is valid until the next one is added; the texts must live as long as the findings. */
struct hd_diagnostic *findings_add(struct findings *findings, enum hd_code code, const char *message);

/* Prints them, or keeps copies for a document. `sources` are the texts that are shown. Returns how many count as errors, with --strict all. */
size_t findings_say(const struct findings *findings, const struct call *call, const struct hd_source *sources, size_t n_sources);

void findings_free(struct findings *findings);

#endif
