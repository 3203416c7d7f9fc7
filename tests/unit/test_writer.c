/* core/writer: what is written, and that libfyaml reads it back. */
#include "core/writing/writer.h"

#include "cmocka_test.h"
#include "random_text.h"

#include <libfyaml.h>
#include <stdlib.h>

struct output {
    char *text;
    size_t length;
};

static int collect(void *user, const char *text, size_t length)
{
    struct output *output = user;

    output->text = realloc(output->text, output->length + length + 1);
    memcpy(output->text + output->length, text, length);
    output->length += length;
    output->text[output->length] = '\0';
    return 0;
}

/* Leads back to main(). */
static jmp_buf out_of_memory;

/* What `emit` writes must be `expected`, letter by letter. */
static void expect(enum hd_format format, void (*emit)(struct yaml_out *), const char *expected)
{
    struct output output = {NULL, 0};
    struct yaml_out y;

    writer_init(&y, format, collect, &output, &out_of_memory);
    writer_begin(&y);
    emit(&y);
    writer_end(&y);
    writer_free(&y);
    assert_string_equal(output.text ? output.text : "", expected);
    free(output.text);
}

static void emit_containers(struct yaml_out *y)
{
    DOC (y) {
        y_str(y, "kind", "Service");
        y_str(y, "absent", NULL);
        MAP (y, "empty")
            MAP (y, "inner")
                y_str(y, "absent", NULL);
        SEQ (y, "nothing")
            ITEM (y)
                y_str(y, "absent", NULL);
        MAP (y, "spec") {
            SEQ (y, "ports") {
                ITEM (y) {
                    y_str(y, "name", "http");
                    y_int(y, "port", 80);
                }
                ITEM (y)
                    MAP (y, "deep")
                        SEQ (y, "list")
                            y_str(y, NULL, "x");
            }
            y_empty_map(y, "any");
            y_empty_seq(y, "none");
        }
    }
}

static void containers(void **state)
{
    (void)state;
    expect(HD_FORMAT_YAML, emit_containers,
           "---\n"
           "kind: Service\n"
           "spec:\n"
           "  ports:\n"
           "  - name: http\n"
           "    port: 80\n"
           "  - deep:\n"
           "      list:\n"
           "      - x\n"
           "  any: {}\n"
           "  none: []\n");
    expect(HD_FORMAT_JSON, emit_containers,
           "{\"kind\":\"Service\",\"spec\":{\"ports\":[{\"name\":\"http\",\"port\":80},{\"deep\":{\"list\":[\"x\"]}}],\"any\":{},\"none\":["
           "]}}\n");
    expect(HD_FORMAT_LIST, emit_containers,
           "apiVersion: v1\n"
           "kind: List\n"
           "items:\n"
           "- kind: Service\n"
           "  spec:\n"
           "    ports:\n"
           "    - name: http\n"
           "      port: 80\n"
           "    - deep:\n"
           "        list:\n"
           "        - x\n"
           "    any: {}\n"
           "    none: []\n");
}

static void emit_nothing(struct yaml_out *y)
{
    (void)y;
}

static void emit_two(struct yaml_out *y)
{
    for (int i = 1; i <= 2; i++)
        DOC (y)
            y_int(y, "number", i);
}

static void documents(void **state)
{
    (void)state;
    expect(HD_FORMAT_YAML, emit_nothing, "");
    expect(HD_FORMAT_JSON, emit_nothing, "");
    expect(HD_FORMAT_LIST, emit_nothing, "apiVersion: v1\nkind: List\nitems: []\n");
    expect(HD_FORMAT_YAML, emit_two, "---\nnumber: 1\n---\nnumber: 2\n");
    expect(HD_FORMAT_JSON, emit_two, "{\"number\":1}\n{\"number\":2}\n");
    expect(HD_FORMAT_LIST, emit_two, "apiVersion: v1\nkind: List\nitems:\n- number: 1\n- number: 2\n");
}

static void emit_dots(struct yaml_out *y)
{
    DOC (y) {
        y_str(y, "... and more", "...");
        y_str(y, "...", "....");
        y_str(y, ".a", "..a");
    }
}

/* Three dots at the beginning of a line end the document, whatever follows. */
static void dots(void **state)
{
    (void)state;
    expect(HD_FORMAT_YAML, emit_dots, "---\n\"... and more\": \"...\"\n\"...\": \"....\"\n.a: ..a\n");
}

