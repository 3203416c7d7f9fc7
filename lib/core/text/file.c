#define _POSIX_C_SOURCE 200809L
#include "file.h"

#include "below.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Reads up to `size` bytes; -1 on failure. */
static ssize_t read_all(int fd, char *buffer, size_t size)
{
    size_t length = 0;

    while (length < size) {
        ssize_t n = read(fd, buffer + length, size - length);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        if (n == 0)
            break;
        length += (size_t)n;
    }
    return (ssize_t)length;
}

/* An unwinding allocation must not leave the descriptor open. */
static char *read_open(struct arena *arena, int fd, size_t most_bytes, size_t *ret_length, const char **ret_why)
{
    jmp_buf *outer = arena->out_of_memory, inner;
    char *volatile text = NULL;
    size_t volatile length = 0, size = 0;
    struct stat status;

    if (fstat(fd, &status)) {
        *ret_why = strerror(errno);
        return NULL;
    }
    if (S_ISDIR(status.st_mode)) {
        *ret_why = "it is a folder";
        return NULL;
    }
    if (S_ISREG(status.st_mode) && status.st_size > 0)
        size = (size_t)status.st_size;
    if (setjmp(inner)) {
        arena->out_of_memory = outer;
        *ret_why = NULL;
        return NULL;
    }
    arena->out_of_memory = &inner;
    for (size = size + 1 > 4096 ? size + 1 : 4096;; size *= 2) {
        char *larger;
        ssize_t n;

        if (size > most_bytes + 1)
            size = most_bytes + 1;
        larger = arena_array(arena, size + 1, 1);
        if (length)
            memcpy(larger, text, length);
        text = larger;
        n = read_all(fd, larger + length, size - length);
        if (n < 0) {
            *ret_why = strerror(errno);
            text = NULL;
            break;
        }
        length += (size_t)n;
        if (length > most_bytes) {
            *ret_why = "it is too large";
            text = NULL;
            break;
        }
        if (length < size)
            break;
    }
    arena->out_of_memory = outer;
    *ret_length = length;
    return text;
}

char *file_read_open(struct arena *arena, int fd, size_t most_bytes, size_t *ret_length, const char **ret_why)
{
    char *text;

    *ret_why = "";
    if (fd < 0) {
        *ret_why = strerror(errno);
        return NULL;
    }
    text = read_open(arena, fd, most_bytes, ret_length, ret_why);
    close(fd);
    if (!text && !*ret_why)
        longjmp(*arena->out_of_memory, 1);
    return text;
}

char *file_read(struct arena *arena, const char *name, size_t most_bytes, size_t *ret_length, const char **ret_why)
{
    int fd = strcmp(name, "-") ? open(name, O_RDONLY | O_CLOEXEC) : fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);

    return file_read_open(arena, fd, most_bytes, ret_length, ret_why);
}

/* Why a path below a folder cannot be opened. */
static const char *why_not_below(int why)
{
    switch (why) {
    case ELOOP:
        return "it is a link, and links are not followed";
    case ENOTDIR:
        return "a part of the path is a link or no folder";
    case EINVAL:
    case ENXIO:
        return "it is no regular file";
    default:
        return strerror(why);
    }
}

char *file_name_beside(struct arena *arena, const char *beside, const char *path)
{
    const char *slash = beside ? strrchr(beside, '/') : NULL;

    return arena_printf(arena, "%.*s%s", slash ? (int)(slash - beside) + 1 : 0, slash ? beside : "", path);
}

char *file_read_beside(struct arena *arena, const char *beside, const char *path, size_t most_bytes, size_t *ret_length, const char **ret_why)
{
    const char *slash = beside ? strrchr(beside, '/') : NULL;
    const char *folder = slash ? arena_strndup(arena, beside, (size_t)(slash - beside) + 1) : ".";
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), file = -1, why;
    struct stat status;

    if (fd >= 0)
        file = below_open_regular(fd, path, &status);
    why = errno;
    if (fd >= 0)
        close(fd);
    if (file >= 0)
        return file_read_open(arena, file, most_bytes, ret_length, ret_why);
    *ret_why = why_not_below(why);
    return NULL;
}
