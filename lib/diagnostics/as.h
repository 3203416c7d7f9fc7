/* How each format writes findings. */
#ifndef HD_DIAGNOSTICS_AS_H
#define HD_DIAGNOSTICS_AS_H

#include "core/reporting/source.h"
#include "core/writing/text_out.h"

#include <hybriddeploy/diagnostic.h>

/* The findings of one call, and where their text goes. */
struct printer {
    struct text_out out;
    struct arena arena;
    struct sources sources;
    const struct hd_diagnostics_style *style;
    const struct hd_diagnostic *const *findings;
    size_t n_findings;
};

void write_as_text(struct printer *printer);
void write_as_json(struct printer *printer);

/* Whether a file in a diagnostic is no file, but a setting of the call. */
bool is_setting(const char *file);

/* The names of the services that a finding is about, each once, when it is about several; 0 when it is not, or not about services alone. */
size_t services_of(struct arena *arena, const struct hd_diagnostic *diagnostic, const char ***ret_names);

#endif
