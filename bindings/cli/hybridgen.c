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

/* A stream that was closed must not become the number of a file; reading from or writing to what takes its place fails. */
static void keep_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
            _exit(EXIT_UNWRITTEN);
}

int main(int argc, char **argv)
{
    struct call call;
    int status;

    keep_streams();
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
