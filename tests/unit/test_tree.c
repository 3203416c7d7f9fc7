/* core/tree, core/reader and core/setting: from text to nodes that know where they stood. */
#include "core/reading/simple.h"
#include "core/reading/lay_over.h"
#include "core/reading/load.h"
#include "core/reading/stream.h"
#include "core/reading/tree.h"

#include "model/tables.h"

#include "cmocka_test.h"
#include "findings.h"

static jmp_buf out_of_memory;

/* What every test reads with. */
struct reading {
    struct arena arena;
    struct hd_diagnostics *report;
};

static struct tree_memory memory(struct reading *reading)
{
    return (struct tree_memory){.nodes = &reading->arena, .texts = &reading->arena};
}

static int set_up(void **state)
{
    struct reading *reading = calloc(1, sizeof *reading);

    arena_init(&reading->arena, &out_of_memory);
    reading->report = hd_diagnostics_new(NULL);
    reading->report->arena.out_of_memory = &out_of_memory;
    *state = reading;
    return 0;
}

static int tear_down(void **state)
{
    struct reading *reading = *state;

    arena_free(&reading->arena);
    hd_diagnostics_free(reading->report);
    free(reading);
    return 0;
}

static struct node *read_text(struct reading *reading, const char *text)
{
    struct node *root = tree_read(memory(reading), reading->report, "model.yaml", text, strlen(text));

    report_finish(reading->report);
    return root;
}

/* Writes a node as flow YAML with the place of each node. */
static void describe(char *text, const struct node *node, bool places)
{
    if (places)
        sprintf(text + strlen(text), "%u:%u", node->line, node->column);
    if (node->kind == NODE_SCALAR) {
        sprintf(text + strlen(text), node->plain ? "<%s>" : "'%s'", node->text);
        return;
    }
    strcat(text, node->kind == NODE_MAPPING ? "{" : "[");
    for (uint32_t i = 0; i < node->n_items; i++) {
        if (i)
            strcat(text, node->kind == NODE_MAPPING && i % 2 ? ": " : ", ");
        describe(text, node->items[i], places);
    }
    strcat(text, node->kind == NODE_MAPPING ? "}" : "]");
}

static void expect(struct reading *reading, const char *yaml, const char *expected, bool places)
{
    struct node *root = read_text(reading, yaml);
    char text[4000] = "";

    if (!root)
        fail_msg("is not read: %s (%s)", yaml, hd_diagnostics_get(reading->report, 0)->message);
    describe(text, root, places);
    assert_string_equal(text, expected);
    assert_int_equal(hd_diagnostics_count(reading->report), 0);
}

static void places(void **state)
{
    expect(*state, "name: shop\nports: [80, 'a b']\nservices:\n  web:\n    - x\n",
           "1:1{1:1<name>: 1:7<shop>, 2:1<ports>: 2:8[2:9<80>, 2:13'a b'], 3:1<services>: 4:3{4:3<web>: 5:5[5:7<x>]}}", true);
    expect(*state, "{\"name\": \"shop\", \"n\": [1, null]}", "1:1{1:2'name': 1:10'shop', 1:18'n': 1:23[1:24<1>, 1:27<null>]}", true);
    expect(*state, "\xc3\xa4: x\n", "1:1{1:1<\xc3\xa4>: 1:4<x>}", true);
    expect(*state, "a: x\r\nb: y\r\n", "1:1{1:1<a>: 1:4<x>, 2:1<b>: 2:4<y>}", true);
}

static void scalars(void **state)
{
    expect(*state, "a: 'it''s'\nb: \"x\\ty\\u00e9\"\nc: |\n  one\n  two\nd: >\n  one\n  two\ne:\nf: ~\n",
           "{<a>: 'it's', <b>: 'x\ty\xc3\xa9', <c>: 'one\ntwo\n', <d>: 'one two\n', <e>: <>, <f>: <~>}", false);
    expect(*state, "%YAML 1.1\n---\na: 1\n...\n", "{<a>: <1>}", false);
    expect(*state, "# comment\n---\na: 1 # one\n", "{<a>: <1>}", false);
    expect(*state,
           "\xef\xbb\xbf"
           "a: 1\n",
           "{<a>: <1>}", false);
}

