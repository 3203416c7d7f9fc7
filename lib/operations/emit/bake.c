/* dockerfiles/docker-bake.hcl: builds all images at once, for all platforms, with what is in them written down. */
#include "core/text/among.h"
#include "core/writing/quote.h"
#include "kinds.h"
#include "operations/model/build.h"

#include <string.h>

/* Path from a service's folder to the folder where the build was started. */
static void write_way_up(struct text_out *t, const char *context)
{
    while (*context) {
        size_t length = strcspn(context, "/");

        if (length != 1 || *context != '.')
            text_put(t, "../");
        context += length;
        context += *context == '/';
    }
}

/* Pushed images need a tag; the push creates their digest. */
static void write_tag(struct text_out *t, const struct hd_image *image)
{
    const char *reference = text_or(image->reference, "");

    /* Its form has no letter that HCL would read. */
    text_put(t, "  tags = [\"");
    text_putn(t, reference, strcspn(reference, "@"));
    text_put(t, "\"]\n");
}

static void write_list(struct text_out *t, const char *name, const char *const *values, size_t n_values)
{
    text_put(t, "  ", name, " = [");
    for (size_t i = 0; i < n_values; i++) {
        text_put(t, i ? ", " : "");
        text_hcl(t, values[i]);
    }
    text_put(t, "]\n");
}

static void write_target(struct text_out *t, const struct hd_service *service)
{
    const struct hd_build *build = &service->build;

    text_put(t, "\ntarget \"", service->name, "\" {\n  context = ");
    text_hcl(t, build->context);
    text_put(t, "\n  dockerfile = \"");
    write_way_up(t, build->context);
    text_put(t, "${DOCKERFILES}/", service->name, "/Dockerfile\"\n");
    write_tag(t, &service->container.image);
    write_list(t, "platforms", build->platforms, build->n_platforms);
    text_put(t, "  args = {\n    REVISION = REVISION\n");
    for (size_t i = 0; i < build->n_args; i++) {
        text_put(t, "    ", build->args[i].name, " = ");
        text_hcl(t, build->args[i].value);
        text_put(t, "\n");
    }
    text_put(t, "  }\n  attest = [\"type=sbom\", \"type=provenance,mode=max\"]\n}\n");
}

static void write_bake(struct text_out *t, const struct file_subject *subject)
{
    const struct hd_app *app = subject->model->app;
    size_t n_targets = 0;

    text_put(t, "# Builds the images of ", app->name,
             ", from the folder that the services' folders are in:\n"
             "#\n#     docker buildx bake --file <this file> --push\n#\n"
             "# Written by hybriddeploy: change the model, not this file.\n\n"
             "# Where the Dockerfiles are, seen from that folder.\nvariable \"DOCKERFILES\" {\n  default = \"deploy/dockerfiles\"\n}\n\n"
             "# The commit that is built.\nvariable \"REVISION\" {\n  default = \"\"\n}\n\ngroup \"default\" {\n  targets = [");
    for (size_t i = 0; i < app->n_services; i++)
        if (is_built(&app->services[i])) {
            text_put(t, n_targets++ ? ", " : "", "\"", app->services[i].name, "\"");
        }
    text_put(t, "]\n}\n");
    for (size_t i = 0; i < app->n_services; i++)
        if (is_built(&app->services[i]))
            write_target(t, &app->services[i]);
}

static void plan_bake(struct hd_model *model, const struct file_row *row)
{
    for (size_t i = 0; i < model->app->n_services; i++)
        if (is_built(&model->app->services[i])) {
            file_add(model, row, "dockerfiles/docker-bake.hcl", NULL, NULL);
            return;
        }
}

const struct file_row bake_row = {.part = &dockerfiles_part, .plan_app = plan_bake, .text = write_bake};
