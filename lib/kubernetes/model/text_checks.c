/* Rules for the text of variables, commands and arguments. */
#include "text_checks.h"

#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/word_list.h"
#include "model/collectors.h"
#include "model/tables.h"
#include "parts.h"

#include <stdlib.h>
#include <string.h>

bool names_own_namespace(const struct checker *checker, const char *text, size_t length)
{
    const char *own = checker->app->namespace_name;
    size_t n = own ? strlen(own) : 0;

    return n && length >= n && !memcmp(text, own, n) && (length == n || strchr(".:/", text[n]));
}

static const char *const shells[] = {"sh", "bash", "ash", "dash", "zsh", "ksh"};

bool is_address_name(const char *name)
{
    return word_list_ends(" URL URI ADDR ADDRESS ADDRESSES ENDPOINT ENDPOINTS SERVER SERVERS BROKERS BROKER HOST HOSTS DSN UPSTREAM TARGET BACKEND ", name);
}

bool is_host_name(const char *name)
{
    return word_list_ends(" HOST HOSTNAME PGHOST ", name);
}

bool is_server_name(const char *name)
{
    return word_list_ends(" DB_HOST DATABASE_HOST POSTGRES_HOST POSTGRESQL_HOST PGHOST MYSQL_HOST MARIADB_HOST REDIS_HOST MONGO_HOST MONGODB_HOST "
                          "AMQP_HOST RABBITMQ_HOST KAFKA_HOST NATS_HOST CACHE_HOST MEMCACHED_HOST ELASTICSEARCH_HOST CELERY_BROKER_HOST VALKEY_HOST ",
                          name);
}

/* Kubernetes expands $(NAME) alone. */
static void check_braces(struct checker *checker, const struct hd_container *container, struct where where, const char *text)
{
    /* Of two dollars Kubernetes makes one, which another rule says. */
    for (const char *dollar = strchr(text, '$'); dollar; dollar = strchr(dollar + 1 + (dollar[1] == '$'), '$')) {
        bool in_braces = dollar[1] == '{';
        const char *name = dollar + 1 + in_braces;
        size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

        if (!length || (in_braces && name[length] != '}' && name[length] != ':'))
            continue;
        for (size_t i = 0; i < container->n_env; i++) {
            const char *known = container->env[i].name;
            struct finding *finding;

            if (!known || strlen(known) != length || memcmp(known, name, length) != 0)
                continue;
            finding = found(checker, HD_SHELL_BRACES, where, "%.*s stays as it is, because Kubernetes expands only $(%s)",
                            (int)(length + 1 + in_braces + (in_braces && name[length] == '}')), dollar, known);
            found_inside(finding, text, dollar);
            also_at(finding, AT_STRUCT(&container->env[i]), "the variable %s", known);
            hint(finding, "write $(%s); if the program itself expands it, accept this with silence", known);
            return;
        }
    }
}

/* What Helm or a pipeline was meant to fill in. */
static void check_template(struct checker *checker, struct where where, const char *text)
{
    const char *open = strstr(text, "{{"), *close = open ? strstr(open, "}}") : NULL;
    const char *name = open ? open + 2 + strspn(open + 2, "- ") : NULL;
    struct finding *finding;

    if (!close || (strncmp(name, ".Values", 7) && strncmp(name, ".Release", 8) && strncmp(name, ".Chart", 6) &&
                   strncmp(name, "include ", 8) && strncmp(name, "$.", 2)))
        return;
    finding = found(checker, HD_TEMPLATE_LEFT, where, "%.*s is a template of Helm, which nobody fills in",
                    (int)(close + 2 - open > 60 ? 60 : close + 2 - open), open);
    found_inside(finding, text, open);
    hint(finding,
         "write the value; for one that differs by environment use an overlay (-f base.yaml -f production.yaml) or --set");
}

static void check_variable_text(struct checker *checker, const struct container_in *in, const struct hd_env *env)
{
    if (strchr(env->value, '$'))
        check_braces(checker, in->container, AT(env, value), env->value);
    if (strchr(env->value, '{'))
        check_template(checker, AT(env, value), env->value);
    check_value_of_variable(checker, in, env);
    if (strncmp(env->name, "OTEL_", 5))
        check_form_of_variable(checker, in->container, env);
    check_addresses_of_variable(checker, in, env);
    check_listening_variable(checker, in, env);
    check_graceful_variable(checker, in, env);
    check_production(checker, in->container, env);
}

static bool has_shell(const char *const *words, size_t n_words)
{
    for (size_t i = 0; i < n_words; i++) {
        const char *slash = strrchr(words[i], '/');

        if (IS_AMONG(slash ? slash + 1 : words[i], shells))
            return true;
    }
    return false;
}