/* The documents of a stream, as "line:column" of each root; "-" for one that is not read. */
static void expect_stream(struct reading *reading, const char *text, const char *expected)
{
    char found[200] = "";
    struct stream stream;
    struct node *root;

    stream_begin(&stream, memory(reading), reading->report, "all.yaml", text, strlen(text));
    while (stream_next(&stream, &root))
        sprintf(found + strlen(found), root ? "%u:%u " : "- ", root ? root->line : 0, root ? root->column : 0);
    assert_string_equal(found, expected);
}

static void streams(void **state)
{
    expect_stream(*state, "", "");
    expect_stream(*state, "# nothing\n---\n---\n\n...\n", "");
    expect_stream(*state, "a: 1\n---\nb: 2\n--- # more\n\n  c: 3\n", "1:1 3:1 6:3 ");
    expect_stream(*state, "%YAML 1.2\n---\na: |\n  ---\n  b\n...\n---\nb: 1", "3:1 8:1 ");
    expect_stream(*state, "--- {a: 1}\n---\nb: ---x\n", "1:5 3:1 ");
    expect_stream(*state, "\xef\xbb\xbf" "a: 1\r\n---\r\nb: 1\r\n", "1:1 3:1 ");
    expect_stream(*state, "{\"a\": 1}\n{\"b\":\n2}\n\n{\"c\": 3}", "1:1 2:1 5:1 ");
    expect_stream(*state, "{\"a\": 1}\n{\"b\": ]\n---\nc: 1\n", "1:1 - 4:1 ");
    expect_stream(*state, "a: [\n---\nb: 1\n", "- 3:1 ");
    expect_stream(*state, "---apiVersion: v1\n", "1:1 ");
}

static void aliases_and_merge_keys(void **state)
{
    expect(*state, "a: &x [1, 2]\nb: *x\n", "{<a>: [<1>, <2>], <b>: [<1>, <2>]}", false);
    expect(*state, "a: &x {k: 1, l: 2}\nb:\n  <<: *x\n  l: 3\n", "{<a>: {<k>: <1>, <l>: <2>}, <b>: {<l>: <3>, <k>: <1>}}", false);
    expect(*state, "a: &x {k: 1}\nb: &y {k: 2, m: 3}\nc: {<<: [*x, *y]}\n",
           "{<a>: {<k>: <1>}, <b>: {<k>: <2>, <m>: <3>}, <c>: {<k>: <1>, <m>: <3>}}", false);
    expect(*state, "a: {'<<': x}\n", "{<a>: {'<<': <x>}}", false);
    expect(*state, "a: &x 1\nb: &x 2\nc: *x\n", "{<a>: <1>, <b>: <2>, <c>: <2>}", false);
}

