/* A diff as one HTML file, which takes nothing from outside and runs no scripts; of a workspace, with a section for each application. */
#include "characters.h"
#include "diff_words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"
    "<title>What the change does</title>\n<style>\n"
    ":root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --line: #d0d7de; --dim: #59636e; --calm: #1a6b38; --warn: #8a5a00; --bad: #b3202a; }\n"
    "@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --line: #3d444d; --dim: #9198a1; --calm: #5fd38a; --warn: #e3b341; "
    "--bad: #ff8a84; } }\n"
    "body { margin: 2rem auto; max-width: 70rem; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }\n"
    "section { border-top: 1px solid var(--line); padding: .5rem 0; }\nh2 { font-size: 1.1rem; }\nh3, h4 { font-size: 1rem; margin: .5rem 0; }\n"
    ".application > h2 { font-size: 1.3rem; }\ncode, td, h2, h3, h4 { overflow-wrap: anywhere; }\ncode { font: .9em ui-monospace, monospace; }\n.place, .why { color: var(--dim); font-weight: normal; }\n"
    ".effect { font-weight: bold; }\n.nothing, .create, .update { color: var(--calm); }\n.restart { color: var(--warn); }\n"
    ".recreate, .delete, .data { color: var(--bad); }\n"
    "table { border-collapse: collapse; margin: .3rem 0 .6rem; }\ntd, th { border: 1px solid var(--line); padding: .1rem .5rem; text-align: left; vertical-align: top; }\n"
    "</style>\n</head>\n<body>\n";
static const char foot[] = "</body>\n</html>\n";

/* A heading, which is one level deeper where that of its application stands above it. */
static void begin_heading(struct output *output, const struct changes *changes, int level)
{
    output_print(output, "<h%d>", changes->application ? level + 1 : level);
}

static void end_heading(struct output *output, const struct changes *changes, int level)
{
    output_print(output, "</h%d>\n", changes->application ? level + 1 : level);
}

static void put_heading(struct output *output, const struct changes *changes, int level, const char *text)
{
    begin_heading(output, changes, level);
    output_text(output, text);
    end_heading(output, changes, level);
}

static void put_effect(struct output *output, enum hd_effect effect)
{
    output_print(output, "<span class=\"effect %s\">%s</span>", hd_effect_name(effect), hd_effect_name(effect));
}

static void put_code(struct output *output, const char *text)
{
    enum { MOST_OF_VALUE = 4000 };

    output_text(output, text ? "<code>" : "<span class=\"why\">");
    put_value(output, output_html_text, text, MOST_OF_VALUE);
    output_text(output, text ? "</code>" : "</span>");
}

static void put_fields(struct output *output, const struct hd_object_change *object)
{
    output_text(output, "<table><tr><th>field</th><th>before</th><th>after</th></tr>\n");
    for (size_t i = 0; i < object->n_fields; i++) {
        const struct hd_field_change *field = &object->fields[i];

        output_text(output, "<tr><td><code>");
        output_html_text(output, field->path);
        output_text(output, "</code>");
        if (field->why) {
            output_text(output, "<br><span class=\"why\">");
            output_html_text(output, field->why);
            output_text(output, "</span>");
        }
        output_text(output, "</td><td>");
        put_code(output, field->before);
        output_text(output, "</td><td>");
        put_code(output, field->after);
        output_text(output, "</td></tr>\n");
    }
    output_text(output, "</table>\n");
}

/* The first of its causes is the heading above it. */
static void put_object(struct output *output, const struct hd_object_change *object)
{
    bool has_details = object->n_fields || object->n_causes > 1;

    output_text(output, has_details ? "<details><summary>" : "<p>");
    put_effect(output, object->effect);
    output_text(output, " ");
    output_html_text(output, object->kind);
    output_text(output, "/");
    output_html_text(output, object->name);
    if (put_consequence(output, output_html_text, " <span class=\"why\">", object))
        output_text(output, "</span>");
    output_text(output, has_details ? "</summary>\n" : "</p>\n");
    if (object->n_fields)
        put_fields(output, object);
    for (size_t i = 1; i < object->n_causes; i++) {
        output_text(output, i == 1 ? "<p class=\"why\">also because of <code>" : "</code>, <code>");
        output_html_text(output, object->causes[i]->path);
    }
    output_text(output, object->n_causes > 1 ? "</code></p>\n" : "");
    output_text(output, has_details ? "</details>\n" : "");
}

static void put_objects(struct output *output, const struct changes *changes, size_t first)
{
    for (size_t i = first; i; i = changes->next[i - 1])
        put_object(output, hd_diff_object(changes->diff, i - 1));
}

