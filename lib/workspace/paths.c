/* The files that a pattern means. */
#define _POSIX_C_SOURCE 200809L
#include "workspace.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Whether a name is what a pattern with stars means; a star is any text of the name, and no hidden one begins with it. */
static bool matches(const char *pattern, size_t length, const char *name)
{
    const char *end = pattern + length, *star = NULL, *back = NULL;

    if (*name == '.' && *pattern != '.')
        return false;
    while (*name) {
        if (pattern < end && *pattern == '*') {
            star = ++pattern;
            back = name;
        } else if (pattern < end && *pattern == *name) {
            pattern++;
            name++;
        } else if (star) {
            pattern = star;
            name = ++back;
        } else {
            return false;
        }
    }
    while (pattern < end && *pattern == '*')
        pattern++;
    return pattern == end;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names in a folder that a part of a pattern means, sorted. Links are left out: nobody wrote down where they lead. */
static void list_names(struct paths *found, const char *folder, const char *part, size_t length)
{
    jmp_buf *outer = found->arena->out_of_memory, inner;
    DIR *volatile listing = opendir(*folder ? folder : ".");
    const struct dirent *entry;
    struct stat status;

    if (!listing)
        return;
    if (setjmp(inner)) {
        closedir(listing);
        longjmp(*outer, 1);
    }
    found->arena->out_of_memory = &inner;
    while ((entry = readdir(listing)) && found->n < MOST_MEMBERS) {
        const char *path = matches(part, length, entry->d_name) ? arena_printf(found->arena, "%s%s", folder, entry->d_name) : NULL;

        if (!path || lstat(path, &status) || S_ISLNK(status.st_mode))
            continue;
        arena_grow(found->arena, found->paths, found->n);
        found->paths[found->n++] = path;
    }
    found->arena->out_of_memory = outer;
    closedir(listing);
    if (found->n)
        qsort(found->paths, found->n, sizeof *found->paths, by_text);
}

/* Behind the first star each name is looked for in its folder, so that no link is followed. */
static void find_below(struct paths *paths, const char *folder, const char *pattern)
{
    const char *rest = pattern + strcspn(pattern, "/");
    struct paths found = {.arena = paths->arena};

    list_names(&found, folder, pattern, (size_t)(rest - pattern));
    for (size_t i = 0; i < found.n && paths->n < MOST_MEMBERS; i++)
        if (*rest) {
            find_below(paths, arena_printf(paths->arena, "%s/", found.paths[i]), rest + 1);
        } else {
            arena_grow(paths->arena, paths->paths, paths->n);
            paths->paths[paths->n++] = found.paths[i];
        }
}

void find_paths(struct paths *paths, const char *folder, const char *pattern)
{
    const char *begin = strchr(pattern, '*');

    if (!begin) {
        arena_grow(paths->arena, paths->paths, paths->n);
        paths->paths[paths->n++] = arena_printf(paths->arena, "%s%s", folder, pattern);
        return;
    }
    while (begin > pattern && begin[-1] != '/')
        begin--;
    find_below(paths, arena_printf(paths->arena, "%s%.*s", folder, (int)(begin - pattern), pattern), begin);
}