/* Texts that the reader of simple YAML takes: libfyaml reads the same, at the same places. */
static void simple_yaml_is_read_as_libfyaml_does(void **state)
{
    static const char *const table[] = {
        "{}",
        "[ ]\n",
        "{\"a\": {\"b\":[1,-2.5,1e3,true,false,null,[],{}]},\n  \"c\": \"d\"}",
        "{\n  \"a\": [\n    1,\n    \"x\"\n  ],\n  \"b\": {\"c\": 0x1f, \"d\": 2024-01-01}\n}\n\n",
        "[\"\", \"\\\"\\\\\\/\\b\\f\\n\\r\\t\", \"\\u0041\\u00e9\\u20AC\\u0085\\u2028\", \"\\ud83d\\ude00x\\uD800\\uDC00\\udbff\\uDFFF\", \"<<\", \"*x\", \"a: #b\"]",
        "{\"\xc3\xa4\xf0\x9f\x98\x80\": \"\xe2\x82\xac\", \"b\": [\"\xc3\xa4\", 1],\n\"\xc3\xa4\": 1}",
        "{\"a\": 1, \"a\": 2, \"b\": 1,}",
        "[1,]",
        "a: 1\n",
        "a: 1",
        "# first\n\n---   # here\n# then\n  # deeper\na:   1   # one\n\n\nb: x#y   \n#end",
        "a:\n  b:\n    c: 1\n  d: 2\ne: 3\n",
        "a:\n- 1\n- b: 2\n  c: 3\n-   - x\n    - y\n-\n  z: 1\nd:\n  - 1\n  -   2\n",
        "- - - a\n    - b\n  - c\n-  d:\n     - e\n   f:\n   - g\n",
        "a:\nb: ~\nc:\n  d:\ne: # nothing\nf:",
        "a: http://b.c:80/?d=e#f\nb: --port=80\nc: -1\nd: x,y [z] {w}\ne: 'it''s'\nf: ''\ng: '\"'\nh: \"'\"\ni: a'b\"c\n\"j k\": 1\n'l''m': 2\n",
        "a: {b: c, d: [e, -1, f:g], h: {}, \"i\":1, j: http://k/l, }   # brackets\nm: [n o, 'p, q', \"r]\",\n    s ]\nt: 1\n",
        "a:\n  - {b: 1}\n  - [c,\n     d]\n  - \"e\"\n",
        "a: |\n  first\n   deeper\n\n  last\n\n\nb: |-\n    x\n    \ty\n  # no more\nc:\n  - |\n   # in it\n   z\n  - w\n",
        "a: |\n x\nb: |-\n  y\nc: 1\n",
        "a:\n  \"b\"\nc:\n  d\ne:\n\n  # between\n  'f'\n",
        "\xc3\xa4: \xe2\x82\xac # \xc3\xb6\nb: ['\xc3\xa4', \xc3\xa4\xc3\xa4, c]\nd: {\xc3\xa4: \"\xc3\xa4\", e: f}\n",
        "a: ---\nb: ...\nc: =\nd: a - b\ne: a ? b\nf: x&y*z!\n",
    };
    char expected[4000], text[4000];

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct reading *reading = *state;
        const struct node *root = simple_read(memory(reading), "model.yaml", 0, table[i], strlen(table[i]));

        if (!root)
            fail_msg("is not read: %s", table[i]);
        *expected = *text = '\0';
        describe(expected, tree_read_by_libfyaml(memory(reading), reading->report, "model.yaml", 0, table[i], strlen(table[i])), true);
        describe(text, root, true);
        assert_string_equal(text, expected);
    }
}

