/* What the pipelines of all CI systems have in common. */
#ifndef HD_OPERATIONS_EMIT_CI_H
#define HD_OPERATIONS_EMIT_CI_H

#include "plan/file_plan.h"

extern const struct file_part ci_part;

/* Whether any image of the application is built. */
bool builds_images(const struct hd_app *app);

/* The host that images go to, up to its path or port; false when there is none. */
enum { HOST_LONGEST = 256 };
bool registry_host(const struct hd_app *app, char host[HOST_LONGEST]);

/* Signs what was pushed, by digest. */
extern const char sign_images[];
#define BAKE "docker buildx bake --file deploy/dockerfiles/docker-bake.hcl --push --metadata-file images.json"

#endif
