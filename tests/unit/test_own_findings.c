/* Findings that a program makes itself, with as little in them as the struct allows, and with text that no terminal should obey. */
#include "cmocka_test.h"

#include <hybriddeploy/hybriddeploy.h>
#include <string.h>

struct text {
    char text[16000];
    size_t length;
};

static int collect(void *user, const char *piece, size_t length)
{
    struct text *all = user;

    assert_true(all->length + length < sizeof all->text);
    memcpy(all->text + all->length, piece, length);
    all->text[all->length += length] = '\0';
    return 0;
}

static int stop(void *user, const char *piece, size_t length)
{
    (void)user, (void)piece, (void)length;
    return 1;
}

static const struct hd_edit edits[] = {{.text = NULL, .line = 1, .column = 2, .end_line = 1, .end_column = 3},
                                       {.file = "/etc/b.yaml", .text = "x", .line = 4, .column = 1, .end_line = 4, .end_column = 1}};
static const char *const paths[] = {"host", "labels"};
static const struct hd_diagnostic findings[] = {
    {.code = -1, .severity = HD_ERROR},
    {.code = 20000, .severity = HD_WARNING, .message = "m", .path = "", .file = "/a b/c,d:e%.yaml"},
    {.code = 1,
     .severity = HD_WARNING,
     .message = "[x](y) {z} \\",
     .path = "name",
     .file = "a.yaml",
     .line = 3,
     .related = {.message = "there"}},
    {.code = 1,
     .severity = HD_ERROR,
     .message = "again",
     .file = "--set x=1",
     .line = 1,
     .column = 1,
     .edits = edits,
     .n_edits = 2,
     .related = {.message = "set", .file = "--set y=2", .path = ""}},
    {.code = HD_SINGLE_POD,
     .severity = HD_WARNING,
     .message = "shared",
     .path = "host",
     .paths = paths,
     .n_paths = 2,
     .hint = "h\n2nd",
     .related = {.message = "by path", .path = "mesh"}},
    {.code = HD_SINGLE_POD,
     .severity = HD_WARNING,
     .message = "same place",
     .path = "host",
     .file = "b.yaml",
     .line = 7,
     .column = 2,
     .related = {.message = "by file", .file = "c.yaml", .line = 9, .path = "host"}},
};

static void assert_written(enum hd_diagnostics_format format, const char *expected)
{
    const struct hd_source sources[] = {{.text = "name: x\n", .length = 8}, {.name = "-", .text = "x: y\n", .length = 5}};
    const struct hd_diagnostics_style style = {.size = sizeof style, .format = format, .omitted = 2, .sources = sources, .n_sources = 2};
    const struct hd_diagnostic *all[LENGTH(findings)];
    struct text text = {.length = 0};

    for (size_t i = 0; i < LENGTH(findings); i++)
        all[i] = &findings[i];
    assert_int_equal(hd_diagnostic_list_write(all, LENGTH(all), &style, collect, &text), HD_OK);
    assert_string_equal(text.text, expected);
}

static void as_text(void **state)
{
    (void)state;
    assert_written(HD_DIAGNOSTICS_TEXT, "hybriddeploy: error:  [HD-001]\n"
                                        "/a b/c,d:e%.yaml: warning: m [HD20000]\n"
                                        "a.yaml:3: warning: [x](y) {z} \\ [HD0001]\n"
                                        "  at name\n"
                                        "hybriddeploy: note: there\n"
                                        "--set: error: again [HD0001]\n"
                                        "    1 | --set x=1\n"
                                        "      | ^~~~~~~\n"
                                        "--set: note: set\n"
                                        "    1 | --set y=2\n"
                                        "host: warning: shared [HD6129]\n"
                                        "  and at labels\n"
                                        "  hint: h\n"
                                        "        2nd\n"
                                        "mesh: note: by path\n"
                                        "b.yaml:7:2: warning: same place [HD6129]\n"
                                        "  at host\n"
                                        "c.yaml:9: note: by file\n");
}

