/* A program whose functions have the names of functions inside the library: linked statically, both keep their own. */
#include <hybriddeploy/hybriddeploy.h>
#include <stdio.h>

void arena_free(void);
void hint(void);
const char *error_text(int number);

static int n_calls;

void arena_free(void)
{
    n_calls++;
}

void hint(void)
{
    n_calls++;
}

const char *error_text(int number)
{
    n_calls += number;
    return "mine";
}

static int print(void *user, const char *text, size_t length)
{
    return fwrite(text, 1, length, user) != length;
}

int main(void)
{
    const struct hd_app app = {
        .abi = HD_ABI,
        .name = "shop",
        .image_registry = "registry.example.com/shop",
        .image_tag = "1.4.2",
        HD_LIST(services, struct hd_service, {.name = "web", .runtime = "cpython"}),
    };
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
    struct hd_model *model;
    enum hd_status status = hd_resolve(&app, NULL, diagnostics, &model);

    if (status == HD_OK) {
        status = hd_generate(model, NULL, diagnostics, print, stdout);
        hd_model_free(model);
    }
    hd_diagnostics_free(diagnostics);
    return status != HD_OK || n_calls;
}
