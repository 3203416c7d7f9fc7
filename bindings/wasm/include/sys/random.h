/* WASI's C library has getentropy() alone, which never waits. */
#ifndef HYBRIDDEPLOY_WASM_RANDOM_H
#define HYBRIDDEPLOY_WASM_RANDOM_H

#include <stddef.h>
#include <sys/types.h>

#define GRND_NONBLOCK 1

int getentropy(void *buffer, size_t length);

static inline ssize_t getrandom(void *buffer, size_t length, unsigned flags)
{
    (void)flags;
    return getentropy(buffer, length) ? -1 : (ssize_t)length;
}

#endif
