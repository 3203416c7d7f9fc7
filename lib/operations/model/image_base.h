/* What the name and tag of a well-known image tell of it. */
#ifndef HD_OPERATIONS_MODEL_IMAGE_BASE_H
#define HD_OPERATIONS_MODEL_IMAGE_BASE_H

#include <stdbool.h>

struct checker;
struct hd_service;

/* The minor version of the Python 3 in it; 0 when nobody knows. The image may be NULL. */
int image_python(const char *image);
/* The minor version of the glibc 2 in it; 0 when nobody knows. */
int image_glibc(const char *image);
bool image_is_alpine(const char *image);
/* Whether the image has no shell, and none of its programs. */
bool image_is_distroless(const char *image);
/* Whether it is the official image of Debian or Python, of which it is known what it lacks. */
bool image_is_debian_slim(const char *image);

/* An image that is built, against what the pod makes of it. */
void check_image_and_pods(struct checker *checker, const struct hd_service *service);
/* Programs of commands, probes and hooks that the image lacks. */
void check_programs(struct checker *checker, const struct hd_service *service);

#endif
