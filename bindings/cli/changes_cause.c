/* Finds the changed line that is the reason of a connection. */
#include "changes.h"

#include <string.h>

static bool is_name_of(const struct hd_object_change *object, const char *end)
{
    const char *namespace_name = object->namespace_name ? object->namespace_name : "default";
    size_t length = strlen(namespace_name);

    return !strcmp(end, object->name) ||
           (!strncmp(end, namespace_name, length) && end[length] == '/' && !strcmp(end + length + 1, object->name));
}

/* The line of a policy of one of the ends, which has the end's name where this library writes it; NULL for none. */
static const struct hd_cause *cause_of_policy(const struct hd_diff *diff, const struct connection *connection)
{
    const struct hd_object_change *object;

    for (size_t i = 0; (object = hd_diff_object(diff, i)); i++)
        if (object->n_causes && (!strcmp(object->kind, "NetworkPolicy") || !strcmp(object->kind, "AuthorizationPolicy")) &&
            (is_name_of(object, connection->from) || is_name_of(object, connection->to)))
            return object->causes[0];
    return NULL;
}

/* How well a changed line of a model fits as the reason of a connection. */
static int fits(const struct hd_cause *cause, const struct connection *connection)
{
    static const char service[] = "services.";
    const char *path = cause->path, *value = cause->after ? cause->after : cause->before;
    const char *target = strrchr(connection->to, '/') ? strrchr(connection->to, '/') + 1 : connection->to;
    const char *ends[] = {connection->from, connection->to};

    if (strncmp(path, service, strlen(service)) != 0)
        return 0;
    path += strlen(service);
    for (size_t i = 0; i < 2; i++) {
        size_t length = strlen(ends[i]);

        if (!strncmp(path, ends[i], length) && (!path[length] || path[length] == '.'))
            return !i && value && !strcmp(value, target) ? 3 : i ? 1 : 2;
    }
    return 0;
}

const struct hd_cause *changes_cause_of(const struct changes *changes, const struct connection *connection)
{
    const struct hd_cause *best = NULL, *cause;
    int best_fit = 0;

    for (size_t i = 0; best_fit < 3 && (cause = hd_diff_cause(changes->diff, i)); i++)
        if (fits(cause, connection) > best_fit) {
            best_fit = fits(cause, connection);
            best = cause;
        }
    return best ? best : cause_of_policy(changes->diff, connection);
}
