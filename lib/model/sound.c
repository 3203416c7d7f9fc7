#include "sound.h"

#include "core/reporting/report.h"
#include "core/tables/field.h"
#include "core/tables/path.h"
#include "tables.h"

#include <inttypes.h>
#include <string.h>

struct sound {
    struct hd_diagnostics *report;
    bool failed;
};

/* A struct on the way to what is looked at. */
struct part {
    const struct hd_struct *type;
    const void *object;
    const struct hd_at *at;
    const struct step *path;
};

static void found(struct sound *sound, const struct part *part, const struct hd_field *field, size_t item, const char *right,
                  const char *format, ...) __attribute__((format(printf, 6, 7)));

static void found(struct sound *sound, const struct part *part, const struct hd_field *field, size_t item, const char *right,
                  const char *format, ...)
{
    struct step step = {.outer = part->path, .key = field->key, .index = item};
    va_list args;
    char *what;

    sound->failed = true;
    if (!sound->report)
        return;
    va_start(args, format);
    what = arena_vprintf(&sound->report->arena, format, args);
    va_end(args);
    hint(finding_in(sound->report, HD_WRONG_CALL, part->at->file, part->at->line, part->at->column,
                    path_text(&sound->report->arena, &step), "%s", what),
         "%s", right);
}

static bool has_value(const struct hd_enum *words, int64_t value)
{
    for (size_t i = 0; i < words->n_words; i++)
        if (words->words[i].value == value)
            return true;
    return !value;
}

static void check_enum(struct sound *sound, const struct part *part, const struct hd_field *field)
{
    int value = *(const int *)field_in(field, part->object);
    bool is_known = field->kind == HD_BOOLEAN ? value >= HD_BOOL_UNSET && value <= HD_FALSE : has_value(field->words, value);

    if (!is_known)
        found(sound, part, field, 0, "set it to a constant of the enum, or to 0 to leave it unset",
              "%s is %d, which is not a value of enum %s", field->member, value,
              field->kind == HD_BOOLEAN ? "hd_bool" : field->words->name);
}

/* A number that is not set would be lost. */
static void check_optional(struct sound *sound, const struct part *part, const struct hd_field *field)
{
    const struct hd_opt_int *number = field_in(field, part->object);

    if (number->value && !number->set)
        found(sound, part, field, 0, "write HD_INT(number), which sets it, or leave the value 0", "%s has the value %" PRId64 ", but is not set",
              field->member, number->value);
}

/* Whether a list can be walked through. */
static bool has_array(struct sound *sound, const struct part *part, const struct hd_field *field)
{
    size_t count = field_count(field, part->object);

    if (!count || *(const void *const *)field_in(field, part->object))
        return true;
    found(sound, part, field, 0, "set both, or leave both unset", "%s is NULL, but n_%s is %zu", field->member, field->member, count);
    return false;
}

static void check_strings(struct sound *sound, const struct part *part, const struct hd_field *field)
{
    const char *const *texts = *(const char *const *const *)field_in(field, part->object);

    if (!has_array(sound, part, field))
        return;
    for (size_t i = 0; i < field_count(field, part->object); i++)
        if (!texts[i])
            found(sound, part, field, i + 1, "leave NULL out, and count the strings alone", "the list holds NULL where a string must be");
}

static void check_struct(struct sound *sound, const struct hd_struct *type, const void *object, const struct hd_at *outer_at,
                         const struct step *path);

static void check_list(struct sound *sound, const struct part *part, const struct hd_field *field)
{
    const struct hd_struct *of = field->of;
    const struct hd_field *key = of->keyed_by ? field_of(of, of->keyed_by) : NULL;
    const char *items = *(const char *const *)field_in(field, part->object);
    struct step step = {.outer = part->path, .key = field->key};

    if (!has_array(sound, part, field))
        return;
    for (size_t i = 0; i < field_count(field, part->object); i++) {
        step.name = key ? field_text(key, items + i * of->size) : NULL;
        step.index = i + 1;
        check_struct(sound, of, items + i * of->size, part->at, &step);
    }
}

static void check_struct(struct sound *sound, const struct hd_struct *type, const void *object, const struct hd_at *outer_at,
                         const struct step *path)
{
    const struct hd_at *own = struct_at(type, object);
    struct part part = {type, object, own->line ? own : outer_at, path};
    struct step step = {.outer = path};

    for (size_t i = 0; i < type->n_fields; i++) {
        const struct hd_field *field = &type->fields[i];

        switch (field->kind) {
        case HD_BOOLEAN:
        case HD_ENUMERATION:
            check_enum(sound, &part, field);
            break;
        case HD_OPTIONAL_INTEGER:
            check_optional(sound, &part, field);
            break;
        case HD_STRING_LIST:
            check_strings(sound, &part, field);
            break;
        case HD_STRUCT_LIST:
            check_list(sound, &part, field);
            break;
        case HD_STRUCT:
        case HD_EMBEDDED:
            step.key = field->kind == HD_EMBEDDED ? NULL : field->key;
            if (!is_all_zero(field_in(field, object), field->of->at_offset))
                check_struct(sound, field->of, field_in(field, object), part.at, &step);
            break;
        default:
            break;
        }
    }
}

bool struct_is_sound(struct hd_diagnostics *report, const struct hd_struct *type, const void *object, const struct step *path)
{
    static const struct hd_at nowhere = {0};
    struct sound sound = {.report = report};

    check_struct(&sound, type, object, &nowhere, path);
    return !sound.failed;
}

bool app_is_sound(struct hd_diagnostics *report, const struct hd_app *app)
{
    return struct_is_sound(report, &hd_app_struct, app, NULL);
}
