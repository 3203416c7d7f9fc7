/* Labels and annotations that the user may not, or should not, choose. */
#include "core/text/among.h"
#include "model/checks.h"
#include "model/labels.h"
#include "parts.h"

/* The size that the API server allows for all annotations of an object. (Kubernetes: apimachinery objectmeta.go) */
enum { MOST_ANNOTATION_BYTES = 262144 };

/* Labels that controllers write, and take for theirs. */
static const char *const controllers_labels[] = {
    "pod-template-hash", "controller-revision-hash", "controller-uid", "job-name", "pod-template-generation",
};

static bool ends_with(const char *text, size_t length, const char *end)
{
    size_t n = strlen(end);

    return length >= n && !memcmp(text + length - n, end, n) && (length == n || text[length - n - 1] == '.');
}

static bool is_the_systems(const char *key)
{
    size_t prefix = strcspn(key, "/");

    if (IS_AMONG(key, controllers_labels))
        return true;
    if (!key[prefix] || !strncmp(key, "app.kubernetes.io/", 18))
        return false;
    return ends_with(key, prefix, "kubernetes.io") || ends_with(key, prefix, "k8s.io");
}

static const char *const selected_by[] = {LABEL_NAME, LABEL_INSTANCE, LABEL_PART_OF};

static void check_labels(struct checker *checker, const struct hd_pair *labels, size_t n_labels)
{
    for (size_t i = 0; i < n_labels; i++) {
        const struct hd_pair *label = &labels[i];

        if (!label->name)
            continue;
        if (IS_AMONG(label->name, selected_by))
            hint(found(checker, HD_SELECTOR_LABEL, AT(label, name), "the library writes %s itself, because selectors use it", label->name),
                 "it holds the %s; choose another key for your value",
                 !strcmp(label->name, LABEL_NAME) ? "service's name" : "application's name");
        else if (is_the_systems(label->name))
            hint(found(checker, HD_SYSTEM_LABEL, AT(label, name), "the key %.100s is reserved for Kubernetes and its controllers",
                       label->name),
                 "use a prefix of your own, such as example.com/, or no prefix");
    }
}

static size_t annotation_bytes(const struct hd_pair *pairs, size_t n_pairs)
{
    size_t bytes = 0;

    for (size_t i = 0; i < n_pairs; i++)
        bytes += (pairs[i].name ? strlen(pairs[i].name) : 0) + (pairs[i].value ? strlen(pairs[i].value) : 0);
    return bytes;
}

static void check_annotation_bytes(struct checker *checker, struct where where, size_t bytes)
{
    if (bytes > MOST_ANNOTATION_BYTES)
        hint(found(checker, HD_ANNOTATIONS_TOO_LARGE, where,
                   "the annotations of one object have %zu bytes in all, but at most %d are allowed", bytes, (int)MOST_ANNOTATION_BYTES),
             "keep annotations short, and put data into configFiles");
}

void check_application_labels(struct checker *checker)
{
    const struct hd_app *app = checker->app;

    check_labels(checker, app->labels, app->n_labels);
    check_annotation_bytes(checker, AT(app, annotations), annotation_bytes(app->annotations, app->n_annotations));
}

void check_service_labels(struct checker *checker, const struct hd_service *service)
{
    const struct hd_app *app = checker->app;
    size_t application = annotation_bytes(app->annotations, app->n_annotations);

    check_labels(checker, service->labels, service->n_labels);
    check_labels(checker, service->pod.pod_labels, service->pod.n_pod_labels);
    if (application <= MOST_ANNOTATION_BYTES && service->n_annotations)
        check_annotation_bytes(checker, AT(service, annotations),
                               application + annotation_bytes(service->annotations, service->n_annotations));
    check_annotation_bytes(checker, AT(&service->pod, pod_annotations),
                           annotation_bytes(service->pod.pod_annotations, service->pod.n_pod_annotations));
}
