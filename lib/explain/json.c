/* The values of a complete model as JSON, one a line. */
#include "core/writing/text_out.h"
#include "diagnostics/text.h"

#include <hybriddeploy/schema.h>

/* Whether the value stands in JSON as its text is: a number, a truth value, or JSON already. */
static bool is_plain(const struct hd_value *value)
{
    return value->kind == HD_BOOLEAN || value->kind == HD_INTEGER || value->kind == HD_OPTIONAL_INTEGER ||
           value->kind == HD_VALUE;
}

static void put_number(struct text_out *out, const char *key, uint32_t number)
{
    text_put(out, key);
    if (number)
        text_int(out, number);
    else
        text_put(out, "null");
}

static int write_value(void *user, const struct hd_value *value)
{
    static const char *const origins[] = {"unset", "given", "caller", "runtime", "default", "derived"};
    struct text_out *out = user;

    text_put(out, "{\"path\":");
    text_print_json(out, value->path);
    text_put(out, ",\"value\":");
    if (!value->text)
        text_put(out, "[]");
    else if (is_plain(value))
        text_put(out, value->text);
    else
        text_print_json(out, value->text);
    text_put(out, ",\"origin\":\"", origins[value->origin], "\",\"from\":");
    text_print_json(out, value->from);
    text_put(out, ",\"file\":");
    text_print_json(out, value->file);
    put_number(out, ",\"line\":", value->line);
    put_number(out, ",\"column\":", value->column);
    text_put(out, ",\"environment\":");
    text_print_json(out, value->environment);
    text_put(out, "}\n");
    return out->failed;
}

enum hd_status hd_explain_json(const struct hd_model *model, const char *path, hd_sink *sink, void *user)
{
    struct text_out out;
    enum hd_status status;

    if (!sink)
        return HD_BAD_CALL;
    text_init(&out, sink, user);
    status = hd_explain_values(model, path, write_value, &out);
    text_flush(&out);
    return status == HD_OK && out.failed ? HD_UNWRITABLE : status;
}
