/*
 * A folder that changes as a whole. What it is to hold is gathered in a staging folder beside it; then the two change places
 * in one step. A run that was killed leaves the old folder or the new one, and a staging folder that the next run clears:
 *
 *   - The staging folder holds its mark and proof (proof.h) from its first file on. Killed before the exchange: they are in the
 *     staging folder, where everything is a copy or a second link.
 *   - The exchange carries them into the new folder. Killed after it: what of the old folder belongs to others is moved over,
 *     the rest removed, mark and proof last.
 *
 * A staging folder without proof may have come with files of somebody else, so nothing is done with it: the run ends.
 *
 * Two runs do not meet: each locks the folder and its staging folder. A folder that has to stay where it is changes otherwise:
 * see in_place.h.
 */
#ifndef HD_OUTPUT_STAGING_H
#define HD_OUTPUT_STAGING_H

#include "index.h"

#include <dirent.h>
#include <sys/stat.h>

/* The name of the staging folder inside a folder that has to stay where it is. */
#define IN_PLACE_NAME INDEX_NAME ".staging"

struct staging {
    struct arena *arena;
    /* The folder's real place. */
    const char *parent, *base, *path;
    /* Names beside it: of the staging folder, and of the old one for a moment where the file system cannot exchange. */
    const char *name, *aside;
    /* Open folders; -1 when there is none. After the exchange `fd` is the old folder, and `target_fd` the new one. */
    int parent_fd, target_fd, fd;
    /* Listings in progress, of sub-folders within each other, and a file being written; closed by staging_close(). */
    DIR *listings[DEEPEST_FOLDER + 1];
    size_t n_listings;
    int file_fd;
    /* Whether the folder has to stay, and the staging folder is inside it. */
    bool in_place;
    /* Whether the staging folder is to be removed unless it takes the folder's place. */
    bool is_marked;
    /* Whether files have begun to change one by one. */
    bool is_half;
    /* Why a call failed, in words, and what to do about it when that is known. */
    const char *why, *remedy;
};

void staging_init(struct staging *staging, struct arena *arena);

/* Finds, opens and locks the folder; it need not exist, but the one around it. Like all below, false leaves `why`. */
bool staging_open(struct staging *staging, const char *folder);

/* Clears up after a run that was killed. */
bool staging_recover(struct staging *staging);

/* Makes the staging folder, with mode and owner of the folder. */
bool staging_create(struct staging *staging);

/* Makes the sub-folders that lead to a file of the staging folder, with the mode that they have in the folder. */
bool staging_make_way(struct staging *staging, const char *name);

/* Gives the entry of the folder a second link in the staging folder. */
bool staging_link(struct staging *staging, const char *name);

/* Puts the staging folder in the folder's place, and moves over the entries that could not be linked. All or nothing. */
bool staging_commit(struct staging *staging, const char *const *movers, size_t n_movers);

/* Empties what was the folder, and removes it. A file that an index knows by name and content goes; what others have there is moved over. */
bool staging_clear(struct staging *staging, const struct file_index *old, const struct file_index *new);

/* Removes a staging folder that did not take the folder's place, and closes everything. Allocates nothing from the arena. */
void staging_close(struct staging *staging);

/* The hash of what is in a regular file of an open folder. */
bool staging_hash(struct staging *staging, int fd, const char *name, uint64_t *ret_hash);

/*
 * Calls `visit` with the name and type of every entry but `.`, `..` and what runs leave for each other; stops when it returns false.
 * `folder` is NULL, or the sub-folder whose entries are meant; their names then begin with its own.
 */
bool staging_each(struct staging *staging, int fd, const char *folder,
                  bool (*visit)(void *user, const char *name, const struct stat *status), void *user);

#endif
