/* Lists of words as one text, with a space around each: " true false ". */
#ifndef HD_CORE_TEXT_WORD_LIST_H
#define HD_CORE_TEXT_WORD_LIST_H

#include "core/memory/arena.h"

#include <stdbool.h>

/* Whether the first `length` letters of a text, small or capital, are one of the words. */
bool word_list_has(const char *words, const char *text, size_t length);
/* Whether a text is one of the words, or ends with one behind an underscore, in small or capital letters. */
bool word_list_ends(const char *words, const char *text);
/* The words with commas between them, for a hint. */
const char *word_list_listed(struct arena *arena, const char *words);
/*
 * The word nearest to a misspelled one, as a text that lives as long as the arena; NULL when none is near. With `surely` only one that hardly
 * differs, which must be meant where further words are possible.
 */
const char *word_list_nearest(struct arena *arena, const char *words, const char *text, bool surely);

#endif
