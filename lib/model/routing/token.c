/* Tokens are checked where requests arrive: at the service, or at each of those that share its requests. */
#include "token.h"

#include "core/text/among.h"
#include "model/port.h"
#include "model/route.h"

#include <string.h>

const struct hd_jwt_issuer *jwt_issuer(const struct hd_app *app, const char *name)
{
    for (size_t i = 0; name && i < app->mesh.n_jwt_issuers; i++)
        if (app->mesh.jwt_issuers[i].name && !strcmp(app->mesh.jwt_issuers[i].name, name))
            return &app->mesh.jwt_issuers[i];
    return NULL;
}

static void admit(struct hd_model *model, const struct hd_exposure *exposure, const struct hd_service *service, const char *ref)
{
    const struct hd_port *port = service ? service_port(service, ref) : NULL;
    struct admission *admission;
    const struct admission **head;

    if (!port)
        return;
    head = &model->admissions[service - model->app->services];
    admission = arena_new(&model->arena, struct admission);
    *admission = (struct admission){exposure, port, jwt_issuer(model->app, exposure->jwt.issuer), *head};
    *head = admission;
}

/* In the order of the model; it was built from its end. */
static const struct admission *turned(const struct admission *list)
{
    const struct admission *turned_list = NULL;

    while (list) {
        struct admission *admission = (struct admission *)(uintptr_t)list;

        list = list->next;
        admission->next = turned_list;
        turned_list = admission;
    }
    return turned_list;
}

void resolve_tokens(struct hd_model *model)
{
    const struct hd_app *app = model->app;

    if (!app_routes(app) || !app->mesh.n_jwt_issuers)
        return;
    model->admissions = arena_array(&model->arena, app->n_services, sizeof *model->admissions);
    for (size_t i = 0; i < app->n_services; i++)
        for (size_t k = 0; k < app->services[i].n_expose; k++) {
            const struct hd_exposure *exposure = &app->services[i].expose[k];

            for (size_t d = 0; d < exposure->n_destinations; d++)
                admit(model, exposure, graph_callee(model, text_or(exposure->destinations[d].to, "")).service,
                      exposure->destinations[d].port);
            if (!exposure->n_destinations && exposure_forwards(exposure))
                admit(model, exposure, &app->services[i], exposure->port);
        }
    for (size_t i = 0; i < app->n_services; i++)
        model->admissions[i] = turned(model->admissions[i]);
}

const struct admission *admissions(const struct hd_model *model, const struct hd_service *service)
{
    const struct admission *all = model->admissions ? model->admissions[service - model->app->services] : NULL;

    for (const struct admission *admission = all; admission; admission = admission->next)
        if (admission->issuer)
            return all;
    return NULL;
}
