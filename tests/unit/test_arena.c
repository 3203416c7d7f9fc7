/* core/arena: memory that is freed all at once. */
#include "core/memory/arena.h"

#include "cmocka_test.h"

#include <string.h>

static jmp_buf out_of_memory;

static void pieces_are_zeroed_and_apart(void **state)
{
    struct arena arena;
    unsigned char *pieces[1000];

    (void)state;
    arena_init(&arena, &out_of_memory);
    for (size_t i = 0; i < LENGTH(pieces); i++) {
        size_t size = i * 7 % 300 + 1;

        pieces[i] = arena_array(&arena, 1, size);
        assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
        for (size_t k = 0; k < size; k++)
            assert_int_equal(pieces[i][k], 0);
        memset(pieces[i], (int)(i % 250 + 1), size);
    }
    for (size_t i = 0; i < LENGTH(pieces); i++)
        for (size_t k = 0; k < i * 7 % 300 + 1; k++)
            assert_int_equal(pieces[i][k], i % 250 + 1);
    arena_free(&arena);
}

static void large_pieces(void **state)
{
    struct arena arena;
    char *large;

    (void)state;
    arena_init(&arena, &out_of_memory);
    large = arena_array(&arena, 3, 5000000);
    large[0] = large[14999999] = 'x';
    assert_string_equal(arena_strndup(&arena, "after", 5), "after");
    assert_int_equal(large[14999999], 'x');
    arena_free(&arena);
}

static void texts(void **state)
{
    struct arena arena;
    char *text;

    (void)state;
    arena_init(&arena, &out_of_memory);
    assert_string_equal(arena_strndup(&arena, "cut here", 3), "cut");
    assert_string_equal(arena_strndup(&arena, "", 0), "");
    text = arena_printf(&arena, "%s-%d", "web", 7);
    assert_string_equal(text, "web-7");
    text = arena_printf(&arena, "%0100000d", 7);
    assert_int_equal(strlen(text), 100000);
    assert_non_null(arena_copy(&arena, NULL, 0));
    arena_free(&arena);
}

static void growing(void **state)
{
    struct arena arena;
    size_t *items = NULL;

    (void)state;
    arena_init(&arena, &out_of_memory);
    for (size_t i = 0; i < 10000; i++) {
        arena_grow(&arena, items, i);
        items[i] = i;
    }
    for (size_t i = 0; i < 10000; i++)
        assert_int_equal(items[i], i);
    arena_free(&arena);
}

static void sizes_that_overflow_unwind(void **state)
{
    static const size_t table[][2] = {{SIZE_MAX, 1}, {SIZE_MAX, 16}, {SIZE_MAX / 2, 4}, {1, SIZE_MAX - 8}, {SIZE_MAX / 2 + 1, 2}};
    jmp_buf unwound;
    struct arena arena;
    size_t volatile i = 0;

    (void)state;
    arena_init(&arena, &unwound);
    if (!setjmp(unwound))
        i = 0;
    else
        i = i + 1;
    if (i < LENGTH(table)) {
        arena_array(&arena, table[i][0], table[i][1]);
        fail_msg("%zu elements of %zu bytes were had", table[i][0], table[i][1]);
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_zeroed_and_apart), cmocka_unit_test(large_pieces), cmocka_unit_test(texts), cmocka_unit_test(growing),
        cmocka_unit_test(sizes_that_overflow_unwind),
    };

    if (setjmp(out_of_memory))
        return 1;
    return RUN(tests);
}