static void emit_values(struct yaml_out *y)
{
    static const struct hd_pair pairs[] = {{.name = "app", .value = "web"}, {.name = "example.com/on", .value = "on"}};
    static const char *const words[] = {"python", "-m", "8080"};

    DOC (y) {
        y_int(y, "zero", 0);
        y_int(y, "least", INT64_MIN);
        y_int(y, "most", INT64_MAX);
        y_opt(y, "unset", (struct hd_opt_int){0});
        y_opt(y, "set", (struct hd_opt_int)HD_INT(0));
        y_bool(y, "yes", true);
        y_tri(y, "unsaid", HD_BOOL_UNSET);
        y_tri(y, "false", HD_FALSE);
        y_int_or_str(y, "port", "8080");
        y_int_or_str(y, "name", "http");
        y_int_or_str(y, "percent", "25%");
        y_int_or_str(y, "long", "123456789012345678901234567890");
        y_quantity(y, "cpu", "0.5");
        y_quantity(y, "cores", "2");
        y_pairs(y, "labels", pairs, LENGTH(pairs));
        y_pairs(y, "no labels", pairs, 0);
        y_strs(y, "command", words, LENGTH(words));
        y_strs(y, "no command", words, 0);
        y_strn(y, "cut", "a longer text", 8);
        y_str(y, "text", "one\n  two\n\nthree\n");
        y_str(y, "line", "one\n");
        y_str(y, "no end", "one\ntwo");
        y_str(y, "trailing", "one \ntwo\n");
        y_str(y, "quote", "say \"no\"\\\t\x01");
        y_str(y, "empty", "");
        y_str(y, "unicode",
              "Gr\xc3\xbc\xc3\x9f"
              "e");
        y_str(y, "breaks",
              "a\xc2\x85"
              "b\xe2\x80\xa8"
              "c");
    }
}

static void values(void **state)
{
    (void)state;
    expect(HD_FORMAT_YAML, emit_values,
           "---\n"
           "zero: 0\n"
           "least: -9223372036854775808\n"
           "most: 9223372036854775807\n"
           "set: 0\n"
           "\"yes\": true\n"
           "\"false\": false\n"
           "port: 8080\n"
           "name: http\n"
           "percent: 25%\n"
           "long: \"123456789012345678901234567890\"\n"
           "cpu: 500m\n"
           "cores: \"2\"\n"
           "labels:\n"
           "  app: web\n"
           "  example.com/on: \"on\"\n"
           "command:\n"
           "- python\n"
           "- \"-m\"\n"
           "- \"8080\"\n"
           "cut: a longer\n"
           "text: |\n"
           "  one\n"
           "    two\n"
           "\n"
           "  three\n"
           "line: |\n"
           "  one\n"
           "no end: \"one\\ntwo\"\n"
           "trailing: \"one \\ntwo\\n\"\n"
           "quote: \"say \\\"no\\\"\\\\\\t\\u0001\"\n"
           "empty: \"\"\n"
           "unicode: Gr\xc3\xbc\xc3\x9f"
           "e\n"
           "breaks: \"a\\u0085b\\u2028c\"\n");
}

/* Neither reader of YAML may take one of these for anything but this text. */
static void emit_traps(struct yaml_out *y)
{
    static const char *const texts[] = {"no",    "Yes",        "on",   "y",  "null", "~",    "1.10", "007",  "0x1f", "1_000",
                                        "12:30", "2020-01-01", ".inf", "=",  "<<",   "- a",  "a: b", "a #b", "# a",  "? a",
                                        "&a",    "*a",         "!a",   "%a", "@a",   "`a",   "'a",   "a:",   " a",   "a ",
                                        "[a",    "{a",         "|",    ">",  "-",    "0o17", "1e3",  "+1",   ".",
                                        "n",     "N",          "Y",    "yes", "YES", "NO",   "On",   "off",  "OFF",  "true",
                                        "True",  "TRUE",       "false", "FALSE", "Null", "NULL"};

    DOC (y)
        SEQ (y, "texts")
            for (size_t i = 0; i < LENGTH(texts); i++)
                y_str(y, NULL, texts[i]);
}

static void traps_are_quoted(void **state)
{
    struct output output = {NULL, 0};
    struct yaml_out y;
    size_t n_quoted = 0;

    (void)state;
    writer_init(&y, HD_FORMAT_YAML, collect, &output, &out_of_memory);
    emit_traps(&y);
    writer_flush(&y);
    writer_free(&y);
    for (const char *line = strstr(output.text, "\n- "); line; line = strstr(line + 1, "\n- ")) {
        if (line[3] != '"')
            fail_msg("not quoted: %.20s", line + 1);
        n_quoted++;
    }
    assert_int_equal(n_quoted, 55);
    free(output.text);
}

static void assert_scalar(struct fy_node *node, const char *text)
{
    size_t length = 0;
    const char *read = node ? fy_node_get_scalar(node, &length) : NULL;

    if (!read || length != strlen(text) || memcmp(read, text, length))
        fail_msg("\"%s\" is read back as \"%.*s\"", text, (int)length, read ? read : "");
}