static void as_json(void **state)
{
    (void)state;
    assert_written(HD_DIAGNOSTICS_JSON,
                   "{\"code\":\"HD-001\",\"severity\":\"error\",\"file\":null,\"line\":null,\"column\":null,\"path\":\""
                   "\",\"message\":null,\"hint\":null,\"related\":null,\"endLine\":null,\"endColumn\":null,\"edits\":[],"
                   "\"paths\":[],\"services\":[],\"environments\":[]}\n"
                   "{\"code\":\"HD20000\",\"severity\":\"warning\",\"file\":\"/a b/c,d:e%.yaml\",\"line\":null,\"column"
                   "\":null,\"path\":\"\",\"message\":\"m\",\"hint\":null,\"related\":null,\"endLine\":null,\"endColumn"
                   "\":null,\"edits\":[],\"paths\":[],\"services\":[],\"environments\":[]}\n"
                   "{\"code\":\"HD0001\",\"severity\":\"warning\",\"file\":\"a.yaml\",\"line\":3,\"column\":null,\"path"
                   "\":\"name\",\"message\":\"[x](y) {z} \\\\\",\"hint\":null,\"related\":{\"file\":null,\"line\":null,"
                   "\"column\":null,\"path\":\"\",\"message\":\"there\"},\"endLine\":null,\"endColumn\":null,\"edits\":["
                   "],\"paths\":[],\"services\":[],\"environments\":[]}\n"
                   "{\"code\":\"HD0001\",\"severity\":\"error\",\"file\":\"--set x=1\",\"line\":1,\"column\":1,\"path\":"
                   "\"\",\"message\":\"again\",\"hint\":null,\"related\":{\"file\":\"--set y=2\",\"line\":null,\"column"
                   "\":null,\"path\":\"\",\"message\":\"set\"},\"endLine\":null,\"endColumn\":null,\"edits\":[{\"file\":"
                   "null,\"line\":1,\"column\":2,\"endLine\":1,\"endColumn\":3,\"text\":null},{\"file\":\"/etc/b.yaml\","
                   "\"line\":4,\"column\":1,\"endLine\":4,\"endColumn\":1,\"text\":\"x\"}],\"paths\":[],\"services\":[],"
                   "\"environments\":[]}\n"
                   "{\"code\":\"HD6129\",\"severity\":\"warning\",\"file\":null,\"line\":null,\"column\":null,\"path\":"
                   "\"host\",\"message\":\"shared\",\"hint\":\"h\\n"
                   "2nd\",\"related\":{\"file\":null,\"line\":null,\"column\":null,\"path\":\"mesh\",\"message\":\"by pa"
                   "th\"},\"endLine\":null,\"endColumn\":null,\"edits\":[],\"paths\":[\"host\",\"labels\"],\"services\":"
                   "[],\"environments\":[]}\n"
                   "{\"code\":\"HD6129\",\"severity\":\"warning\",\"file\":\"b.yaml\",\"line\":7,\"column\":2,\"path\":"
                   "\"host\",\"message\":\"same place\",\"hint\":null,\"related\":{\"file\":\"c.yaml\",\"line\":9,\"colu"
                   "mn\":null,\"path\":\"host\",\"message\":\"by file\"},\"endLine\":null,\"endColumn\":null,\"edits\":["
                   "],\"paths\":[],\"services\":[],\"environments\":[]}\n"
                   "{\"omitted\":2}\n");
}