/* sh -c takes one word as its script; those behind it are $0, $1 and so on. */
static void check_behind_script(struct checker *checker, const struct hd_container *container)
{
    if (container->n_command < 4 || !has_shell(container->command, 1) || strcmp(container->command[1], "-c") || strchr(container->command[2], '$'))
        return;
    hint(found(checker, HD_WORD_BEHIND_SCRIPT, AT_ITEM(container, command, 3), "the shell passes over %.60s, because -c takes one word",
               container->command[3]),
         "write the whole line as one word: command: [sh, -c, \"...\"]; if the script reads them all the same, accept this with silence");
}

/* Also where another program starts the shell, as tini and env do. */
static bool is_shell(const struct hd_container *container)
{
    return has_shell(container->command, container->n_command) || has_shell(container->args, container->n_args);
}

static void check_word(struct checker *checker, const struct container_in *in, struct where where, const char *word, bool of_shell)
{
    if (!of_shell && strchr(word, '$'))
        check_braces(checker, in->container, where, word);
    if (strchr(word, '{'))
        check_template(checker, where, word);
    if (!of_shell && strchr(word, ':'))
        check_addresses_of_word(checker, in, where, word);
    if (of_shell)
        check_script(checker, in, where, word);
    else
        check_value_of_word(checker, where, word);
}

/* A program or a shell that sleeps beyond the end of its job. */
static void check_sleep(struct checker *checker, const struct hd_job *job, struct where where, const char *word, const char *next)
{
    const char *at = strstr(word, "sleep");
    struct finding *finding;
    long seconds = at && (at[5] || next) ? strtol(at[5] ? at + 5 : next, NULL, 10) : -1;

    if (seconds < job->active_deadline_seconds || (at > word && at[-1] == '-') || strstr(word, "timeout"))
        return;
    finding = found(checker, HD_JOB_NOT_COMPLETED, where, "the program sleeps for %ld s, but the job is stopped before", seconds);
    also_at(finding, AT(job, active_deadline_seconds), "the deadline");
    hint(finding, "raise activeDeadlineSeconds; if it seldom sleeps so long, accept this with silence");
}

static void check_options(struct checker *checker, const struct container_in *in, const char *const *words, size_t n_words, struct where where)
{
    for (size_t i = 0; i < n_words; i++) {
        const char *next = i + 1 < n_words ? words[i + 1] : NULL;

        where.item = (uint32_t)i + 1;
        if (words[i][0] == '-' && words[i][1] == '-')
            check_graceful(checker, in, where, words[i], next);
        check_memory_options(checker, in->container, where, words[i], next);
        check_debugger(checker, where, words[i]);
        if (in->service->job.active_deadline_seconds)
            check_sleep(checker, &in->service->job, where, words[i], next);
    }
}

/* Commands that the kubelet runs within the container ask the program there. */
static void check_own_addresses(struct checker *checker, const struct container_in *in)
{
    const struct hd_container *container = in->container;
    const struct hd_exec_action *const commands[] = {&container->startup_probe.exec, &container->readiness_probe.exec, &container->liveness_probe.exec,
                                                     &container->lifecycle.pre_stop.exec};

    for (size_t k = 0; k < sizeof commands / sizeof *commands; k++)
        for (size_t i = 0; i < commands[k]->n_command; i++)
            if (strstr(commands[k]->command[i], "://localhost:") || strstr(commands[k]->command[i], "://127.0.0.1:"))
                check_addresses_of_word(checker, in, AT_ITEM(commands[k], command, i), commands[k]->command[i]);
}

static void check_container_texts(struct checker *checker, const struct container_in *in)
{
    const struct hd_container *container = in->container;
    bool of_shell = is_shell(container);

    for (size_t i = 0; i < container->n_env; i++)
        if (container->env[i].name && container->env[i].value)
            check_variable_text(checker, in, &container->env[i]);
    for (size_t i = 0; i < container->n_command; i++)
        check_word(checker, in, AT_ITEM(container, command, i), container->command[i], of_shell);
    check_options(checker, in, container->command, container->n_command, AT(container, command));
    check_options(checker, in, container->args, container->n_args, AT(container, args));
    for (size_t i = 0; i < container->n_args; i++)
        check_word(checker, in, AT_ITEM(container, args, i), container->args[i], of_shell);
    check_behind_script(checker, container);
    check_own_addresses(checker, in);
    if (in->role != CONTAINER_INIT && (container->n_command || container->n_args))
        check_listening_command(checker, in);
}

void check_texts(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service_n_containers(service); i++) {
        struct container_in in = service_container_at(service, i);

        check_container_texts(checker, &in);
        check_memory_of_runtime(checker, &in);
        check_workers_of_command(checker, in.container);
        check_http_proxy(checker, &in);
        check_ports_of_hosts(checker, &in);
        for (size_t k = 0; k < in.container->n_config_files; k++) {
            check_addresses_of_file(checker, &in, &in.container->config_files[k]);
            check_listening_file(checker, &in, &in.container->config_files[k]);
        }
    }
}
