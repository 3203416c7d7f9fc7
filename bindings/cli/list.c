#include "output.h"
#include "verbs.h"

#include <hybriddeploy/diagnostic.h>
#include <stdio.h>
#include <string.h>

static void list_kinds(struct output *output)
{
    const struct hd_kind_info *kind;
    size_t widest = 0;

    for (size_t i = 0; (kind = hd_kind_at(i)); i++)
        widest = strlen(kind->kind) > widest ? strlen(kind->kind) : widest;
    for (size_t i = 0; (kind = hd_kind_at(i)); i++) {
        char api[128];

        snprintf(api, sizeof api, "%s%s%s", kind->group, *kind->group ? "/" : "", kind->version);
        output_print(output, "%-*s  %-29s  ", (int)widest, kind->kind, api);
        output_text(output, kind->when);
        output_text(output, "\n");
    }
}

static void list_codes(struct output *output)
{
    const struct hd_code_info *code;

    for (size_t i = 0; (code = hd_code_at(i)); i++) {
        output_print(output, "HD%04d  %-7s  ", code->code, code->severity == HD_ERROR ? "error" : "warning");
        output_text(output, code->what);
        output_text(output, "\n");
    }
}

static void list_parts(struct output *output)
{
    const struct hd_part_info *part;

    for (size_t i = 0; (part = hd_part_at(i)); i++) {
        output_print(output, "%-12s  %-4s  ", part->name, part->group ? part->group : "");
        output_text(output, part->what);
        output_print(output, "; by default when %s\n", part->when);
    }
}

int run_list(const struct call *call)
{
    struct output output;
    int status = output_open(&output, call->output);

    if (status)
        return status;
    if (!strcmp(call->operands[0], "kinds"))
        list_kinds(&output);
    else if (!strcmp(call->operands[0], "codes"))
        list_codes(&output);
    else
        list_parts(&output);
    return output_close(&output, false);
}
