/* A diff as SARIF 2.1.0, for code scanning: each changed line is a result, whose level follows from the greatest effect that it has. */
#include "characters.h"
#include "diff_words.h"

#include <hybriddeploy/version.h>
#include <string.h>

/* The rules: the effects by their numbers, behind them two for connections, and one for a workspace. */
static const struct rule {
    const char *id, *level, *text;
} rules[] = {
    [HD_EFFECT_UNSET] = {"none", "note", "The line changes no object by itself."},
    [HD_EFFECT_NOTHING] = {"nothing", "note", "The API server would see no difference."},
    [HD_EFFECT_CREATE] = {"create", "note", "The object is new."},
    [HD_EFFECT_UPDATE] = {"update", "note", "The object is changed in place, and no pod is replaced."},
    [HD_EFFECT_RESTART] = {"restart", "warning", "The pods are replaced by new ones, as the strategy says."},
    [HD_EFFECT_RECREATE] = {"recreate", "error", "The API server refuses to change a field: the object has to be deleted and made again."},
    [HD_EFFECT_DELETE] = {"delete", "error", "The object is no longer there."},
    [HD_EFFECT_DATA] = {"data", "error", "Stored data can be lost, or the source of a Secret's values changes."},
    {"connection", "note", "A connection is new or gone."},
    {"exposed", "warning", "A new way in from outside of the cluster."},
    {"breaks", "error", "Two applications of the workspace no longer agree."},
};
enum { N_RULES = sizeof rules / sizeof *rules, RULE_CONNECTION = N_RULES - 3, RULE_EXPOSED, RULE_BREAKS, MOST_OF_VALUE = 160 };

/* Text within a JSON string. Braces and brackets are escaped where a message has placeholders or links of them. */
static void put_message(struct output *output, const char *text)
{
    const char *special = strstr(text, "](") ? "{}[]\\" : "{}";

    for (size_t length; *text; text += length) {
        char part[256];
        size_t n = 0;

        for (length = 0; text[length] && n + 2 < sizeof part; length++) {
            if (strchr(special, text[length]))
                part[n++] = text[length] == '{' || text[length] == '}' ? text[length] : '\\';
            part[n++] = text[length];
        }
        /* Do not cut inside a character. */
        while (text[length] && length > 1 && ((unsigned char)text[length] & 0xc0) == 0x80) {
            length--;
            n--;
        }
        part[n] = '\0';
        output_json_part(output, part);
    }
}

static void put_rules(struct output *output)
{
    for (size_t i = 0; i < N_RULES; i++) {
        output_print(output, "%s{\"id\":\"%s\",\"shortDescription\":{\"text\":\"%s\"},\"defaultConfiguration\":{\"level\":\"%s\"}}", i ? ",\n" : "\n",
                     rules[i].id, rules[i].text, rules[i].level);
    }
}

/* A file at a revision, `main:./model.yaml`, as the file of the working tree: code scanning knows no other. */
static const char *without_revision(const struct changes *changes, const char *file)
{
    for (size_t i = 0; i < 2; i++) {
        size_t length = changes->revisions[i] ? strlen(changes->revisions[i]) : 0;

        if (length && !strncmp(file, changes->revisions[i], length) && !strncmp(file + length, ":./", strlen(":./")))
            return file + length + strlen(":./");
    }
    return file;
}

static void put_uri(struct output *output, const char *file)
{
    output_text(output, *file == '/' ? "file://" : "");
    for (; *file; file++) {
        unsigned char c = (unsigned char)*file;
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-._~/", c);

        output_print(output, is_plain ? "%c" : "%%%02X", c);
    }
}

static void put_application(struct output *output, const char *application, const char *behind)
{
    put_message(output, application ? application : "");
    put_message(output, application ? behind : "");
}

static void begin_result(struct output *output, const char *application, size_t rule, size_t *n_results)
{
    output_print(output, "%s{\"ruleId\":\"%s\",\"ruleIndex\":%zu,\"level\":\"%s\",\"message\":{\"text\":\"", (*n_results)++ ? ",\n" : "\n", rules[rule].id,
                 rule, rules[rule].level);
    put_application(output, application, ": ");
}