static void as_sarif(void **state)
{
    (void)state;
    assert_written(HD_DIAGNOSTICS_SARIF,
                   "{\"$schema\":\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0"
                   ".json\",\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"hybriddeploy\",\"version\""
                   ":\"" HD_VERSION "\",\"rules\":[\n"
                   "{\"id\":\"HD0001\"},\n"
                   "{\"id\":\"HD6129\",\"name\":\"SinglePod\",\"shortDescription\":{\"text\":\"a service of one pod\"},"
                   "\"fullDescription\":{\"text\":\"While its node is drained or fails, no pod answers.\"},\"help\":{\"t"
                   "ext\":\"While its node is drained or fails, no pod answers.\\n\\nWrong:\\nreplicas: 1\\n\\nRight:\\n"
                   "replicas: 2\",\"markdown\":\"While its node is drained or fails, no pod answers.\\n\\nWrong:\\n\\n``"
                   "`yaml\\nreplicas: 1\\n```\\n\\nRight:\\n\\n```yaml\\nreplicas: 2\\n```\\n\"},\"defaultConfiguration"
                   "\":{\"level\":\"warning\"}}]}},\"columnKind\":\"unicodeCodePoints\",\"invocations\":[{\"executionSuc"
                   "cessful\":true,\"toolExecutionNotifications\":[{\"level\":\"note\",\"message\":{\"text\":\"2 more ar"
                   "e not shown\"}}]}],\"results\":[\n"
                   "{\"ruleId\":\"HD-001\",\"level\":\"error\",\"message\":{\"text\":\"\"},\"locations\":[{}],\"partialF"
                   "ingerprints\":{\"hybriddeploy/v1\":\"fc55935fb145a1a9\"}},\n"
                   "{\"ruleId\":\"HD20000\",\"level\":\"warning\",\"message\":{\"text\":\"m\"},\"locations\":[{\"physica"
                   "lLocation\":{\"artifactLocation\":{\"uri\":\"file:///a%20b/c%2Cd%3Ae%25.yaml\"}}}],\"partialFingerpr"
                   "ints\":{\"hybriddeploy/v1\":\"ac527bfaca3283b5\"}},\n"
                   "{\"ruleId\":\"HD0001\",\"ruleIndex\":0,\"level\":\"warning\",\"message\":{\"text\":\"\\\\[x\\\\](y) "
                   "{{z}} \\\\\\\\\"},\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"a.yaml\"},\""
                   "region\":{\"startLine\":3}},\"logicalLocations\":[{\"fullyQualifiedName\":\"name\"}]}],\"relatedLoca"
                   "tions\":[{\"id\":1,\"message\":{\"text\":\"there\"}}],\"partialFingerprints\":{\"hybriddeploy/v1\":"
                   "\"76169e0dfbaa9fbf\"}},\n"
                   "{\"ruleId\":\"HD0001\",\"ruleIndex\":0,\"level\":\"error\",\"message\":{\"text\":\"again\"},\"locati"
                   "ons\":[{}],\"relatedLocations\":[{\"id\":1,\"message\":{\"text\":\"set\"}}],\"partialFingerprints\":"
                   "{\"hybriddeploy/v1\":\"5fce7f9f5fda6280\"},\"fixes\":[{\"description\":{\"text\":\"\"},\"artifactCha"
                   "nges\":[{\"artifactLocation\":{\"uri\":\"hybriddeploy.yaml\"},\"replacements\":[{\"insertedContent\""
                   ":{\"text\":\"\"},\"deletedRegion\":{\"startLine\":1,\"startColumn\":2,\"endLine\":1,\"endColumn\":3}"
                   "}]},{\"artifactLocation\":{\"uri\":\"file:///etc/b.yaml\"},\"replacements\":[{\"insertedContent\":{"
                   "\"text\":\"x\"},\"deletedRegion\":{\"startLine\":4,\"startColumn\":1,\"endLine\":4,\"endColumn\":1}}"
                   "]}]}]},\n"
                   "{\"ruleId\":\"HD6129\",\"ruleIndex\":1,\"level\":\"warning\",\"message\":{\"text\":\"shared\\nand at"
                   " labels\\nhint: h\\n2nd\"},\"locations\":[{\"logicalLocations\":[{\"fullyQualifiedName\":\"host\"}]}"
                   "],\"relatedLocations\":[{\"id\":1,\"message\":{\"text\":\"by path\"},\"logicalLocations\":[{\"fullyQ"
                   "ualifiedName\":\"mesh\"}]}],\"partialFingerprints\":{\"hybriddeploy/v1\":\"8e3e3e3a02a98444\"}},\n"
                   "{\"ruleId\":\"HD6129\",\"ruleIndex\":1,\"level\":\"warning\",\"message\":{\"text\":\"same place\"},"
                   "\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"b.yaml\"},\"region\":{\"startL"
                   "ine\":7,\"startColumn\":2}},\"logicalLocations\":[{\"fullyQualifiedName\":\"host\"}]}],\"relatedLoca"
                   "tions\":[{\"id\":1,\"message\":{\"text\":\"by file\"},\"physicalLocation\":{\"artifactLocation\":{\""
                   "uri\":\"c.yaml\"},\"region\":{\"startLine\":9}},\"logicalLocations\":[{\"fullyQualifiedName\":\"host"
                   "\"}]}],\"partialFingerprints\":{\"hybriddeploy/v1\":\"63949537cd3e5ae4\"}}]}]}\n");
}

