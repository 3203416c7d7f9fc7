/* Hints for a key that the struct does not have, a word that is not in the list, and a text of the wrong form. */
#ifndef HD_CORE_TABLES_KEY_HINT_H
#define HD_CORE_TABLES_KEY_HINT_H

#include "core/reporting/report.h"
#include "field.h"

/* Gives the words to write instead of a key that other tools have and the struct does not; NULL for any other key. */
typedef const char *foreign_key(const struct hd_struct *type, const char *key);

/* The introduction, and the first keys that a struct has. */
void hint_keys(struct finding *finding, const char *intro, const struct hd_struct *type);
/* Returns the key of the struct that is certainly meant, or NULL. */
const char *hint_unknown_key(struct finding *finding, const struct hd_struct *type, const char *key, foreign_key *foreign);
/* The word that was meant by a text that is none of them, and all of them. */
void hint_word(struct finding *finding, const struct hd_enum *words, const char *text);
/* Hints at the form of a text. */
void hint_format(struct finding *finding, const struct hd_format_rule *format, const char *text);

#endif
