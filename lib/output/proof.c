#define _GNU_SOURCE
#include "proof.h"

#include "below.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LONGEST_PROOF = 160 };

/* The text but for its last word, which is the folder that is replaced. */
static void describe(const struct stat *mark, char text[LONGEST_PROOF])
{
    snprintf(text, LONGEST_PROOF, "hybriddeploy proof 1\nmark %ju %jd.%09ld\nreplaces ", (uintmax_t)mark->st_ino,
             (intmax_t)mark->st_ctim.tv_sec, mark->st_ctim.tv_nsec);
}

static int create(int fd, const char *name)
{
    return below_open(fd, name, O_WRONLY | O_CREAT | O_EXCL, 0600);
}

static bool make_mark(int fd, struct stat *ret_status)
{
    int mark = create(fd, MARK);
    bool is_made = mark >= 0 && !fstat(mark, ret_status);
    int why = errno;

    if (mark >= 0)
        close(mark);
    errno = why;
    return is_made;
}

static bool write_text(int fd, const char *text)
{
    size_t length = strlen(text);
    ssize_t n;

    while ((n = write(fd, text, length)) < 0 && errno == EINTR)
        ;
    if (n >= 0 && (size_t)n < length)
        errno = ENOSPC;
    return n >= 0 && (size_t)n == length;
}

bool proof_write(int fd, const struct stat *replaced)
{
    char text[LONGEST_PROOF];
    struct stat mark;
    size_t length;
    bool is_written;
    int proof, why;

    if (!make_mark(fd, &mark))
        return false;
    proof = create(fd, PROOF);
    if (proof < 0)
        return false;
    describe(&mark, text);
    length = strlen(text);
    snprintf(text + length, sizeof text - length, "%ju\n", replaced ? (uintmax_t)replaced->st_ino : 0);
    is_written = write_text(proof, text);
    why = errno;
    if (close(proof) && is_written)
        return false;
    errno = why;
    return is_written;
}

static bool is_own(const struct stat *status)
{
    return S_ISREG(status->st_mode) && status->st_uid == geteuid() && status->st_nlink == 1;
}

static bool read_proof(int fd, char text[LONGEST_PROOF])
{
    struct stat status;
    int proof = below_open_regular(fd, PROOF, &status);
    ssize_t n = proof >= 0 && is_own(&status) ? read(proof, text, LONGEST_PROOF - 1) : -1;

    if (proof >= 0)
        close(proof);
    text[n > 0 ? n : 0] = '\0';
    return n > 0;
}

bool proof_holds(int fd, ino_t *ret_replaced)
{
    char expected[LONGEST_PROOF], text[LONGEST_PROOF], *end;
    struct stat mark;

    *ret_replaced = 0;
    if (!below_stat(fd, MARK, &mark) || !is_own(&mark) || !read_proof(fd, text))
        return false;
    describe(&mark, expected);
    if (strncmp(text, expected, strlen(expected)))
        return false;
    *ret_replaced = (ino_t)strtoumax(text + strlen(expected), &end, 10);
    return !strcmp(end, "\n");
}

bool proof_remove(int fd)
{
    return (below_remove(fd, PROOF, 0) || errno == ENOENT) && (below_remove(fd, MARK, 0) || errno == ENOENT);
}
