#define _XOPEN_SOURCE 700
#include "output.h"

#include "call.h"
#include "temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool output_is_folder(const char *path)
{
    size_t length = strlen(path);
    struct stat status;

    return (length && path[length - 1] == '/') || (!stat(path, &status) && S_ISDIR(status.st_mode));
}

bool output_may_be_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct stat status;

    return !strchr(slash ? slash + 1 : path, '.') && lstat(path, &status) && errno == ENOENT;
}

static int complain_of(const struct output *output)
{
    return complain(EXIT_UNWRITTEN, "%s cannot be written: %s", output->name, output->why ? output->why : strerror(output->error));
}

static void begin(struct output *output, const char *name)
{
    output->fd = STDOUT_FILENO;
    output->name = name;
    output->temporary = output->target = NULL;
    output->error = 0;
    output->why = NULL;
    output->n_buffered = 0;
}

static char *copy(const char *text)
{
    char *copied = grow(NULL, strlen(text) + 1);

    strcpy(copied, text);
    return copied;
}

/* The file itself at the end of symbolic links, so that they stay. */
static char *real_path(const char *path)
{
    char *real = realpath(path, NULL);

    return real ? real : copy(path);
}

/* A file of the same folder, so that it can be moved into place at once. */
static void open_temporary(struct output *output, const struct stat *old)
{
    mode_t mask = umask(0), mode = old ? old->st_mode & 0777 : 0666 & ~mask;

    umask(mask);
    output->temporary = temporary_name(output->target);
    output->fd = temporary_create(output->temporary, mode, &output->why);
    if (output->fd >= 0)
        return;
    output->error = output->why ? EBUSY : errno;
    free(output->temporary);
    output->temporary = NULL;
}

int output_open(struct output *output, const char *path)
{
    struct stat status;
    bool exists;

    begin(output, "standard output");
    if (!path || !strcmp(path, "-"))
        return EXIT_FINE;
    begin(output, path);
    output->target = real_path(path);
    exists = !stat(output->target, &status);
    if (exists && S_ISDIR(status.st_mode))
        output->error = EISDIR;
    else if (exists && !S_ISREG(status.st_mode))
        output->fd = open(output->target, O_WRONLY | O_CLOEXEC);
    else
        open_temporary(output, exists ? &status : NULL);
    if (output->fd < 0 && !output->error)
        output->error = errno;
    if (!output->error)
        return EXIT_FINE;
    return output_close(output, true);
}

int output_create(struct output *output, const char *path)
{
    if (!path || !strcmp(path, "-"))
        return output_open(output, path);
    begin(output, path);
    output->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (output->fd < 0) {
        output->error = errno;
        return output_close(output, true);
    }
    output->temporary = copy(path);
    return EXIT_FINE;
}

static void write_all(struct output *output, const char *text, size_t length)
{
    while (length && !output->error) {
        ssize_t n = write(output->fd, text, length);

        if (n < 0 && errno != EINTR)
            output->error = errno;
        if (n > 0) {
            text += n;
            length -= (size_t)n;
        }
    }
}

static void flush(struct output *output)
{
    write_all(output, output->buffer, output->n_buffered);
    output->n_buffered = 0;
}

int output_sink(void *user, const char *text, size_t length)
{
    struct output *output = user;

    if (output->n_buffered + length > sizeof output->buffer)
        flush(output);
    if (length > sizeof output->buffer) {
        write_all(output, text, length);
    } else {
        memcpy(output->buffer + output->n_buffered, text, length);
        output->n_buffered += length;
    }
    return output->error;
}

void output_text(struct output *output, const char *text)
{
    output_sink(output, text, strlen(text));
}

void output_print(struct output *output, const char *format, ...)
{
    char line[512];
    va_list args;
    int length;

    va_start(args, format);
    length = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    output_sink(output, line, (size_t)length < sizeof line ? (size_t)length : sizeof line - 1);
}

void output_json(struct output *output, bool first, const char *key, const char *text)
{
    output_print(output, "%s\"%s\":%s", first ? "{" : ",", key, text ? "\"" : "null");
    for (; text && *text; text++) {
        if ((unsigned char)*text < ' ')
            output_print(output, "\\u%04x", (unsigned)*text);
        else if (*text == '"' || *text == '\\')
            output_print(output, "\\%c", *text);
        else
            output_sink(output, text, 1);
    }
    output_text(output, text ? "\"" : "");
}

int output_close(struct output *output, bool drop)
{
    int status = EXIT_FINE;

    if (!drop)
        flush(output);
    if (output->temporary && output->fd >= 0 && !drop && !output->error && fsync(output->fd))
        output->error = errno;
    if (output->fd >= 0 && output->fd != STDOUT_FILENO && close(output->fd) && !output->error)
        output->error = errno;
    if (output->temporary && output->target && !drop && !output->error && rename(output->temporary, output->target))
        output->error = errno;
    if (output->temporary && (drop || output->error))
        unlink(output->temporary);
    /* The reader closed the pipe, so nothing needs to be reported. */
    if (output->error)
        status = output->error == EPIPE ? EXIT_UNWRITTEN : complain_of(output);
    free(output->target);
    free(output->temporary);
    return status;
}
