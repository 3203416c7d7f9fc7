/** Diagnostics: what is wrong with a model, where, and what would be right. Data, never printed by the library. */
#ifndef HYBRIDDEPLOY_DIAGNOSTIC_H
#define HYBRIDDEPLOY_DIAGNOSTIC_H

#include <hybriddeploy/codes.h>
#include <hybriddeploy/version.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How bad it is. */
enum hd_severity { HD_WARNING = 1, HD_ERROR = 2 };

/** Outcome of a library call. */
enum hd_status {
    /** Done. */
    HD_OK = 0,
    /** The model has errors; the diagnostics say which. */
    HD_INVALID = 1,
    /** The input could not be read or is not YAML; a diagnostic says why. */
    HD_UNREADABLE = 2,
    /** The output could not be written; a diagnostic says why. */
    HD_UNWRITABLE = 3,
    /** Memory ran out. Nothing was changed or written. */
    HD_NO_MEMORY = 4,
    /**
     * The call itself is wrong: NULL where it must not be, a size that is not set, a value that an enum does not have. Where the call is
     * given a collection, a diagnostic says what is wrong.
     */
    HD_BAD_CALL = 5
};

/** The meaning of a status in words: "the model has errors". Static; "an unknown status" for a number that is none. */
HD_API const char *hd_status_text(enum hd_status status);

/** A second place that a diagnostic speaks of. */
struct hd_place {
    /** File, or NULL when unknown. */
    const char *file;
    /** From 1; 0 when unknown. */
    uint32_t line, column;
    /** Model path, such as `services.auth-service.replicas`. */
    const char *path;
    /** Message about this place; NULL when there is no second place. */
    const char *message;
};

/**
 * A change of a file, which leads to the right model: the text from one place up to another is replaced. Comments and layout around it stay,
 * and no value gets another meaning than the one that was certainly meant.
 */
struct hd_edit {
    /** File, as the diagnostic names it. */
    const char *file;
    /** The first character that is replaced, counted from 1 as everywhere. */
    uint32_t line, column;
    /** Behind the last character that is replaced. */
    uint32_t end_line, end_column;
    /** New text. */
    const char *text;
};

/** One finding. Borrowed from its hd_diagnostics. */
struct hd_diagnostic {
    /** Stable number, an enum hd_code, printed as HD and four digits. See hd_code_info(). */
    int code;
    enum hd_severity severity;
    /** File, or NULL when unknown (a hand-built model). */
    const char *file;
    /** From 1; 0 when unknown. */
    uint32_t line, column;
    /** Model path, such as `services.auth-service.ports[0].port`. */
    const char *path;
    /** Message: what is wrong. */
    const char *message;
    /** Hint: what to write instead; NULL when the message is enough. */
    const char *hint;
    struct hd_place related;
    /** Behind the last character of the value or key at the place, as far as its line shows it; 0 when unknown. */
    uint32_t end_line, end_column;
    /** Changes that mend the mistake, to be made together; NULL and 0 when what is meant is not certain. */
    const struct hd_edit *edits;
    size_t n_edits;
    /**
     * Model paths of all members that have the mistake, `path` first, when one place in a file is the mistake of several: in a runtime, an
     * anchor or a list that services share. A warning about a decision, such as one pod a service, is also told once for all services.
     * NULL and 0 when there is only `path`.
     */
    const char *const *paths;
    size_t n_paths;
    /**
     * Environments of the model that have the mistake, when the collection has the findings of several and some of them lack it; `base` is
     * the model without an environment. NULL and 0 when all have it.
     */
    const char *const *environments;
    size_t n_environments;
};

/** Receives output as it arises: `length` bytes of `text`, valid only during the call. Returns 0 to go on; anything else stops. */
typedef int hd_sink(void *user, const char *text, size_t length);

/** A collection of findings, filled by every stage from loading to writing. */
struct hd_diagnostics;

/** Options of a collection; zeroes are the defaults. Set size to sizeof. */
struct hd_diagnostics_options {
    /** sizeof(struct hd_diagnostics_options). */
    size_t size;
    /** Findings to keep; more are counted only. Default: 100. */
    size_t limit;
    /** Whether warnings count as errors. */
    int strict;
};

/** Makes an empty collection; `options` may be NULL. NULL when memory ran out. Free it with hd_diagnostics_free(). */
HD_API struct hd_diagnostics *hd_diagnostics_new(const struct hd_diagnostics_options *options);

