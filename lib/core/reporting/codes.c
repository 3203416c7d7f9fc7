#include "codes.h"

#include <hybriddeploy/diagnostic.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>

#ifdef HD_WITHOUT_EXPLANATIONS
#define EXPLANATION(text) ""
#else
#define EXPLANATION(text) text
#endif
#define TEXTS(name, what, why, wrong, right) \
    #name "\0" what "\0" EXPLANATION(why) "\0" EXPLANATION(wrong) "\0" EXPLANATION(right)

/*
 * The texts of a code stand one behind the other, those of all codes too. So a row has their size alone, in four bytes; five pointers would
 * take forty, which every start of a program had to relocate. A struct holds them, since compilers need not know such a long literal.
 */
static const struct {
#define HD_CODE(number, name, severity, what, why, wrong, right) char of_##number[sizeof TEXTS(name, what, why, wrong, right)];
#include "diagnostic_codes.def"
#undef HD_CODE
} texts = {
#define HD_CODE(number, name, severity, what, why, wrong, right) TEXTS(name, what, why, wrong, right),
#include "diagnostic_codes.def"
#undef HD_CODE
};

static const struct row {
    unsigned code : 14, severity : 2, size : 16;
} rows[] = {
#define HD_CODE(number, name, severity, what, why, wrong, right) {number, HD_##severity, sizeof texts.of_##number},
#include "diagnostic_codes.def"
#undef HD_CODE
};
enum { N_ROWS = sizeof rows / sizeof *rows };

/* Programs keep these and read them without a lock, so each is written once. The last member tells that all are there. */
static struct hd_code_info infos[N_ROWS];

static bool is_filled(size_t index)
{
    return atomic_load((_Atomic(const char *) *)&infos[index].right);
}

static void fill(size_t index)
{
    struct hd_code_info *info = &infos[index];
    const char **members[] = {&info->name, &info->what, &info->why, &info->wrong};
    const char *text = (const char *)&texts;

    for (size_t i = 0; i < index; i++)
        text += rows[i].size;
    info->code = rows[index].code;
    info->severity = rows[index].severity;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        *members[i] = text;
        text += strlen(text) + 1;
    }
    atomic_store((_Atomic(const char *) *)&info->right, text);
}

const struct hd_code_info *hd_code_at(size_t index)
{
    static atomic_flag is_busy = ATOMIC_FLAG_INIT;

    if (index >= N_ROWS)
        return NULL;
    if (!is_filled(index)) {
        /* Not every host has locks to sleep at, and this one is held for less than a microsecond. */
        while (atomic_flag_test_and_set(&is_busy))
            continue; /* GCOVR_EXCL_LINE: needs two threads at once */
        if (!is_filled(index))
            fill(index);
        atomic_flag_clear(&is_busy);
    }
    return &infos[index];
}

const struct hd_code_info *hd_code_info(int code)
{
    for (size_t i = 0; i < N_ROWS; i++)
        if ((int)rows[i].code == code)
            return hd_code_at(i);
    return NULL;
}
