/* Work on many things at the same time. */
#ifndef HD_WORKSPACE_THREADS_H
#define HD_WORKSPACE_THREADS_H

#include <stddef.h>

/* Does something with the element `index`; nothing else does that at the same time. */
typedef void work_at(void *user, size_t index);

/*
 * Calls `work` once for each of `n` elements, by at most so many threads, the caller's among them; 0 is one for each processor. Where no thread
 * can be started, the caller's does it all.
 */
void in_threads(work_at *work, void *user, size_t n, size_t max_threads);

#endif
