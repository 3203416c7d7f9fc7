#include "endpoint.h"

#include "core/text/format.h"

#include <stdlib.h>
#include <string.h>

/* Top-level domains: a host of two labels that ends in one of them is not service.namespace. */
static const char *const public_domains[] = {"com", "org", "net", "io", "dev", "cloud", "app", "eu", "co", "ai"};

static bool is_public(const char *label)
{
    for (size_t i = 0; i < sizeof public_domains / sizeof *public_domains; i++)
        if (!strcmp(label, public_domains[i]))
            return true;
    return false;
}

/* service, service.namespace, service.namespace.svc or service.namespace.svc.cluster.local */
static void find_place(struct arena *arena, struct endpoint *endpoint)
{
    const char *host = endpoint->host, *dot = strchr(host, '.'), *rest;

    if (format_is_valid(&format_ip, host)) {
        endpoint->place = PLACE_ADDRESS;
        return;
    }
    endpoint->place = PLACE_HERE;
    endpoint->service = host;
    if (!dot)
        return;
    rest = strchr(dot + 1, '.');
    endpoint->place = PLACE_OUTSIDE;
    if (rest ? strcmp(rest, ".svc") && strncmp(rest, ".svc.", 5) : is_public(dot + 1))
        return;
    endpoint->place = PLACE_NAMESPACE;
    endpoint->service = arena_strndup(arena, host, (size_t)(dot - host));
    endpoint->namespace_name = rest ? arena_strndup(arena, dot + 1, (size_t)(rest - dot - 1)) : dot + 1;
}

static const char *skip_scheme(const char *text, enum endpoint_scheme *scheme)
{
    const char *end = strstr(text, "://");

    *scheme = SCHEME_NONE;
    if (!end)
        return text;
    if (!strncmp(text, "http://", 7))
        *scheme = SCHEME_HTTP;
    else if (!strncmp(text, "https://", 8))
        *scheme = SCHEME_HTTPS;
    else
        *scheme = SCHEME_OTHER;
    return end + 3;
}

bool endpoint_parse(struct arena *arena, const char *text, struct endpoint *endpoint)
{
    const char *p, *colon, *end;
    size_t length;

    *endpoint = (struct endpoint){.path = ""};
    p = skip_scheme(text, &endpoint->scheme);
    length = strcspn(p, "/");
    end = p + length;
    endpoint->path = end;
    colon = *p == '[' ? memchr(p, ']', length) : p - 1;
    colon = colon ? memchr(colon + 1, ':', (size_t)(end - colon - 1)) : NULL;
    if (colon) {
        char *after;

        endpoint->port = strspn(colon + 1, "0123456789") ? strtoll(colon + 1, &after, 10) : 0;
        if (endpoint->port < 1 || endpoint->port > 65535 || after != end)
            return false;
        length = (size_t)(colon - p);
    }
    if (length > 2 && *p == '[' && p[length - 1] == ']') {
        p++;
        length -= 2;
    }
    endpoint->host = arena_strndup(arena, p, length);
    if (!format_is_valid(&format_ip, endpoint->host) && !format_is_valid(&format_subdomain, endpoint->host))
        return false;
    find_place(arena, endpoint);
    return true;
}

int64_t endpoint_port(const struct endpoint *endpoint)
{
    if (endpoint->port)
        return endpoint->port;
    return endpoint->scheme == SCHEME_HTTP ? 80 : endpoint->scheme == SCHEME_HTTPS ? 443 : 0;
}

const char *endpoint_service_in(const struct endpoint *endpoint, const char *namespace_name)
{
    bool is_there = endpoint->place == PLACE_NAMESPACE && namespace_name && !strcmp(endpoint->namespace_name, namespace_name);

    return endpoint->place == PLACE_HERE || is_there ? endpoint->service : NULL;
}
