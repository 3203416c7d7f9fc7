/* hybridgen: libhybriddeploy for shells. */
#define _POSIX_C_SOURCE 200809L
#include "call.h"
#include "diagnostics.h"
#include "each.h"
#include "verbs.h"

#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/* A stream that was closed must not become the number of a file; reading from or writing to what takes its place fails. */
static void keep_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
            _exit(EXIT_UNWRITTEN);
}

/* The heap grows once, by what a small model needs, and is given back when the process ends. Each step between would call the kernel. */
static void grow_heap_at_once(void)
{
#ifdef __GLIBC__
    enum { SMALL_MODEL = 512 * 1024 };

    mallopt(M_TOP_PAD, SMALL_MODEL);
    mallopt(M_TRIM_THRESHOLD, 32 * SMALL_MODEL);
    /* A block of half the size is still part of it. */
    mallopt(M_MMAP_THRESHOLD, SMALL_MODEL / 2);
#endif
}

int main(int argc, char **argv)
{
    struct call call;
    int status;

    keep_streams();
    grow_heap_at_once();
    signal(SIGPIPE, SIG_IGN);
    diagnostics_begin(argc, argv);
    status = call_parse(&call, argc, argv);
    if (!status && call.help)
        status = run_help(&call);
    else if (!status && call.version)
        status = run_version(&call);
    else if (!status)
        status = call.n_operands && call.verb->words == WORDS_FILES && call.verb->most == SIZE_MAX ? run_each(&call) : call.verb->run(&call);
    diagnostics_finish();
    call_free(&call);
    return status;
}
