/*
 * Writes text that is no YAML: pieces one after the other. Failure is sticky: after a sink has stopped, calls do nothing.
 *
 *     text_put(t, "WORKDIR ", folder, "\n");
 *
 * Values of the model go through the function that quotes for the language at hand.
 */
#ifndef HD_CORE_WRITING_TEXT_OUT_H
#define HD_CORE_WRITING_TEXT_OUT_H

#include <hybriddeploy/generate.h>
#include <stdbool.h>

struct text_out {
    hd_sink *sink;
    void *user;
    bool failed;
    size_t length;
    char buffer[8 * 1024];
};

void text_init(struct text_out *t, hd_sink *sink, void *user);
/* Hands over what is left. */
void text_flush(struct text_out *t);

void text_putn(struct text_out *t, const char *text, size_t length);
/* Puts all pieces; NULL is none. */
void text_put_all(struct text_out *t, const char *const *pieces, size_t n_pieces);
#define text_put(t, ...)                                                                                                                   \
    text_put_all((t), (const char *const[]){__VA_ARGS__}, sizeof(const char *const[]){__VA_ARGS__} / sizeof(const char *))
void text_int(struct text_out *t, int64_t number);

/* A JSON string, with its quotes: also one for Dockerfiles' exec form. */
void text_json(struct text_out *t, const char *text);

#endif
