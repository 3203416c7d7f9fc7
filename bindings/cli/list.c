#include "call.h"
#include "output.h"
#include "verbs.h"
#include "workspace.h"

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

static void kinds_as_json(struct output *output)
{
    const struct hd_kind_info *kind;

    for (size_t i = 0; (kind = hd_kind_at(i)); i++) {
        output_json(output, true, "kind", kind->kind);
        output_json(output, false, "group", kind->group);
        output_json(output, false, "version", kind->version);
        output_json(output, false, "family", kind->family);
        output_json(output, false, "when", kind->when);
        output_text(output, "}\n");
    }
}

void code_as_json(struct output *output, const struct hd_code_info *code)
{
    char number[16];

    snprintf(number, sizeof number, "HD%04d", code->code);
    output_json(output, true, "code", number);
    output_json(output, false, "name", code->name);
    output_json(output, false, "severity", code->severity == HD_ERROR ? "error" : "warning");
    output_json(output, false, "what", code->what);
    output_json(output, false, "why", code->why);
    output_json(output, false, "wrong", code->wrong);
    output_json(output, false, "right", code->right);
    output_text(output, "}\n");
}

static void codes_as_json(struct output *output)
{
    for (size_t i = 0; hd_code_at(i); i++)
        code_as_json(output, hd_code_at(i));
}

static void parts_as_json(struct output *output)
{
    const struct hd_part_info *part;

    for (size_t i = 0; (part = hd_part_at(i)); i++) {
        output_json(output, true, "part", part->name);
        output_json(output, false, "group", part->group);
        output_json(output, false, "what", part->what);
        output_json(output, false, "when", part->when);
        output_text(output, "}\n");
    }
}

/* The lists by their names, as word_at() has them. */
static const struct list {
    const char *name;
    void (*as_text)(struct output *), (*as_json)(struct output *);
} lists[] = {{"kinds", list_kinds, kinds_as_json}, {"codes", list_codes, codes_as_json}, {"parts", list_parts, parts_as_json}};

/* The applications are those of a file, the other lists are the library's own. */
static int write_list(const struct call *call, struct output *output)
{
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (!strcmp(call->operands[0], lists[i].name))
            (call->format == HD_FORMAT_JSON ? lists[i].as_json : lists[i].as_text)(output);
    return strcmp(call->operands[0], "applications") ? EXIT_FINE : workspace_list(call, output);
}

int run_list(const struct call *call)
{
    bool is_json = call->format == HD_FORMAT_JSON;
    bool is_applications = !strcmp(call->operands[0], "applications");
    struct output output;
    int status, closed;

    if (is_applications && !workspace_is_meant(call))
        return complain(EXIT_WRONG_CALL, "list applications needs a workspace: give -f FILE, whose name ends with workspace.yaml");
    if (!is_applications && call->n_files)
        return complain(EXIT_WRONG_CALL, "list has no option --file but with applications, because %s are the same for all models",
                        call->operands[0]);
    if (!is_json && call->given & 1u << OPTION_FORMAT)
        return complain(EXIT_WRONG_CALL, "list is written as text, or with --format json as JSON, one object a line");
    status = output_open(&output, call->output);
    if (status)
        return status;
    status = write_list(call, &output);
    closed = output_close(&output, status > EXIT_WRONG_MODEL);
    return closed ? closed : status;
}