static void as_github(void **state)
{
    (void)state;
    assert_written(HD_DIAGNOSTICS_GITHUB, "::error file=hybriddeploy.yaml,title=HD-001::\n"
                                          "::warning file=/a b/c%2Cd%3Ae%25.yaml,title=HD20000::m\n"
                                          "::warning file=a.yaml,line=3,title=HD0001::[x](y) {z} \\\n"
                                          "::error file=hybriddeploy.yaml,title=HD0001::again\n"
                                          "::warning file=hybriddeploy.yaml,title=HD6129::shared%0Aand at labels%0Ahint: h%0A2nd\n"
                                          "::warning file=b.yaml,line=7,col=2,title=HD6129::same place\n"
                                          "::notice title=hybriddeploy::2 more are not shown\n");
}

static void as_gitlab(void **state)
{
    (void)state;
    assert_written(HD_DIAGNOSTICS_GITLAB,
                   "[\n"
                   "{\"description\":\"\",\"check_name\":\"HD-001\",\"fingerprint\":\"fc55935fb145a1a9\",\"severity\":\""
                   "major\",\"location\":{\"path\":\"hybriddeploy.yaml\",\"lines\":{\"begin\":1}}},\n"
                   "{\"description\":\"m\",\"check_name\":\"HD20000\",\"fingerprint\":\"ac527bfaca3283b5\",\"severity\":"
                   "\"minor\",\"location\":{\"path\":\"/a b/c,d:e%.yaml\",\"lines\":{\"begin\":1}}},\n"
                   "{\"description\":\"[x](y) {z} \\\\\",\"check_name\":\"HD0001\",\"fingerprint\":\"76169e0dfbaa9fbf\","
                   "\"severity\":\"minor\",\"location\":{\"path\":\"a.yaml\",\"lines\":{\"begin\":3}}},\n"
                   "{\"description\":\"again\",\"check_name\":\"HD0001\",\"fingerprint\":\"5fce7f9f5fda6280\",\"severity"
                   "\":\"major\",\"location\":{\"path\":\"hybriddeploy.yaml\",\"lines\":{\"begin\":1}}},\n"
                   "{\"description\":\"shared\\nand at labels\\nhint: h\\n2nd\",\"check_name\":\"HD6129\",\"fingerprint"
                   "\":\"8e3e3e3a02a98444\",\"severity\":\"minor\",\"location\":{\"path\":\"hybriddeploy.yaml\",\"lines"
                   "\":{\"begin\":1}}},\n"
                   "{\"description\":\"same place\",\"check_name\":\"HD6129\",\"fingerprint\":\"63949537cd3e5ae4\",\"sev"
                   "erity\":\"minor\",\"location\":{\"path\":\"b.yaml\",\"lines\":{\"begin\":7}}},\n"
                   "{\"description\":\"2 more are not shown\",\"check_name\":\"omitted\",\"fingerprint\":\"omitted\",\"s"
                   "everity\":\"info\",\"location\":{\"path\":\"hybriddeploy.yaml\",\"lines\":{\"begin\":1}}}\n"
                   "]\n");
}

