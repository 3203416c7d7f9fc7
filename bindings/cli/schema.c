#include "call.h"
#include "output.h"
#include "verbs.h"

#include <hybriddeploy/schema.h>

int run_schema(const struct call *call)
{
    struct output output;
    int status = output_open(&output, call->output);

    if (status)
        return status;
    if (hd_schema_write(output_sink, &output) == HD_NO_MEMORY) {
        output_close(&output, true);
        return complain(EXIT_UNWRITTEN, "out of memory");
    }
    return output_close(&output, false);
}
