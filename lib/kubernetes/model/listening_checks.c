/* Rules for where a program listens, as far as its command and its variables tell: its probes and callers must reach it there. */
#include "core/tables/field.h"
#include "core/text/address.h"
#include "core/text/among.h"
#include "core/text/word_list.h"
#include "model/port.h"
#include "model/resolve.h"
#include "model/tables.h"
#include "text_checks.h"

#include <stdlib.h>
#include <string.h>

/* Variables by which programs are told their port, and those by which they are told their address. */
static const char port_names[] = " PORT HTTP_PORT SERVER_PORT LISTEN_PORT APP_PORT UVICORN_PORT FLASK_RUN_PORT GRPC_PORT WEB_PORT METRICS_PORT BIND_PORT "
                                 "ASPNETCORE_HTTP_PORTS MANAGEMENT_PORT MANAGEMENT_SERVER_PORT ADMIN_PORT RABBITMQ_NODE_PORT GF_SERVER_HTTP_PORT "
                                 "QUARKUS_HTTP_PORT MICRONAUT_SERVER_PORT NITRO_PORT NUXT_PORT ROCKET_PORT N8N_PORT KC_HTTP_PORT MB_JETTY_PORT ";
static const char address_names[] = " HOST BIND BIND_ADDR BIND_ADDRESS BIND_HOST LISTEN LISTEN_ADDR LISTEN_ADDRESS LISTEN_HOST SERVER_ADDRESS SERVER_HOST UVICORN_HOST "
                                    "FLASK_RUN_HOST HTTP_ADDR GUNICORN_BIND ASPNETCORE_URLS HOSTNAME GF_SERVER_HTTP_ADDR QUARKUS_HTTP_HOST NITRO_HOST "
                                    "NUXT_HOST ROCKET_ADDRESS MB_JETTY_HOST HTTP_LISTEN_ADDR GRPC_LISTEN_ADDR ";
/* Options of the same meaning, without the dashes, of which programs in Go take one or two, and what may follow. */
static const char port_options[] = " port http-port grpc-port listen-port metrics-port server.port server-port Dserver.port Dquarkus.http.port Dmicronaut.server.port "
                                   "Dhttp.port ";
static const char bind_options[] = " bind listen listen-address bind-address web.listen-address http-address http.addr listen-addr bind-addr addr http http-addr "
                                   "http.listen-address entrypoints.web.address entryPoints.web.address entrypoints.websecure.address ";
/* Servers whose option --host is where they listen, and -p, if anything of that form, the port. */
static const char servers[] = " uvicorn flask hypercorn fastapi granian waitress-serve daphne gunicorn sanic puma rails next serve ";
/* Servers that listen on the loopback address unless they are told another. */
static const char loopback_servers[] = " uvicorn flask granian ";

bool is_listening_name(const char *name)
{
    /* Most variables are OpenTelemetry's, and none of these. */
    return *name != 'O' && word_list_has(address_names, name, strlen(name));
}

static const struct hd_port *declared(const struct hd_container *container, int64_t number)
{
    for (size_t i = 0; i < container->n_ports; i++)
        if (container->ports[i].port == number)
            return &container->ports[i];
    return NULL;
}

/* A number from 1 to 65535; 0 for anything else. */
static int64_t port_of(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    int64_t number = digits && digits <= 5 && !text[digits] ? strtol(text, NULL, 10) : 0;

    return number <= 65535 ? number : 0;
}

static void check_port(struct checker *checker, const struct container_in *in, struct where where, const char *subject, int64_t number)
{
    const struct hd_container *container = in->container;
    struct finding *finding;

    if (!number || !container->n_ports || declared(container, number))
        return;
    finding = found(checker, HD_LISTENS_ELSEWHERE, where, "%s says port %lld, but %s declares no such port", subject, (long long)number,
                    in->name);
    also_at(finding, AT(container, ports), "its ports: %s", container_ports_in_words(checker, container));
    hint(finding,
         "write the same number in both places, because probes and callers ask the declared port; if only this pod uses it, accept "
         "this with silence");
}

