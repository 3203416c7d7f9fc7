/* core/names and core/path: from names to things, and from steps to paths. */
#include "core/memory/names.h"
#include "core/tables/path.h"

#include "cmocka_test.h"

#include <string.h>

static jmp_buf out_of_memory;

static void found_again(void **state)
{
    enum { MANY = 5000 };
    struct arena arena;
    struct names names = {NULL, 0};
    const char *texts[MANY];

    (void)state;
    arena_init(&arena, &out_of_memory);
    assert_null(names_find(&names, "web"));
    names_init(&arena, &names, MANY);
    assert_null(names_find(&names, "web"));
    for (size_t i = 0; i < MANY; i++) {
        texts[i] = arena_printf(&arena, "service-%zu", i);
        assert_null(names_add(&names, texts[i], texts[i]));
    }
    for (size_t i = 0; i < MANY; i++) {
        /* Another address, the same text. */
        assert_ptr_equal(names_find(&names, arena_strndup(&arena, texts[i], strlen(texts[i]))), texts[i]);
        assert_ptr_equal(names_add(&names, texts[i], &arena), texts[i]);
        assert_ptr_equal(names_find(&names, texts[i]), texts[i]);
    }
    assert_null(names_find(&names, "service-5000"));
    assert_null(names_find(&names, ""));
    arena_free(&arena);
}

static void more_than_expected(void **state)
{
    enum { MANY = 1000 };
    struct arena arena;
    struct names names;
    const char *texts[MANY];

    (void)state;
    arena_init(&arena, &out_of_memory);
    names_init(&arena, &names, 0);
    for (size_t i = 0; i < MANY; i++) {
        texts[i] = arena_printf(&arena, "%zu", i);
        names_set(&names, texts[i], &names);
        names_set(&names, texts[i], texts[i]);
    }
    for (size_t i = 0; i < MANY; i++)
        assert_ptr_equal(names_find(&names, texts[i]), texts[i]);
    assert_null(names_find(&names, "1000"));
    arena_free(&arena);
}

/* Whoever knew the hash could choose keys that all fall into one place of a table. */
static void nobody_foresees_the_hash(void **state)
{
    const char *texts[] = {"", "a", "name", "services", "imageRegistry", "a text of more than sixteen letters"};
    struct arena one, other;

    (void)state;
    arena_init(&one, &out_of_memory);
    arena_init(&other, &out_of_memory);
    for (size_t i = 0; i < LENGTH(texts); i++) {
        assert_true(names_hash(&one, texts[i]) == names_hash(&one, texts[i]));
        assert_true(names_hash(&one, texts[i]) != names_hash(&other, texts[i]));
        for (size_t k = 0; k < i; k++)
            assert_true(names_hash(&one, texts[i]) != names_hash(&one, texts[k]));
    }
}

static void paths(void **state)
{
    struct step app = {.key = "services"};
    struct step keyed = {.key = "services", .name = "auth-service", .index = 1};
    struct step ports = {.outer = &keyed, .key = "ports", .index = 3};
    struct step port = {.outer = &ports, .key = "port"};
    struct step labels = {.outer = &keyed, .key = "labels", .name = "example.com/team", .index = 1};
    struct step quoted = {.outer = &keyed, .key = "a b"};
    struct arena arena;

    (void)state;
    arena_init(&arena, &out_of_memory);
    assert_string_equal(path_text(&arena, NULL), "");
    assert_string_equal(path_text(&arena, &app), "services");
    assert_string_equal(path_text(&arena, &keyed), "services.auth-service");
    assert_string_equal(path_text(&arena, &port), "services.auth-service.ports[2].port");
    assert_string_equal(path_text(&arena, &labels), "services.auth-service.labels[\"example.com/team\"]");
    assert_string_equal(path_text(&arena, &quoted), "services.auth-service[\"a b\"]");
    arena_free(&arena);
}

static void long_paths_are_cut(void **state)
{
    char name[2000];
    struct step step = {.key = "services", .name = name, .index = 1};
    struct arena arena;

    (void)state;
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    arena_init(&arena, &out_of_memory);
    assert_true(strlen(path_text(&arena, &step)) < 600);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(found_again), cmocka_unit_test(more_than_expected), cmocka_unit_test(nobody_foresees_the_hash),
        cmocka_unit_test(paths),
        cmocka_unit_test(long_paths_are_cut),
    };

    if (setjmp(out_of_memory))
        return 1;
    return RUN(tests);
}
