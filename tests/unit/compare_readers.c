/*
 * Reads YAML by the reader of simple YAML and by libfyaml: compare_readers FOLDER...
 *
 * All files of the folders and of those in them whose names end with .yaml are read, each of their documents for itself. It fails when the
 * trees differ, and when few are simple.
 */
#define _XOPEN_SOURCE 700
#include "same_trees.h"

#include "core/text/file.h"
#include "core/text/utf8.h"

#include <ftw.h>
#include <stdlib.h>

enum { MOST_BYTES = 64 * 1024 * 1024, MOST_OPEN = 16 };

static size_t n_simple, n_same, n_documents;

static void compare_document(struct arena *arena, const char *path, const char *text, size_t length)
{
    struct hd_diagnostics *report = hd_diagnostics_new(NULL);
    struct arena_mark mark = arena_mark(arena);
    enum same_trees same;

    report->arena.out_of_memory = arena->out_of_memory;
    same = compare_readers((struct tree_memory){.nodes = arena, .texts = arena}, report, text, length);
    n_documents++;
    n_simple += same != NOT_SIMPLE;
    n_same += same == SAME_TREES;
    if (same == OTHER_TREES)
        fprintf(stderr, "%s is read otherwise by libfyaml\n", path);
    arena_rewind(arena, mark);
    hd_diagnostics_free(report);
}

/* Takes it apart at lines of three dashes, so that one document that is not simple does not hide the others. */
static void compare_text(struct arena *arena, const char *path, char *text)
{
    char *next;

    for (; (next = strstr(text, "\n---\n")); text = next + 1)
        compare_document(arena, path, text, (size_t)(next + 1 - text));
    compare_document(arena, path, text, strlen(text));
}

static int compare_file(const char *path, const struct stat *status, int type, struct FTW *place)
{
    const char *dot = strrchr(path, '.'), *why;
    jmp_buf out_of_memory;
    struct arena arena;
    size_t length;
    char *text;

    (void)status;
    (void)place;
    if (type != FTW_F || !dot || strcmp(dot, ".yaml"))
        return 0;
    if (setjmp(out_of_memory))
        abort();
    arena_init(&arena, &out_of_memory);
    text = file_read(&arena, path, MOST_BYTES, &length, &why);
    if (text && is_utf8(text) && strlen(text) == length)
        compare_text(&arena, path, text);
    arena_free(&arena);
    return 0;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (nftw(argv[i], compare_file, MOST_OPEN, FTW_PHYS)) {
            perror(argv[i]);
            return 2;
        }
    printf("%zu of %zu documents are simple, and %zu of these the same\n", n_simple, n_documents, n_same);
    return !n_documents || n_same != n_simple || n_simple * 2 < n_documents;
}
