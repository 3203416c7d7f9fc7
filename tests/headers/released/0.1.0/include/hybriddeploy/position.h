#ifndef HYBRIDDEPLOY_POSITION_H
#define HYBRIDDEPLOY_POSITION_H
#include <stddef.h>
#include <stdint.h>
struct hd_field;
struct hd_rest;
struct hd_mark {
    const char *file;
    uint32_t line;
    uint32_t column;
    const struct hd_field *member;
    uint32_t item;
};
struct hd_at {
    const char *file;
    uint32_t line;
    uint32_t column;
    const struct hd_mark *marks;
    uint32_t n_marks;
    const struct hd_rest *rest;
};
#define HD_HERE (&(const struct hd_at){.file = __FILE__, .line = __LINE__, .column = 1})
#endif
