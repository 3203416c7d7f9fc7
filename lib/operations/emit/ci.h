/* Parts that the pipelines of all CI systems have in common. */
#ifndef HD_EMIT_OPERATIONS_CI_H
#define HD_EMIT_OPERATIONS_CI_H

#include "plan/file_plan.h"

extern const struct file_part ci_part;

/* Whether any image of the application is built. */
bool builds_images(const struct hd_app *app);

/* The host that images go to, up to its path or port; false when there is none. */
enum { HOST_LONGEST = 256 };
bool registry_host(const struct hd_app *app, char host[HOST_LONGEST]);

/*
 * Actions and images of pipelines are pinned by digest, because an attacker with a stolen account can move a tag. Digests of images are
 * those of the tag beside them, as several projects that do not depend on each other have them.
 */
#define DOCKER_IMAGE "docker:27.5.1-dind@sha256:aa3df78ecf320f5fafdce71c659f1629e96e9de0968305fe1de670e0ca9176ce"
#define BINFMT_IMAGE "docker.io/tonistiigi/binfmt:qemu-v10.2.3@sha256:400a4873b838d1b89194d982c45e5fb3cda4593fbfd7e08a02e76b03b21166f0"
#define BUILDKIT_IMAGE "moby/buildkit:buildx-stable-1@sha256:2f5adac4ecd194d9f8c10b7b5d7bceb5186853db1b26e5abd3a657af0b7e26ec"

/* Builds and pushes all images; images.json says which digest each has. */
#define BAKE "docker buildx bake --file deploy/dockerfiles/docker-bake.hcl --push --metadata-file images.json"

/* Signs the pushed images and lists them: signed.txt for verification, digests.json for generating manifests. */
extern const char sign_images[];

/* The tools' own image comes from the user, who has to pin it as well; its name is in the environment variable IMAGE. */
extern const char check_tools[];

/* Verifies each image of signed.txt: that the pipeline `identity`, which `issuer` knows, has signed it. */
#define VERIFY(identity, issuer)                                                                             \
    "test -s signed.txt\n"                                                                                   \
    "while IFS= read -r image; do\n"                                                                         \
    "  cosign verify --certificate-identity \"" identity "\" \\\n"                                           \
    "    --certificate-oidc-issuer \"" issuer "\" \"$image\" >verified.json\n"                               \
    "done <signed.txt\n"

/* The manifests, of a commit; then those with the digests that were signed. */
#define GENERATE(commit) "hybridgen generate -o deploy/ --with ops --set \"imageTag='" commit "'\""
#define GENERATE_SIGNED(commit) \
    "hybridgen generate -f hybriddeploy.yaml -f digests.json -o deploy/ --with ops --set \"imageTag='" commit "'\""

#endif
