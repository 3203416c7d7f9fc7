/* The documents of a text, one after the other. */
#ifndef HD_CORE_READING_STREAM_H
#define HD_CORE_READING_STREAM_H

#include "tree.h"

/* Where reading goes on; begin with stream_begin(). */
struct stream {
    struct tree_memory memory;
    struct hd_diagnostics *report;
    const char *file;
    const char *next, *end;
    /* The end of the document at `next`, where several values of JSON may stand; and whether they may still. */
    const char *document;
    bool may_be_json;
    /* Lines before `next`, and before `document`. */
    uint32_t before, before_end;
};

void stream_begin(struct stream *stream, struct tree_memory memory, struct hd_diagnostics *report, const char *file, const char *text,
                  size_t length);

/*
 * Reads the next document: YAML between lines of three dashes, or a value of JSON, of which several may follow each other on lines of their
 * own. Documents of blanks and comments are passed over. `*ret_root` is NULL when it cannot be read, for a reason that was reported: the
 * documents behind it are read all the same. Its nodes are the caller's, who may empty their arena before the next one. False at the end.
 */
bool stream_next(struct stream *stream, struct node **ret_root);

#endif
