/* A file for --expect that allows a change as it is, for people to cut down to what they mean. */
#include "call.h"
#include "expect.h"

#include <stdlib.h>
#include <string.h>

struct entry {
    char *text;
    unsigned effects;
};

struct entries {
    struct entry *items;
    size_t n;
};

/* Takes the text over. */
static void add(struct entries *entries, char *text, unsigned effects)
{
    entries->items = grow(entries->items, (entries->n + 1) * sizeof *entries->items);
    entries->items[entries->n++] = (struct entry){text, effects};
}

static int by_text(const void *left, const void *right)
{
    return strcmp(((const struct entry *)left)->text, ((const struct entry *)right)->text);
}

/* A text in double quotes, which YAML and JSON read alike. */
static void put_quoted(struct output *output, const char *text)
{
    output_text(output, "\"");
    for (; *text; text++)
        if ((unsigned char)*text < ' ')
            output_print(output, "\\u%04x", (unsigned)*text);
        else {
            if (*text == '"' || *text == '\\')
                output_text(output, "\\");
            output_sink(output, text, 1);
        }
    output_text(output, "\"");
}

static void put_effects(struct output *output, unsigned effects)
{
    const char *name, *before = effects & (effects - 1) ? ": [" : ": ";

    for (unsigned effect = HD_EFFECT_NOTHING; (name = hd_effect_name((enum hd_effect)effect)); effect++)
        if (effects & 1u << effect) {
            output_text(output, before);
            output_text(output, name);
            before = ", ";
        }
    output_text(output, effects & (effects - 1) ? "]" : "");
}

/* Writes each text once: two objects may have one name in two namespaces, and two connections the same ends. */
static void put(struct output *output, const char *key, struct entries *entries)
{
    if (entries->n) {
        qsort(entries->items, entries->n, sizeof *entries->items, by_text);
        output_text(output, key);
        output_text(output, ":\n");
    }
    for (size_t i = 0; i < entries->n; i++) {
        unsigned effects = entries->items[i].effects;

        while (i + 1 < entries->n && !strcmp(entries->items[i].text, entries->items[i + 1].text))
            effects |= entries->items[++i].effects;
        output_text(output, effects ? "  " : "- ");
        put_quoted(output, entries->items[i].text);
        put_effects(output, effects);
        output_text(output, "\n");
    }
    for (size_t i = 0; i < entries->n; i++)
        free(entries->items[i].text);
    free(entries->items);
}

/* The lists of the file, in its order. */
enum { OBJECTS, ADDED, REMOVED, EXPOSED, N_LISTS };

static void add_changes(struct entries lists[N_LISTS], const struct changes *changes)
{
    const char *application = changes->application ? changes->application : "", *slash = changes->application ? "/" : "";
    const struct hd_object_change *object;

    for (size_t i = 0; (object = hd_diff_object(changes->diff, i)); i++)
        add(&lists[OBJECTS], printed("%s%s%s/%s", application, slash, object->kind, object->name), 1u << object->effect);
    for (size_t i = 0; i < changes->n_connections; i++) {
        const struct connection *connection = &changes->connections[i];

        if (connection->is_added && connection->is_from_outside)
            add(&lists[EXPOSED], printed("%s%s%s", application, slash, connection->to), 0);
        else
            add(&lists[connection->is_added ? ADDED : REMOVED], printed("%s%s%s %s", application, slash, connection->ends, connection->ports), 0);
    }
}

int expect_write(const char *file, const struct changes *changes, size_t n_changes)
{
    static const char *const keys[N_LISTS] = {"objects", "newConnections", "goneConnections", "exposed"};
    struct entries lists[N_LISTS] = {0};
    struct output output;
    size_t n = 0;
    int status = output_open(&output, file);

    if (status)
        return status;
    for (size_t i = 0; i < n_changes; i++)
        if (changes[i].diff)
            add_changes(lists, &changes[i]);
    for (size_t i = 0; i < N_LISTS; i++) {
        n += lists[i].n;
        put(&output, keys[i], &lists[i]);
    }
    output_text(&output, n ? "" : "{}\n");
    return output_close(&output, false);
}
