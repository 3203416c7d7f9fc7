/* Keys of the pods' own labels, by whose values the scheduler compares pods: matchLabelKeys and mismatchLabelKeys. */
#include "core/tables/field.h"
#include "model/delivery.h"
#include "model/labels.h"
#include "pod_checks.h"

#include <string.h>

/* Labels that controllers put on the pods of their workloads. */
static const struct {
    const char *key;
    unsigned workloads;
} of_controllers[] = {
    {"pod-template-hash", FOR(DEPLOYMENT)},
    {"controller-revision-hash", FOR(STATEFUL_SET) | FOR(DAEMON_SET)},
    {"statefulset.kubernetes.io/pod-name", FOR(STATEFUL_SET)},
    {"apps.kubernetes.io/pod-index", FOR(STATEFUL_SET)},
    {"batch.kubernetes.io/job-name", RUNNING_TO_END},
    {"batch.kubernetes.io/controller-uid", RUNNING_TO_END},
    {"batch.kubernetes.io/job-completion-index", RUNNING_TO_END},
};

/* Kinds of workloads whose controller gives pods the label; 0 when none does. */
static unsigned controllers_with(const char *key)
{
    for (size_t i = 0; i < sizeof of_controllers / sizeof *of_controllers; i++)
        if (!strcmp(of_controllers[i].key, key))
            return of_controllers[i].workloads;
    return 0;
}

static bool has_label(struct checker *checker, const struct hd_service *service, const char *key)
{
    unsigned workloads = controllers_with(key);

    if (workloads)
        return workloads & (1u << service->workload);
    if (!strcmp(key, "rollouts-pod-template-hash"))
        return is_delivered_by(service, HD_EXECUTOR_ARGO_ROLLOUTS);
    return pod_label(checker->model, service, key) != NULL;
}

/* A key of labels, and where it stands. */
struct label_key {
    const char *text;
    struct where where;
};

static void check_present(struct checker *checker, const struct hd_service *service, const struct label_key *key)
{
    if (format_is_valid(&format_label_key, key->text) && !has_label(checker, service, key->text))
        hint(found(checker, HD_LABEL_KEY_ABSENT, key->where, "the pods have no label %s, so the scheduler passes over this key", key->text),
             controllers_with(key->text) ? "remove the key: only pods of another kind of workload have this label"
                                         : "give the pods the label under podLabels, or remove the key");
}

static void check_selected(struct checker *checker, const struct label_key *key, bool is_selected)
{
    if (is_selected)
        hint(found(checker, HD_LABEL_KEY_TWICE, key->where,
                   "the labelSelector compares the label %s already, so the API server refuses the pod", key->text),
             "remove the key here");
}

static bool selects_by(const struct hd_label_selector *selector, const char *key)
{
    for (size_t i = 0; i < selector->n_match_labels; i++)
        if (selector->match_labels[i].name && !strcmp(selector->match_labels[i].name, key))
            return true;
    for (size_t i = 0; i < selector->n_match_expressions; i++)
        if (selector->match_expressions[i].key && !strcmp(selector->match_expressions[i].key, key))
            return true;
    return false;
}

static void check_key_of_term(struct checker *checker, const struct hd_service *service, const struct hd_pod_affinity_term *term,
                              const struct label_key *key)
{
    check_present(checker, service, key);
    check_selected(checker, key, selects_by(&term->label_selector, key->text));
}

void check_label_keys_of_term(struct checker *checker, const struct hd_service *service, const struct hd_pod_affinity_term *term)
{
    for (size_t i = 0; i < term->n_match_label_keys; i++)
        check_key_of_term(checker, service, term, &(struct label_key){term->match_label_keys[i], AT_ITEM(term, match_label_keys, i)});
    for (size_t i = 0; i < term->n_mismatch_label_keys; i++) {
        struct label_key key = {term->mismatch_label_keys[i], AT_ITEM(term, mismatch_label_keys, i)};

        check_key_of_term(checker, service, term, &key);
        for (size_t k = 0; k < term->n_match_label_keys; k++)
            if (!strcmp(term->match_label_keys[k], key.text)) {
                struct finding *finding = found(checker, HD_LABEL_KEY_TWICE, key.where,
                                                "matchLabelKeys has the key %s too, so the API server refuses the pod", key.text);

                also_at(finding, AT_ITEM(term, match_label_keys, k), "the same key in matchLabelKeys");
                hint(finding, "remove one of the two: a label cannot be the same and another one");
            }
    }
}

void check_label_keys_of_spread(struct checker *checker, const struct hd_service *service, const struct hd_topology_spread *spread)
{
    for (size_t i = 0; i < spread->n_match_label_keys; i++) {
        struct label_key key = {spread->match_label_keys[i], AT_ITEM(spread, match_label_keys, i)};

        check_present(checker, service, &key);
        check_selected(checker, &key, !strcmp(key.text, LABEL_NAME) || !strcmp(key.text, LABEL_INSTANCE));
    }
}
