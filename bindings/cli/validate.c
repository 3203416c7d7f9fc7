#include "call.h"
#include "input.h"
#include "verbs.h"

int run_validate(const struct call *call)
{
    struct input input;
    int status = input_open(&input, call);

    if (!status)
        status = status_of(&input, hd_check(input.model, input.diagnostics));
    if (!status && call->verbose)
        complain(EXIT_FINE, "%s: no errors in %zu services and %zu manifests", hd_model_app(input.model)->name,
                 hd_model_app(input.model)->n_services, hd_manifest_count(input.model));
    return input_close(&input, status);
}