/** Frees the collection and all that was borrowed from it. NULL is allowed. */
HD_API void hd_diagnostics_free(struct hd_diagnostics *diagnostics);

/** Forgets all findings, so that the collection is as new. What was borrowed from it is gone. NULL is allowed. */
HD_API void hd_diagnostics_clear(struct hd_diagnostics *diagnostics);

/** Number of findings kept. */
HD_API size_t hd_diagnostics_count(const struct hd_diagnostics *diagnostics);

/** Finding `index` in order of file, line and column; NULL past the end. */
HD_API const struct hd_diagnostic *hd_diagnostics_get(const struct hd_diagnostics *diagnostics, size_t index);

/** Number of errors, also of those beyond the limit; with `strict`, warnings count too. */
HD_API size_t hd_diagnostics_errors(const struct hd_diagnostics *diagnostics);

/** Number of findings that the limit left out. */
HD_API size_t hd_diagnostics_omitted(const struct hd_diagnostics *diagnostics);

/** How diagnostics are written. */
enum hd_diagnostics_format {
    /** For people: place, message, the line of the source with a mark under the value, hint and second place. */
    HD_DIAGNOSTICS_TEXT = 0,
    /** One JSON object a line. What was left out is a last line, {"omitted":N}. */
    HD_DIAGNOSTICS_JSON,
    /** SARIF 2.1.0, one document: for code scanning and editors, with the codes as rules, second places and edits. */
    HD_DIAGNOSTICS_SARIF,
    /** Annotations of GitHub Actions, a line each. */
    HD_DIAGNOSTICS_GITHUB,
    /** A report of GitLab's code quality, one document. Its fingerprints stay the same while lines move. */
    HD_DIAGNOSTICS_GITLAB,
    /** JUnit's XML, one document: a test for each finding, which fails with an error, and one for each source without findings. */
    HD_DIAGNOSTICS_JUNIT
};

struct hd_source;

/** How diagnostics are written, and the inputs that they are about; zeroes are the defaults. Set size to sizeof. */
struct hd_diagnostics_style {
    /** sizeof(struct hd_diagnostics_style). */
    size_t size;
    enum hd_diagnostics_format format;
    /** Whether text has sequences that color it on a terminal. */
    int color;
    /** Whether warnings are left out. */
    int errors_only;
    /** The sources that hd_document_load() got, for the lines that are shown. A file that is not here, or has no text, is read again. */
    const struct hd_source *sources;
    size_t n_sources;
    /** Whether warnings are failures in formats that tell tests that passed from tests that failed. */
    int strict;
    /** Number of findings that were left out, which every format but text mentions. hd_diagnostics_write() adds those of its collection. */
    size_t omitted;
};

/**
 * Writes all findings, as a whole: when memory runs out, nothing. Control and invisible characters are written as their numbers, because a file may hold anything. `style` may be
 * NULL. HD_UNWRITABLE when the sink stopped.
 */
HD_API enum hd_status hd_diagnostics_write(const struct hd_diagnostics *diagnostics, const struct hd_diagnostics_style *style, hd_sink *sink,
                                           void *user);

/** Writes `n_diagnostics` findings as one output, also of several collections, and of the program's own. */
HD_API enum hd_status hd_diagnostic_list_write(const struct hd_diagnostic *const *diagnostics, size_t n_diagnostics,
                                               const struct hd_diagnostics_style *style, hd_sink *sink, void *user);

/** Writes one finding, which may be the program's own. */
HD_API enum hd_status hd_diagnostic_write(const struct hd_diagnostic *diagnostic, const struct hd_diagnostics_style *style, hd_sink *sink,
                                          void *user);

/** Description of a code. Static. */
struct hd_code_info {
    /** Number of the code. */
    int code;
    enum hd_severity severity;
    /** Its name, such as HD_UNKNOWN_KEY. */
    const char *name;
    /** The mistake that the code stands for. */
    const char *what;
    /** Why it matters. */
    const char *why;
    /** A wrong piece of model, and the right one. */
    const char *wrong, *right;
};

/** The code's entry, or NULL when there is no such code. */
HD_API const struct hd_code_info *hd_code_info(int code);

/** Entry `index` of all codes, in order of their numbers; NULL past the end. */
HD_API const struct hd_code_info *hd_code_at(size_t index);

/** The candidate that is nearest to a misspelled word; NULL when none is near enough. Upper and lower case are alike. */
HD_API const char *hd_did_you_mean(const char *word, const char *const *candidates, size_t n_candidates);

#ifdef __cplusplus
}
#endif

#endif
