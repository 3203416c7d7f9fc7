/* Images that are built. */
#ifndef HD_OPERATIONS_MODEL_BUILD_H
#define HD_OPERATIONS_MODEL_BUILD_H

#include "core/memory/arena.h"
#include <hybriddeploy/model.h>

struct hd_model;

/* Packages that instrument a Python program from outside. */
#define OTEL_PACKAGES "opentelemetry-distro==0.48b0 opentelemetry-exporter-otlp==1.27.0"

/* Whether a Dockerfile is written for the service. */
bool is_built(const struct hd_service *service);

/* Whether the image contains the instrumentation of its program, because no operator adds it. */
bool image_instruments(const struct hd_model *model, const struct hd_service *service);

/* Where the image of a compiled program has its first process, when the builder is the library's own choice, in which Debian's tini is. */
#define INIT "/usr/bin/tini"
bool build_has_init(const struct hd_build *build);

/* The command of the image, which runs when the pod has none. */
struct image_entry {
    const char *words[3];
    size_t n_words;
};
const struct image_entry *image_entry(struct arena *arena, const struct hd_service *service);

#endif
