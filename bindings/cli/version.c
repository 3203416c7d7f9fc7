#include "call.h"
#include "output.h"
#include "verbs.h"

#include <hybriddeploy/version.h>
#include <string.h>

int run_version(const struct call *call)
{
    struct output output;
    int status = output_open(&output, call->output);

    if (status)
        return status;
    output_print(&output, "hybridgen %s", HD_VERSION);
    if (strcmp(HD_VERSION, hd_version()) != 0)
        output_print(&output, " (libhybriddeploy %s)", hd_version());
    output_text(&output, "\n");
    return output_close(&output, false);
}
