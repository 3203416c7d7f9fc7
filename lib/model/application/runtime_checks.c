/* Runtimes: that each name means one, that what builds on others ends somewhere, and that each entry is used. */
#include "model/checks.h"
#include "core/tables/check_fields.h"
#include "core/text/suggest.h"
#include "model/runtime.h"
#include "model/tables.h"

#include <string.h>

static const char *const library_names[] = {"container", "cpython", "condon"};

static void unknown_runtime(struct checker *checker, struct where where, const char *name)
{
    const struct hd_app *app = checker->app;
    struct suggestion suggestion = suggest_for(name);
    struct finding *finding = found(checker, HD_UNKNOWN_RUNTIME, where, "there is no runtime \"%.60s\"", name);

    for (size_t i = 0; i < sizeof library_names / sizeof *library_names; i++)
        suggest_try(&suggestion, library_names[i]);
    for (size_t i = 0; i < app->n_runtimes; i++)
        if (app->runtimes[i].name)
            suggest_try(&suggestion, app->runtimes[i].name);
    hint_nearest(finding, suggestion.nearest, "the library has container, cpython and condon; define others under runtimes");
}

static bool is_known(const struct checker *checker, const char *name)
{
    return is_library_runtime(name) || runtime_entry(checker->model, name);
}

/* One word a runtime: codon is another for condon. Two equal names are reported as two equal keys. */
static void check_entry_twice(struct checker *checker, const struct hd_service *entry)
{
    const struct hd_service *first = runtime_entry(checker->model, entry->name);
    struct finding *finding;

    if (first == entry || !strcmp(first->name, entry->name))
        return;
    finding = found(checker, HD_RUNTIME_TWICE, AT(entry, name), "%s and %s are two names of the same runtime", first->name, entry->name);
    also_at(finding, AT(first, name), "the first entry for it");
    hint(finding, "move all defaults into one entry, and remove the other");
}

/* The first entry, in the order of the model, of those that lead to each other; NULL where `entry` does not lead to itself. */
static const struct hd_service *first_of_circle(const struct checker *checker, const struct hd_service *entry)
{
    const struct hd_service *first = entry, *next = entry;

    for (size_t i = 0; i <= MOST_ENTRIES; i++) {
        next = next->base && !is_library_runtime(next->name) ? runtime_entry(checker->model, next->base) : NULL;
        if (!next || next == entry)
            return next ? first : NULL;
        if (next < first)
            first = next;
    }
    return NULL;
}

/* Entries that build on each other one by one, from this one on. */
static size_t depth_of(const struct checker *checker, const struct hd_service *entry)
{
    size_t depth = 0;

    for (; entry && depth <= MOST_ENTRIES + 1; depth++)
        entry = entry->base && !is_library_runtime(entry->name) ? runtime_entry(checker->model, entry->base) : NULL;
    return depth;
}

static void check_base(struct checker *checker, const struct hd_service *entry)
{
    const struct hd_service *first;

    if (!entry->base)
        return;
    if (is_library_runtime(entry->name)) {
        hint(found(checker, HD_RUNTIME_BASE, AT(entry, base), "%s is a runtime of the library, so it cannot have a base", entry->name),
             "remove base, or give the entry a name of its own, such as my-%s, and write base: %s", entry->name, entry->name);
        return;
    }
    if (!is_known(checker, entry->base)) {
        unknown_runtime(checker, AT(entry, base), entry->base);
        return;
    }
    first = first_of_circle(checker, entry);
    if (first == entry)
        hint(found(checker, HD_RUNTIME_BASE, AT(entry, base), "the runtime %s has itself as base, directly or through others", entry->name),
             "let one of these entries have the base container, cpython or condon");
    else if (!first && depth_of(checker, entry) == MOST_ENTRIES + 1)
        hint(found(checker, HD_RUNTIME_BASE, AT(entry, base), "more than %d runtimes build on each other here", MOST_ENTRIES),
             "choose a base that is nearer to container, cpython or condon");
}

static void report_unused(struct checker *checker, const struct hd_service *entry)
{
    struct suggestion suggestion = suggest_for(entry->name);
    struct finding *finding = found(checker, HD_RUNTIME_UNUSED, AT(entry, name), "no service has the runtime %s", entry->name);

    for (size_t i = 0; !is_library_runtime(entry->name) && i < sizeof library_names / sizeof *library_names; i++)
        suggest_try(&suggestion, library_names[i]);
    hint_nearest(finding, suggestion.nearest, "write runtime: %s in the services that need these defaults, or remove the entry",
                 entry->name);
}

/* Entries whose bases never end are used too: what is wrong with them is told once. */
static void mark_used(struct checker *checker, const struct hd_service *service, bool *used)
{
    struct runtime runtime = runtime_of(checker->model, service);
    const struct hd_service *entry = service->runtime ? runtime_entry(checker->model, service->runtime) : runtime.entries[0];

    for (size_t i = 0; entry && i <= MOST_ENTRIES; i++) {
        used[entry - checker->app->runtimes] = true;
        entry = entry->base ? runtime_entry(checker->model, entry->base) : NULL;
    }
}

/* An entry has base, and a service has runtime. */
static void check_runtime_of_entry(struct checker *checker, const struct hd_service *entry)
{
    if (entry->runtime)
        hint(found(checker, HD_RUNTIME_BASE, AT(entry, runtime), "runtime is a key of services, but %s is an entry of runtimes",
                   entry->name),
             "write base: %s", entry->runtime);
}

void check_runtimes(struct checker *checker)
{
    const struct hd_app *app = checker->app;
    bool *used = arena_array(&checker->report->arena, app->n_runtimes, sizeof *used);

    for (size_t i = 0; i < app->n_services; i++)
        mark_used(checker, &app->services[i], used);
    for (size_t i = 0; i < app->n_runtimes; i++) {
        const struct hd_service *entry = &app->runtimes[i];

        if (!entry->name)
            continue;
        check_entry_twice(checker, entry);
        check_runtime_of_entry(checker, entry);
        check_base(checker, entry);
        if (!used[i] && runtime_entry(checker->model, entry->name) == entry)
            report_unused(checker, entry);
    }
}

void check_runtime(struct checker *checker, const struct hd_service *service)
{
    const struct hd_service *given = given_of(checker, service);

    if (given->base) {
        hint(found(checker, HD_RUNTIME_BASE, AT(service, base), "base is a key of the entries of runtimes, not of a service"),
             "write runtime: %s", given->base);
        return;
    }
    if (given->runtime && !is_known(checker, given->runtime))
        unknown_runtime(checker, AT(service, runtime), given->runtime);
    if (!service->runtime && !field_was_refused(&hd_service_struct, field_of(&hd_service_struct, "runtime"), service))
        hint(found(checker, HD_NO_RUNTIME, AT_STRUCT(service), "the service has no runtime"),
             "write runtime: cpython, condon or container, which gives probes, resources and scaling (now those of cpython); if another "
             "file "
             "defines the service, correct the name");
}
