#include "image_base.h"

#include <stdlib.h>
#include <string.h>

static void cut(char text[128], const char *from, size_t length)
{
    length = length < 127 ? length : 127;
    memcpy(text, from, length);
    text[length] = '\0';
}

/* The name of an image without its registry, and its tag without its digest; "" when it has none. */
static void split(const char *image, char name[128], char tag[128])
{
    const char *slash = strrchr(image, '/'), *last = slash ? slash + 1 : image;
    size_t length = strcspn(last, "@"), end = strcspn(last, ":@");

    cut(name, last, end);
    cut(tag, last + (end < length ? end + 1 : end), end < length ? length - end - 1 : 0);
}

int image_python(const char *image)
{
    char name[128], tag[128];

    if (!image)
        return 0;
    split(image, name, tag);
    if (!strncmp(name, "python3-debian", 14))
        return !strcmp(name + 14, "13") ? 13 : !strcmp(name + 14, "12") ? 11 : !strcmp(name + 14, "11") ? 9 : 0;
    return !strcmp(name, "python") && !strncmp(tag, "3.", 2) ? atoi(tag + 2) : 0;
}

/* Releases and their glibc; a tag that names none means the newest of them. (Debian, Ubuntu: versions of libc6) */
static const struct release {
    const char *word;
    int glibc;
} releases[] = {
    {"buster", 28}, {"bullseye", 31}, {"bookworm", 36}, {"trixie", 41}, {"bionic", 27}, {"focal", 31}, {"jammy", 35}, {"noble", 39},
};
static const struct release debians[] = {{"10", 28}, {"11", 31}, {"12", 36}, {"13", 41}};
static const struct release ubuntus[] = {{"18.04", 27}, {"20.04", 31}, {"22.04", 35}, {"24.04", 39}};
static const struct release ubis[] = {{"ubi8", 28}, {"ubi9", 34}, {"ubi10", 39}};
enum { NEWEST_GLIBC = 41 };

static int numbered(const struct release *list, size_t n_list, const char *tag)
{
    for (size_t i = 0; i < n_list; i++) {
        size_t length = strlen(list[i].word);

        if (!strncmp(tag, list[i].word, length) && (!tag[length] || strchr(".-", tag[length])))
            return list[i].glibc;
    }
    return 0;
}

#define NUMBERED(list, tag) numbered(list, sizeof(list) / sizeof *(list), tag)

int image_glibc(const char *image)
{
    char name[128], tag[128];
    const char *debian;

    if (!image || image_is_alpine(image))
        return 0;
    split(image, name, tag);
    for (size_t i = 0; i < sizeof releases / sizeof *releases; i++)
        if (strstr(tag, releases[i].word))
            return releases[i].glibc;
    debian = strstr(name, "-debian");
    if (debian)
        return NUMBERED(debians, debian + 7);
    if (!strcmp(name, "debian"))
        return NUMBERED(debians, tag);
    if (!strcmp(name, "ubuntu"))
        return NUMBERED(ubuntus, tag);
    for (size_t i = 0; i < sizeof ubis / sizeof *ubis; i++)
        if (strstr(image, ubis[i].word))
            return ubis[i].glibc;
    return (!strcmp(name, "python") || !strcmp(name, "buildpack-deps")) && *tag ? NEWEST_GLIBC : 0;
}

bool image_is_alpine(const char *image)
{
    return image && strstr(image, "alpine");
}

bool image_is_distroless(const char *image)
{
    return image && strstr(image, "distroless");
}

bool image_is_debian_slim(const char *image)
{
    char name[128], tag[128];

    if (!image)
        return false;
    split(image, name, tag);
    return (!strcmp(name, "python") || !strcmp(name, "debian")) && strstr(tag, "slim");
}
