/* A few threads that take one element after the other. */
#define _POSIX_C_SOURCE 200809L
#include "threads.h"

#ifdef __wasi__ /* It has no threads. */
void in_threads(work_at *work, void *user, size_t n, size_t max_threads)
{
    (void)max_threads;
    for (size_t i = 0; i < n; i++)
        work(user, i);
}
#else

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

/* A thread takes several elements at least, because to start it costs about as much as a small model. */
enum { MOST_THREADS = 16, LEAST_ELEMENTS = 4 };

/* Threads of musl have too small a stack for models that nest. */
enum { STACK = 8 * 1024 * 1024 };

struct work {
    work_at *work;
    void *user;
    size_t n;
    atomic_size_t next;
};

static void *take_all(void *user)
{
    struct work *work = user;
    size_t i;

    while ((i = atomic_fetch_add(&work->next, 1)) < work->n)
        work->work(work->user, i);
    return NULL;
}

static bool start(pthread_t *thread, struct work *work)
{
    pthread_attr_t attributes;
    bool is_started;

    if (pthread_attr_init(&attributes))
        return false;
    is_started = !pthread_attr_setstacksize(&attributes, STACK) && !pthread_create(thread, &attributes, take_all, work);
    pthread_attr_destroy(&attributes);
    return is_started;
}

static size_t number_of_threads(size_t n, size_t max_threads)
{
    long n_processors = max_threads ? 0 : sysconf(_SC_NPROCESSORS_ONLN);
    size_t most = max_threads ? max_threads : n_processors > 0 ? (size_t)n_processors : 1;

    if (most > MOST_THREADS)
        most = MOST_THREADS;
    return most < n / LEAST_ELEMENTS ? most : n / LEAST_ELEMENTS;
}

void in_threads(work_at *work, void *user, size_t n, size_t max_threads)
{
    struct work all = {.work = work, .user = user, .n = n};
    size_t n_threads = number_of_threads(n, max_threads), n_started = 0;
    pthread_t threads[MOST_THREADS];
    sigset_t none, before;

    /* Signals are for the threads of the program. */
    sigfillset(&none);
    pthread_sigmask(SIG_SETMASK, &none, &before);
    while (n_started + 1 < n_threads && start(&threads[n_started], &all))
        n_started++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    take_all(&all);
    while (n_started)
        pthread_join(threads[--n_started], NULL);
}
#endif
