#include "app.h"
#include "call.h"
#include "input.h"
#include "verbs.h"
#include "workspace.h"

/* Checks the model that was loaded last, which is that of an environment, or of none. */
static int check(struct input *input, const char *environment)
{
    int status = input_resolve(input);

    if (!status)
        status = status_of(input, hd_check(input->model, input->diagnostics));
    if (!status && input->call->verbose)
        complain(EXIT_FINE, "%s%s%s: no errors in %zu services and %zu manifests", app_of(input->model)->name,
                 environment ? " in " : "", environment ? environment : "", app_of(input->model)->n_services,
                 hd_manifest_count(input->model));
    return status;
}

/* The other environments, after the model without one. */
static int check_environments(struct input *input)
{
    const char *const *names;
    size_t n;
    int worst = input_environments(input, &names, &n);

    for (size_t i = 0; worst <= EXIT_WRONG_MODEL && i < n; i++) {
        int status = input_load(input, names[i]);

        if (!status)
            status = check(input, names[i]);
        worst = status > worst ? status : worst;
    }
    return worst;
}

int run_validate(const struct call *call)
{
    struct input input;
    int status, others;

    if (workspace_is_meant(call))
        return workspace_validate(call);
    status = input_read(&input, call, NULL);
    if (!status)
        status = input_load(&input, call->environment);
    if (!status)
        status = check(&input, call->environment);
    if (status <= EXIT_WRONG_MODEL && input.document && !call->environment) {
        others = check_environments(&input);
        status = others > status ? others : status;
    }
    return input_close(&input, status);
}
