/* core/suggest: the nearest of some words. */
#include "core/text/suggest.h"

#include "cmocka_test.h"

#include <string.h>

static const char *nearest(const char *word)
{
    static const char *const keys[] = {
        "runtimeClassName", "runtime",       "replicas",       "ports",        "port",  "env",    "envFrom",     "image",
        "autoscaling",      "livenessProbe", "readinessProbe", "startupProbe", "calls", "expose", "minReplicas", "maxReplicas"};
    struct suggestion suggestion = suggest_for(word);

    for (size_t i = 0; i < LENGTH(keys); i++)
        suggest_try(&suggestion, keys[i]);
    return suggestion.nearest ? suggestion.nearest : "";
}

static void near_words(void **state)
{
    static const char *const table[][2] = {
        {"runtim", "runtime"},
        {"runtime_class_name", "runtimeClassName"},
        {"replica", "replicas"},
        {"replcias", "replicas"},
        {"prot", "port"},
        {"Port", "port"},
        {"envfrom", "envFrom"},
        {"autoscale", "autoscaling"},
        {"auto", "autoscaling"},
        {"liveness_probe", "livenessProbe"},
        {"minreplicas", "minReplicas"},
        {"maxReplica", "maxReplicas"},
        {"call", "calls"},
        {"exposed", "expose"},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(table); i++)
        if (strcmp(nearest(table[i][0]), table[i][1]))
            fail_msg("%s suggests '%s', not '%s'", table[i][0], nearest(table[i][0]), table[i][1]);
}

static void far_words(void **state)
{
    (void)state;
    assert_string_equal(nearest("kubernetes"), "");
    assert_string_equal(nearest("zzz"), "");
    assert_string_equal(nearest(""), "");
}

static void long_words_are_harmless(void **state)
{
    char word[5000];

    (void)state;
    memset(word, 'p', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    assert_string_equal(nearest(word), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(near_words),
        cmocka_unit_test(far_words),
        cmocka_unit_test(long_words_are_harmless),
    };

    return RUN(tests);
}
