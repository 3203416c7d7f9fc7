/* Rules for the memory that a program may take by its own options, and that its runtime needs to start, against the container's limit. */
#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/quantity.h"
#include "model/resources.h"
#include "model/runtime.h"
#include "pod_checks.h"
#include "text_checks.h"

#include <stdlib.h>
#include <string.h>

/* Options that say how much memory a program may take. */
static const struct option {
    const char *begin; /* as it is written; the amount follows, or is the next word */
    char unit;         /* of a bare number; none for bytes */
    bool beside;       /* the program needs memory beside it, so that the whole limit is too much as well */
} options[] = {
    {"-Xmx", 0, true},
    {"-Xms", 0, false},
    {"--max-old-space-size=", 'M', true},
    {"--maxmemory=", 0, true},
    {"shared_buffers=", 0, true},
    {"--innodb-buffer-pool-size=", 0, true},
    {"--innodb_buffer_pool_size=", 0, true},
    {"--wiredTigerCacheSizeGB=", 'G', true},
    {"--memory-limit=", 'M', true},
    /* The last one is memcached's alone. */
    {"-m", 'M', true},
};

static const struct hd_quantity *memory_limit(const struct hd_container *container)
{
    return resource_named(container->resources.limits, container->resources.n_limits, "memory");
}

/* Amounts of memory as the JVM (2g), Go (2GiB), databases (2GB) and Node.js (2048, in MiB) write them, as Kubernetes does; NULL when it is none. */
static const char *read_amount(struct checker *checker, const char *text, char unit)
{
    size_t digits = strspn(text, "0123456789");
    char suffix[] = {unit, 'i', '\0'};
    const char *amount;

    if (text[digits] && strchr("kKmMgGtT", text[digits]))
        *suffix = (char)(letter_lower(text[digits]) - 'a' + 'A');
    amount = arena_printf(&checker->scratch, "%.*s%s", (int)digits, text, suffix);
    return quantity_is_valid(amount) ? amount : NULL;
}

static void check_amount(struct checker *checker, const struct hd_container *container, struct where where, const char *option, int length,
                         const char *amount, bool beside)
{
    const struct hd_quantity *limit = memory_limit(container);
    int order = limit ? quantity_compare(amount, limit->amount) : -1;
    struct finding *finding;

    if (order < 0 || (!order && !beside))
        return;
    finding = found(checker, HD_HEAP_ABOVE_LIMIT, where, "%.*s lets the program take %s, but the container is killed at %s", length, option,
                    amount, limit->amount);
    also_at(finding, AT(limit, amount), "the limit");
    hint(finding, "write about three quarters of the limit, or raise the limit; if that much is never taken, accept this with silence");
}

void check_go_memory(struct checker *checker, const struct hd_container *container, const struct hd_env *env)
{
    const char *amount = read_amount(checker, env->value, '\0');

    if (amount)
        check_amount(checker, container, AT(env, value), env->name, 64, amount, false);
}

/* The JVM reads percent: 0.75 leaves it less than a hundredth of the limit, and 100 nothing for its threads. */
static void check_percentage(struct checker *checker, const struct hd_container *container, struct where where, const char *text)
{
    const char *option = strstr(text, "RAMPercentage="), *value = option ? strchr(option, '=') + 1 : NULL;

    if (value && *value == '0' && value[1] == '.')
        hint(found(checker, HD_PERCENT_AS_FRACTION, where, "RAMPercentage is in percent, so %.*s of the memory is less than a hundredth",
                   (int)strspn(value, "0123456789."), value),
             "write percent, such as 75.0; if so little is meant, accept this with silence");
    else if (value && strtol(value, NULL, 10) > 95 && memory_limit(container))
        hint(found(checker, HD_HEAP_ABOVE_LIMIT, where, "RAMPercentage=%.*s leaves nothing for what the JVM needs beside the heap",
                   (int)strspn(value, "0123456789."), value),
             "write 75.0 or less; if that much is never taken, accept this with silence");
}

/* The JVM takes one letter behind the number, and does not start with more. */
static bool check_jvm(struct checker *checker, struct where where, const char *text)
{
    const char *option = strstr(text, "-Xm"), *unit = option && option[3] ? option + 4 + strspn(option + 4, "0123456789") : text;

    if (unit < option + 5 || !strchr("kKmMgG", *unit) || !*unit || !letter_is_lower(letter_lower(unit[1])))
        return true;
    hint(found(checker, HD_VALUE_NOT_READ, where, "the JVM does not understand %.40s", option), "write one letter, such as %.*s%c", (int)(unit - option), option,
         letter_lower(*unit));
    return false;
}

/* The amount behind an option of the JVM, in this word or the next one; NULL when neither has it. */
static const char *amount_of_jvm(struct checker *checker, const char *text, const char *next, const char *option)
{
    const char *begin = strstr(text, option);

    if (!begin && next)
        begin = strstr(next, option);
    return begin ? read_amount(checker, begin + strlen(option), '\0') : NULL;
}

static void check_heap_order(struct checker *checker, struct where where, const char *text, const char *next)
{
    const char *least = amount_of_jvm(checker, text, next, "-Xms"), *most = amount_of_jvm(checker, text, next, "-Xmx");

    if (least && most && quantity_compare(least, most) > 0)
        hint(found(checker, HD_VALUE_NOT_READ, where, "the JVM does not start, because -Xms is %s, above the %s of -Xmx", least, most),
             "write -Xms no larger than -Xmx");
}