static void other_yaml_is_left_to_libfyaml(void **state)
{
    static const char *const table[] = {
        "", " ", "a", "\"a\"", "# nothing\n", "---\n", "{", "[", "[1", "[1,,2]", "[,]", "{\"a\"}", "{\"a\":}", "[\"a\" b]",
        "[] []", "[]\n---\n", "[\"a]", "[\"a\\\"]", "[\"a\\", "[\"\\x41\"]", "[\"\\u12\"]", "[\"\\u0000\"]", "[\"\\ud83d\"]", "[\"\\ude00\"]",
        "[\"\\ud83dx\"]", "[\"\\ud83d\\u0041\"]", "[\"\\ud83d\\ud83d\"]", "[\"\\ud83d\\ude0\"]", "[\"\\ude00\\ud83d\"]",
        "[\"a\nb\"]", "[\"a\tb\"]", "[\t1]", "[1]\r\n", "[-]", "[- 1]", "[&x 1]", "[*x]", "[a: b]", "[!!str 1]", "[\"\xc2\x85\"]",
        "a: 1\n---\nb: 2\n", "a: 1\n...\n", "%YAML 1.2\n---\na: 1\n", "\357\273\277a: 1\n",
        "a: &x 1\n", "a: *x\n", "a: !!str 1\n", "<<: {a: 1}\n", "? a\n: b\n", "a : 1\n", "a: b: c\n", "a: - b\n", "a: 'b\n", "a: \"b\n",
        "a: b\n  c\n", "a: 'b'\n  c: d\n", "a: 1\n b: 2\n", " a: 1\nb: 2\n", "a: [b\n]\n", "a: [b # c\n  ]\n", "a: 'b' c\n", "a: [b] c\n", "[a]: b\n",
        "a: >\n  b\n", "a: |+\n  b\n", "a: |2\n  b\n", "a: |\n  b", "a: |\n\n  b\n", "a: |\n  b \n", "a: |\nb: 1\n", "a:\n  |\n  b\n", "a: |\n  b\n   \n",
        "-\n- 1\n", "- 1\na: 2\n", "a: 1\n- 2\n", "a:\t1\n", "a: 1\t\n", "\ta: 1\n", "a: \x7f\n", "a: \x01\n", "a: \xc2\x85\n", "# \x01\na: 1\n", "a: 1#\n#\x01",
        "a: @b\n", "a: `b`\n", "a: %b\n", "a: ,b\n", "a: ]\n", "a: #\x01\n", "a: [? b]\n", "a: {b: c: d}\n", "a: {'b' : c}\n", "a: {b}\n", "- |\nb\n",
    };
    char deep[200] = "";

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (simple_read(memory(*state), "model.yaml", 0, table[i], strlen(table[i])))
            fail_msg("is read: %s", table[i]);
    memset(deep, '[', 65);
    memset(deep + 65, ']', 65);
    assert_null(simple_read(memory(*state), "model.yaml", 0, deep, 130));
    assert_non_null(simple_read(memory(*state), "model.yaml", 0, deep + 1, 128));
    for (size_t i = 0; i < 65; i++)
        memcpy(deep + 2 * i, "- ", 2);
    memcpy(deep + 130, "a", 2);
    assert_null(simple_read(memory(*state), "model.yaml", 0, deep, 131));
    assert_non_null(simple_read(memory(*state), "model.yaml", 0, deep + 2, 129));
}

/* libfyaml 0.7 does not. */
static void four_single_quotes_mean_two(void **state)
{
    expect(*state, "a: 'b''''c'\n", "{<a>: 'b''c'}", false);
}

/* Several values of JSON follow each other, and what is not JSON could end a mapping of YAML. */
static void only_json_is_read_first(void **state)
{
    static const char *const table[] = {"{a: 1}", "{'a': 1}", "[1]", "a: 1", " {}", ""};
    static const char text[] = "{\"a\": [{\"b\": 1}]}\n{}\n";
    size_t used;

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        assert_null(simple_read_first(memory(*state), "model.yaml", 0, table[i], strlen(table[i]), &used));
    assert_non_null(simple_read_first(memory(*state), "model.yaml", 0, text, strlen(text), &used));
    assert_int_equal(used, strcspn(text, "\n"));
}

