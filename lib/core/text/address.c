#include "address.h"

#include "among.h"
#include "letter.h"

#include <stdlib.h>

#define HOST_LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_"

static void lowered(char *copy, size_t size, const char *text, size_t length)
{
    for (size_t i = 0; i < size; i++)
        copy[i] = i < length && i + 1 < size ? letter_lower(text[i]) : '\0';
}

/* Reads host[:port] up to `end`; false for anything else. */
static bool read_place(const char *text, const char *end, struct address *address)
{
    size_t length = strspn(text, HOST_LETTERS);
    const char *host = text;

    if (*text == '[') {
        host++;
        length = strspn(host, "0123456789abcdefABCDEF:.");
        if (host[length] != ']')
            return false;
        text = host + length + 1;
    } else {
        text += length;
    }
    if (!length || length >= HOST_LONGEST || text > end)
        return false;
    lowered(address->host, sizeof address->host, host, length);
    address->port = 0;
    if (text < end && *text == ':') {
        size_t digits = strspn(text + 1, "0123456789");

        address->port = digits && digits <= 5 ? strtol(text + 1, NULL, 10) : 0;
        text += digits + 1;
        if (!address->port || address->port > 65535)
            return false;
    }
    return text == end;
}

/* Kafka writes the number of each voter before its place: 1@kafka-1:9093. */
static const char *behind_voter(const char *place)
{
    size_t digits = strspn(place, "0123456789");

    return place + (digits && place[digits] == '@' ? digits + 1 : 0);
}

/* The next of several places that commas part. */
static bool next_in_list(struct address_reader *reader, struct address *address)
{
    size_t path;

    while (reader->next < reader->end_of_list) {
        const char *place = behind_voter(reader->next + strspn(reader->next, ", "));
        const char *end = place + strcspn(place, ", ");

        if (end > reader->end_of_list)
            end = reader->end_of_list;
        reader->next = end;
        if (place < end && read_place(place, end, address)) {
            memcpy(address->scheme, reader->scheme, sizeof address->scheme);
            return true;
        }
    }
    reader->end_of_list = NULL;
    /* An address inside a query is data for the server that is asked. */
    path = strcspn(reader->next, "? \t\n\"'`<>;");
    reader->next += reader->next[path] == '?' ? path + strcspn(reader->next + path, " \t\n\"'`<>;") : 0;
    return false;
}

static const char *behind_user(const char *authority, const char *end)
{
    const char *host = authority;

    for (const char *p = authority; p < end; p++)
        if (*p == '@')
            host = p + 1;
    return host;
}

static bool starts_list(struct address_reader *reader, const char *colon)
{
    const char *scheme = colon, *authority = colon + 3, *plus;

    while (scheme > reader->begin &&
           (strchr("+.-_", scheme[-1]) || letter_is_lower(letter_lower(scheme[-1])) || letter_is_digit(scheme[-1])))
        scheme--;
    plus = memchr(scheme, '+', (size_t)(colon - scheme));
    lowered(reader->scheme, sizeof reader->scheme, scheme, (size_t)((plus ? plus : colon) - scheme));
    reader->end_of_list = authority + strcspn(authority, "/?#;\"'`<>() \t\n\\");
    /* In a list of whole addresses the next one begins behind a comma. */
    if (reader->end_of_list > authority && !strncmp(reader->end_of_list - 1, "://", 3))
        while (reader->end_of_list > authority && *reader->end_of_list != ',')
            reader->end_of_list--;
    reader->next = behind_user(authority, reader->end_of_list);
    return colon > scheme;
}

/* Whether the whole text is host:port, or several of them. */
static bool is_list_of_places(const char *text)
{
    bool any = false;

    while (*text) {
        size_t length = strcspn(text, ","), host;

        text += strspn(text, " ");
        text = behind_voter(text);
        host = strspn(text, HOST_LETTERS);
        length = strcspn(text, ", ");
        if (!host || text[host] != ':' || !letter_is_digit(text[host + 1]) || host + 1 + strspn(text + host + 1, "0123456789") != length ||
            length - host > 6)
            return false;
        any = true;
        text += length;
        if (*text && *text != ',')
            return false;
        text += *text == ',';
    }
    return any;
}

bool address_next(struct address_reader *reader, struct address *ret_address)
{
    const char *colon;

    if (reader->next == reader->begin && !reader->end_of_list && is_list_of_places(reader->begin)) {
        reader->end_of_list = reader->begin + strlen(reader->begin);
        reader->scheme[0] = '\0';
    }
    for (;;) {
        if (reader->end_of_list && next_in_list(reader, ret_address))
            return true;
        colon = strstr(reader->next, "://");
        if (!colon)
            return false;
        if (!starts_list(reader, colon)) {
            reader->next = colon + 3;
            reader->end_of_list = NULL;
        }
    }
}

int64_t scheme_port(const char *scheme)
{
    static const struct {
        char scheme[12];
        int32_t port;
    } ports[] = {
        {"http", 80},        {"https", 443},    {"ws", 80},           {"wss", 443},          {"postgres", 5432}, {"postgresql", 5432},
        {"mysql", 3306},     {"mariadb", 3306}, {"redis", 6379},      {"rediss", 6379},      {"amqp", 5672},     {"amqps", 5671},
        {"mongodb", 27017},  {"nats", 4222},    {"memcached", 11211}, {"ldap", 389},         {"ldaps", 636},     {"smtp", 25},
        {"smtps", 465},      {"mqtt", 1883},    {"mqtts", 8883},      {"pulsar", 6650},      {"neo4j", 7687},    {"bolt", 7687},
        {"sqlserver", 1433}, {"mssql", 1433},   {"valkey", 6379},     {"cockroachdb", 26257},
        /* Servers whose images have other names than their schemes. */
        {"mongo", 27017},    {"rabbitmq", 5672}};

    for (size_t i = 0; i < sizeof ports / sizeof *ports; i++)
        if (!strcmp(scheme, ports[i].scheme))
            return ports[i].port;
    return 0;
}

bool is_loopback(const char *host)
{
    return !strcmp(host, "localhost") || !strncmp(host, "127.", 4) || !strcmp(host, "::1");
}
