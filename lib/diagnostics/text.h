/* Text for terminals: the width of characters, and replacements for those that a terminal would obey. */
#ifndef HD_DIAGNOSTICS_TEXT_H
#define HD_DIAGNOSTICS_TEXT_H

#include "core/writing/text_out.h"

#include <stddef.h>
#include <stdint.h>

/* One character as it is shown. */
struct cell {
    char text[16];
    unsigned char n_bytes, width;
};

/* Reads the character at `text`, of at least one byte; returns its length. What is no character, or is one that a terminal obeys, is shown
 * by its number. */
size_t text_cell(const char *text, size_t length, struct cell *cell);

/* Prints text without control characters, so that it cannot move the cursor or change colours; further lines begin with `indent`. */
void text_print(struct text_out *out, const char *text, const char *indent);

/* Prints a JSON string, or null. */
void text_print_json(struct text_out *out, const char *text);

#endif
