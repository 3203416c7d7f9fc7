#include "host_name.h"

#include "core/text/letter.h"

#include <string.h>

static bool take_label(const char **text, char label[64])
{
    size_t length = strcspn(*text, ".");

    if (!length || length > 63)
        return false;
    memcpy(label, *text, length);
    label[length] = '\0';
    *text += length + ((*text)[length] == '.');
    return true;
}

bool read_host(const char *host, struct host_name *name)
{
    const char *rest = host;
    char label[64];

    *name = (struct host_name){.is_word = true};
    if (!strchr(host, '.'))
        return take_label(&rest, name->name) && !letter_is_digit(*host);
    name->is_word = false;
    if (letter_is_digit(host[strlen(host) - 1]) || !take_label(&rest, name->name))
        return false;
    if (!take_label(&rest, name->namespace_name))
        return false;
    if (!*rest)
        return true;
    if (!take_label(&rest, label))
        return false;
    /* A pod of a StatefulSet: pod.service.namespace.svc. */
    if (strcmp(label, "svc") && !strncmp(rest, "svc", 3)) {
        name->is_pod = true;
        memcpy(name->name, name->namespace_name, sizeof name->name);
        memcpy(name->namespace_name, label, sizeof label);
        take_label(&rest, label);
    }
    name->is_service = !strcmp(label, "svc") && (!*rest || !strcmp(rest, "cluster.local") || !strcmp(rest, "cluster.local."));
    return name->is_service;
}
