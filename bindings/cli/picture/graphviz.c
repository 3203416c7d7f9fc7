#define _POSIX_C_SOURCE 200809L
/*
 * Runs Graphviz in a process of its own: a graph can be such that it needs hours, takes all memory or crashes, and that must not be the end
 * of this program.
 */
#include "graphviz.h"

#include "../call.h"
#include "../read_to_end.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* Of computing; and of anything, on a machine that has much else to do. */
enum { MOST_SECONDS = 30, MOST_WAITING = 600 };
/* Of memory: a picture that may be drawn needs less than a tenth. Address sanitizers reserve more than that for themselves. */
static const rlim_t most_memory = (rlim_t)3 << 30;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { IS_LIMITED = 0 };
#elif defined(__has_feature)
enum { IS_LIMITED = !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer) && !__has_feature(memory_sanitizer) };
#else
enum { IS_LIMITED = 1 };
#endif
enum { CHILD_LACKS = 3, CHILD_FAILED = 4 };

/* The functions of Graphviz's libraries that are called here. They are the same in all versions since 2.30; their structs stay opaque. */
struct graphviz {
    void *(*context)(void);
    int (*layout)(void *context, void *graph, const char *engine);
    int (*render)(void *context, void *graph, const char *format, FILE *file);
    void *(*read)(const char *text);
    void *(*first_node)(void *graph), *(*next_node)(void *graph, void *node);
    void *(*first_edge)(void *graph, void *node), *(*next_edge)(void *graph, void *edge);
    void *(*first_part)(void *graph), *(*next_part)(void *part);
    char *(*get)(void *object, char *name);
};

static void *open_library(const char *const *names)
{
    void *library = NULL;

    for (; *names && !library; names++)
        library = dlopen(*names, RTLD_NOW | RTLD_GLOBAL);
    return library;
}

/* A pointer to a function may be another thing than one to data, but POSIX promises that this works. */
static bool find(void *library, const char *name, void *ret_function)
{
    void *found = dlsym(library, name);

    memcpy(ret_function, &found, sizeof found);
    return found != NULL;
}

static bool load(struct graphviz *graphviz)
{
    /* gvRender() of libgvc.so.6 and .7 is the same for what is asked here. */
    static const char *const layout_names[] = {"libgvc.so.6", "libgvc.so.7", "libgvc.dylib", NULL};
    void *layout = open_library(layout_names);

    /* libgvc needs libcgraph, so that its functions are found through it, in the version that fits. */
    return layout && find(layout, "gvContext", &graphviz->context) && find(layout, "gvLayout", &graphviz->layout) &&
           find(layout, "gvRender", &graphviz->render) && find(layout, "agmemread", &graphviz->read) &&
           find(layout, "agfstnode", &graphviz->first_node) && find(layout, "agnxtnode", &graphviz->next_node) &&
           find(layout, "agfstout", &graphviz->first_edge) && find(layout, "agnxtout", &graphviz->next_edge) &&
           find(layout, "agfstsubg", &graphviz->first_part) && find(layout, "agnxtsubg", &graphviz->next_part) &&
           find(layout, "agget", &graphviz->get);
}

/* Writes what Graphviz says of an object. */
static void write_object(const struct graphviz *graphviz, FILE *file, const char *what, void *object, const char *const *attributes)
{
    char name[16];

    fputs(what, file);
    for (; *attributes; attributes++) {
        const char *value;

        snprintf(name, sizeof name, "%s", *attributes);
        value = graphviz->get(object, name);
        fprintf(file, "|%s", value ? value : "");
    }
    fputc('\n', file);
}

static void write_places(const struct graphviz *graphviz, void *graph, FILE *file)
{
    static const char *const of_graph[] = {"comment", "bb", NULL}, *const of_node[] = {"comment", "pos", NULL},
                             *const of_edge[] = {"comment", "pos", "lp", NULL};

    write_object(graphviz, file, "graph", graph, of_graph);
    for (void *part = graphviz->first_part(graph); part; part = graphviz->next_part(part))
        write_object(graphviz, file, "cluster", part, of_graph);
    for (void *node = graphviz->first_node(graph); node; node = graphviz->next_node(graph, node)) {
        write_object(graphviz, file, "node", node, of_node);
        for (void *edge = graphviz->first_edge(graph, node); edge; edge = graphviz->next_edge(graph, edge))
            write_object(graphviz, file, "edge", edge, of_edge);
    }
}