static void as_junit(void **state)
{
    (void)state;
    assert_written(HD_DIAGNOSTICS_JUNIT,
                   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<testsuites>\n"
                   "  <testsuite name=\"hybriddeploy\" tests=\"8\" failures=\"2\" errors=\"0\">\n"
                   "    <testcase classname=\"hybriddeploy.yaml\" name=\"HD-001 model\"><failure type=\"HD-001\" message"
                   "=\"\">hybriddeploy: error:  [HD-001]\n"
                   "</failure></testcase>\n"
                   "    <testcase classname=\"/a b/c,d:e%.yaml\" name=\"HD20000 model\"><system-out>/a b/c,d:e%.yaml: wa"
                   "rning: m [HD20000]\n"
                   "</system-out></testcase>\n"
                   "    <testcase classname=\"a.yaml\" name=\"HD0001 name\"><system-out>a.yaml:3: warning: [x](y) {z} "
                   "\\ [HD0001]\n"
                   "  at name\n"
                   "hybriddeploy: note: there\n"
                   "</system-out></testcase>\n"
                   "    <testcase classname=\"hybriddeploy.yaml\" name=\"HD0001 model\"><failure type=\"HD0001\" message"
                   "=\"again\">--set: error: again [HD0001]\n"
                   "    1 | --set x=1\n"
                   "      | ^~~~~~~\n"
                   "--set: note: set\n"
                   "    1 | --set y=2\n"
                   "</failure></testcase>\n"
                   "    <testcase classname=\"hybriddeploy.yaml\" name=\"HD6129 host\"><system-out>host: warning: shared"
                   " [HD6129]\n"
                   "  and at labels\n"
                   "  hint: h\n"
                   "        2nd\n"
                   "mesh: note: by path\n"
                   "</system-out></testcase>\n"
                   "    <testcase classname=\"b.yaml\" name=\"HD6129 host\"><system-out>b.yaml:7:2: warning: same place "
                   "[HD6129]\n"
                   "  at host\n"
                   "c.yaml:9: note: by file\n"
                   "</system-out></testcase>\n"
                   "    <testcase classname=\"&lt;text&gt;\" name=\"is valid\"/>\n"
                   "    <testcase classname=\"&lt;stdin&gt;\" name=\"is valid\"/>\n"
                   "    <system-out>2 more are not shown</system-out>\n"
                   "  </testsuite>\n"
                   "</testsuites>\n");
}

static void assert_message(const char *message, const char *as_text, const char *as_json)
{
    const struct hd_diagnostic finding = {.code = 1, .message = message};
    struct hd_diagnostics_style style = {.size = sizeof style};
    struct text text = {.length = 0}, json = {.length = 0};

    assert_int_equal(hd_diagnostic_write(&finding, &style, collect, &text), HD_OK);
    style.format = HD_DIAGNOSTICS_JSON;
    assert_int_equal(hd_diagnostic_write(&finding, &style, collect, &json), HD_OK);
    if (!strstr(text.text, as_text) || !strstr(json.text, as_json))
        fail_msg("%s%s", text.text, json.text);
}

