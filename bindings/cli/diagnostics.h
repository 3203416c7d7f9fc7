/* Diagnostics for people, with how many there are, or as JSON. */
#ifndef HYBRIDGEN_DIAGNOSTICS_H
#define HYBRIDGEN_DIAGNOSTICS_H

#include <hybriddeploy/document.h>
#include <stdbool.h>
#include <stdio.h>

struct diagnostics_style {
    bool json;
    bool color;
    /* Shows only errors. */
    bool quiet;
    /* Warnings let the call fail. */
    bool strict;
    /* The inputs that were loaded. */
    const struct hd_source *sources;
    size_t n_sources;
};

/* Prints all that was found, and how much that is. */
void diagnostics_print(FILE *out, const struct hd_diagnostics *diagnostics, const struct diagnostics_style *style);

/* Whether colors are wanted: `when` is always, never or auto (NULL). */
bool color_is_wanted(const char *when, FILE *out);

#endif
