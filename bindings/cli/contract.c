#include "call.h"
#include "input.h"
#include "output.h"
#include "verbs.h"
#include "workspace.h"

/* Of two applications that call each other, one contract must be the first. */
static bool is_right_but_for_neighbours(const struct hd_model *model)
{
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
    bool is_right = diagnostics && hd_check(model, diagnostics) <= HD_INVALID;

    for (size_t i = 0; is_right && i < hd_diagnostics_count(diagnostics); i++)
        is_right = hd_diagnostics_get(diagnostics, i)->severity != HD_ERROR ||
                   hd_diagnostics_get(diagnostics, i)->code == HD_NEIGHBOUR_UNKNOWN;
    hd_diagnostics_free(diagnostics);
    return is_right;
}

int run_contract(const struct call *call)
{
    struct input input;
    struct output output;
    int status, closed;

    if (workspace_is_meant(call))
        return complain(EXIT_WRONG_CALL, "a contract is that of one application: name its model with -f");
    status = input_open(&input, call);
    if (!status && !is_right_but_for_neighbours(input.model))
        status = status_of(&input, hd_check(input.model, input.diagnostics));
    if (!status)
        status = output_open(&output, call->output);
    if (!status) {
        status = status_of(&input, hd_contract_write(input.model, output_sink, &output));
        closed = output_close(&output, status != EXIT_FINE);
        status = closed ? closed : status;
    }
    return input_close(&input, status);
}
