/* Collecting diagnostics. Rules name a struct and its member; where it stood and what its model path is follows from that. */
#ifndef HD_CORE_REPORTING_REPORT_H
#define HD_CORE_REPORTING_REPORT_H

#include "codes.h"
#include "core/memory/arena.h"

#include <hybriddeploy/document.h>
#include <hybriddeploy/schema.h>
#include <stdint.h>

/*
 * A place in a model: a member of a struct, or one element of a list member, or a struct as a whole. It fits in two registers, because a
 * thousand calls pass one.
 */
struct where {
    const void *object;
    uint16_t size;   /* of the object, which tells it from its own first member */
    uint16_t offset; /* of the member; WHOLE for the struct itself */
    uint32_t item;   /* 0 for the member, i + 1 for its element i */
};

#define WHOLE UINT16_MAX
#define AT_ITEM(object, member, index) \
    ((struct where){(object), sizeof *(object), (uint16_t)offsetof(__typeof__(*(object)), member), (uint32_t)(index) + 1})
#define AT(object, member) ((struct where){(object), sizeof *(object), (uint16_t)offsetof(__typeof__(*(object)), member), 0})
#define AT_STRUCT(object) ((struct where){(object), sizeof *(object), WHOLE, 0})

struct finding {
    struct hd_diagnostic diagnostic;
    /* Places still to be looked up in the model; object NULL when there is none. */
    struct where where, also_where;
    const void *service; /* that was being looked at; several may share the object */
    struct hd_diagnostics *report; /* which it belongs to */
    const char **paths;            /* those of the diagnostic, to be added to */
    const char *word, *meant;      /* the text at the place, and what should stand there; NULL when a machine cannot mend it */
    const char *text, *inside;     /* a value, and what in it the finding is about; NULL when it is about the value as a whole */
    bool is_whole;                 /* quotes around the text go with it */
    const char *nearest;           /* likewise, for a word that the message quotes */
    const char *below, *below_file; /* a part of the value at the place, and where it stands; NULL when it is about the value as a whole */
    uint32_t below_line, below_column;
    bool silenced;
    size_t number; /* in order of reporting, so that sorting is stable */
    size_t environment;          /* whose model it was found in, as hd_diagnostics.environment has it */
    const char **environments;   /* all that it was found in, to be added to */
    size_t n_environments;
    bool in_layer;               /* whether the environment's own layer has its place */
    bool is_for_another;         /* whether it is hidden because another environment uses what has no effect in this one */
    struct finding *joined;      /* the finding that tells it too */
};

/* A struct that resolving made of one of the model's: what is found in it is told of the members of the same keys there. */
struct made {
    const struct hd_struct *type, *from_type;
    const void *object, *from;
};

struct hd_diagnostics {
    struct arena arena;
    size_t limit;
    bool strict;
    struct finding **findings;
    size_t n_findings;
    const void *service; /* which the rules look at now; NULL when it is the application as a whole */
    const struct hd_source *sources; /* the texts that the model was read from, while there are any */
    size_t n_sources;
    const struct made *made; /* NULL without one */
    size_t n_taken, beyond_taken, beyond_errors_taken; /* what report_take() took from it before: n_findings, beyond, beyond_errors */
    size_t n_finished;      /* those of earlier public calls; they come first until the next sorting */
    struct finding spare;   /* takes what is beyond all bounds */
    size_t visible;         /* after report_finish(): findings that hd_diagnostics_get() shows */
    size_t errors, omitted; /* likewise */
    size_t beyond, beyond_errors;
    const char **environments; /* those whose models were looked at */
    size_t n_environments;
    size_t environment; /* the one that is looked at now, from 1; 0 for a model that no document has */
};

/* Reports a finding on a place of the model. The result takes a hint and a second place; it is never NULL. */
struct finding *finding_at(struct hd_diagnostics *report, enum hd_code code, struct where where, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Reports a finding on a position in a file, for what is not in the model yet. */
struct finding *finding_in(struct hd_diagnostics *report, enum hd_code code, const char *file, uint32_t line, uint32_t column,
                           const char *path, const char *format, ...) __attribute__((format(printf, 7, 8)));

/* Says what would be right. */
void hint(struct finding *finding, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Asks whether the nearest of the right words was meant; where none is near (NULL), says what would be right. */
void hint_nearest(struct finding *finding, const char *nearest, const char *format, ...) __attribute__((format(printf, 3, 4)));

/*
 * Says that the text `word` at the place of the finding is certainly meant to be `meant`, which stands there as it is. Where the place has
 * another text, nothing comes of it. hint_nearest() implies it for the word that the message quotes.
 */
void meant(struct finding *finding, const char *word, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Likewise with what stands there as a piece of YAML, which takes the place of the text and of quotes around it. */
void meant_yaml(struct finding *finding, const char *word, const char *yaml);

/* Says what in the text of the value the finding is about: of a text of several lines it is told at its own line. */
void found_inside(struct finding *finding, const char *text, const char *inside);

/* Says that the finding is about a part of the value at its place: where that stands, and what its path is behind that of the value. */
void found_below(struct finding *finding, const char *file, uint32_t line, uint32_t column, const char *below);

/* Names the second place of a contradiction. */
void also_at(struct finding *finding, struct where where, const char *format, ...) __attribute__((format(printf, 3, 4)));
void also_in(struct finding *finding, const char *file, uint32_t line, uint32_t column, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/*
 * Looks up position and path of the findings that name members of `app`, and drops those that the model silences. One walk
 * over the model, and none without findings.
 */
void report_locate(struct hd_diagnostics *report, const struct hd_app *app);

/* The same for an object that is no application. */
void report_locate_in(struct hd_diagnostics *report, const struct hd_struct *type, const void *object);

/* The same for members that stand in no service. */
void report_locate_without_services(struct hd_diagnostics *report, const struct hd_app *app);

/* The same for those behind the first `n` findings that name members of one service of `app`, whose address is about to change. */
void report_locate_service(struct hd_diagnostics *report, size_t n, const struct hd_app *app, const struct hd_service *service, size_t index);

/*
 * Adds the findings of a collection that is finished, from which they borrow: those that were not taken before, unless they are hidden there.
 * report_finish() follows.
 */
void report_take(struct hd_diagnostics *report, struct hd_diagnostics *from);

/* Says that all findings up to report_finish() are of the model of this environment; NULL is of none. */
void report_environment(struct hd_diagnostics *report, const char *name);

/* Adds the environments of a finding to those of the one that tells it too. */
void add_environments(struct finding *first, const struct finding *finding);

/* Lets each diagnostic name its environments, unless the mistake is in all of them. */
void name_environments(struct hd_diagnostics *report);

/* Hides what is only wrong because a value that it is about, or that it stands in, was not understood. */
void silence_consequences(struct hd_diagnostics *report);

/* Says where the values of the findings end and how they are mended, as far as their texts are there, which are forgotten then. */
void report_measure(struct hd_diagnostics *report);

/* Hides findings that are the same mistake as an earlier one, whose paths they join. */
void join_alike(struct hd_diagnostics *report);

/* The name of the service that a model path leads into, which is not terminated, and its length; 0 when it leads into none. */
size_t path_service(const char *path, const char **ret_name);

/* Whether there is an error behind the first `n` findings. */
bool report_has_errors(const struct hd_diagnostics *report, size_t n);

/* Sorts and counts; every public function that reports ends with it. */
void report_finish(struct hd_diagnostics *report);

#endif
