/* Quoting for other languages. */
#include "core/writing/quote.h"

#include "cmocka_test.h"

#include <string.h>

static char out[20000];
static size_t n_out;

static int keep(void *user, const char *text, size_t length)
{
    (void)user;
    assert_true(n_out + length < sizeof out);
    memcpy(out + n_out, text, length);
    n_out += length;
    out[n_out] = '\0';
    return 0;
}

static const char *quoted(void (*quote)(struct text_out *, const char *), const char *text)
{
    struct text_out t;

    n_out = 0;
    out[0] = '\0';
    text_init(&t, keep, NULL);
    quote(&t, text);
    text_flush(&t);
    assert_false(t.failed);
    return out;
}

static void each_language(void **state)
{
    (void)state;
    assert_string_equal(quoted(text_docker, "a \"b\" $c \\ ${d} $(e)"), "\"a \\\"b\\\" \\$c \\\\ \\${d} \\$(e)\"");
    assert_string_equal(quoted(text_hcl, "${a} %{b} $c %d $${e} \"f\" \\\n"), "\"$${a} %%{b} $c %d $$${e} \\\"f\\\" \\\\\\u000a\"");
    assert_string_equal(quoted(text_json, "a\"\\\n\x01"), "\"a\\\"\\\\\\u000a\\u0001\"");
    assert_string_equal(quoted(text_markdown, "a|b `c` [d](e) <f>\n# g"), "a\\|b \\`c\\` \\[d\\]\\(e\\) \\<f\\> \\# g");
}

static void one_line(void **state)
{
    (void)state;
    assert_true(is_one_line("a b \xc3\xa9"));
    assert_false(is_one_line("a\nb"));
    assert_false(is_one_line("a\tb"));
    assert_false(is_one_line("a\x7f"));
}

/* More than the buffer holds arrives whole; after a sink has stopped, nothing is written any more. */
static int stop(void *user, const char *text, size_t length)
{
    (void)text;
    *(size_t *)user += length;
    return 1;
}

static void buffering(void **state)
{
    char text[17000];
    struct text_out t;
    size_t taken = 0;

    (void)state;
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_int_equal(strlen(quoted(text_json, text)), sizeof text + 1);
    text_init(&t, stop, &taken);
    text_put(&t, text, NULL, text);
    text_flush(&t);
    assert_true(t.failed);
    assert_int_equal(taken, sizeof t.buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_language), cmocka_unit_test(one_line), cmocka_unit_test(buffering)};

    return RUN(tests);
}
