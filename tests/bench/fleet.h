/* Models of any size for measuring: the six services of GraphMemory, over and over under other names. */
#ifndef HD_BENCH_FLEET_H
#define HD_BENCH_FLEET_H

#include <stddef.h>

/* YAML text of an application with `n_services` services; the caller's. */
char *fleet_text(size_t n_services, size_t *ret_length);

#endif
