/* The file of --expect, event by event: libfyaml's events have places, and a key that stands twice is among them. */
#ifndef HYBRIDGEN_EXPECT_READER_H
#define HYBRIDGEN_EXPECT_READER_H

#include "expect.h"

#include <libfyaml.h>

struct reader {
    struct expect *expect;
    struct findings *findings;
    struct fy_parser *parser;
    struct fy_diag *diag;
    struct fy_event *event;
    /* Of the event: its kind and place, and a copy of its text. */
    enum fy_event_type type;
    uint32_t line, column;
    char *text;
    /* Path of the value being read, for messages. */
    const char *path;
    size_t n_entries;
    bool failed;
};

/* Begins with a reader that has expect, findings and path; has failed when the file is no text. reader_close() follows in either case. */
void reader_open(struct reader *reader);
void reader_close(struct reader *reader);

/* Adds a finding at the event. */
struct hd_diagnostic *reader_wrong(struct reader *reader, enum hd_code code, const char *message);
/* The same; after this nothing more can be read. */
struct hd_diagnostic *reader_stop(struct reader *reader, enum hd_code code, const char *message);

/* Goes to the next event; its type is FYET_NONE once reading has failed. */
enum fy_event_type reader_next(struct reader *reader);
/* Passes over the rest of the value whose first event was read. */
void reader_skip(struct reader *reader);

#endif
