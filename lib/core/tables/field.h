/*
 * Rows of the field tables. A table names each member of a struct once; loading, resolving, checking, writing, the
 * schema and the bindings walk it. Before a table:
 *
 *     #define T hd_port
 *     static const struct hd_field port_fields[] = {
 *         STR("name", name, .format = &port_name_format),
 *     };
 *     const struct hd_struct hd_port_struct = STRUCT(port_fields, .scalar = "port", .keyed_by = "name");
 *     #undef T
 *
 * A row whose macro does not fit the member's type does not compile. The words of documentation are the header's
 * comments; field_docs.h is made from them while building.
 */
#ifndef HD_CORE_TABLES_FIELD_H
#define HD_CORE_TABLES_FIELD_H

#include <hybriddeploy/schema.h>
#include <string.h>

#include "core/text/format.h"
#include "field_docs.h"

#define PASTE_(a, b, c, d) a##b##c##d
#define PASTE(a, b, c, d) PASTE_(a, b, c, d)
#define QUOTE_(a) #a
#define QUOTE(a) QUOTE_(a)

#define MEMBER_(m) (((struct T *)0)->m)
#define DOC_OF_(m) PASTE(doc_, T, _, m)

/* Attributes follow the member; `.kind` is appended last so that __VA_ARGS__ is never empty, which C11 forbids. */
#define ROW_(k, type, m, ...) \
    {.key = (k), .member = #m, .offset = _Generic(&MEMBER_(m), type: offsetof(struct T, m)), .doc = DOC_OF_(m), __VA_ARGS__}
#define ENUM_ROW_(k, m, type, ...) ROW_(k, enum type *, m, .words = &type##_enum, __VA_ARGS__)
#define STRS_ROW_(k, m, ...) ROW_(k, const char *const **, m, .count_offset = offsetof(struct T, n_##m), __VA_ARGS__)
#define OBJ_ROW_(k, m, type, ...) ROW_(k, struct type *, m, .of = &type##_struct, __VA_ARGS__)
#define LIST_ROW_(k, m, type, ...) \
    ROW_(k, const struct type **, m, .count_offset = offsetof(struct T, n_##m), .of = &type##_struct, __VA_ARGS__)

#define STR(k, ...) ROW_(k, const char **, __VA_ARGS__, .kind = HD_STRING)
#define IOS(k, ...) ROW_(k, const char **, __VA_ARGS__, .kind = HD_INT_OR_STRING)
#define INT(k, ...) ROW_(k, int64_t *, __VA_ARGS__, .kind = HD_INTEGER)
#define OPT(k, ...) ROW_(k, struct hd_opt_int *, __VA_ARGS__, .kind = HD_OPTIONAL_INTEGER)
#define BOOL(k, ...) ROW_(k, enum hd_bool *, __VA_ARGS__, .kind = HD_BOOLEAN)
#define ENUM(k, ...) ENUM_ROW_(k, __VA_ARGS__, .kind = HD_ENUMERATION)
#define STRS(k, ...) STRS_ROW_(k, __VA_ARGS__, .kind = HD_STRING_LIST)
#define OBJ(k, ...) OBJ_ROW_(k, __VA_ARGS__, .kind = HD_STRUCT)
#define LIST(k, ...) LIST_ROW_(k, __VA_ARGS__, .kind = HD_STRUCT_LIST)
#define VALUE(k, ...) ROW_(k, const char **, __VA_ARGS__, .kind = HD_VALUE)
#define EMBED(m, type) OBJ_ROW_("", m, type, .kind = HD_EMBEDDED)

#define STRUCT_(table, ...)                                                                                 \
    {.doc = DOC_OF_(), .size = sizeof(struct T), .at_offset = offsetof(struct T, at), .fields = (table),     \
     .n_fields = sizeof(table) / sizeof *(table), .field_size = sizeof(struct hd_field), __VA_ARGS__}
#define STRUCT(...) STRUCT_(__VA_ARGS__, .name = QUOTE(T))

#define WORDS(type, ...)                                        \
    static const struct hd_word type##_words[] = {__VA_ARGS__}; \
    const struct hd_enum type##_enum = {#type, type##_words, sizeof type##_words / sizeof *type##_words}

/* The words that a string may be: `CHOICES(dns_policy, WORD("ClusterFirst"), WORD("None"));` for rows with `.words = &dns_policy`. */
#define WORD(text) {.name = (text)}
#define CHOICES(name, ...)                                        \
    static const struct hd_word name##_words[] = {__VA_ARGS__}; \
    static const struct hd_enum name = {#name, name##_words, sizeof name##_words / sizeof *name##_words}

#define FOR(workload) (1u << HD_WORKLOAD_##workload)
/* Kinds that keep running and serve; the others run to an end. */
#define SERVING (FOR(DEPLOYMENT) | FOR(STATEFUL_SET) | FOR(DAEMON_SET))
/* Kinds whose pods somebody counts. */
#define REPLICATED (FOR(DEPLOYMENT) | FOR(STATEFUL_SET))
#define RUNNING_TO_END (FOR(JOB) | FOR(CRON_JOB))
/* Modes in which a mesh does what the member says; a waypoint does not know which of the callers asks. */
#define IN_MESH (1u << HD_MESH_SIDECAR | 1u << HD_MESH_AMBIENT)
#define WITH_SIDECARS (1u << HD_MESH_SIDECAR)
/* In a mesh, and where requests come in by a gateway without one. */
#define BY_GATEWAY (IN_MESH | 1u << HD_MESH_MODE_GATEWAY)

/* Reading members through their rows. */
static inline const void *field_in(const struct hd_field *field, const void *object)
{
    return (const char *)object + field->offset;
}

static inline size_t field_count(const struct hd_field *field, const void *object)
{
    return *(const size_t *)(const void *)((const char *)object + field->count_offset);
}

/* Where the struct was written; never NULL, but all zero when that is unknown. */
const struct hd_at *struct_at(const struct hd_struct *type, const void *object);

static inline void struct_set_at(const struct hd_struct *type, void *object, const struct hd_at *at)
{
    *(const struct hd_at **)(void *)((char *)object + type->at_offset) = at;
}

static inline const char *field_text(const struct hd_field *field, const void *object)
{
    return *(const char *const *)field_in(field, object);
}

/* Copies a member, and its count where it has one, from another struct of the same type. */
void field_copy(const struct hd_field *field, void *object, const void *from);

/* Whether a text is the word that refuses a default; only of rows that allow it. */
static inline bool is_none(const char *text)
{
    return text && !strcmp(text, "none");
}

/* Whether the default of a number is refused (HD_NONE). */
bool field_is_none(const struct hd_field *field, const void *object);

/* The number of an integer, optional integer, truth value or enum; 0 when unset. */
int64_t field_number(const struct hd_field *field, const void *object);

/* Most structs are: looking at their bytes costs less than asking each row. What is not zero may still be padding. */
static inline bool is_all_zero(const void *object, size_t size)
{
    const char *bytes = (const char *)object;

    return !*bytes && !memcmp(bytes, bytes + 1, size - 1);
}

/* Whether the member was given: for a struct, whether any of its members was. An empty list that was given counts. */
bool field_is_set(const struct hd_field *field, const void *object);
bool struct_is_set(const struct hd_struct *type, const void *object);

/* Whether `enabled: true` was not written but set by the loader, because other members of the struct were given. */
bool field_is_implied(const struct hd_struct *type, const struct hd_field *field, const void *object);

/* The struct's `enabled: false`, `mode: off` or `type: none`, beside which nothing has an effect but what says so; NULL when it is not off. */
const struct hd_field *switched_off(const struct hd_struct *type, const void *object);

/* The file beside which a file that the member names is: where the member was written. NULL is the working directory, where settings are. */
const char *field_file(const struct hd_struct *type, const struct hd_field *field, const void *object);

/*
 * Where a member was written, or its element `item` (from 1; 0 for the member itself); an element without a mark of its own stands where
 * the member does. NULL when it was not written. Long lists before it cost next to nothing.
 */
const struct hd_mark *at_mark(const struct hd_at *at, const struct hd_field *field, uint32_t item);

struct hd_document;

/* Behind `at` of a struct that the library handed out. */
struct hd_rest {
    /* Members that the program does not know: in a struct of the library's, which lives as long. NULL when there are none. */
    const struct hd_struct *type;
    const void *object;
    /* Whether errors were found in the file; a program may give its model to calls with other diagnostics. */
    bool has_errors;
    /* The texts that the model was read from, which live as long. */
    const struct hd_source *sources;
    size_t n_sources;
    /* The document; NULL where other environments than its own do not count. */
    const struct hd_document *document;
    /* The environment that it was loaded for, `base` without one; and the names of files in the positions of the environment's layers,
       which are texts of their own. */
    const char *environment;
    const char *const *layer_files;
    size_t n_layer_files;
};

/* The environment whose layers have a position with this name of a file; NULL when it is none of theirs. */
const char *at_environment(const struct hd_at *at, const char *file);

/* Whether a key was given in the file. */
bool at_has(const struct hd_at *at, const char *key);

/* Whether it may have been given with a value that the loader refused: that was said already. For members that are unset. */
bool at_refused(const struct hd_at *at, const char *key);

static inline bool at_has_errors(const struct hd_at *at)
{
    return at && at->rest && at->rest->has_errors;
}

/* The row of a key, also one of an embedded struct; NULL when there is none. `*object` moves to the struct that has it. */
const struct hd_field *field_by_key(const struct hd_struct *type, const char *key, size_t length, const void **object,
                                    const struct hd_struct **owner);

/* The row of a key of the struct itself; NULL when there is none. */
const struct hd_field *field_of(const struct hd_struct *type, const char *key);

/* Whether a member may exclude others of its struct, or they it: most cannot. What stands alone has the first row. */
static inline bool field_may_exclude(const struct hd_struct *type, const struct hd_field *field)
{
    return field->choice || type->fields->alone;
}

/* Whether two members of one struct exclude each other. */
static inline bool fields_exclude(const struct hd_field *a, const struct hd_field *b)
{
    return (a->choice && a->choice == b->choice) || a->alone || b->alone;
}

/* Whether nothing can be meant by an empty mapping for the struct. */
bool field_must_say_more(const struct hd_struct *type, const struct hd_field *field);

/* The word for a value; "" when there is none. */
const char *enum_name(const struct hd_enum *words, int value);
/* The entry of a word; NULL when it is none of them. */
const struct hd_word *enum_word(const struct hd_enum *words, const char *word);

/* Whether the struct holds terms by which something is selected, so that an empty one selects everything. */
static inline bool is_selector(const struct hd_struct *type)
{
    return type->may_be_empty && type->fields[0].kind == HD_STRUCT_LIST;
}

#endif
