/*
 * Whether a staging folder was left by a run of this user here, or came with files of somebody else: cloned, unpacked or
 * copied. Two files in it tell. The mark is empty; the proof holds the mark's inode number and the moment of its last change
 * (ctime). The kernel chooses both when the mark is made, and no call sets them to a value that is asked for: what was made
 * elsewhere may name any number, but not the one that its own mark is going to get. Both files must be the user's own and
 * have no second link. A state that was copied or restored is not proven either; then a person has to look.
 */
#ifndef HD_OUTPUT_PROOF_H
#define HD_OUTPUT_PROOF_H

#include "index.h"

#include <stdbool.h>
#include <sys/stat.h>

#define MARK INDEX_NAME ".new"
#define PROOF INDEX_NAME ".proof"

/* Writes both to an empty folder. `replaced` is the folder that it is to replace, or NULL. False with errno. */
bool proof_write(int fd, const struct stat *replaced);

/* Whether the folder is proven; `*ret_replaced` is the inode number of the folder that it was to replace, 0 for none. */
bool proof_holds(int fd, ino_t *ret_replaced);

/* Removes both, the mark last; they need not be there. False with errno. */
bool proof_remove(int fd);

#endif
