/** The structure of the model, as data: the library's own field tables, for editors, bindings and documentation. */
#ifndef HYBRIDDEPLOY_SCHEMA_H
#define HYBRIDDEPLOY_SCHEMA_H

#include <hybriddeploy/check.h>
#include <hybriddeploy/generate.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Type of a struct member. */
enum hd_kind {
    /** `const char *` */
    HD_STRING = 1,
    /** `int64_t`; 0 is unset */
    HD_INTEGER,
    /** `struct hd_opt_int` */
    HD_OPTIONAL_INTEGER,
    /** `enum hd_bool` */
    HD_BOOLEAN,
    /** an enum; 0 is unset */
    HD_ENUMERATION,
    /** `const char *` that holds a number or a word: a percentage, a port name */
    HD_INT_OR_STRING,
    /** `const char *const *` with a count */
    HD_STRING_LIST,
    /** a struct */
    HD_STRUCT,
    /** a struct whose members are members of the outer one in YAML */
    HD_EMBEDDED,
    /** pointer to an array of structs with a count */
    HD_STRUCT_LIST,
    /** `const char *` that holds any value as a text of YAML or JSON: JSON where the library read it from a file */
    HD_VALUE
};

/** One word of an enum. */
struct hd_word {
    const char *name;
    int value;
};

/** An enum of the model. The first word of a value is its name; further ones are aliases. */
struct hd_enum {
    const char *name;
    const struct hd_word *words;
    size_t n_words;
};

/** A form that strings must have. */
struct hd_format_rule;

/** A bit of hd_field.mesh beside those of enum hd_mesh_mode: no mesh, and requests come in by the application's `gateway`. */
enum { HD_MESH_MODE_GATEWAY = 4 };

/** One member of a struct. */
struct hd_field {
    /** Name in YAML. */
    const char *key;
    /** Name in C. */
    const char *member;
    enum hd_kind kind;
    /** Offset of the member, and of its count where it has one. */
    uint32_t offset, count_offset;
    /** Its meaning: the text of the header's comment. */
    const char *doc;
    /** Struct of HD_STRUCT, HD_EMBEDDED and HD_STRUCT_LIST. */
    const struct hd_struct *of;
    /**
     * Words of HD_ENUMERATION; for a string, or every string of a list, the words that it may be (their values mean nothing). NULL
     * when free.
     */
    const struct hd_enum *words;
    /** Form of a string, of every string of a list, or of every value of a map; NULL when free. */
    const struct hd_format_rule *format;
    /** Form of every key of a map; NULL when free. */
    const struct hd_format_rule *key_format;
    /** Range of a number; both 0 when free. */
    int64_t min, max;
    /** Default of a number, enum or truth value; 0 when none. */
    int64_t def_int;
    /** Default of a string; NULL when none. */
    const char *def;
    /** For a list: the key under which a single scalar may stand for it, such as port for ports. */
    const char *short_key;
    /** Kinds of workload that have it, one bit (1 << enum hd_workload) each; 0 when all. */
    uint32_t workloads;
    /** Kubernetes minor version since which it exists; 0 when always. */
    uint16_t since;
    /**
     * Modes of the mesh in which it has an effect, one bit (1 << enum hd_mesh_mode) each, and HD_MESH_MODE_GATEWAY for applications without
     * a mesh whose `gateway` has it; 0 when all.
     */
    uint8_t mesh;
    /** Members of a struct with the same number here exclude each other; 0 when it excludes none. */
    uint8_t choice;
    /** Whether it excludes every other member of the struct. */
    bool alone;
    /** Whether it must be given. */
    bool required;
    /** Whether the name is the library's own, so that no manifest has a key of this name. */
    bool ours;
    /** Whether the API server does not store its zero or false, so that manifests leave it out. */
    bool omit_zero;
    /** Whether it has an effect even where `enabled: false` stands beside it. */
    bool anyway;
    /** Whether `none` refuses its default: no value at all. In a map, for each of its values too. See HD_NONE. */
    bool none;
    /**
     * Members of a struct with the same number here contradict each other unless one of them turns something off: what a later file or
     * setting says of one takes the others of earlier ones away. 0 when it contradicts none.
     */
    uint8_t replaces;
};

/** A struct of the model. */
struct hd_struct {
    /** Name in C, such as hd_port. */
    const char *name;
    /** Its meaning. */
    const char *doc;
    size_t size;
    /** Offset of its `at`. */
    size_t at_offset;
    /** Its members; hd_struct_field() gives one, since struct hd_field may be longer in the library than in the program. */
    const struct hd_field *fields;
    size_t n_fields;
    /** Size of one of them in the library. */
    size_t field_size;
    /** Key of the member that a scalar stands for, or NULL. */
    const char *scalar;
    /** Whether it is one entry of a plain map: its first member the key, its second the value. */
    bool map;
    /** Key of the member that is the key of a mapping when a list of such structs is written as one, or NULL. */
    const char *keyed_by;
    /** Whether an empty mapping is allowed: it then means all defaults. */
    bool may_be_empty;
    /** Whether none of its structs may be an empty mapping, because the mapping would have no effect, or another one in the manifest. */
    bool parts_are_filled;
    /** Where scalar is a truth value: key of the member that any other word stands for, or NULL. */
    const char *word;
    /** Key of the member that every mapping stands for, with all that is in it, or NULL. The mapping then names no members. */
    const char *whole;
};