static void no_model(void **state)
{
    static const char *const table[][2] = {
        {"", "1:1 HD_EMPTY_INPUT \n"},
        {"# nothing\n", "1:1 HD_EMPTY_INPUT \n"},
        {"a: 1\n---\nb: 2\n", "2:1 HD_SEVERAL_DOCUMENTS \n"},
        {"a: *x\n", "1:4 HD_UNKNOWN_ALIAS \n"},
        {"a: &x [*x]\n", "1:8 HD_UNKNOWN_ALIAS \n"},
        {"a: 1\nb: \xff\n", "2:4 HD_BAD_UTF8 \n"},
        {"a: \xc3\n", "1:4 HD_BAD_UTF8 \n"},
        {"a: \xed\xa0\x80\n", "1:4 HD_BAD_UTF8 \n"},
        {"a: \xc0\xaf\n", "1:4 HD_BAD_UTF8 \n"},
        {"a: \xf4\x90\x80\x80\n", "1:4 HD_BAD_UTF8 \n"},
        {"a: \"x\\0y\"\n", "1:4 HD_NUL_BYTE \n"},
        {"[a, b]: c\n", "1:1 HD_BAD_KEY \n"},
        {"<<: 1\n", "1:1 HD_BAD_MERGE \n"},
    };
    struct reading *reading = *state;

    for (size_t i = 0; i < LENGTH(table); i++) {
        hd_diagnostics_free(reading->report);
        reading->report = hd_diagnostics_new(NULL);
        reading->report->arena.out_of_memory = &out_of_memory;
        assert_null(read_text(reading, table[i][0]));
        assert_findings(reading->report, table[i][1]);
        assert_string_equal(hd_diagnostics_get(reading->report, 0)->file, "model.yaml");
    }
}

static void broken_syntax_is_told(void **state)
{
    static const char *const texts[] = {"a: [1, 2\n", "a: b: c\n", "a: \"x\n",    "\ta: 1\n", "a: 1\n  b: 2\n",
                                        "a: }\n",     "a: @x\n",   "- a\nb: c\n", "a: |x\n"};
    struct reading *reading = *state;

    for (size_t i = 0; i < LENGTH(texts); i++) {
        const struct hd_diagnostic *diagnostic;

        hd_diagnostics_free(reading->report);
        reading->report = hd_diagnostics_new(NULL);
        reading->report->arena.out_of_memory = &out_of_memory;
        if (read_text(reading, texts[i]))
            fail_msg("is read: %s", texts[i]);
        assert_int_equal(hd_diagnostics_count(reading->report), 1);
        diagnostic = hd_diagnostics_get(reading->report, 0);
        assert_int_equal(diagnostic->code, HD_SYNTAX);
        assert_true(diagnostic->line >= 1 && diagnostic->line <= 3 && diagnostic->column >= 1 && *diagnostic->message);
    }
}

static void nul_bytes(void **state)
{
    static const char text[] = "a: 1\nb: x\0y\n";
    struct reading *reading = *state;

    assert_null(tree_read(memory(reading), reading->report, "model.yaml", text, sizeof text - 1));
    report_finish(reading->report);
    assert_findings(reading->report, "2:5 HD_NUL_BYTE \n");
}

static void deep_nesting(void **state)
{
    char text[20001];

    memset(text, '[', 10000);
    memset(text + 10000, ']', 10000);
    text[20000] = '\0';
    assert_null(read_text(*state, text));
    assert_findings(((struct reading *)*state)->report, "1:65 HD_TOO_DEEP \n");
}

static void an_alias_bomb(void **state)
{
    char text[4000] = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";

    for (int i = 1; i < 20; i++)
        sprintf(text + strlen(text), "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n", i, i, i - 1, i - 1, i - 1, i - 1,
                i - 1, i - 1, i - 1, i - 1);
    assert_null(read_text(*state, text));
    assert_int_equal(hd_diagnostics_get(((struct reading *)*state)->report, 0)->code, HD_ALIAS_BOMB);
}

/* Nothing is known of the structs. */
static const struct shape no_shape = {NULL, false};

/* What comes of laying one text over another. */
static const char *laid_over(struct reading *reading, struct shape shape, const char *base, const char *over)
{
    static char text[500];
    struct node *node = tree_lay_over(&reading->arena, shape, read_text(reading, base), read_text(reading, over));

    tree_settle(node);
    *text = '\0';
    describe(text, node, false);
    return text;
}

