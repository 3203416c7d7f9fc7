/* Stands in for Graphviz's library in the ways in which it can fail: $STANDIN says which. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int is(const char *way)
{
    const char *wanted = getenv("STANDIN");

    return wanted && !strcmp(wanted, way);
}

void *gvContext(void);
int gvLayout(void *context, void *graph, const char *engine);
int gvRender(void *context, void *graph, const char *format, FILE *file);
void *agmemread(const char *text);
void *agfstnode(void *graph);
void *agnxtnode(void *graph, void *node);
void *agfstout(void *graph, void *node);
void *agnxtout(void *graph, void *edge);
void *agfstsubg(void *graph);
void *agnxtsubg(void *graph);
char *agget(void *object, char *name);

static char graph_object, node_object;

void *gvContext(void)
{
    if (is("crash"))
        raise(SIGKILL);
    if (is("slow"))
        raise(SIGXCPU);
    if (is("slower"))
        raise(SIGALRM);
    /* Neither may be seen. */
    fputs("Warning: no fonts\n", stderr);
    puts("Warning: no fonts");
    fflush(stdout);
    return &graph_object;
}

/* Graphviz ends where it gets no memory. What is not used costs the machine nothing. */
static void take_memory(void)
{
    /* A compiler may leave out memory that nobody can see. */
    static void *volatile taken;

    for (int i = 0; i < 16; i++)
        if (!(taken = calloc(1, (size_t)512 << 20)))
            abort();
}

int gvLayout(void *context, void *graph, const char *engine)
{
    if (is("greedy"))
        take_memory();
    return !context || !graph || strcmp(engine, "dot") != 0 || is("no layout");
}

int gvRender(void *context, void *graph, const char *format, FILE *file)
{
    return !context || !graph || !format || file;
}

void *agmemread(const char *text)
{
    return text && !is("no reader") ? &graph_object : NULL;
}

void *agfstnode(void *graph)
{
    return graph && !is("part") ? &node_object : NULL;
}

void *agnxtnode(void *graph, void *node)
{
    static int n;

    return graph && node && is("too much") && n++ < 3 ? node : NULL;
}

void *agfstout(void *graph, void *node)
{
    (void)graph, (void)node;
    return NULL;
}

void *agnxtout(void *graph, void *edge)
{
    (void)graph, (void)edge;
    return NULL;
}

void *agfstsubg(void *graph)
{
    return graph;
}

void *agnxtsubg(void *graph)
{
    (void)graph;
    return NULL;
}

char *agget(void *object, char *name)
{
    static char number[] = "0", wrong_number[] = "99999999999999999999", box[] = "0,0,100,50", point[] = "10,20", nonsense[] = "\n||x\n";

    if (is("nonsense"))
        return nonsense;
    if (is("nothing"))
        return NULL;
    if (!strcmp(name, "comment"))
        return is("number") ? wrong_number : number;
    return object == &node_object ? point : box;
}
