/*
 * From a line of a manifest to what it came from. Nothing in the library says which value of a model a line was written from. So each value
 * that may be meant, by its text and its name, is changed in a copy of the model: a line that then differs comes from it. What is found in this
 * way is certain. Where no change is possible, such as of a name that others use, texts and names alone decide, and the answer says so.
 */
#ifndef HYBRIDGEN_BACKWARD_BACKWARD_H
#define HYBRIDGEN_BACKWARD_BACKWARD_H

#include "../input.h"
#include "object.h"
#include "tree.h"

/* The effect on the object when a candidate was changed. */
enum trial { TRIAL_NONE, TRIAL_REFUSED, TRIAL_SAME, TRIAL_OBJECT_GONE, TRIAL_OTHER };

/* A value of the complete model, or a part of it that the user wrote. */
struct candidate {
    /* `value` borrows its texts from the candidate. */
    struct hd_value value;
    /* A part is tried by taking it away. */
    bool is_part;
    enum trial trial;
    /* The text after the change; NULL when the value was taken away. */
    char *changed_to;
    /* The object after the change; NULL unless it is TRIAL_OTHER. */
    struct tree *object;
    /* For the value that is asked for at the moment. */
    long score;
    bool is_seen;
};

struct backward {
    const struct input *input;
    /* The model in question, and, of a workspace, the index of its application. */
    const struct hd_model *model;
    size_t application;
    /* The object in question: its manifest, its text and tree. */
    size_t index;
    const struct hd_manifest *manifest;
    char *text;
    size_t length;
    struct tree *object;
    /* The file that was read last, and its text. */
    char *file, *file_text;
    struct candidate *candidates;
    size_t n;
    /* The entry of `manifests` that was found last, at the place of the value in it. */
    struct candidate whole;
};

/* A value that the line came from. */
struct source {
    const struct candidate *candidate;
    bool is_certain;
};

enum { MOST_SOURCES = 4 };
struct sources {
    struct source items[MOST_SOURCES];
    size_t n;
};

/* Begins with a manifest; its model must have been checked. Returns an exit status; backward_close() follows in either case. */
int backward_open(struct backward *backward, const struct input *input, const struct found_manifest *found);
void backward_close(struct backward *backward);

/* Finds the sources of a value of the object; none where the library writes it in all such objects. */
void backward_find(struct backward *backward, const struct way *way, struct sources *sources);

/* Changes a candidate, once, and notes what becomes of the object. */
void backward_try(struct backward *backward, struct candidate *candidate);

/* Rates how well a candidate fits by its text and its name; 0 when it does not. */
long backward_score(const struct backward *backward, const struct candidate *candidate, const struct way *way);

/* The text of a file, of which the last one is kept; NULL when it cannot be read. */
const char *backward_text_of(struct backward *backward, const char *file);

/* Whether the user wrote the object whole: `whole` is then the place, and `*ret_same` tells whether the value stands there as it is. */
bool backward_find_whole(struct backward *backward, const struct way *way, bool *ret_same);

/* Whether a text stands in the line of a value, which may be a name for it, such as that of a port; true where the file cannot be read. */
bool backward_shows(struct backward *backward, const struct hd_value *value, const char *text);

/* Gives parts among the sources the place of their key, where the model's text shows it. */
void backward_place_parts(struct backward *backward, const struct sources *sources);

/* The texts to which a value can be changed, as --set takes them; NULL past the end. To be freed. */
char *backward_change(const struct hd_value *value, size_t index);

#endif