void check_memory_options(struct checker *checker, const struct hd_container *container, struct where where, const char *text, const char *next)
{
    bool is_memcached = strstr(text_or(container->image.reference, ""), "memcached") != NULL;

    if (strstr(text, "-Xm")) {
        if (!check_jvm(checker, where, text))
            return;
        check_heap_order(checker, where, text, next);
    }
    for (size_t i = 0; i < sizeof options / sizeof *options - !is_memcached; i++) {
        const struct option *option = &options[i];
        size_t length = strlen(option->begin), name = length - (option->begin[length - 1] == '=');
        const char *begin = strstr(text, option->begin);
        const char *value = begin && begin[length] ? begin + length : next && !strncmp(text, option->begin, name) && !text[name] ? next : NULL;
        const char *amount = value ? read_amount(checker, value, option->unit) : NULL;

        if (amount) {
            check_amount(checker, container, where, option->begin, (int)name, amount, option->beside);
            break;
        }
    }
    check_percentage(checker, container, where, text);
}

/* Each worker of gunicorn or uvicorn is a process of Python of its own. */
static void check_workers(struct checker *checker, const struct hd_container *container, struct where where, const char *text, const char *next)
{
    static const char *const names[] = {"-w", "--workers"};
    enum { LEAST_OF_WORKER = 16 };
    size_t length = strcspn(text, "=");
    const char *value = text[length] ? text + length + 1 : next;
    const struct hd_quantity *limit = memory_limit(container);
    int64_t mib = limit && quantity_is_valid(limit->amount) ? quantity_of(limit->amount).amount.units >> 20 : 0;
    struct finding *finding;

    if (mib < 1 || !value || !IS_AMONG_ANY_CASE(text, length, names) || strspn(value, "0123456789") > 4 || value[strspn(value, "0123456789")] ||
        strtol(value, NULL, 10) * LEAST_OF_WORKER <= mib)
        return;
    finding = found(checker, HD_HEAP_ABOVE_LIMIT, where, "%s worker processes of Python need at least %ldMi, but the container is killed at %s", value,
                    strtol(value, NULL, 10) * LEAST_OF_WORKER, limit->amount);
    also_at(finding, AT(limit, amount), "the limit");
    hint(finding, "write fewer workers, about two for each CPU, or raise the limit; if these are threads, accept this with silence");
}

void check_workers_of_command(struct checker *checker, const struct hd_container *container)
{
    static const char *const servers[] = {"gunicorn", "uvicorn", "hypercorn"};
    bool is_server = false;

    for (size_t i = 0; i < container->n_command; i++) {
        const char *next = i + 1 < container->n_command ? container->command[i + 1] : NULL;

        is_server |= IS_AMONG(container->command[i], servers);
        if (is_server)
            check_workers(checker, container, AT_ITEM(container, command, i), container->command[i], next);
    }
}

/* Runtimes, by the program that is started or the image, with the MiB below which they do not come to run a program. */
static const struct runtime_memory {
    const char *name, *image, *variable;
    int least;
} runtimes[] = {
    {"java", "eclipse-temurin", "JAVA_TOOL_OPTIONS", 64}, {"java", "openjdk", "JAVA_OPTS", 64}, {"java", "amazoncorretto", "JDK_JAVA_OPTIONS", 64},
    {"node", "node", "NODE_OPTIONS", 32},                 {"python", "python", "PYTHONUNBUFFERED", 16},
};

/* node, node20 and python3.12, but not node_exporter. */
static bool starts(const char *const *words, size_t n_words, const char *name)
{
    const char *slash = n_words ? strrchr(words[0], '/') : NULL, *program = slash ? slash + 1 : n_words ? words[0] : NULL;

    return program && !strncmp(program, name, strlen(name)) && !program[strlen(name) + strspn(program + strlen(name), "0123456789.")];
}

static bool is_run_by(const struct container_in *in, const struct runtime_memory *runtime)
{
    const struct hd_container *container = in->container;
    const char *image = container->image.reference, *slash = image ? strrchr(image, '/') : NULL, *name = slash ? slash + 1 : image;
    size_t length = strlen(runtime->image);

    for (size_t i = 0; i < container->n_env; i++)
        if (same_text(container->env[i].name, runtime->variable))
            return true;
    return starts(container->command, container->n_command, runtime->name) || starts(container->args, container->n_args, runtime->name) ||
           (name && !strncmp(name, runtime->image, length) && (!name[length] || strchr(":@", name[length]))) ||
           (in->role == CONTAINER_MAIN && *runtime->name == 'p' && runs_cpython(in->service));
}

void check_memory_of_runtime(struct checker *checker, const struct container_in *in)
{
    const struct hd_quantity *limit = memory_limit(in->container);
    int64_t units = limit && quantity_is_valid(limit->amount) ? quantity_of(limit->amount).amount.units : 0;

    /* Less is too little for any container, and reported as such. */
    for (size_t i = 0; units >= 4 << 20 && units < 64 << 20 && i < sizeof runtimes / sizeof *runtimes; i++)
        if (units < (int64_t)runtimes[i].least << 20 && is_run_by(in, &runtimes[i])) {
            hint(found(checker, HD_TINY_MEMORY, AT(limit, amount), "%s of memory is too little for %s to start, so the container is killed",
                       limit->amount, runtimes[i].name),
                 "write at least %dMi, and what the program needs besides; if something else runs here, accept this with silence",
                 runtimes[i].least);
            return;
        }
}
