/*
 * Any bytes as what a stranger left in and beside an output folder: its index, and those, the proof and a file of a staging
 * folder. Whatever a run says, what is outside stays, and so does a file that nobody generated. The first byte chooses where
 * the staging folder stands, whether its proof is a true one, and what is a link.
 */
#define _GNU_SOURCE
#include "../unit/wrapped_arena.h"

#include <fcntl.h>
#include <ftw.h>
#include <hybriddeploy/hybriddeploy.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INSIDE = 1, TRUE_PROOF = 2, OLD = 4, LINK_IN_FOLDER = 8, LINK_IN_STAGING = 16, FORCE = 32, TARGET_IS_MARKED = 64, LONGEST = 4096 };
static const char MODEL[] = "name: shop\noperations: {backup: {velero: on}}\nservices: {web: {image: registry.example.com/web:1}}\n";

#define MUST(condition) \
    do {                \
        if (!(condition)) { \
            perror(#condition); \
            abort();    \
        }               \
    } while (0)

/* The disk need not be waited for. */
int __wrap_syncfs(int fd);
int __wrap_syncfs(int fd)
{
    return fd < 0;
}

int __wrap_fsync(int fd);
int __wrap_fsync(int fd)
{
    return fd < 0;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status, (void)type, (void)walk;
    return remove(path);
}

static void write_file(const char *path, const char *text, size_t length)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

    MUST(fd >= 0 && write(fd, text, length) == (ssize_t)length && !close(fd));
}

/* Up to the next NUL. */
static size_t take(const uint8_t **data, size_t *size, const char **ret_text)
{
    const uint8_t *end = memchr(*data, 0, *size);
    size_t length = end ? (size_t)(end - *data) : *size;

    *ret_text = (const char *)*data;
    *data += length + (end != NULL);
    *size -= length + (end != NULL);
    return length;
}

/* A mark with its own proof, or with the proof given. */
static void mark(const char *folder, const char *proof, size_t length, int flags, ino_t replaced)
{
    char path[128], text[160];
    struct stat status;

    snprintf(path, sizeof path, "%s/.hybriddeploy.new", folder);
    write_file(path, "", 0);
    MUST(!stat(path, &status));
    if (flags & TRUE_PROOF) {
        proof = text;
        length = (size_t)snprintf(text, sizeof text, "hybriddeploy proof 1\nmark %ju %jd.%09ld\nreplaces %ju\n", (uintmax_t)status.st_ino,
                                  (intmax_t)status.st_ctim.tv_sec, status.st_ctim.tv_nsec, (uintmax_t)replaced);
    }
    snprintf(path, sizeof path, "%s/.hybriddeploy.proof", folder);
    write_file(path, proof, length);
}

static void make_staging(const uint8_t **data, size_t *size, int flags)
{
    const char *folder = flags & INSIDE ? "out/.hybriddeploy.staging" : flags & OLD ? ".out.hybriddeploy.old" : ".out.hybriddeploy", *text;
    char path[128];
    struct stat status;
    size_t length = take(data, size, &text);

    MUST(!mkdir(folder, 0777) && !stat(folder, &status));
    snprintf(path, sizeof path, "%s/.hybriddeploy", folder);
    write_file(path, text, length);
    snprintf(path, sizeof path, "%s/kustomization.yaml", folder);
    write_file(path, text, length);
    snprintf(path, sizeof path, "%s/backup", folder);
    if (flags & LINK_IN_STAGING)
        MUST(!symlink(flags & INSIDE ? "../../outside" : "../outside", path));
    else
        MUST(!mkdir(path, 0777));
    snprintf(path, sizeof path, "%s/backup/written", folder);
    if (!(flags & LINK_IN_STAGING))
        write_file(path, "evil\n", 5);
    length = take(data, size, &text);
    mark(flags & TARGET_IS_MARKED ? "out" : folder, text, length, flags, status.st_ino);
}

static void make_folders(const uint8_t *data, size_t size, int flags)
{
    const char *text;
    size_t length = take(&data, &size, &text);

    MUST(!mkdir("outside", 0777) && !mkdir("out", 0777));
    write_file("outside/keep", "precious\n", 9);
    write_file("out/mine", "precious\n", 9);
    write_file("out/.hybriddeploy", text, length);
    MUST(!symlink("../outside", flags & LINK_IN_FOLDER ? "out/backup" : "out/link"));
    make_staging(&data, &size, flags);
}

static void expect_precious(const char *path)
{
    char text[16];
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    MUST(fd >= 0 && read(fd, text, sizeof text) == 9 && !memcmp(text, "precious\n", 9) && !close(fd));
}

/* One file is outside, and the folder is as it was. */
static void expect_untouched(const struct stat *before)
{
    struct stat after;

    expect_precious("outside/keep");
    MUST(!stat("outside", &after) && after.st_mtim.tv_sec == before->st_mtim.tv_sec && after.st_mtim.tv_nsec == before->st_mtim.tv_nsec);
}

static const struct hd_model *resolve(struct hd_diagnostics *diagnostics)
{
    static struct hd_model *model;
    struct hd_source source = {.name = "model.yaml", .text = MODEL, .length = sizeof MODEL - 1};
    static struct hd_document *document;

    if (!model)
        MUST(hd_document_load(&source, 1, NULL, diagnostics, &document) == HD_OK &&
             hd_resolve(hd_document_app(document), NULL, diagnostics, &model) == HD_OK);
    return model;
}

static void enter_scratch(void)
{
    static char scratch[] = "/tmp/hybriddeploy-fuzz-XXXXXX";
    static bool is_made;

    MUST(is_made || mkdtemp(scratch));
    is_made = true;
    MUST(!chdir(scratch));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int flags = size ? data[0] : 0;
    struct hd_generate_options options = {.size = sizeof options, .force = (flags & FORCE) != 0};
    struct hd_diagnostics *diagnostics;
    struct stat before;

    if (!size || size > LONGEST)
        return 0;
    diagnostics = hd_diagnostics_new(NULL);
    enter_scratch();
    make_folders(data + 1, size - 1, flags);
    MUST(!stat("outside", &before) && (!(flags & INSIDE) || !chdir("out")));
    if (hd_generate_folder(resolve(diagnostics), &options, diagnostics, flags & INSIDE ? "." : "out") == HD_UNWRITABLE)
        MUST(hd_diagnostics_errors(diagnostics));
    enter_scratch();
    expect_untouched(&before);
    hd_diagnostics_free(diagnostics);
    for (const char *const *name = (const char *const[]){"out", "outside", ".out.hybriddeploy", ".out.hybriddeploy.old", NULL}; *name; name++)
        nftw(*name, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    return 0;
}
