/* core/arena: memory that is freed all at once. */
#include "core/memory/arena.h"
#include "core/memory/packed.h"

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

static void large_arrays_grow(void **state)
{
    struct arena arena;
    uint64_t *numbers = NULL;
    size_t n = 0;

    (void)state;
    arena_init(&arena, &out_of_memory);
    for (; n < 1000000; n++) {
        arena_grow(&arena, numbers, n);
        numbers[n] = n;
    }
    for (size_t i = 0; i < n; i++)
        assert_int_equal(numbers[i], i);
    /* The last array has room for 2^20 numbers of 8 bytes; those before it are gone. */
    assert_true(arena.size < 12 * 1024 * 1024);
    arena_free(&arena);
}

static void emptied(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena, &out_of_memory);
    arena_empty(&arena);
    for (int i = 0; i < 1000; i++) {
        memset(arena_array(&arena, 1, 10000), 'x', 10000);
        if (i % 10 == 9)
            arena_empty(&arena);
    }
    assert_true(arena.size < 1024 * 1024);
    arena_free(&arena);
}

/* What was taken before stays, and much that is given back again and again does not make the arena larger. */
static void rewound(void **state)
{
    struct arena arena;
    struct arena_mark mark;
    char *kept, *first, *again;

    (void)state;
    arena_init(&arena, &out_of_memory);
    mark = arena_mark(&arena);
    arena_array(&arena, 1, 100);
    arena_rewind(&arena, mark);
    kept = arena_strndup(&arena, "kept", 4);
    mark = arena_mark(&arena);
    first = arena_strndup(&arena, "gone", 4);
    for (int i = 0; i < 1000; i++) {
        for (int k = 0; k < 20; k++)
            memset(arena_array(&arena, 1, 10000), 'x', 10000);
        arena_rewind(&arena, mark);
        assert_true(arena.size < 64 * 1024);
    }
    again = arena_strndup(&arena, "here", 4);
    assert_ptr_equal(again, first);
    assert_string_equal(kept, "kept");
    assert_string_equal(again, "here");
    arena_free(&arena);
}

static void packed_and_unpacked(void **state)
{
    enum { WORDS = 300 };
    uintptr_t object[WORDS], again[WORDS];
    struct arena arena;

    (void)state;
    arena_init(&arena, &out_of_memory);
    for (size_t step = 1; step < WORDS; step++) {
        memset(object, 0, sizeof object);
        memset(again, 'x', sizeof again);
        for (size_t i = step / 2; i < WORDS; i += step)
            object[i] = i + 1;
        unpack(pack(&arena, object, (WORDS - step) * sizeof *object), again, (WORDS - step) * sizeof *object);
        assert_memory_equal(object, again, (WORDS - step) * sizeof *object);
    }
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
        cmocka_unit_test(sizes_that_overflow_unwind), cmocka_unit_test(large_arrays_grow), cmocka_unit_test(emptied), cmocka_unit_test(rewound),
        cmocka_unit_test(packed_and_unpacked),
    };

    if (setjmp(out_of_memory))
        return 1;
    return RUN(tests);
}
