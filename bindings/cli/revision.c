#define _XOPEN_SOURCE 700
#include "revision.h"

#include "call.h"
#include "read_to_end.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static pid_t start_git(char *const *arguments, int output)
{
    posix_spawn_file_actions_t actions;
    pid_t process = -1;
    int error;

    if (posix_spawn_file_actions_init(&actions))
        return -1;
    error = posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    if (!error)
        error = posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    if (!error)
        error = posix_spawnp(&process, "git", &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    errno = error;
    return error ? -1 : process;
}

/* The output of git; NULL when git fails. `*ret_status` is -1 when git could not be started. */
static char *git(char *const *arguments, size_t *ret_length, int *ret_status)
{
    int ends[2];
    char *text;
    pid_t process;

    *ret_status = -1;
    if (pipe(ends))
        return NULL;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    process = start_git(arguments, ends[1]);
    close(ends[1]);
    if (process < 0) {
        close(ends[0]);
        return NULL;
    }
    text = read_to_end(ends[0], ret_length);
    close(ends[0]);
    while (waitpid(process, ret_status, 0) < 0 && errno == EINTR)
        continue;
    if (!*ret_status)
        return text;
    *ret_status = 1;
    free(text);
    return NULL;
}

/* Whether the revision is one of the repository in which `folder` stands. */
static int check_revision(char *folder, const char *revision)
{
    char *commit = printed("%s^{commit}", revision);
    char *arguments[] = {"git", "-C", folder, "rev-parse", "--verify", "--quiet", "--end-of-options", commit, NULL};
    int status;
    size_t length;

    free(git(arguments, &length, &status));
    free(commit);
    if (status < 0)
        return complain(EXIT_UNREADABLE, "there is no file %s, and git, which may know a revision of this name, cannot be started: %s",
                        revision, strerror(errno));
    return status ? complain(EXIT_UNREADABLE, "%s is neither a file nor a revision that git knows here\n"
                                              "give a model, a folder of manifests, or a branch, tag or commit; git fetch brings those of a remote", revision) : EXIT_FINE;
}

static char *folder_of(const char *file)
{
    const char *slash = strrchr(file, '/');
    char *folder = slash ? printed("%s", file) : printed(".");

    if (slash)
        folder[slash - file + 1] = '\0';
    return folder;
}

char *revision_find_in(const char *revision, const char *folder, const char *path, size_t *ret_length)
{
    char *object = printed("%s:./%s", revision, path), *text;
    char *arguments[] = {"git", "-C", (char *)(uintptr_t)folder, "cat-file", "blob", object, NULL};
    int status;

    text = git(arguments, ret_length, &status);
    free(object);
    return text;
}

char *revision_find(const char *revision, const char *file, size_t *ret_length)
{
    const char *slash = strrchr(file, '/');
    char *folder = folder_of(file), *text = revision_find_in(revision, folder, slash ? slash + 1 : file, ret_length);

    free(folder);
    return text;
}

char *revision_list(const char *revision, const char *file, char **ret_folder, size_t *ret_length)
{
    char *folder = folder_of(file), *whole = realpath(folder, NULL), *commit = printed("%s^{tree}", revision), *text = NULL;
    char *arguments[] = {"git", "-C", whole, "ls-tree", "-r", "-z", commit, NULL};
    int status = whole ? EXIT_FINE : complain(EXIT_UNREADABLE, "%s: %s", folder, strerror(errno));

    if (!status && !check_revision(folder, revision)) {
        text = git(arguments, ret_length, &status);
        if (!text)
            complain(EXIT_UNREADABLE, "the files of the revision %s cannot be listed by git", revision);
    }
    if (text) {
        /* A listing of nothing is one too. */
        text = grow(text, *ret_length + 1);
        text[*ret_length] = '\0';
        *ret_folder = whole;
    } else
        free(whole);
    free(folder);
    free(commit);
    return text;
}

char *revision_read(const char *revision, const char *file, size_t *ret_length)
{
    char *folder = folder_of(file), *text = NULL;

    if (!check_revision(folder, revision)) {
        text = revision_find(revision, file, ret_length);
        if (!text)
            complain(EXIT_UNREADABLE, "%s is not in the revision %s\ngive a revision that has it, or as OLD the file as it was", file, revision);
    }
    free(folder);
    return text;
}
