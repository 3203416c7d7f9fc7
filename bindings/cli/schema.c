#include "call.h"
#include "output.h"
#include "verbs.h"

#include <hybriddeploy/schema.h>
#include <hybriddeploy/workspace.h>
#include <string.h>

int run_schema(const struct call *call)
{
    bool is_contract = call->n_operands && !strcmp(call->operands[0], "contract");
    struct output output;
    int status = output_open(&output, call->output);

    if (status)
        return status;
    if ((is_contract ? hd_contract_schema_write(output_sink, &output) : hd_schema_write(output_sink, &output)) == HD_NO_MEMORY) {
        output_close(&output, true);
        return complain(EXIT_UNWRITTEN, "out of memory");
    }
    return output_close(&output, false);
}