/* Unicode: UTF-8 is what its table 3-7 allows. */
static void characters(void **state)
{
    (void)state;
    assert_message("a\x1b[31mb", "a<U+001B>[31mb", "a\\u001b[31mb");
    assert_message("a\x7f\xc2\x9fz", "a<U+007F><U+009F>z", "a\\u007f\\u009fz");
    assert_message("a\xe2\x80\xaez", "a<U+202E>z", "a\\u202ez");
    assert_message("a\xf3\xa0\x80\x81z", "a<U+E0001>z", "a\\udb40\\udc01z");
    assert_message("a\xf0\x9f\x98\x80z", "a\xf0\x9f\x98\x80z", "a\xf0\x9f\x98\x80z");
    assert_message("a\xcc\x81\xe4\xb8\xadz", "a\xcc\x81\xe4\xb8\xadz", "a\xcc\x81\xe4\xb8\xadz");
    /* Too long, a surrogate, beyond the last character, no beginning, cut off. */
    assert_message("a\xc1\xbfz", "a<C1><BF>z", "a\\ufffd\\ufffdz");
    assert_message("a\xe0\x9f\xbfz", "a<E0><9F><BF>z", "a\\ufffd\\ufffd\\ufffdz");
    assert_message("a\xf0\x8f\xbf\xbfz", "a<F0><8F><BF><BF>z", "a\\ufffd\\ufffd\\ufffd\\ufffdz");
    assert_message("a\xed\xa0\x80z", "a<ED><A0><80>z", "a\\ufffd\\ufffd\\ufffdz");
    assert_message("a\xf4\x90\x80\x80z", "a<F4><90><80><80>z", "a\\ufffd\\ufffd\\ufffd\\ufffdz");
    assert_message("a\xf5\x80z", "a<F5><80>z", "a\\ufffd\\ufffdz");
    assert_message("a\xe2\x80z", "a<E2><80>z", "a\\ufffd\\ufffdz");
    assert_message("a\xe2\x80", "a<E2><80>", "a\\ufffd\\ufffd\"");
    assert_message("a\xef\xbf\xbdz", "a\xef\xbf\xbdz", "a\xef\xbf\xbdz");
    assert_message("a\"\\\tz", "a\"\\<U+0009>z", "a\\\"\\\\\\u0009z");
}

static void nothing_to_write(void **state)
{
    const struct hd_diagnostic warning = {.code = 1, .severity = HD_WARNING}, *const none[] = {NULL}, *const one[] = {&warning};
    struct hd_diagnostics_style style = {.size = sizeof style, .errors_only = 1};
    struct text text = {.length = 0};

    (void)state;
    /* A sink that stops is not even called. */
    assert_int_equal(hd_diagnostic_list_write(one, 1, &style, stop, NULL), HD_OK);
    assert_int_equal(hd_diagnostic_list_write(NULL, 0, &style, stop, NULL), HD_OK);
    assert_int_equal(hd_diagnostic_list_write(NULL, 1, &style, collect, &text), HD_BAD_CALL);
    assert_int_equal(hd_diagnostic_list_write(none, 1, &style, collect, &text), HD_BAD_CALL);
    assert_int_equal(hd_diagnostic_list_write(one, 1, &style, NULL, NULL), HD_BAD_CALL);
    style.errors_only = 0;
    assert_int_equal(hd_diagnostic_list_write(one, 1, &style, stop, NULL), HD_UNWRITABLE);
    style.format = (enum hd_diagnostics_format) - 1;
    assert_int_equal(hd_diagnostic_list_write(one, 1, &style, collect, &text), HD_BAD_CALL);
    style.format = HD_DIAGNOSTICS_JUNIT + 1;
    assert_int_equal(hd_diagnostic_list_write(one, 1, &style, collect, &text), HD_BAD_CALL);
    style.format = HD_DIAGNOSTICS_GITLAB;
    style.n_sources = 1;
    assert_int_equal(hd_diagnostic_list_write(one, 1, &style, collect, &text), HD_BAD_CALL);
    assert_int_equal(text.length, 0);
    style.n_sources = 0;
    style.omitted = 3;
    assert_int_equal(hd_diagnostic_list_write(NULL, 0, &style, collect, &text), HD_OK);
    assert_non_null(strstr(text.text, "3 more are not shown"));
    assert_int_equal(text.text[0], '[');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_text),   cmocka_unit_test(as_json),  cmocka_unit_test(as_sarif),   cmocka_unit_test(as_github),
        cmocka_unit_test(as_gitlab), cmocka_unit_test(as_junit), cmocka_unit_test(characters), cmocka_unit_test(nothing_to_write),
    };

    return RUN(tests);
}