/* A place whose element is left open. */
static void put_place(struct output *output, const char *file, unsigned line, unsigned column)
{
    output_text(output, " <span class=\"place\">");
    output_html_text(output, file);
    if (line)
        output_print(output, ":%u:%u", line, column);
}

static void put_cause(struct output *output, const struct changes *changes, size_t index)
{
    const struct hd_cause *cause = hd_diff_cause(changes->diff, index);

    output_text(output, "<section>\n");
    begin_heading(output, changes, 3);
    output_text(output, "<code>");
    output_html_text(output, cause->path);
    output_text(output, "</code>: ");
    if (cause->before) {
        put_code(output, cause->before);
        output_text(output, " &rarr; ");
    }
    put_code(output, cause->after);
    if (cause->file) {
        put_place(output, cause->file, (unsigned)cause->line, (unsigned)cause->column);
        output_text(output, cause->is_gone ? " (before)</span>" : "</span>");
    }
    end_heading(output, changes, 3);
    if (!changes->first[index])
        output_text(output, changes->worst[index] ? "<p class=\"why\">its objects are listed below other lines</p>\n" : "<p class=\"why\">changes no object</p>\n");
    put_objects(output, changes, changes->first[index]);
    output_text(output, "</section>\n");
}

static void put_connections(struct output *output, const struct changes *changes)
{
    if (!changes->n_connections)
        return;
    put_heading(output, changes, 2, "Connections");
    output_text(output, "<table><tr><th></th><th>from and to</th><th>ports</th><th>reason</th></tr>\n");
    for (size_t i = 0; i < changes->n_connections; i++) {
        const struct connection *connection = &changes->connections[i];
        bool opens = connection->is_added && connection->is_from_outside;

        output_print(output, "<tr><td class=\"effect %s\">%s</td><td>", opens ? "restart" : "update", opens ? "new, from outside" : connection->is_added ? "new" : "gone");
        output_html_text(output, connection->ends);
        output_text(output, "</td><td>");
        output_html_text(output, connection->ports);
        output_text(output, "</td><td>");
        output_html_text(output, connection->reason);
        output_text(output, "</td></tr>\n");
    }
    output_text(output, "</table>\n");
}

static void put_amount(struct output *output, int64_t amount, bool is_cpu)
{
    static const char units[][3] = {"", "Ki", "Mi", "Gi", "Ti"};
    size_t unit = 0;

    while (!is_cpu && amount && unit < 4 && amount % 1024 == 0) {
        amount /= 1024;
        unit++;
    }
    if (is_cpu && amount % 1000 == 0)
        output_print(output, "%" PRId64, amount / 1000);
    else
        output_print(output, "%" PRId64 "%s", amount, is_cpu ? "m" : units[unit]);
}

static void put_range(struct output *output, int64_t least, int64_t most, bool is_cpu)
{
    output_text(output, "<td>");
    put_amount(output, least, is_cpu);
    if (least != most) {
        output_text(output, " to ");
        put_amount(output, most, is_cpu);
    }
    output_text(output, "</td>");
}

static void put_load(struct output *output, const struct changes *changes)
{
    const struct hd_diff_load *old = hd_diff_load(changes->diff, false), *new = hd_diff_load(changes->diff, true);
    const struct {
        const char *name;
        int64_t before[2], after[2];
    } rows[] = {
#define ROW(text, of, resource)                                                                                                                          \
    {text, {old->least_##of.resource, old->most_##of.resource}, {new->least_##of.resource, new->most_##of.resource}}
        ROW("cpu requests", requests, cpu),
        ROW("cpu limits", limits, cpu),
        ROW("memory requests", requests, memory),
        ROW("memory limits", limits, memory),
        ROW("ephemeral-storage requests", requests, ephemeral_storage),
        ROW("ephemeral-storage limits", limits, ephemeral_storage),
#undef ROW
    };
    size_t n = 0;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!memcmp(rows[i].before, rows[i].after, sizeof rows[i].before))
            continue;
        if (!n++) {
            put_heading(output, changes, 2, "Load");
            output_text(output, "<table><tr><th></th><th>before</th><th>after</th></tr>\n");
        }
        output_print(output, "<tr><td>%s</td>", rows[i].name);
        put_range(output, rows[i].before[0], rows[i].before[1], i < 2);
        put_range(output, rows[i].after[0], rows[i].after[1], i < 2);
        output_text(output, "</tr>\n");
    }
    output_text(output, n ? "</table>\n" : "");
}

