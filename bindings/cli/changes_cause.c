/* Which changed line is the reason of a connection. */
#include "changes.h"

#include <string.h>

/* Whether a line of manifests is in the policy of an end, which has its name in those that this library writes. */
static bool is_of_policy(const char *path, const struct connection *connection)
{
    static const char *const kinds[] = {"NetworkPolicy/", "AuthorizationPolicy/"};
    const char *const ends[] = {connection->from, connection->to};

    for (size_t i = 0; i < 4; i++) {
        size_t kind = strlen(kinds[i / 2]), name = strlen(ends[i % 2]);

        if (!strncmp(path, kinds[i / 2], kind) && !strncmp(path + kind, ends[i % 2], name) &&
            (!path[kind + name] || path[kind + name] == ' '))
            return true;
    }
    return false;
}

/* How well a changed line fits as the reason of a connection. */
static int fits(const struct hd_cause *cause, const struct connection *connection)
{
    static const char service[] = "services.";
    const char *path = cause->path, *value = cause->after ? cause->after : cause->before;
    const char *target = strrchr(connection->to, '/') ? strrchr(connection->to, '/') + 1 : connection->to;
    const char *ends[] = {connection->from, connection->to};

    if (strncmp(path, service, strlen(service)) != 0)
        return is_of_policy(path, connection);
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
    return best;
}