/* Thousands of random texts, as keys, values and elements, read back by libfyaml. */
static void read_back(enum hd_format format)
{
    uint64_t random = 7;

    for (int i = 0; i < 5000; i++) {
        struct output output = {NULL, 0};
        char key[RANDOM_TEXT_LONGEST], value[RANDOM_TEXT_LONGEST], item[RANDOM_TEXT_LONGEST];
        struct fy_document *document;
        struct fy_node_pair *pair;
        struct yaml_out y;

        random_text(&random, key);
        random_text(&random, value);
        random_text(&random, item);
        writer_init(&y, format, collect, &output, &out_of_memory);
        DOC (&y) {
            y_str(&y, key, value);
            SEQ (&y, "list")
                y_str(&y, NULL, item);
        }
        writer_flush(&y);
        writer_free(&y);
        document = fy_document_build_from_string(NULL, output.text, output.length);
        if (!document)
            fail_msg("libfyaml does not read: %s", output.text);
        pair = fy_node_mapping_get_by_index(fy_document_root(document), 0);
        assert_scalar(fy_node_pair_key(pair), key);
        assert_scalar(fy_node_pair_value(pair), value);
        pair = fy_node_mapping_get_by_index(fy_document_root(document), 1);
        assert_scalar(fy_node_sequence_get_by_index(fy_node_pair_value(pair), 0), item);
        fy_document_destroy(document);
        free(output.text);
    }
}

static void yaml_is_read_back(void **state)
{
    (void)state;
    read_back(HD_FORMAT_YAML);
}

static void json_is_read_back(void **state)
{
    (void)state;
    read_back(HD_FORMAT_JSON);
}

static int stop(void *user, const char *text, size_t length)
{
    (void)text;
    (void)length;
    ++*(int *)user;
    return 1;
}

static void a_sink_that_stops_is_called_once(void **state)
{
    struct yaml_out y;
    int calls = 0;

    (void)state;
    writer_init(&y, HD_FORMAT_YAML, stop, &calls, &out_of_memory);
    for (int i = 0; i < 20000; i++)
        DOC (&y)
            y_str(&y, "kind", "Service");
    writer_end(&y);
    assert_true(y.failed);
    assert_int_equal(calls, 1);
    writer_free(&y);
}

static void emit_text_inside(struct yaml_out *y)
{
    DOC (y)
        MAP (y, "data") {
            struct yaml_out *json = y_begin_json(y);

            DOC (json) {
                y_str(json, "title", "a \"b\"");
                y_null(json, "value");
                SEQ (json, "panels")
                    ITEM (json) {
                        y_int(json, "id", 1);
                        MAP (json, "place") {
                            y_int(json, "x", 2);
                            y_int(json, "y", 3);
                        }
                    }
                SEQ (json, "none")
                    ITEM (json)
                        y_str(json, "absent", NULL);
            }
            y_end_json(y, "board.json");
            y_int(y, "after", 2);
        }
}

/* Beyond ASCII a text is in quotes, and its lines have no margin then. */
static void emit_foreign_text_inside(struct yaml_out *y)
{
    DOC (y)
        SEQ (y, "items")
            ITEM (y) {
                struct yaml_out *json = y_begin_json(y);

                DOC (json) {
                    y_str(json, "title", "gr\xc3\xbc\xc3\x9f");
                    MAP (json, "place")
                        y_int(json, "x", 2);
                }
                y_end_json(y, "text");
            }
}

static void texts_inside(void **state)
{
    (void)state;
    expect(HD_FORMAT_YAML, emit_text_inside,
           "---\ndata:\n  board.json: |\n    {\n      \"title\": \"a \\\"b\\\"\",\n      \"value\": null,\n      \"panels\": [\n        {\n"
           "          \"id\": 1,\n          \"place\": {\"x\": 2, \"y\": 3}\n        }\n      ]\n    }\n  after: 2\n");
    expect(HD_FORMAT_JSON, emit_text_inside,
           "{\"data\":{\"board.json\":\"{\\n  \\\"title\\\": \\\"a \\\\\\\"b\\\\\\\"\\\",\\n  \\\"value\\\": null,\\n  \\\"panels\\\": [\\n"
           "    {\\n      \\\"id\\\": 1,\\n      \\\"place\\\": {\\\"x\\\": 2, \\\"y\\\": 3}\\n    }\\n  ]\\n}\\n\",\"after\":2}}\n");
    expect(HD_FORMAT_YAML, emit_foreign_text_inside,
           "---\nitems:\n- text: \"{\\n  \\\"title\\\": \\\"gr\xc3\xbc\xc3\x9f\\\",\\n  \\\"place\\\": {\\n    \\\"x\\\": 2\\n  }\\n}\\n\"\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(containers),
        cmocka_unit_test(documents), cmocka_unit_test(dots),
        cmocka_unit_test(values),
        cmocka_unit_test(texts_inside),
        cmocka_unit_test(traps_are_quoted),
        cmocka_unit_test(yaml_is_read_back),
        cmocka_unit_test(json_is_read_back),
        cmocka_unit_test(a_sink_that_stops_is_called_once),
    };

    if (setjmp(out_of_memory))
        return 1;
    return RUN(tests);
}
