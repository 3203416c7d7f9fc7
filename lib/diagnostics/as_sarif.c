/* Diagnostics as SARIF 2.1.0: one run, whose rules are the codes that were found. */
#include "as.h"
#include "core/text/among.h"
#include "text.h"

#include <ctype.h>
#include <hybriddeploy/version.h>
#include <stdio.h>
#include <string.h>

enum { MOST_CODES = 10000, NO_RULE = 0xffff };

/* A message object of SARIF. Braces and brackets are escaped, because they would be placeholders and links. */
static void print_message(struct printer *printer, const char *text)
{
    char *escaped = arena_room(&printer->arena, 2 * strlen(text) + 1, 1);
    bool has_link = strstr(text, "](") != NULL;
    size_t n = 0;

    for (; *text; text++) {
        if (*text == '{' || *text == '}')
            escaped[n++] = *text;
        else if (has_link && strchr("[]\\", *text))
            escaped[n++] = '\\';
        escaped[n++] = *text;
    }
    escaped[n] = '\0';
    text_put(printer->out, "{\"text\":");
    text_print_json(printer->out, escaped);
    text_put(printer->out, "}");
}

static void print_named_text(struct text_out *out, const char *name, const char *text)
{
    text_put(out, ",\"", name, "\":{\"text\":");
    text_print_json(out, text);
    text_put(out, "}");
}

/* HD_MIN_ABOVE_MAX is MinAboveMax. */
static void print_rule_name(struct text_out *out, const char *name)
{
    bool is_first = true;

    for (name += strlen("HD_"); *name; name++) {
        char c = (char)(is_first ? *name : tolower((unsigned char)*name));

        is_first = *name == '_';
        if (*name != '_')
            text_putn(out, &c, 1);
    }
}

static void print_rule(struct printer *printer, int number)
{
    const struct hd_code_info *code = hd_code_info(number);
    struct text_out *out = printer->out;
    char id[24];

    snprintf(id, sizeof id, "HD%04d", number);
    text_put(out, "{\"id\":\"", id, "\"");
    if (code) {
        text_put(out, ",\"name\":\"");
        print_rule_name(out, code->name);
        text_put(out, "\"");
        print_named_text(out, "shortDescription", code->what);
        print_named_text(out, "fullDescription", code->why);
        text_put(out, ",\"help\":{\"text\":");
        text_print_json(out, arena_printf(&printer->arena, "%s\n\nWrong:\n%s\n\nRight:\n%s", code->why, code->wrong, code->right));
        text_put(out, ",\"markdown\":");
        text_print_json(out, arena_printf(&printer->arena, "%s\n\nWrong:\n\n```yaml\n%s\n```\n\nRight:\n\n```yaml\n%s\n```\n", code->why,
                                          code->wrong, code->right));
        text_put(out, "},\"defaultConfiguration\":{\"level\":\"", code->severity == HD_ERROR ? "error" : "warning", "\"}");
    }
    text_put(out, "}");
}

/* The codes that were found, as rules; `rules` gives for each code its place among them. */
static void print_rules(struct printer *printer, uint16_t *rules)
{
    uint16_t n = 0;

    memset(rules, 0xff, MOST_CODES * sizeof *rules);
    for (size_t i = 0; i < printer->n_findings; i++) {
        int code = printer->findings[i]->code;

        if (code < 0 || code >= MOST_CODES || rules[code] != NO_RULE)
            continue;
        text_put(printer->out, n ? ",\n" : "\n");
        print_rule(printer, code);
        rules[code] = n++;
    }
}

/* A URI reference for a file: relative as it was given, or absolute. */
static void print_artifact(struct text_out *out, const char *file)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

    text_put(out, "\"artifactLocation\":{\"uri\":\"", *file == '/' ? "file://" : NULL);
    for (; *file; file++) {
        char code[8];

        if (strchr(plain, *file)) {
            text_putn(out, file, 1);
            continue;
        }
        snprintf(code, sizeof code, "%%%02X", (unsigned)(unsigned char)*file);
        text_put(out, code);
    }
    text_put(out, "\"}");
}

static void print_part(struct text_out *out, const char *name, uint32_t number)
{
    if (!number)
        return;
    text_put(out, ",\"", name, "\":");
    text_int(out, number);
}

static void print_region(struct text_out *out, const char *name, uint32_t line, uint32_t column, uint32_t end_line, uint32_t end_column)
{
    if (!line)
        return;
    text_put(out, ",\"", name, "\":{\"startLine\":");
    text_int(out, line);
    print_part(out, "startColumn", column);
    print_part(out, "endLine", end_line);
    print_part(out, "endColumn", end_column);
    text_put(out, "}");
}

