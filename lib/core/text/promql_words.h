/* The smallest parts of PromQL: signs, words, texts in quotes, durations, numbers. */
#ifndef HD_CORE_TEXT_PROMQL_WORDS_H
#define HD_CORE_TEXT_PROMQL_WORDS_H

#include "promql_functions.h"
#include "promql_read.h"

#define DIGITS "0123456789"
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"

struct promql_reader {
    const char *next;
    struct promql_fault *fault;
    bool failed;
    int depth;
};

/* Reports the first fault of a query, at a place in its text; later ones may follow from it. Returns PROMQL_NOTHING. */
enum promql_type promql_fail(struct promql_reader *reader, const char *at, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Moves on behind blanks and comments. */
void promql_skip_space(struct promql_reader *reader);
/* Moves on behind a sign, if it stands here. */
bool promql_take(struct promql_reader *reader, const char *sign);
/* The same, and a fault if it does not; `open` is the bracket that it closes. */
bool promql_expect(struct promql_reader *reader, const char *sign, const char *open);
/* The length of the word that stands here, a name of a metric, function or label; 0 for none. */
size_t promql_word_length(const struct promql_reader *reader);
/* Moves on behind a word, if it stands here, in small or capital letters. */
bool promql_take_word(struct promql_reader *reader, const char *word);
/* Reads a text in quotes, which begins here. */
bool promql_read_string(struct promql_reader *reader);
bool promql_read_duration(struct promql_reader *reader);
/* The length of a duration such as 5m or 1h30m; 0 for none. */
size_t promql_duration_length(const char *text);
/* Where the number that begins the text ends. */
const char *promql_behind_number(const char *text);

#endif
