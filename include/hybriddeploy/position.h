/** Where the parts of a model were written, so that a diagnostic can point at them. */
#ifndef HYBRIDDEPLOY_POSITION_H
#define HYBRIDDEPLOY_POSITION_H

#include <stddef.h>
#include <stdint.h>

struct hd_field;
struct hd_rest;

/** Where one member of a struct was written. Filled in by the loader. */
struct hd_mark {
    /** File name, as it was given. */
    const char *file;
    /** Line, from 1. */
    uint32_t line;
    /** Column, from 1, counted in characters. */
    uint32_t column;
    /** The member's row in the struct's table (see schema.h). */
    const struct hd_field *member;
    /** 0 for the member itself, i + 1 for element i of a list of strings. */
    uint32_t item;
};

/**
 * Where a struct was written. Every model struct ends with a pointer to one, called `at`: NULL when unknown, and diagnostics
 * then name the model path alone. A hand-written model may set it to HD_HERE.
 */
struct hd_at {
    /** File name; NULL when unknown. */
    const char *file;
    /** Line, from 1. */
    uint32_t line;
    /** Column, from 1. */
    uint32_t column;
    /** Positions of the members that were written; NULL when only the struct's own is known. */
    const struct hd_mark *marks;
    /** Number of marks. */
    uint32_t n_marks;
    /**
     * Members of the struct that the program's headers do not have. The library sets it in structs that it
     * returns and reads it in structs that it gets, so a program that copies a struct with its `at` loses nothing. NULL in a position that
     * the program makes itself.
     */
    const struct hd_rest *rest;
};

/** The position of this line of the program, for `.at = HD_HERE`. In C, inside of a function, it is there until its block ends. */
#ifdef __cplusplus
#define HD_HERE                                                                          \
    ([]() -> const hd_at * {                                                             \
        static const hd_at hd_here_ = {__FILE__, __LINE__, 1, nullptr, 0, nullptr};      \
        return &hd_here_;                                                                \
    }())
#else
#define HD_HERE (&(const struct hd_at){.file = __FILE__, .line = __LINE__, .column = 1})
#endif

#endif
