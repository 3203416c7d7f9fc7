#include "path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Paths are short; what is longer is cut. */
struct path {
    char text[512];
    size_t length;
};

static void add(struct path *path, const char *text)
{
    size_t length = strlen(text), room = sizeof path->text - 1 - path->length;

    if (length > room)
        length = room;
    memcpy(path->text + path->length, text, length);
    path->length += length;
}

static void add_key(struct path *path, const char *key)
{
    if (strpbrk(key, ".[]\" ")) {
        add(path, "[\"");
        add(path, key);
        add(path, "\"]");
        return;
    }
    if (path->length)
        add(path, ".");
    add(path, key);
}

static void add_steps(struct path *path, const struct step *step)
{
    char index[32];

    if (!step)
        return;
    add_steps(path, step->outer);
    if (step->text)
        add(path, step->text);
    if (step->key)
        add_key(path, step->key);
    if (step->name)
        add_key(path, step->name);
    else if (step->index) {
        snprintf(index, sizeof index, "[%zu]", step->index - 1);
        add(path, index);
    }
}

char *path_text(struct arena *arena, const struct step *step)
{
    struct path path = {.length = 0};

    add_steps(&path, step);
    return arena_strndup(arena, path.text, path.length);
}

const char *path_behind(const char *path, const char *key, const char *other_key, long index)
{
    const char *start = path, *end;
    size_t length;

    if (!*path)
        return path;
    if (*path == '[' && path[1] != '"') {
        char *number_end;
        long number = strtol(path + 1, &number_end, 10);

        if (number_end == path + 1 || *number_end != ']' || number != index)
            return NULL;
        return number_end + 1 + (number_end[1] == '.');
    }
    if (*path == '[') {
        start = path + 2;
        end = strstr(start, "\"]");
        if (!end)
            return NULL;
        path = end + 2;
    } else {
        path = end = path + strcspn(path, ".[");
    }
    length = (size_t)(end - start);
    if (!(key && strlen(key) == length && !memcmp(start, key, length)) &&
        !(other_key && strlen(other_key) == length && !memcmp(start, other_key, length)))
        return NULL;
    return path + (*path == '.');
}
