/*
 * The index of an output folder: which files the library wrote, and what was in them. By it a later run tells its own files
 * from those of others, and sees which ones were edited.
 */
#ifndef HD_OUTPUT_INDEX_H
#define HD_OUTPUT_INDEX_H

#include "core/memory/names.h"

#define INDEX_NAME ".hybriddeploy"

/* Sub-folders of generated files stand in each other at most so deep. */
enum { DEEPEST_FOLDER = 4 };

struct indexed {
    /* Its path in the folder: a name, or one below sub-folders. */
    const char *name;
    uint64_t hash;
    /* Hash of the former content, which may still be there after an interrupted run or during a replacement; else the same as `hash`. */
    uint64_t was;
    /* Whether it is a program; the index does not say it. */
    bool executable;
};

struct file_index {
    struct indexed *files;
    size_t n_files;
    /* Whether a run that changed the folder file by file was cut off: each file is the old one or the new one. */
    bool is_half;
    /* The files, and the sub-folders that they are in, by name, once index_build() was called. */
    struct names names, folders;
};

enum index_status { INDEX_READ, INDEX_MISSING, INDEX_NEWER, INDEX_DAMAGED };

/*
 * Reads the index of an open folder; without one the index is empty. `*ret_why` says what is wrong with a damaged one. Nothing
 * in it is trusted but this: a file of such a name may be replaced or removed as long as its content has the hash given.
 */
enum index_status index_read(struct arena *arena, int fd, struct file_index *index, const char **ret_why);

void index_add(struct arena *arena, struct file_index *index, const char *name, uint64_t hash);
void index_build(struct arena *arena, struct file_index *index);
struct indexed *index_find(const struct file_index *index, const char *name);
/* Whether a file that the index may hold (NULL: does not) has content of this hash. */
bool index_knows(const struct indexed *file, uint64_t hash);
/* Whether any of the files is somewhere below this sub-folder. */
bool index_has_folder(const struct file_index *index, const char *name);

/* The text of the index file. */
char *index_text(struct arena *arena, const struct file_index *index, size_t *ret_length);
/* Its text while files change one by one: those of both, and what each holds before and after. `gone` go away. */
char *index_half_text(struct arena *arena, const struct file_index *index, const struct file_index *gone, size_t *ret_length);

#endif