/* Lays the graph out in the child process and writes the places to `output`. Never returns; frees nothing, because the process ends. */
static _Noreturn void place(const char *dot, int output)
{
    const struct rlimit no_core = {0, 0}, seconds = {MOST_SECONDS, MOST_SECONDS + 1}, memory = {most_memory, most_memory};
    struct graphviz graphviz;
    int silent = open("/dev/null", O_RDWR);
    FILE *file = fdopen(output, "w");
    void *context, *graph;

    setrlimit(RLIMIT_CORE, &no_core);
    setrlimit(RLIMIT_CPU, &seconds);
    if (IS_LIMITED)
        setrlimit(RLIMIT_AS, &memory);
    signal(SIGALRM, SIG_DFL);
    alarm(MOST_WAITING);
    /* Graphviz warns on standard error of fonts that nobody needs here. */
    if (silent < 0 || dup2(silent, STDERR_FILENO) < 0 || dup2(silent, STDOUT_FILENO) < 0 || !file)
        _exit(CHILD_FAILED);
    if (!load(&graphviz))
        _exit(CHILD_LACKS);
    context = graphviz.context();
    graph = context ? graphviz.read(dot) : NULL;
    /* Rendering without a file only sets the attributes that say where everything is. */
    if (!graph || graphviz.layout(context, graph, "dot") || graphviz.render(context, graph, "dot", NULL))
        _exit(CHILD_FAILED);
    write_places(&graphviz, graph, file);
    _exit(fclose(file) ? CHILD_FAILED : 0);
}

static int complain_of(int state)
{
    if (WIFEXITED(state) && WEXITSTATUS(state) == CHILD_LACKS)
        return complain(EXIT_UNWRITTEN,
                        "svg and html are laid out by Graphviz, whose library libgvc.so.6 cannot be loaded\n"
                        "install the package libgvc6 of Debian or Ubuntu, or graphviz of other systems, and use a hybridgen "
                        "that is no static program; --format dot and --format mermaid work without it");
    if (WIFSIGNALED(state) && (WTERMSIG(state) == SIGXCPU || WTERMSIG(state) == SIGALRM))
        return complain(EXIT_UNWRITTEN,
                        "Graphviz needs more than %d seconds to place the picture\n"
                        "ask for less, with --exposed or fewer manifests; --format dot and --format mermaid work without it",
                        MOST_SECONDS);
    return complain(EXIT_UNWRITTEN, "Graphviz could not place the picture\n"
                                    "its library may be incomplete, or need more than 3 GB of memory; --format dot and --format mermaid work without it");
}

int graphviz_place(const char *dot, char **ret_places)
{
    int ends[2], state = -1;
    size_t length = 0;
    pid_t process;

    if (pipe(ends))
        return complain(EXIT_UNWRITTEN, "there is no pipe to Graphviz: %s", strerror(errno));
    /* The parent may have set SIGCHLD to be ignored, which programs inherit; waitpid() could not tell then how the child ended. */
    signal(SIGCHLD, SIG_DFL);
    process = fork();
    if (!process) {
        close(ends[0]);
        place(dot, ends[1]);
    }
    close(ends[1]);
    *ret_places = process < 0 ? NULL : read_to_end(ends[0], &length);
    close(ends[0]);
    if (process < 0)
        return complain(EXIT_UNWRITTEN, "there is no process for Graphviz: %s", strerror(errno));
    while (waitpid(process, &state, 0) < 0 && errno == EINTR)
        continue;
    if (state || !*ret_places) {
        free(*ret_places);
        *ret_places = NULL;
        return complain_of(state);
    }
    *ret_places = grow(*ret_places, length + 1);
    (*ret_places)[length] = '\0';
    return EXIT_FINE;
}