static void put_note(struct output *output, const char *note)
{
    output_text(output, "<p class=\"why\">");
    output_html_text(output, note);
    output_text(output, "</p>\n");
}

static void put_worst(struct output *output, enum hd_effect worst)
{
    output_text(output, "<p>The worst effect is ");
    put_effect(output, worst);
    output_text(output, ".");
}

static void put_summary(struct output *output, const struct changes *changes)
{
    size_t n_of[HD_EFFECT_DATA + 1] = {0}, n = hd_diff_n_objects(changes->diff);
    const char *note;

    begin_heading(output, changes, 1);
    output_html_text(output, changes->application ? changes->application : "");
    output_text(output, !changes->application ? "" : changes->is_new ? " is new: " : changes->is_gone ? " is gone: " : ": ");
    output_print(output, "%zu %s", n, n == 1 ? "object differs" : "objects differ");
    end_heading(output, changes, 1);
    put_worst(output, hd_diff_worst(changes->diff));
    for (size_t i = 0; i < n; i++)
        n_of[hd_diff_object(changes->diff, i)->effect]++;
    for (int effect = HD_EFFECT_DATA; effect > HD_EFFECT_UNSET; effect--)
        if (n_of[effect]) {
            output_print(output, " %zu ", n_of[effect]);
            put_effect(output, (enum hd_effect)effect);
        }
    output_text(output, "</p>\n");
    for (size_t i = 0; (note = hd_diff_note(changes->diff, i)); i++)
        put_note(output, note);
    if (changes->note)
        put_note(output, changes->note);
}

static void put_changes(struct output *output, const struct changes *changes)
{
    put_summary(output, changes);
    if (changes->n_causes)
        put_heading(output, changes, 2, "By changed line");
    for (size_t i = 0; i < changes->n_causes; i++)
        put_cause(output, changes, i);
    if (changes->first[changes->n_causes]) {
        output_text(output, "<section>\n");
        put_heading(output, changes, 3, "No changed line is the reason");
        put_objects(output, changes, changes->first[changes->n_causes]);
        output_text(output, "</section>\n");
    }
    put_connections(output, changes);
    put_load(output, changes);
}

/* The note of an application that was not compared says why. */
static void put_application(struct output *output, const struct changes *changes)
{
    output_text(output, "<section class=\"application\">\n");
    if (changes->diff) {
        put_changes(output, changes);
    } else {
        output_text(output, "<h2>");
        output_html_text(output, changes->application);
        output_text(output, "</h2>\n");
        put_note(output, changes->note);
    }
    output_text(output, "</section>\n");
}

static void put_breaks(struct output *output, const struct hd_diagnostic *const *breaks, size_t n_breaks)
{
    output_text(output, n_breaks ? "<section>\n<h2>The change breaks between applications</h2>\n" : "");
    for (size_t i = 0; i < n_breaks; i++) {
        output_text(output, "<p><span class=\"effect delete\">breaks</span> ");
        output_html_text(output, breaks[i]->message);
        output_print(output, " [HD%04d]", (int)breaks[i]->code);
        if (breaks[i]->file) {
            put_place(output, breaks[i]->file, (unsigned)breaks[i]->line, (unsigned)breaks[i]->column);
            output_text(output, "</span>");
        }
        output_text(output, "</p>\n");
    }
    output_text(output, n_breaks ? "</section>\n" : "");
}

void write_diff_html(struct output *output, const struct changes *changes)
{
    output_text(output, head);
    put_changes(output, changes);
    output_text(output, foot);
}

void write_workspace_diff_html(struct output *output, const struct changes *all, size_t n, const struct hd_diagnostic *const *breaks, size_t n_breaks)
{
    enum hd_effect worst = HD_EFFECT_NOTHING;
    size_t n_other = 0, n_unknown = 0;

    for (size_t i = 0; i < n; i++) {
        n_other += all[i].diff && !all[i].is_same;
        n_unknown += !all[i].diff;
        if (all[i].diff && hd_diff_worst(all[i].diff) > worst)
            worst = hd_diff_worst(all[i].diff);
    }
    output_text(output, head);
    output_print(output, "<h1>Applications that differ: %zu of %zu", n_other, n);
    if (n_unknown)
        output_print(output, ", not compared: %zu", n_unknown);
    output_text(output, "</h1>\n");
    put_worst(output, worst);
    output_text(output, "</p>\n");
    put_breaks(output, breaks, n_breaks);
    for (size_t i = 0; i < n; i++)
        if (!all[i].is_same)
            put_application(output, &all[i]);
    output_text(output, foot);
}