static void laying_over(void **state)
{
    struct reading *reading = *state;
    struct node *node = read_text(reading, "c: 3\n");

    assert_string_equal(laid_over(reading, no_shape, "a: {x: 1, y: [1, 2]}\nb: 2\n", "c: 3\na: {y: [3], z: 4}\n"),
                        "{<a>: {<x>: <1>, <y>: [<3>], <z>: <4>}, <b>: <2>, <c>: <3>}");
    assert_string_equal(laid_over(reading, no_shape, "a: {x: 1}\nb: 2\n", "b: {c: 1}\n"), "{<a>: {<x>: <1>}, <b>: {<c>: <1>}}");
    assert_ptr_equal(tree_lay_over(&reading->arena, no_shape, NULL, node), node);
}

static void null_takes_away(void **state)
{
    struct reading *reading = *state;

    assert_string_equal(laid_over(reading, no_shape, "a: {x: 1, y: 2}\nb: 2\n", "a: {x: null}\nb:\n"), "{<a>: {<y>: <2>}}");
    assert_string_equal(laid_over(reading, no_shape, "a: 1\n", "b: ~\n"), "{<a>: <1>, <b>: <~>}");
    /* An alias elsewhere keeps what it stands for. */
    assert_string_equal(laid_over(reading, no_shape, "a: &a {x: 1, y: 2}\nb: *a\n", "a: {x: null}\n"),
                        "{<a>: {<y>: <2>}, <b>: {<x>: <1>, <y>: <2>}}");
}

/* A struct with members that exclude each other, one with a short key, and a list whose elements have names. */
#define T hd_service
static const struct hd_field element_fields[] = {
    STR("name", name),
    OPT("replicas", replicas, .replaces = 1),
    OBJ("autoscaling", autoscaling, hd_autoscaling, .replaces = 1),
    STR("runtime", runtime, .choice = 1),
    STR("base", base, .choice = 1),
    LIST("calls", calls, hd_call, .short_key = "call"),
    LIST("labels", labels, hd_pair),
};
static const struct hd_struct element_struct = STRUCT(element_fields, .keyed_by = "name");
#undef T

static void the_later_one_of_a_choice_stays(void **state)
{
    static const struct shape element = {&element_struct, false};
    struct reading *reading = *state;

    assert_string_equal(laid_over(reading, element, "{runtime: a, name: n}", "{base: b}"), "{<name>: <n>, <base>: <b>}");
    assert_string_equal(laid_over(reading, element, "{runtime: a}", "{base: b, runtime: c}"), "{<runtime>: <c>, <base>: <b>}");
    assert_string_equal(laid_over(reading, element, "{replicas: 2}", "{autoscaling: {maxReplicas: 3}}"),
                        "{<autoscaling>: {<maxReplicas>: <3>}}");
    assert_string_equal(laid_over(reading, element, "{replicas: 2}", "{autoscaling: off}"), "{<replicas>: <2>, <autoscaling>: <off>}");
    assert_string_equal(laid_over(reading, element, "{replicas: 2}", "{autoscaling: {enabled: false}}"),
                        "{<replicas>: <2>, <autoscaling>: {<enabled>: <false>}}");
    assert_string_equal(laid_over(reading, element, "{call: a}", "{calls: [b]}"), "{<calls>: [<b>]}");
    assert_string_equal(laid_over(reading, element, "{calls: [a]}", "{call: b}"), "{<call>: <b>}");
}

static void a_mapping_over_a_list_with_names(void **state)
{
    static const struct shape list = {&element_struct, true};
    struct reading *reading = *state;

    assert_string_equal(laid_over(reading, list, "[{name: a, base: x}, {name: b}]", "{a: {runtime: y}, b: null}"),
                        "{<a>: {<runtime>: <y>}}");
    assert_string_equal(laid_over(reading, list, "[{base: x}]", "{a: {runtime: y}}"), "{<a>: {<runtime>: <y>}}");
    assert_string_equal(laid_over(reading, no_shape, "[{name: a}]", "{a: {runtime: y}}"), "{<a>: {<runtime>: <y>}}");
}

