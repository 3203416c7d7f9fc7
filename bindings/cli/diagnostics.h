/* Writes the diagnostics of models and of wrong calls, as text for people or in a format for machines. */
#ifndef HYBRIDGEN_DIAGNOSTICS_H
#define HYBRIDGEN_DIAGNOSTICS_H

#include <hybriddeploy/document.h>
#include <stdbool.h>
#include <stdio.h>

struct call;
struct input;

/*
 * Takes the format from the arguments of the call before they are understood, because what is wrong with them is said in it too. A word
 * that is no format is left to whoever reads the arguments.
 */
void diagnostics_begin(int argc, char **argv);

/* The format's word, such as json, and whether it is one document for the whole call. */
bool diagnostics_are_text(void);
bool diagnostics_are_document(void);

/* Says what is wrong with the call, or what it cannot do; lines after the first are a hint. */
void diagnostics_complain(int status, const char *text);

/*
 * Prints what the command found by itself, at most as much as --max-diagnostics says, with totals; a document keeps a copy. `sources` are
 * the texts that are shown.
 */
void diagnostics_say(const struct call *call, const struct hd_diagnostic *findings, size_t n, const struct hd_source *sources, size_t n_sources);

/* Prints all that was found, and how much that is; a document keeps it, and the input with it, until the end. Whether it does. */
bool diagnostics_take(struct input *input);

/* Writes the document, if the format is one. */
void diagnostics_finish(void);

/* Whether colors are wanted: `when` is always, never or auto (NULL). */
bool color_is_wanted(const char *when, FILE *out);

#endif