/* The members of a location; a setting has no file. */
static void print_location(struct text_out *out, const char *file, uint32_t line, uint32_t column, uint32_t end_line, uint32_t end_column,
                           const char *path)
{
    bool has_file = file && !is_setting(file);

    if (has_file) {
        text_put(out, "\"physicalLocation\":{");
        print_artifact(out, file);
        print_region(out, "region", line, column, end_line, end_column);
        text_put(out, "}");
    }
    if (path && *path) {
        text_put(out, has_file ? "," : NULL, "\"logicalLocations\":[{\"fullyQualifiedName\":");
        text_print_json(out, path);
        text_put(out, "}]");
    }
}

static void print_related(struct printer *printer, const struct hd_place *related)
{
    struct text_out *out = printer->out;

    text_put(out, ",\"relatedLocations\":[{\"id\":1,\"message\":");
    print_message(printer, related->message);
    if ((related->file && !is_setting(related->file)) || (related->path && *related->path))
        text_put(out, ",");
    print_location(out, related->file, related->line, related->column, 0, 0, related->path);
    text_put(out, "}]");
}

static void print_fix(struct printer *printer, const struct hd_diagnostic *finding)
{
    struct text_out *out = printer->out;

    text_put(out, ",\"fixes\":[{\"description\":");
    print_message(printer, text_or(finding->hint, ""));
    text_put(out, ",\"artifactChanges\":[");
    for (size_t i = 0; i < finding->n_edits; i++) {
        const struct hd_edit *edit = &finding->edits[i];

        text_put(out, i ? ",{" : "{");
        print_artifact(out, edit->file ? edit->file : file_of(printer, finding));
        text_put(out, ",\"replacements\":[{");
        text_put(out, "\"insertedContent\":{\"text\":");
        text_print_json(out, text_or(edit->text, ""));
        text_put(out, "}");
        print_region(out, "deletedRegion", edit->line, edit->column, edit->end_line, edit->end_column);
        text_put(out, "}]}");
    }
    text_put(out, "]}]");
}

static void print_result(struct printer *printer, const struct hd_diagnostic *finding, const uint16_t *rules, const char *fingerprint)
{
    bool has_rule = finding->code >= 0 && finding->code < MOST_CODES;
    struct text_out *out = printer->out;
    char rule[64];

    snprintf(rule, sizeof rule, "{\"ruleId\":\"HD%04d\",", finding->code);
    text_put(out, rule);
    if (has_rule) {
        snprintf(rule, sizeof rule, "\"ruleIndex\":%u,", (unsigned)rules[finding->code]);
        text_put(out, rule);
    }
    text_put(out, "\"level\":\"", finding->severity == HD_ERROR ? "error" : "warning", "\",\"message\":");
    print_message(printer, message_in_full(&printer->arena, finding));
    text_put(out, ",\"locations\":[{");
    print_location(out, finding->file, finding->line, finding->column, finding->end_line, finding->end_column, finding->path);
    text_put(out, "}]");
    if (finding->related.message)
        print_related(printer, &finding->related);
    text_put(out, ",\"partialFingerprints\":{\"hybriddeploy/v1\":\"", fingerprint, "\"}");
    if (finding->n_edits)
        print_fix(printer, finding);
    text_put(out, "}");
}

static void print_omitted(struct printer *printer)
{
    text_put(printer->out, ",\"invocations\":[{\"executionSuccessful\":true,\"toolExecutionNotifications\":[{\"level\":\"note\",\"message\":");
    print_message(printer, arena_printf(&printer->arena, "%zu more are not shown", printer->style->omitted));
    text_put(printer->out, "}]}]");
}

void write_as_sarif(struct printer *printer)
{
    uint16_t *rules = arena_room(&printer->arena, MOST_CODES, sizeof *rules);
    const char *const *prints = fingerprints(printer);
    struct text_out *out = printer->out;

    text_put(out, "{\"$schema\":\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json\",\"version\":\"2.1.0\","
                  "\"runs\":[{\"tool\":{\"driver\":{\"name\":\"hybriddeploy\",\"version\":\"", hd_version(), "\",\"rules\":[");
    print_rules(printer, rules);
    text_put(out, "]}},\"columnKind\":\"unicodeCodePoints\"");
    if (printer->style->omitted)
        print_omitted(printer);
    text_put(out, ",\"results\":[");
    for (size_t i = 0; i < printer->n_findings; i++) {
        text_put(out, i ? ",\n" : "\n");
        print_result(printer, printer->findings[i], rules, prints[i]);
    }
    text_put(out, "]}]}\n");
}