static void put_place(struct output *output, const char *file, unsigned line, unsigned column)
{
    output_text(output, "\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"");
    put_uri(output, file);
    output_print(output, "\"},\"region\":{\"startLine\":%u,\"startColumn\":%u}},", line, column);
}

/* A name within a JSON string, behind that of its application in a workspace. */
static void put_json_name(struct output *output, const char *application, const char *name)
{
    if (application) {
        output_json_part(output, application);
        output_text(output, "/");
    }
    output_json_part(output, name);
}

/*
 * Ends the message, and the result with its place. Each result has a file and a line, because code scanning refuses the whole document for one
 * that has none: where no line is known, the first one of the new side.
 */
static void end_result(struct output *output, const struct changes *changes, const struct hd_cause *cause, const char *name)
{
    bool has_line = cause && cause->file && cause->line;
    const char *file = cause && cause->file ? cause->file : changes->file;

    output_text(output, "\"},\"locations\":[{");
    if (file)
        put_place(output, without_revision(changes, file), has_line ? cause->line : 1, has_line && cause->column ? cause->column : 1);
    output_text(output, "\"logicalLocations\":[{\"fullyQualifiedName\":\"");
    put_json_name(output, changes->application, name);
    output_text(output, "\"}]}]}");
}

static void put_object(struct output *output, const struct hd_object_change *object)
{
    put_message(output, hd_effect_name(object->effect));
    put_message(output, " ");
    put_message(output, object->kind);
    put_message(output, "/");
    put_message(output, object->name);
    put_consequence(output, put_message, ", ", object);
}

/* The objects below a cause; what does not fit in a message that people read is counted. */
static void put_objects(struct output *output, const struct changes *changes, size_t first)
{
    enum { MOST_LISTED = 20 };
    size_t n = 0;

    for (size_t i = first; i; i = changes->next[i - 1])
        if (n++ < MOST_LISTED) {
            output_text(output, "\\n");
            put_object(output, hd_diff_object(changes->diff, i - 1));
        }
    if (n > MOST_LISTED)
        output_print(output, "\\nand %zu more", n - MOST_LISTED);
}

static void put_cause(struct output *output, const struct changes *changes, size_t index, size_t *n_results)
{
    const struct hd_cause *cause = hd_diff_cause(changes->diff, index);

    begin_result(output, changes->application, changes->worst[index], n_results);
    put_message(output, cause->path);
    put_message(output, ": ");
    if (cause->before) {
        put_value(output, put_message, cause->before, MOST_OF_VALUE);
        put_message(output, " -> ");
    }
    put_value(output, put_message, cause->after, MOST_OF_VALUE);
    put_message(output, cause->is_gone ? " (the place is the one before)" : "");
    if (!changes->first[index])
        output_text(output, changes->worst[index] ? "\\nits objects are listed at other lines" : "\\nchanges no object");
    put_objects(output, changes, changes->first[index]);
    end_result(output, changes, cause, cause->path);
}

static void put_unexplained(struct output *output, const struct changes *changes, size_t *n_results)
{
    for (size_t i = changes->first[changes->n_causes]; i; i = changes->next[i - 1]) {
        const struct hd_object_change *object = hd_diff_object(changes->diff, i - 1);

        begin_result(output, changes->application, object->effect, n_results);
        put_object(output, object);
        put_message(output, "; no changed line is the reason");
        end_result(output, changes, NULL, object->name);
    }
}

static void put_connection(struct output *output, const struct changes *changes, size_t index, size_t *n_results)
{
    const struct connection *connection = &changes->connections[index];

    begin_result(output, changes->application, connection->is_added && connection->is_from_outside ? RULE_EXPOSED : RULE_CONNECTION, n_results);
    put_message(output, connection->is_added ? "new connection: " : "connection that is gone: ");
    put_message(output, connection->ends);
    put_message(output, " ");
    put_message(output, connection->ports);
    put_message(output, *connection->reason ? ", " : "");
    put_message(output, connection->reason);
    end_result(output, changes, index < MOST_PLACED ? changes_cause_of(changes, connection) : NULL, connection->ends);
}

static void put_note(struct output *output, const char *application, const char *note, size_t *n_notes)
{
    output_print(output, (*n_notes)++ ? "," : ",\"invocations\":[{\"executionSuccessful\":true,\"toolExecutionNotifications\":[");
    output_text(output, "{\"level\":\"note\",\"message\":{\"text\":\"");
    put_application(output, application, ": ");
    put_message(output, note);
    output_text(output, "\"}}");
}

static void put_notes(struct output *output, const struct changes *all, size_t n)
{
    size_t n_notes = 0;

    for (const struct changes *changes = all; changes < all + n; changes++) {
        for (size_t i = 0; i < hd_diff_n_notes(changes->diff); i++)
            put_note(output, changes->application, hd_diff_note(changes->diff, i), &n_notes);
        if (changes->note)
            put_note(output, changes->application, changes->note, &n_notes);
    }
    output_text(output, n_notes ? "]}]" : "");
}

static void put_changes(struct output *output, const struct changes *changes, size_t *n_results)
{
    for (size_t i = 0; changes->diff && i < changes->n_causes; i++)
        put_cause(output, changes, i, n_results);
    if (changes->diff)
        put_unexplained(output, changes, n_results);
    for (size_t i = 0; i < changes->n_connections; i++)
        put_connection(output, changes, i, n_results);
}

/* Both sides of a call stand in the message; the place is the one that has the mistake now. */
static void put_break(struct output *output, const struct changes *changes, const struct hd_diagnostic *found, size_t *n_results)
{
    const char *file = found->file ? found->file : changes->file;

    begin_result(output, NULL, RULE_BREAKS, n_results);
    put_message(output, found->message);
    output_text(output, "\"},\"locations\":[{");
    if (file)
        put_place(output, without_revision(changes, file), found->line ? found->line : 1, found->column ? found->column : 1);
    output_print(output, "\"logicalLocations\":[{\"fullyQualifiedName\":\"HD%04d\"}]}]}", (int)found->code);
}

void write_diff_sarif(struct output *output, const struct changes *all, size_t n, const struct hd_diagnostic *const *breaks, size_t n_breaks)
{
    size_t n_results = 0;

    output_text(output, "{\"$schema\":\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json\",\"version\":\"2.1.0\","
                        "\"runs\":[{\"tool\":{\"driver\":{\"name\":\"hybriddeploy diff\",\"version\":");
    output_json_text(output, hd_version());
    output_text(output, ",\"rules\":[");
    put_rules(output);
    output_text(output, "]}},\"columnKind\":\"unicodeCodePoints\"");
    put_notes(output, all, n);
    output_text(output, ",\"results\":[");
    for (size_t i = 0; i < n; i++)
        put_changes(output, &all[i], &n_results);
    for (size_t i = 0; i < n_breaks; i++)
        put_break(output, &all[0], breaks[i], &n_results);
    output_text(output, "]}]}\n");
}
