/* Names of generated objects: short enough after their suffixes, and each given once. */
#include "core/memory/names.h"
#include "core/text/among.h"
#include "model/checks.h"
#include "plan.h"

#include <string.h>

/* How long a name of a kind may be, where that is less than the API server's 253. */
struct name_limit {
    const char *kind;
    size_t longest;
    const char *why;
};

static const struct name_limit limits[] = {
    {"Service", 63, "the name of a Service is a DNS label"},
    {"StatefulSet", 52, "its pods have the name and a hash in a label of at most 63"},
    {"CronJob", 52, "its Jobs have the name and a time in a label of at most 63"},
};

/* Pods of a Deployment are called <name>-<10 of a hash>-<5 random>, cut to 63. */
enum { LONGEST_POD_NAME_STEM = 46 };

static struct where name_place(struct checker *checker, const struct hd_service *service)
{
    return is_collector(checker->model, service) ? AT(&checker->app->telemetry.collector, name) : AT(service, name);
}

static void check_length(struct checker *checker, const struct hd_manifest *manifest, const struct hd_service *service)
{
    size_t length = strlen(manifest->name);

    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        if (!strcmp(manifest->kind, limits[i].kind) && length > limits[i].longest) {
            struct finding *finding = found(checker, HD_NAME_TOO_LONG, name_place(checker, service),
                                            "the name %s of a %s has %zu letters, but at most %zu are allowed", manifest->name,
                                            manifest->kind, length, limits[i].longest);

            hint(finding, "%s: shorten the service's name by %zu", limits[i].why, length - limits[i].longest);
            return;
        }
    if (!strcmp(manifest->kind, "Deployment") && length > LONGEST_POD_NAME_STEM)
        hint(found(checker, HD_POD_NAMES_CUT, name_place(checker, service),
                   "the name of the Deployment has %zu letters, so Kubernetes cuts the names of its pods", length),
             "use at most %d letters: pods are then called <service>-<hash>-<random>", LONGEST_POD_NAME_STEM);
}

static bool same_object(const struct hd_manifest *a, const struct hd_manifest *b)
{
    const char *a_namespace = text_or(a->namespace_name, ""), *b_namespace = text_or(b->namespace_name, "");

    return !strcmp(a->name, b->name) && !strcmp(a->kind, b->kind) && !strcmp(a->group, b->group) && !strcmp(a_namespace, b_namespace);
}

static const struct foreign_object *foreign_of(const struct hd_model *model, size_t index)
{
    return model->planned[index].row->is_whole ? model->planned[index].object : NULL;
}

/* Tells an object that the model gives, where there is one already: the library's, or another one. */
static void collide_with_given(struct checker *checker, const struct foreign_object *given, const struct foreign_object *other,
                               const struct hd_service *service)
{
    struct finding *finding;

    finding = finding_in(checker->report, HD_OBJECT_TWICE, given->file, given->line, given->column, given->path,
                         other ? "the %s %s is given twice" : "the %s %s is given, but the library makes it too", given->kind, given->name);
    if (other)
        also_in(finding, other->file, other->line, other->column, "the first one");
    else if (service)
        also_at(finding, AT(service, name), "it is made for this service");
    hint(finding, other ? "remove one of the two" : "remove it from manifests, or give it another name");
}

static void collide(struct checker *checker, size_t first, size_t second)
{
    const struct hd_model *model = checker->model;
    const struct hd_manifest *manifest = &model->manifests[second];
    const struct hd_service *one = model->planned[first].service, *other = model->planned[second].service;
    const struct foreign_object *first_given = foreign_of(model, first), *second_given = foreign_of(model, second);
    struct finding *finding;

    if (first_given || second_given) {
        collide_with_given(checker, second_given ? second_given : first_given, second_given ? first_given : NULL,
                           second_given ? one : other);
        return;
    }
    /* Objects of the application itself have names from lists, in which each name stands once. */
    if (!one && !other)
        return;
    /* A collector collides in many kinds at once; report only its NetworkPolicy. */
    if (is_collector(model, one) || is_collector(model, other))
        return;
    if (one && other && one->name && other->name && !strcmp(one->name, other->name) && one != other)
        return;
    finding =
        found(checker, HD_OBJECTS_COLLIDE, AT(other ? other : one, name), "two objects would be the %s %s", manifest->kind, manifest->name);
    if (one && other && one != other)
        also_at(finding, AT(one, name), "one of them belongs to this service");
    hint(finding, "rename one of the services or volumes: objects have the name of their service, some with a suffix");
}

/* Two lists of equal keys need not be compared pair by pair: a table finds the first object of each name. */
void check_object_names(struct checker *checker)
{
    const struct hd_model *model = checker->model;
    struct arena *arena = &checker->report->arena;
    size_t size = 16, mask;
    uint32_t *table;

    while (size < model->n_manifests * 2)
        size *= 2;
    mask = size - 1;
    table = arena_array(arena, size, sizeof *table);
    for (size_t i = 0; i < model->n_manifests; i++) {
        const struct hd_manifest *manifest = &model->manifests[i];
        size_t slot = (size_t)(names_hash(arena, manifest->name) ^ names_hash(arena, manifest->kind) * 31) & mask;

        if (model->planned[i].service && !foreign_of(model, i))
            check_length(checker, manifest, model->planned[i].service);
        while (table[slot] && !same_object(&model->manifests[table[slot] - 1], manifest))
            slot = (slot + 1) & mask;
        if (table[slot])
            collide(checker, table[slot] - 1, i);
        else
            table[slot] = (uint32_t)i + 1;
    }
}