/* An empty list would refuse a default; a struct without members is still there. */
static void a_list_that_lost_all_goes_too(void **state)
{
    static const struct shape service = {&element_struct, false};
    struct reading *reading = *state;

    assert_string_equal(laid_over(reading, service, "{name: n, labels: {a: b}}", "{labels: {a: null}}"), "{<name>: <n>}");
    assert_string_equal(laid_over(reading, service, "{name: n, labels: {}}", "{labels: {a: null}}"), "{<name>: <n>, <labels>: {<a>: <null>}}");
    assert_string_equal(laid_over(reading, service, "{name: n, autoscaling: {cpu: 1}}", "{autoscaling: {cpu: null}}"),
                        "{<name>: <n>, <autoscaling>: {}}");
}

static void what_stands_twice_in_a_layer_is_kept(void **state)
{
    struct reading *reading = *state;

    assert_string_equal(laid_over(reading, no_shape, "{a: 1}", "{a: 2, b: 3, a: 4}"), "{<a>: <2>, <b>: <3>, <a>: <4>}");
}

/* Loads `KEY:` into a struct, in the first layer or in a later one, and returns the code of the only finding. */
static enum hd_code code_of_null(struct reading *reading, const struct hd_struct *type, const struct hd_field *field, bool is_later)
{
    void *object = arena_room(&reading->arena, 1, type->size);
    char text[100];
    struct node *node;

    memset(object, 0, type->size);
    snprintf(text, sizeof text, "{%s: }", field->key);
    node = read_text(reading, text);
    if (is_later)
        tree_mark_layer(node);
    hd_diagnostics_free(reading->report);
    reading->report = hd_diagnostics_new(NULL);
    reading->report->arena.out_of_memory = &out_of_memory;
    load_tree(memory(reading), reading->report, type, object, node, NULL);
    report_finish(reading->report);
    if (hd_diagnostics_count(reading->report) != 1)
        fail_msg("%s of %s without a value: %zu findings", field->key, type->name, hd_diagnostics_count(reading->report));
    return hd_diagnostics_get(reading->report, 0)->code;
}

static void each_member_without_a_value_is_told(void **state)
{
    static const struct hd_struct *const structs[] = {
#define X(type) &type##_struct,
        EACH_STRUCT(X)
#undef X
    };

    for (size_t i = 0; i < LENGTH(structs); i++)
        for (size_t j = 0; j < structs[i]->n_fields; j++) {
            const struct hd_field *field = &structs[i]->fields[j];

            /* null is a value like any other where any value may stand, and any mapping may be a whole object. */
            if (field->kind == HD_EMBEDDED || structs[i]->whole || (structs[i] == &hd_patch_operation_struct && !strcmp(field->key, "value")))
                continue;
            assert_int_equal(code_of_null(*state, structs[i], field, false), HD_NO_VALUE);
            assert_int_equal(code_of_null(*state, structs[i], field, true), HD_NOTHING_TAKEN);
        }
}

/* is_excluded() relies on it. */
static void what_stands_alone_has_the_first_row(void **state)
{
    static const struct hd_struct *const structs[] = {
#define X(type) &type##_struct,
        EACH_STRUCT(X)
#undef X
    };
    size_t n_alone = 0;

    (void)state;
    for (size_t i = 0; i < LENGTH(structs); i++) {
        n_alone += structs[i]->fields[0].alone;
        for (size_t j = 1; j < structs[i]->n_fields; j++)
            assert_false(structs[i]->fields[j].alone);
    }
    assert_in_range(n_alone, 2, LENGTH(structs));
}