/* An address to listen on: host:port, :port, port, or a host alone. */
static void check_address(struct checker *checker, const struct container_in *in, struct where where, const char *subject, const char *text)
{
    const struct hd_container *container = in->container;
    const char *scheme = strstr(text, "://"), *colon;
    char host[HOST_LONGEST];
    int64_t number;
    size_t length;

    text = scheme ? scheme + 3 : text;
    if (!container->n_ports || !strncmp(text, "unix:", 5) || *text == '/')
        return;
    colon = strrchr(text, ':');
    if (!colon && port_of(text)) {
        check_port(checker, in, where, subject, port_of(text));
        return;
    }
    /* An IPv6 address without brackets has no port. */
    if (colon && *text != '[' && strchr(text, ':') != colon)
        colon = NULL;
    number = colon ? port_of(colon + 1) : 0;
    length = colon ? (size_t)(colon - text) : strlen(text);
    if (*text == '[' && length > 2) {
        text++;
        length -= 2;
    }
    if (length >= sizeof host || (colon && !number && colon[1]))
        return;
    memcpy(host, text, length);
    host[length] = '\0';
    if (!is_loopback(host)) {
        if (!length || !strcmp(host, "0.0.0.0") || !strcmp(host, "::") || !strcmp(host, "*") || !strcmp(host, "+"))
            check_port(checker, in, where, subject, number);
        return;
    }
    if (number && !declared(container, number))
        return;
    hint(found(checker, HD_LISTENS_ON_LOOPBACK, where, "%s makes the program listen on %s, where neither probes nor callers reach it",
               subject, host),
         "write 0.0.0.0%s%.5s; if another container of this pod passes the requests on, move the port to that container", number ? ":" : "",
         number ? colon + 1 : "");
}

/* An option among others: --bind=127.0.0.1:8000 --workers=4. */
static void check_bind_among(struct checker *checker, const struct container_in *in, const struct hd_env *env)
{
    const char *option = strstr(env->value, "--bind") + strlen("--bind"), *value = option + strspn(option, " =");

    check_address(checker, in, AT(env, value), env->name, arena_strndup(&checker->report->arena, value, strcspn(value, " ")));
}

/* The address that a server tells its callers, who look for it in their own pods then. */
static void check_advertised(struct checker *checker, const struct hd_service *service, const struct hd_env *env)
{
    if (graph_n_in(checker->model, service) &&
        (strstr(env->value, "//localhost:") || strstr(env->value, "//127.0.0.1:") || strstr(env->value, "//0.0.0.0:")))
        hint(found(checker, HD_LISTENS_ON_LOOPBACK, AT(env, value), "%s sends callers to their own pods", env->name),
             "write the name of the service, %s, in place of the host", service_called(service));
}

void check_listening_variable(struct checker *checker, const struct container_in *in, const struct hd_env *env)
{
    if (in->role == CONTAINER_INIT)
        return;
    if (strstr(env->name, "ADVERTISED"))
        check_advertised(checker, in->service, env);
    if (*env->name != 'O' && word_list_has(port_names, env->name, strlen(env->name)))
        check_port(checker, in, AT(env, value), env->name, port_of(env->value));
    else if (is_listening_name(env->name) && (strncmp(env->name, "HOST", 4) || is_loopback(env->value)))
        check_address(checker, in, AT(env, value), env->name, env->value);
    else if (!strcmp(env->name, "GUNICORN_CMD_ARGS") && strstr(env->value, "--bind"))
        check_bind_among(checker, in, env);
}

void check_scrape_annotation(struct checker *checker, const struct hd_service *service, const struct hd_pair *annotation)
{
    struct container_in in = service_container_at(service, 0);
    int64_t number = port_of(annotation->value);

    for (size_t i = 0; i < service_n_containers(service); i++)
        if (declared(service_container_at(service, i).container, number))
            return;
    /* The proxies of the mesh have ports of their own. */
    if (number / 100 != 150)
        check_port(checker, &in, AT(annotation, value), annotation->name, number);
}

/* The line in which nginx, Redis or Spring is told where to listen: what is told, or NULL in another line. */
static const char *told_in_line(struct checker *checker, const char *line)
{
    static const char *const keys[] = {"listen ", "bind ", "port ", "server.port="};

    line += strspn(line, " \t");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (!strncmp(line, keys[i], strlen(keys[i]))) {
            line += strlen(keys[i]);
            line += strspn(line, " ");
            return arena_strndup(&checker->scratch, line, strcspn(line, " ;\r\n"));
        }
    return NULL;
}

void check_listening_file(struct checker *checker, const struct container_in *in, const struct hd_config_file *file)
{
    const char *first = NULL, *told;
    size_t before = checker->report->n_findings;

    if (in->role == CONTAINER_INIT || !file->path || !file->content ||
        !(strstr(file->path, "nginx") || strstr(file->path, "redis") || strstr(file->path, ".properties")))
        return;
    for (const char *line = file->content; *line; line += strcspn(line, "\n") + (line[strcspn(line, "\n")] == '\n')) {
        told = told_in_line(checker, line);
        /* One server of the file that is reached is enough: the others may be for the pod itself. An address of Redis is for all ports. */
        if (told && declared(in->container, port_of(told)))
            return;
        first = first || !told ? first : line;
        if (told && is_loopback(told))
            break;
    }
    if (!first)
        return;
    check_address(checker, in, file->from_file ? AT(file, from_file) : AT(file, content), file->path, told_in_line(checker, first));
    if (checker->report->n_findings > before && !file->from_file)
        found_inside(checker->report->findings[before], file->content, first + strspn(first, " \t"));
}

