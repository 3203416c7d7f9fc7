/* Diagnostics as text, like a compiler's, or as JSON. */
#ifndef HYBRIDGEN_DIAGNOSTICS_H
#define HYBRIDGEN_DIAGNOSTICS_H

#include "source.h"

#include <hybriddeploy/diagnostic.h>
#include <stdbool.h>
#include <stdio.h>

struct diagnostics_style {
    bool json;
    bool color;
    /* Errors alone. */
    bool quiet;
    /* Warnings let the call fail. */
    bool strict;
};

/* Prints all that was found, and how much that is. */
void diagnostics_print(FILE *out, const struct hd_diagnostics *diagnostics, struct sources *sources, const struct diagnostics_style *style);

/* Whether colors are wanted: `when` is always, never or auto (NULL). */
bool color_is_wanted(const char *when, FILE *out);

#endif
