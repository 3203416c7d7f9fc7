/* How each format writes findings. */
#ifndef HD_DIAGNOSTICS_AS_H
#define HD_DIAGNOSTICS_AS_H

#include "core/reporting/source.h"
#include "core/writing/text_out.h"

#include <hybriddeploy/diagnostic.h>

/* The findings of one call, and where their text goes. */
struct printer {
    struct text_out *out;
    struct arena arena;
    struct sources sources;
    const struct hd_diagnostics_style *style;
    const struct hd_diagnostic *const *findings;
    size_t n_findings;
};

void write_as_text(struct printer *printer);
void print_as_text(struct printer *printer, const struct hd_diagnostic *diagnostic);
void write_as_json(struct printer *printer);
void write_as_sarif(struct printer *printer);
void write_as_github(struct printer *printer);
void write_as_gitlab(struct printer *printer);
void write_as_junit(struct printer *printer);

/* Whether the file of a diagnostic is a setting of the call, such as --set, and not a file. */
bool is_setting(const char *file);

/* The names of the services that share a finding, each once; 0 when fewer than two share it, or when not only services do. */
size_t services_of(struct arena *arena, const struct hd_diagnostic *diagnostic, const char ***ret_names);

/* The services or members that share a finding, in words: "for 60 services: a, b, c and 57 more"; NULL for a finding of one place. */
const char *sharers(struct arena *arena, const struct hd_diagnostic *diagnostic);

/* The environments that have the mistake, in words; NULL when all environments have it. */
const char *environments_text(struct arena *arena, const struct hd_diagnostic *diagnostic);

/* The message, who shares it, where it is, and the hint, on lines of their own. */
const char *message_in_full(struct arena *arena, const struct hd_diagnostic *diagnostic);

/* The file that a finding is about; where that is unknown, or a setting, the first of the sources. */
const char *file_of(const struct printer *printer, const struct hd_diagnostic *diagnostic);

/* For each finding, a name that stays the same while lines move, and that no other one has. */
const char *const *fingerprints(struct printer *printer);

#endif