/** Member `index` of a struct, below n_fields. */
static inline const struct hd_field *hd_struct_field(const struct hd_struct *type, size_t index)
{
    return (const struct hd_field *)(const void *)((const char *)type->fields + index * type->field_size);
}

/**
 * The struct of the whole application, from which all others are reached. Static. Offsets and sizes are those of the library's own
 * layout: walk hd_document_app_in(document, NULL) by them, or a program's own structs when they are known to be the same.
 */
HD_API const struct hd_struct *hd_schema_root(void);

/** The form of a string in words; and as a regular expression (ECMA 262), or NULL. */
HD_API const char *hd_format_words(const struct hd_format_rule *format);
HD_API const char *hd_format_pattern(const struct hd_format_rule *format);

/** Whether a string has this form. */
HD_API bool hd_format_is_valid(const struct hd_format_rule *format, const char *text);

/** Writes the JSON Schema (draft 2020-12) of the model. */
HD_API enum hd_status hd_schema_write(hd_sink *sink, void *user);

/**
 * Writes the complete model as YAML, with a comment behind each value that says where it came from, and behind each service
 * who reaches it and whom it reaches. The output is itself a model, which gives the same manifests. With a `path` such as
 * `services.auth-service.replicas` only this part is written; NULL is everything. HD_BAD_CALL when the model has no such part.
 */
HD_API enum hd_status hd_explain(const struct hd_model *model, const char *path, hd_sink *sink, void *user);

/** Where a value of a complete model came from. */
enum hd_value_origin {
    HD_VALUE_UNSET = 0,
    /** Written in the model. */
    HD_VALUE_GIVEN,
    /** An option of hd_resolve(), such as the namespace. */
    HD_VALUE_CALLER,
    /** Written in an entry of the model's runtimes. */
    HD_VALUE_RUNTIME,
    /** A default of the library, of all services or of one runtime. */
    HD_VALUE_DEFAULT,
    /** Made of another value, such as the tag of an image of imageTag. */
    HD_VALUE_DERIVED
};

/** One value of a complete model, and where it came from. Valid during the call of the visitor. */
struct hd_value {
    /** Model path, such as `services.auth-service.ports[0].port`, as hd_explain() takes it. */
    const char *path;
    /** The value as the model spells it: 8080, true, RollingUpdate. NULL for a list that was given empty. */
    const char *text;
    /** Kind of the value: HD_STRING for each element of a list of strings, HD_STRING_LIST or HD_STRUCT_LIST for an empty list. */
    enum hd_kind kind;
    enum hd_value_origin origin;
    /**
     * HD_VALUE_RUNTIME: name of the entry. HD_VALUE_DEFAULT: name of the runtime, NULL when the default is that of all.
     * HD_VALUE_DERIVED: the other value in words, such as "name of the service", or the file whose content it is. Else NULL.
     */
    const char *from;
    /** Where it was written (HD_VALUE_GIVEN, HD_VALUE_RUNTIME), as in a diagnostic; NULL when unknown. */
    const char *file;
    /** From 1; 0 when unknown. */
    uint32_t line, column;
    /** The environment whose layer gave it; NULL when it was none. */
    const char *environment;
};

/** Receives a value. Returns 0 to go on; anything else stops. */
typedef int hd_value_visitor(void *user, const struct hd_value *value);

/**
 * Hands over each value that hd_explain() writes, in the same order and with the same meaning of `path`. HD_UNWRITABLE when the visitor
 * stopped, HD_BAD_CALL when the model has no such part.
 */
HD_API enum hd_status hd_explain_values(const struct hd_model *model, const char *path, hd_value_visitor *visit, void *user);

/**
 * Writes the same values as JSON, one object a line: path, value, origin (given, caller, runtime, default or derived), from, file, line,
 * column and environment, null where struct hd_value has nothing. Integers and truth values are such in JSON too, and an empty list is [].
 */
HD_API enum hd_status hd_explain_json(const struct hd_model *model, const char *path, hd_sink *sink, void *user);

/**
 * Writes a model as it was given, without defaults, in the short form in which people write it: as YAML, or as JSON on one line.
 * Loaded again it is the same model. HD_BAD_CALL for what hd_resolve() refuses as well, and when the format is none of the two.
 */
HD_API enum hd_status hd_app_write(const struct hd_app *app, enum hd_format format, hd_sink *sink, void *user);

#ifdef __cplusplus
}
#endif

#endif
