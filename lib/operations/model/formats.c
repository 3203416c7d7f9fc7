/* Formats of values for building images. None of them allows a character with a meaning to a shell. */
#include "core/text/format_text.h"
#include "formats.h"

#include <stdlib.h>

/* A path below the folder where the image is built. */
static bool is_source_path(const char *text)
{
    for (;;) {
        size_t length = strcspn(text, "/");

        if (!all_of(text, length, LOWER UPPER DIGIT "._+@-") || *text == '-' || (length == 2 && !strncmp(text, "..", 2)))
            return false;
        if (!text[length])
            return true;
        text += length + 1;
    }
}

static bool is_python_version(const char *text)
{
    size_t length = strlen(text);

    if (strncmp(text, "3.", 2) || !all_of(text + 2, length - 2, DIGIT ".") || atoi(text + 2) < 9)
        return false;
    text += 2 + strspn(text + 2, DIGIT);
    return !*text || (*text == '.' && all_of(text + 1, strlen(text + 1), DIGIT));
}

static bool is_module(const char *text)
{
    for (;;) {
        size_t length = strcspn(text, ".");

        if (!all_of(text, length, LOWER UPPER DIGIT "_") || strchr(DIGIT, *text))
            return false;
        if (!text[length])
            return true;
        text += length + 1;
    }
}

/* (Debian policy: 5.6.1, 5.6.12) */
static bool is_debian_package(const char *text)
{
    size_t length = strcspn(text, "=");

    if (length < 2 || !all_of(text, length, LOWER DIGIT "+.-") || strchr("+.-", *text))
        return false;
    return !text[length] || all_of(text + length + 1, strlen(text + length + 1), LOWER UPPER DIGIT "+.:~-");
}

static bool is_platform(const char *text)
{
    size_t parts = 0;

    for (;; text++) {
        size_t length = strcspn(text, "/");

        if (!all_of(text, length, LOWER DIGIT "_") || ++parts > 3)
            return false;
        text += length;
        if (!*text)
            return parts >= 2;
    }
}

static bool is_release(const char *text)
{
    for (int part = 0; part < 3; part++) {
        size_t length = strspn(text, DIGIT);

        if (!length || length > 5 || text[length] != (part < 2 ? '.' : '\0'))
            return false;
        text += length + 1;
    }
    return true;
}

static bool is_build_arg(const char *text)
{
    return all_of(text, strlen(text), LOWER UPPER DIGIT "_") && !strchr(DIGIT, *text);
}

const struct hd_format_rule format_source_path = {"a relative path of letters, digits and . _ + @ -, with no .. in it",
                                                  "^[A-Za-z0-9._+@][-A-Za-z0-9._+@/]*$", 1024, is_source_path};
const struct hd_format_rule format_python_version = {"a version of Python from \"3.9\" on, such as \"3.12\" or \"3.12.4\"",
                                                     "^3\\.[0-9]+(\\.[0-9]+)?$", 12, is_python_version};
const struct hd_format_rule format_module = {"a Python module: letters, digits and _, with dots between names", "^[A-Za-z_][A-Za-z0-9_.]*$",
                                             253, is_module};
const struct hd_format_rule format_debian_package = {"a Debian package, optionally with its version: libpq5 or libpq5=15.8-0+deb12u1",
                                                     "^[a-z0-9][-a-z0-9+.]+(=[-A-Za-z0-9+.:~]+)?$", 253, is_debian_package};
const struct hd_format_rule format_platform = {"a platform: linux/amd64, linux/arm64 or linux/arm/v7", "^[a-z0-9_]+(/[a-z0-9_]+){1,2}$", 64,
                                               is_platform};
const struct hd_format_rule format_release = {"a version of three numbers such as 0.17.0", "^[0-9]{1,5}\\.[0-9]{1,5}\\.[0-9]{1,5}$", 17,
                                              is_release};
const struct hd_format_rule format_build_arg = {"the name of a build argument: letters, digits and _, not beginning with a digit",
                                                "^[A-Za-z_][A-Za-z0-9_]*$", 253, is_build_arg};
