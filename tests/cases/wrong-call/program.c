/* A number that is no value of the enum, a count without its array, and NULL among strings. */
#include "../report.h"

int main(void)
{
    const struct hd_app app = {
        .abi = HD_ABI,
        .name = "shop",
        HD_LIST(services, struct hd_service, {.name = "web", .runtime = "cpython", .workload = (enum hd_workload)99, .n_calls = 2},
                {.name = "api", .container = {HD_STRINGS(command, "python", NULL)}}),
    };
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);

    return report(diagnostics, hd_validate(&app, NULL, diagnostics));
}