static void settings(void **state)
{
    static const char *const table[][2] = {
        {"b=3", "{<a>: {<x>: <1>, <y>: [<1>, <2>]}, <b>: <3>}"},
        {"c.d.e=x", "{<a>: {<x>: <1>, <y>: [<1>, <2>]}, <b>: <2>, 'c': {'d': {'e': <x>}}}"},
        {"a.y[0]=9", "{<a>: {<x>: <1>, <y>: [<9>, <2>]}, <b>: <2>}"},
        {"a.y[2].n=9", "{<a>: {<x>: <1>, <y>: [<1>, <2>, {'n': <9>}]}, <b>: <2>}"},
        {"a[\"q/r.s\"]=t", "{<a>: {<x>: <1>, <y>: [<1>, <2>], 'q/r.s': <t>}, <b>: <2>}"},
        {"b={k: [v]}", "{<a>: {<x>: <1>, <y>: [<1>, <2>]}, <b>: {<k>: [<v>]}}"},
        {"b=", "{<a>: {<x>: <1>, <y>: [<1>, <2>]}, <b>: ''}"},
        {"b=null", "{<a>: {<x>: <1>, <y>: [<1>, <2>]}}"},
        {"a.x=null", "{<a>: {<y>: [<1>, <2>]}, <b>: <2>}"},
        {"a.y[0]=null", "{<a>: {<x>: <1>, <y>: [<2>]}, <b>: <2>}"},
        {"a={x: null, z: 3}", "{<a>: {<y>: [<1>, <2>], <z>: <3>}, <b>: <2>}"},
    };
    struct reading *reading = *state;

    for (size_t i = 0; i < LENGTH(table); i++) {
        struct node *base = read_text(reading, "a: {x: 1, y: [1, 2]}\nb: 2\n");
        struct node *set = tree_set(memory(reading), reading->report, no_shape, base, table[i][0]);
        char text[500] = "";

        assert_non_null(set);
        tree_settle(set);
        describe(text, set, false);
        assert_string_equal(text, table[i][1]);
    }
}

static void bad_settings(void **state)
{
    static const char *const texts[] = {"b",       "=3",      "a..x=1", "a.y[9]=1",  "a.y[x]=1",
                                        "a.y[0=1", "a[\"x=1", ".=1",    "a.y[-1]=1", "a.y[18446744073709551616]=1"};
    struct reading *reading = *state;

    for (size_t i = 0; i < LENGTH(texts); i++) {
        size_t before = reading->report->n_findings;
        struct node *base = read_text(reading, "a: {x: 1, y: [1, 2]}\nb: 2\n");

        if (tree_set(memory(reading), reading->report, no_shape, base, texts[i]))
            fail_msg("is followed: %s", texts[i]);
        assert_int_equal(reading->report->n_findings, before + 1);
    }
}

static void a_setting_without_end(void **state)
{
    struct reading *reading = *state;
    size_t length = 2000000;
    char *text = calloc(1, length + 3);

    memset(text, 'a', length);
    for (size_t i = 1; i < length; i += 2)
        text[i] = '.';
    strcpy(text + length - 1, "=1");
    assert_null(tree_set(memory(reading), reading->report, no_shape, read_text(reading, "a: 1"), text));
    free(text);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(places),
        TEST(scalars),
        TEST(streams),
        TEST(aliases_and_merge_keys),
        TEST(simple_yaml_is_read_as_libfyaml_does),
        TEST(other_yaml_is_left_to_libfyaml),
        TEST(four_single_quotes_mean_two),
        TEST(only_json_is_read_first),
        TEST(no_model),
        TEST(broken_syntax_is_told),
        TEST(nul_bytes),
        TEST(deep_nesting),
        TEST(an_alias_bomb),
        TEST(laying_over),
        TEST(null_takes_away),
        TEST(the_later_one_of_a_choice_stays),
        TEST(a_mapping_over_a_list_with_names),
        TEST(a_list_that_lost_all_goes_too),
        TEST(what_stands_twice_in_a_layer_is_kept),
        TEST(each_member_without_a_value_is_told),
        TEST(what_stands_alone_has_the_first_row),
        TEST(settings),
        TEST(bad_settings),
        TEST(a_setting_without_end),
    };

    if (setjmp(out_of_memory))
        return 1;
    return RUN(tests);
}
