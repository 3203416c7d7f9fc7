/* What is known of base images by their names: the Python in them, their glibc, whether they are small ones of Debian. */
#include "cmocka_test.h"

#include "operations/model/image_base.h"

static const struct {
    const char *image;
    int python, glibc;
    bool slim;
} images[] = {
    {"python:3.13-slim", 13, 41, true},
    {"docker.io/library/python:3.9-slim-bullseye", 9, 31, true},
    {"registry.example.com:5000/python:3.10.4-slim-buster", 10, 28, true},
    {"python:3.12-bookworm@sha256:0123", 12, 36, false},
    {"python:3.13-slim-trixie", 13, 41, true},
    {"python@sha256:0123", 0, 0, false},
    {"python", 0, 0, false},
    {"python:2.7", 0, 41, false},
    {"python:3.13-alpine", 13, 0, false},
    {"pythons:3.13-slim", 0, 0, false},
    {"buildpack-deps:curl", 0, 41, false},
    {"buildpack-deps:noble-curl", 0, 39, false},
    {"debian:10", 0, 28, false},
    {"debian:11-slim", 0, 31, true},
    {"debian:12.5-slim", 0, 36, true},
    {"debian:13", 0, 41, false},
    {"debian:130", 0, 0, false},
    {"debian:stable", 0, 0, false},
    {"debian", 0, 0, false},
    {"ubuntu:18.04", 0, 27, false},
    {"ubuntu:bionic-20230530", 0, 27, false},
    {"ubuntu:20.04", 0, 31, false},
    {"ubuntu:focal", 0, 31, false},
    {"ubuntu:22.04-slim", 0, 35, false},
    {"ubuntu:jammy", 0, 35, false},
    {"ubuntu:24.04", 0, 39, false},
    {"registry.access.redhat.com/ubi8/python-39:1", 0, 28, false},
    {"registry.access.redhat.com/ubi9-minimal:9.4", 0, 34, false},
    {"registry.access.redhat.com/ubi10:10.0", 0, 39, false},
    {"gcr.io/distroless/python3-debian11", 9, 31, false},
    {"gcr.io/distroless/python3-debian12:nonroot", 11, 36, false},
    {"gcr.io/distroless/python3-debian13", 13, 41, false},
    {"gcr.io/distroless/python3-debian14", 0, 0, false},
    {"gcr.io/distroless/cc-debian10", 0, 28, false},
};

static void known_images(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(images); i++)
        if (image_python(images[i].image) != images[i].python || image_glibc(images[i].image) != images[i].glibc ||
            image_is_debian_slim(images[i].image) != images[i].slim)
            fail_msg("%s: Python 3.%d, glibc 2.%d, %s", images[i].image, image_python(images[i].image), image_glibc(images[i].image),
                     image_is_debian_slim(images[i].image) ? "slim" : "not slim");
}

static void no_image(void **state)
{
    (void)state;
    assert_int_equal(image_python(NULL), 0);
    assert_int_equal(image_glibc(NULL), 0);
    assert_false(image_is_alpine(NULL));
    assert_false(image_is_distroless(NULL));
    assert_false(image_is_debian_slim(NULL));
    assert_true(image_is_alpine("alpine:3.20"));
    assert_true(image_is_distroless("gcr.io/distroless/static"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(known_images), cmocka_unit_test(no_image)};

    return RUN(tests);
}
