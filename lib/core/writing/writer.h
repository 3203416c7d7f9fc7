/*
 * Writes YAML or JSON. An emitter looks like what it writes:
 *
 *     DOC(y) {
 *         y_str(y, "kind", "Service");
 *         MAP(y, "spec")
 *             SEQ(y, "ports")
 *                 ITEM(y)
 *                     y_int(y, "port", 80);
 *     }
 *
 * Strings that are NULL and containers without content vanish. The blocks are `for` loops: no break and no return inside.
 * Failure is sticky: after a sink has stopped, calls do nothing.
 */
#ifndef HD_CORE_WRITING_WRITER_H
#define HD_CORE_WRITING_WRITER_H

#include "core/memory/arena.h"
#include "core/tables/field.h"

enum { WRITER_DEEPEST = 40 };

struct yaml_out {
    enum hd_format format;
    hd_sink *sink;
    void *user;
    bool failed;
    char *buffer;
    size_t length, capacity;
    jmp_buf *out_of_memory;
    size_t n_documents;
    /* A JSON text that is being put together for a value, or NULL; its entries down to some depth are on lines of their own, with the margin
       of the block that it will be. */
    struct yaml_out *inner;
    int lines_to, margin;
    /* A comment for the line of the next value, in YAML; it is written once. One line of printable text. */
    const char *comment;
    /* Containers that are open; those above `n_written` have nothing in them yet and are not written. */
    struct level {
        const char *key; /* under which it stands, or NULL for an element of a list */
        enum level_kind { LEVEL_MAP, LEVEL_SEQ } kind;
        bool has_content;
        bool on_dash; /* its first entry follows the dash of the list */
        int indent;
    } levels[WRITER_DEEPEST];
    int depth, n_written;
};

/* A writer's buffer is its own: writer_free() it. What was written is handed to the sink by writer_flush(). */
void writer_init(struct yaml_out *y, enum hd_format format, hd_sink *sink, void *user, jmp_buf *out_of_memory);
void writer_flush(struct yaml_out *y);
void writer_free(struct yaml_out *y);

/* Around all documents; they matter to a List. */
void writer_begin(struct yaml_out *y);
void writer_end(struct yaml_out *y);

void y_str(struct yaml_out *y, const char *key, const char *value);
void y_strn(struct yaml_out *y, const char *key, const char *value, size_t length);
void y_int(struct yaml_out *y, const char *key, int64_t value);
void y_opt(struct yaml_out *y, const char *key, struct hd_opt_int value);
void y_bool(struct yaml_out *y, const char *key, bool value);
/* A truth value that vanishes when unset. */
void y_tri(struct yaml_out *y, const char *key, enum hd_bool value);
/* A number when the text is one, else a string. */
void y_int_or_str(struct yaml_out *y, const char *key, const char *value);
/* A text that is written as it stands: a plain decimal number, or in a JSON text a container that is on one line there. */
void y_as_is(struct yaml_out *y, const char *key, const char *value);
/* A quantity, as the API server writes it. */
void y_quantity(struct yaml_out *y, const char *key, const char *value);
/* Pairs as a mapping; and as a list of mappings with `name` and `value`. */
void y_pairs(struct yaml_out *y, const char *key, const struct hd_pair *pairs, size_t n_pairs);
void y_pair_list(struct yaml_out *y, const char *key, const struct hd_pair *pairs, size_t n_pairs);
void y_strs(struct yaml_out *y, const char *key, const char *const *values, size_t n_values);
void y_null(struct yaml_out *y, const char *key);
/* An empty mapping or list, which does not vanish. */
void y_empty_map(struct yaml_out *y, const char *key);
void y_empty_seq(struct yaml_out *y, const char *key);

/* All members of a struct that stand in manifests under their own names; and the struct as a mapping. */
void y_fields(struct yaml_out *y, const struct hd_struct *type, const void *object);
void y_object(struct yaml_out *y, const char *key, const struct hd_struct *type, const void *object);
#define Y_FIELDS(y, type, object) y_fields(y, &type##_struct, object)
#define Y_OBJECT(y, key, type, object) y_object(y, key, &type##_struct, object)

/*
 * A value that is a JSON text by itself: the document that is written to what y_begin_json() returns, up to y_end_json(). There is
 * one at a time. Its keys are the emitter's own words, in which nothing has to be escaped.
 */
struct yaml_out *y_begin_json(struct yaml_out *y);
void y_end_json(struct yaml_out *y, const char *key);

/* A comment on a line of its own, behind what the open container has; without content it vanishes. */
void y_comment(struct yaml_out *y, const char *text);

bool writer_open(struct yaml_out *y, const char *key, enum level_kind kind);
bool writer_close(struct yaml_out *y);
bool writer_open_document(struct yaml_out *y);
bool writer_close_document(struct yaml_out *y);

#define BLOCK_NAME_(line) block_##line
#define BLOCK_NAME(line) BLOCK_NAME_(line)
#define BLOCK_(open, close) for (bool BLOCK_NAME(__LINE__) = (open); BLOCK_NAME(__LINE__); BLOCK_NAME(__LINE__) = (close))
#define DOC(y) BLOCK_(writer_open_document(y), writer_close_document(y))
#define MAP(y, key) BLOCK_(writer_open(y, key, LEVEL_MAP), writer_close(y))
#define SEQ(y, key) BLOCK_(writer_open(y, key, LEVEL_SEQ), writer_close(y))
/* A mapping as an element of a list. */
#define ITEM(y) BLOCK_(writer_open(y, NULL, LEVEL_MAP), writer_close(y))

#endif
