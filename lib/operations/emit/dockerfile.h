/* Parts that the Dockerfiles of all runtimes have in common. */
#ifndef HD_OPERATIONS_EMIT_DOCKERFILE_H
#define HD_OPERATIONS_EMIT_DOCKERFILE_H

#include "plan/file_plan.h"

/* Two stages: the first makes the program, the second holds it. */
void write_cpython_stages(struct text_out *t, const struct file_subject *subject);
void write_condon_stages(struct text_out *t, const struct file_subject *subject);

/* Debian packages, where there are some. */
void write_packages(struct text_out *t, const char *const *packages, size_t n_packages);
/* The build arguments of a stage. */
void write_args(struct text_out *t, const struct hd_build *build);
/* Labels of the image. */
void write_image_labels(struct text_out *t, const struct file_subject *subject);
/* Makes the user that the pod runs as, where there is a shell. */
void write_user_made(struct text_out *t, const struct hd_service *service);
/* The folder in which the program starts. */
const char *image_folder(const struct hd_service *service);
void write_folder(struct text_out *t, const struct hd_service *service);

#endif
