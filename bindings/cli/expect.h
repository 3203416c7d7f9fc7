/* --expect: a file that says what a change may do, and that everything else stays as it is. */
#ifndef HYBRIDGEN_EXPECT_H
#define HYBRIDGEN_EXPECT_H

#include "changes.h"
#include "findings.h"
#include "output.h"

#include <stdint.h>

/* An entry of the file: a pattern, in which a star stands for any text. */
struct expected {
    char *pattern;
    uint32_t line, column;
    /* Effects that it allows, one bit (1 << enum hd_effect) each; 0 for a connection. */
    unsigned effects;
    /* Whether what it allows was seen. */
    bool happens;
};

struct expected_list {
    /* The key of the file below which it stands. */
    const char *key;
    struct expected *items;
    size_t n;
    /* Those without a star, in order of their patterns, and the places of the others. */
    struct expected **exact;
    size_t n_exact, *starred, n_starred;
};

struct expect {
    const char *file;
    char *text;
    size_t length;
    /* Whether connections were not compared, so that those that are missing are not told. */
    bool is_partly;
    struct expected_list objects, added, removed, exposed;
};

/* Reads the file. Complains, or adds to the findings what is wrong in it; returns an exit status. */
int expect_read(struct expect *expect, const char *file, struct findings *findings);

/* Reads the text of the file; for expect_read(). */
void expect_parse(struct expect *expect, struct findings *findings);

/* Finds what the change does beyond the file. Of a workspace, names begin with that of the application: shop/Deployment/web. */
void expect_judge(struct expect *expect, const struct changes *changes, struct findings *findings);

/* Says that something was not compared, and why. */
void expect_tell_unknown(struct expect *expect, const char *what, const char *why, const char *hint, struct findings *findings);

/* Finds what is in the file and does not happen; prints the findings and frees them. Returns an exit status. */
int expect_end(struct expect *expect, const struct call *call, const struct input *input, struct findings *findings);

/* Writes a file that expects these changes and nothing else. */
int expect_write(const char *file, const struct changes *changes, size_t n_changes);

void expect_free(struct expect *expect);

#endif
