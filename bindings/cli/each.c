/* Many models in one call: each by itself, on all processors, and what they print in the order in which they were named. */
#define _POSIX_C_SOURCE 200809L
#include "each.h"

#include "call.h"
#include "diagnostics.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* One model, and the process that works at it. */
struct job {
    pid_t process;
    bool runs;
    int status;
    FILE *out, *err;
};

/* A path of the call that is relative is meant from the model's folder. */
static const char *beside(const char *model, const char *path)
{
    const char *slash = strrchr(model, '/');
    size_t length = slash ? (size_t)(slash - model) + 1 : 0;
    char *whole;

    if (!path || *path == '/' || !strcmp(path, "-") || !length)
        return path;
    whole = grow(NULL, length + strlen(path) + 1);
    memcpy(whole, model, length);
    memcpy(whole + length, path, strlen(path) + 1);
    return whole;
}

/* The call for one of its models. */
static struct call call_for(const struct call *call, const char **model)
{
    struct call one = *call;

    one.n_operands = 0;
    one.files = model;
    one.n_files = 1;
    one.output = beside(*model, call->output);
    one.depfile = beside(*model, call->depfile);
    return one;
}

/* In a process of its own, which ends with the model's exit status. */
static void work(const struct call *call, const char **model, const struct job *job)
{
    struct call one = call_for(call, model);
    int status;

    one.color = color_is_wanted(call->color, stderr) ? "always" : "never";
    if (dup2(fileno(job->out), STDOUT_FILENO) < 0 || dup2(fileno(job->err), STDERR_FILENO) < 0)
        _exit(complain(EXIT_UNWRITTEN, "%s: %s", *model, strerror(errno)));
    status = call->verb->run(&one);
    diagnostics_finish();
    exit(status);
}

/* A document holds the findings of all models, so one process must have them: one model after the other. */
static int run_in_turn(const struct call *call)
{
    int worst = EXIT_FINE;

    for (size_t i = 0; i < call->n_operands; i++) {
        struct call one = call_for(call, &call->operands[i]);
        int status = call->verb->run(&one);

        worst = status > worst ? status : worst;
        if (one.output != call->output)
            free((char *)(uintptr_t)one.output);
        if (one.depfile != call->depfile)
            free((char *)(uintptr_t)one.depfile);
    }
    return worst;
}

static int start(const struct call *call, const char **model, struct job *job)
{
    job->out = tmpfile();
    job->err = tmpfile();
    job->process = job->out && job->err ? fork() : -1;
    if (!job->process)
        work(call, model, job);
    job->runs = job->process > 0;
    if (job->runs)
        return EXIT_FINE;
    job->status = complain(EXIT_UNWRITTEN, "%s: cannot start a process for this model: %s", *model, strerror(errno));
    return job->status;
}

/* Waits until one of the jobs ends. */
static void await(struct job *jobs, size_t n)
{
    int status;
    pid_t process = wait(&status);

    for (size_t i = 0; i < n; i++)
        if (jobs[i].runs && (process < 0 || jobs[i].process == process)) {
            jobs[i].runs = false;
            jobs[i].status = process > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_UNWRITTEN;
        }
}

static int copy(FILE *from, FILE *to)
{
    char text[16 * 1024];
    size_t n;

    rewind(from);
    while ((n = fread(text, 1, sizeof text, from)))
        if (fwrite(text, 1, n, to) != n)
            break;
    fclose(from);
    return fflush(to) || ferror(to) ? EXIT_UNWRITTEN : EXIT_FINE;
}

static int print(struct job *job)
{
    const bool failed_before = ferror(stdout);

    if (job->err)
        copy(job->err, stderr);
    if (!job->out || !copy(job->out, stdout) || job->status >= EXIT_UNWRITTEN)
        return job->status;
    return failed_before ? EXIT_UNWRITTEN : complain(EXIT_UNWRITTEN, "standard output cannot be written: %s", strerror(errno));
}

/* Two models must not write to one place. */
static int check_places(const struct call *call)
{
    int status = EXIT_FINE;

    for (size_t i = 0; !status && call->output && strcmp(call->output, "-") && i < call->n_operands; i++) {
        const char *one = beside(call->operands[i], call->output);

        for (size_t j = 0; !status && j < i; j++) {
            const char *other = beside(call->operands[j], call->output);

            if (!strcmp(one, other))
                status = complain(EXIT_WRONG_CALL, "%s and %s would both be written to %s; give -o a relative path, and one call for each folder",
                                  call->operands[j], call->operands[i], one);
            if (other != call->output)
                free((char *)(uintptr_t)other);
        }
        if (one != call->output)
            free((char *)(uintptr_t)one);
    }
    return status;
}

int run_each(const struct call *call)
{
    size_t n = call->n_operands, n_started = 0, n_printed = 0, n_running;
    long n_processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t most = n_processors > 0 ? (size_t)n_processors : 1;
    struct job *jobs = grow(NULL, n * sizeof *jobs);
    int worst = check_places(call), status;

    if (worst || diagnostics_are_document()) {
        free(jobs);
        return worst ? worst : run_in_turn(call);
    }
    memset(jobs, 0, n * sizeof *jobs);
    fflush(NULL);
    while (n_printed < n) {
        n_running = 0;
        for (size_t i = n_printed; i < n_started; i++)
            n_running += jobs[i].runs;
        /* A job that ended keeps its text until those before it are printed; few may wait, because each keeps a file open. */
        while (n_started < n && n_running < most && n_started < n_printed + 8 * most)
            n_running += start(call, &call->operands[n_started], &jobs[n_started]) == EXIT_FINE, n_started++;
        if (jobs[n_printed].runs) {
            await(jobs, n_started);
            continue;
        }
        status = print(&jobs[n_printed++]);
        worst = status > worst ? status : worst;
    }
    free(jobs);
    return worst;
}
