#include "refuse.h"

#include "report.h"

#include <string.h>

enum { LARGEST_OPTIONS = 4096 };

enum hd_status refuse_call(struct hd_diagnostics *report, const char *format, ...)
{
    jmp_buf out_of_memory;
    va_list args;
    char *what;

    if (!report)
        return HD_BAD_CALL;
    report->arena.out_of_memory = &out_of_memory;
    if (setjmp(out_of_memory))
        return HD_NO_MEMORY;
    va_start(args, format);
    what = arena_vprintf(&report->arena, format, args);
    va_end(args);
    finding_in(report, HD_WRONG_CALL, NULL, 0, 0, NULL, "%s", what);
    report_finish(report);
    return HD_BAD_CALL;
}

enum hd_status options_take(struct hd_diagnostics *report, void *own, size_t size, const void *options, const char *name)
{
    size_t given = 0;

    memset(own, 0, size);
    if (!options)
        return HD_OK;
    memcpy(&given, options, sizeof given);
    if (given < sizeof given || given > LARGEST_OPTIONS)
        return refuse_call(report, "the size in struct %s is %zu; set it to sizeof(struct %s)", name, given, name);
    for (size_t i = size; i < given; i++)
        if (((const char *)options)[i])
            return refuse_call(report, "struct %s of the program is longer than that of the library, and sets byte %zu: install a newer "
                               "version of the library, or leave the option unset", name, i);
    memcpy(own, options, given < size ? given : size);
    memcpy(own, &size, sizeof size);
    return HD_OK;
}

enum hd_status check_words(struct hd_diagnostics *report, const char *const *words, size_t count, const char *member)
{
    if (count && !words)
        return refuse_call(report, "%s is NULL, but n_%s is %zu", member, member, count);
    for (size_t i = 0; i < count; i++)
        if (!words[i])
            return refuse_call(report, "%s[%zu] is NULL", member, i);
    return HD_OK;
}
