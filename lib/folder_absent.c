/*
 * For builds without the folder writer, such as WebAssembly's: what a system without folders of its own answers. There are no files beside
 * the manifests either.
 */
#include "core/reporting/report.h"
#include "model/family.h"

#include <hybriddeploy/generate.h>

const struct family_files *const families_files[] = {NULL};

enum hd_status hd_generate_folder(const struct hd_model *model, const struct hd_generate_options *options, struct hd_diagnostics *report,
                                  const char *folder)
{
    (void)options;
    if (!model || !report || !folder)
        return HD_BAD_CALL;
    finding_in(report, HD_OUTPUT_UNWRITABLE, folder, 0, 0, NULL, "the folder cannot be written: this library is built without its writer");
    report_finish(report);
    return HD_UNWRITABLE;
}