/* The words of command and arguments, in one row. */
static size_t n_words(const struct hd_container *container)
{
    return container->n_command + container->n_args;
}

static const char *word_at(const struct hd_container *container, size_t index)
{
    return index < container->n_command ? container->command[index] : container->args[index - container->n_command];
}

static struct where place_of(const struct hd_container *container, size_t index)
{
    return index < container->n_command ? AT_ITEM(container, command, index) : AT_ITEM(container, args, index - container->n_command);
}

static const char *base_name(const char *word)
{
    const char *slash = strrchr(word, '/');

    return slash ? slash + 1 : word;
}

/* Which of the words runs one of these programs; n_words() when none does. */
static size_t word_of(const struct hd_container *container, const char *programs)
{
    size_t i = 0;

    for (; i < n_words(container); i++) {
        const char *name = base_name(word_at(container, i));

        if (word_list_has(programs, name, strlen(name)))
            break;
    }
    return i;
}

/* The value of an option at a word: --port 80 or --port=80. NULL when the word is none of these options. */
static const char *option_value(const struct hd_container *container, size_t *index, const char *options)
{
    const char *word = word_at(container, *index), *name = word + strspn(word, "-");
    size_t length = strcspn(name, "=");

    if (name == word || !word_list_has(options, name, length))
        return NULL;
    if (name[length])
        return name + length + 1;
    return *index + 1 < n_words(container) ? word_at(container, ++*index) : NULL;
}

static bool has_variable(const struct hd_container *container, const char *name)
{
    for (size_t i = 0; i < container->n_env; i++)
        if (same_text(container->env[i].name, name))
            return true;
    return container->n_env_from > 0;
}

/* A server that listens on the loopback address, because nobody tells it another one. */
static void check_told(struct checker *checker, const struct container_in *in, bool has_host)
{
    const struct hd_container *container = in->container;
    size_t server = word_of(container, loopback_servers);

    if (has_host || server == n_words(container) || !container->n_ports || has_variable(container, "UVICORN_HOST") ||
        has_variable(container, "FLASK_RUN_HOST") || has_variable(container, "GRANIAN_HOST"))
        return;
    if (!strcmp(base_name(word_at(container, server)), "flask") &&
        (server + 1 == n_words(container) || strcmp(word_at(container, server + 1), "run")))
        return;
    hint(found(checker, HD_LISTENS_ON_LOOPBACK, place_of(container, server),
               "%s listens on 127.0.0.1 unless it is told otherwise, where neither probes nor callers reach it",
               base_name(word_at(container, server))),
         "add --host 0.0.0.0; if its configuration says so already, accept this with silence");
}

/* A worker that takes its tasks from a queue, and listens nowhere. */
static void check_worker(struct checker *checker, const struct container_in *in)
{
    const struct hd_container *container = in->container;
    const struct hd_probe *probe = &container->readiness_probe;
    size_t at = word_of(container, " celery rq dramatiq sidekiq arq taskiq huey_consumer ");

    if (in->role == CONTAINER_MAIN && at < n_words(container) && probe->enabled == HD_TRUE && !probe->exec.n_command &&
        word_of(container, " flower ") == n_words(container) && !given_of(checker, in->service)->container.readiness_probe.enabled)
        hint(found(checker, HD_PROBE_PROTOCOL, place_of(container, at), "%s answers no requests, so the probes of the runtime fail for ever",
                   word_at(container, at)),
             "write ports: none, readinessProbe: none and livenessProbe: none; if it has a server of its own, accept this with silence");
}

void check_listening_command(struct checker *checker, const struct container_in *in)
{
    const struct hd_container *container = in->container;
    bool is_server = word_of(container, servers) < n_words(container), has_host = false;
    const char *client_host = NULL;

    for (size_t i = 0; i < n_words(container); i++) {
        size_t at = i;
        const char *word = word_at(container, i), *value = option_value(container, &at, bind_options);

        if (!value && is_server)
            value = option_value(container, &at, " b ");
        if (value)
            check_address(checker, in, place_of(container, at), arena_strndup(&checker->report->arena, word, strcspn(word, "=")), value);
        has_host |= value || option_value(container, &(size_t){i}, " uds fd ");
        value = option_value(container, &at, " host ");
        if (value && is_server)
            check_address(checker, in, place_of(container, at), "--host", value);
        else if (value)
            client_host = value;
        has_host |= value != NULL;
    }
    for (size_t i = 0; !client_host && i < n_words(container); i++) {
        size_t at = i;
        const char *word = word_at(container, i), *value = option_value(container, &at, port_options);

        if (!value && is_server)
            value = option_value(container, &at, " p ");
        if (value)
            check_port(checker, in, place_of(container, at), arena_strndup(&checker->report->arena, word, strcspn(word, "=")),
                       port_of(value));
    }
    check_told(checker, in, has_host);
    check_worker(checker, in);
}
