/* ci/: pipelines to begin with. Validate, generate, build, sign, show what changes, deploy. */
#include "ci.h"

#include "operations/model/build.h"
#include "operations/model/operations.h"

#include <string.h>

const char sign_images[] = "jq --raw-output '.[] | objects | select(.[\"containerimage.digest\"])"
                           " | .[\"image.name\"] + \"@\" + .[\"containerimage.digest\"]' images.json >signed.txt\n"
                           "while IFS= read -r image; do\n"
                           "  cosign sign --yes \"$image\"\n"
                           "done <signed.txt\n"
                           "jq '{services: (with_entries(select(.value | objects | has(\"containerimage.digest\")))"
                           " | map_values({image: {digest: .[\"containerimage.digest\"]}}))}' images.json >digests.json\n";

const char check_tools[] = "case $IMAGE in\n"
                           "*@sha256:*) ;;\n"
                           "*)\n"
                           "  echo \"DEPLOY_IMAGE is $IMAGE: name it by its digest, image@sha256:...\" >&2\n"
                           "  exit 1\n"
                           "  ;;\n"
                           "esac\n";

bool builds_images(const struct hd_app *app)
{
    for (size_t i = 0; i < app->n_services; i++)
        if (is_built(&app->services[i]))
            return true;
    return false;
}

bool registry_host(const struct hd_app *app, char host[HOST_LONGEST])
{
    size_t length = app->image_registry ? strcspn(app->image_registry, "/") : 0;

    if (!length || length >= HOST_LONGEST)
        return false;
    memcpy(host, app->image_registry, length);
    host[length] = '\0';
    return true;
}

const struct file_part ci_part = {
    .info = {"ci", "ops", "pipelines for GitHub Actions and GitLab CI", "the model has operations"},
    .is_default = has_operations,
};
