#ifndef HYBRIDDEPLOY_MODEL_BUILD_H
#define HYBRIDDEPLOY_MODEL_BUILD_H
#include <hybriddeploy/model/value.h>
enum hd_image_form { HD_IMAGE_FORM_UNSET = 0, HD_IMAGE_SLIM, HD_IMAGE_DISTROLESS };
struct hd_build {
    enum hd_bool enabled;
    const char *context;
    enum hd_image_form form;
    const char *base_image;
    const char *builder_image;
    const char *python_version;
    const char *requirements;
    enum hd_bool require_hashes;
    const char *module;
    const char *source;
    const char *compiler_version;
    const char *compiler_digest;
    const char *const *compiler_flags;
    size_t n_compiler_flags;
    const char *const *packages;
    size_t n_packages;
    const char *const *build_packages;
    size_t n_build_packages;
    const struct hd_pair *args;
    size_t n_args;
    const char *const *platforms;
    size_t n_platforms;
    const struct hd_at *at;
};
#endif
