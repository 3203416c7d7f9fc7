#define _POSIX_C_SOURCE 200809L
#include "explain.h"

#include "../call.h"
#include "../characters.h"
#include "../output.h"
#include "../read_to_end.h"
#include "../workspace.h"
#include "backward.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* FILE:LINE, taken apart. */
struct spot {
    char *file;
    uint32_t line;
    /* The document around the line. */
    struct tree *document;
};

/* The line of the operand; 0 when it has none. */
static uint32_t line_in(const char *operand, size_t *ret_length)
{
    const char *colon = strrchr(operand, ':');
    char *end;
    unsigned long line = colon && colon != operand && colon[1] >= '0' && colon[1] <= '9' ? strtoul(colon + 1, &end, 10) : 0;

    if (!line || *end || line > INT32_MAX)
        return 0;
    *ret_length = (size_t)(colon - operand);
    return (uint32_t)line;
}

bool manifest_is_meant(const struct call *call)
{
    const char *operand = call->n_operands ? call->operands[0] : "";
    size_t length;

    if (line_in(operand, &length) || call->n_operands > 1)
        return true;
    return workspace_is_meant(call) ? object_is_named_of(operand) : object_is_named(operand);
}

static void take_document(void *user, struct tree *document)
{
    struct spot *spot = user;
    struct way way;

    if (!spot->document && way_find_line(&way, document, spot->line))
        spot->document = document;
    else
        tree_free(document);
}

static int read_spot(struct spot *spot)
{
    int fd = open(spot->file, O_RDONLY | O_CLOEXEC);
    size_t length = 0;
    char *text = fd < 0 ? NULL : read_to_end(fd, &length);
    bool is_read;

    if (!text)
        complain(EXIT_UNREADABLE, "%s: %s", spot->file, strerror(errno));
    if (fd >= 0)
        close(fd);
    if (!text)
        return EXIT_UNREADABLE;
    is_read = tree_documents(text, length, take_document, spot);
    free(text);
    if (!is_read)
        return complain(EXIT_UNREADABLE, "%s is not YAML, or has aliases", spot->file);
    if (spot->document)
        return EXIT_FINE;
    return complain(EXIT_WRONG_CALL, "no field stands in line %u of %s", spot->line, spot->file);
}

/* The object of the answers, and the output and format that they are written in. */
struct answer {
    struct backward *backward;
    struct output *output;
    bool is_json;
};

/* Texts may be long and have several lines. */
static void write_short(struct output *output, const char *text)
{
    enum { MOST = 100 };
    size_t length = strcspn(text, "\n");
    char *part = printed("%.*s%s", (int)(length < MOST ? length : MOST), text, text[length] || length > MOST ? "..." : "");

    output_plain_text(output, part);
    free(part);
}

static const char *text_of(const struct way *way)
{
    const char *text = way_value(way);

    return text ? text : way->steps[way->n - 1]->kind == TREE_MAPPING ? "{}" : "[]";
}

static void write_place(struct output *output, const struct hd_value *value)
{
    const char *runtime = value->from ? value->from : "";

    if (value->file && value->line && !strncmp(value->file, "--set ", 6))
        output_plain_text(output, value->file);
    else if (value->file && value->line) {
        output_plain_text(output, value->file);
        output_print(output, ":%u:%u", value->line, value->column);
    } else if (value->origin == HD_VALUE_CALLER)
        output_text(output, "an option of the call");
    else if (value->origin == HD_VALUE_DERIVED) {
        output_text(output, "from ");
        output_plain_text(output, runtime);
    } else {
        output_text(output, value->origin == HD_VALUE_DEFAULT ? "default" : "the model");
        output_text(output, *runtime ? " of " : "");
        output_plain_text(output, runtime);
    }
}

static void write_source(struct output *output, const struct source *source)
{
    const struct hd_value *value = &source->candidate->value;

    output_text(output, source->is_certain ? "    " : "    probably ");
    write_place(output, value);
    output_text(output, ": ");
    output_plain_text(output, value->path);
    if (value->text && !source->candidate->is_part) {
        output_text(output, ": ");
        write_short(output, value->text);
    }
    output_text(output, "\n");
}

/* The rule by which there is such an object, when one alone is known. */
static const char *rule_of(const struct hd_manifest *manifest)
{
    const char *when = NULL;
    const struct hd_kind_info *kind;

    for (size_t i = 0; (kind = hd_kind_at(i)); i++)
        if (!strcmp(kind->kind, manifest->kind) && !strcmp(kind->group, manifest->group)) {
            if (when)
                return NULL;
            when = kind->when;
        }
    return when;
}

static void write_rule(const struct answer *answer)
{
    const struct hd_manifest *manifest = answer->backward->manifest;
    const char *when = rule_of(manifest);

    output_print(answer->output, "    rule of the library: %s", manifest->kind);
    if (when) {
        output_text(answer->output, " (");
        output_text(answer->output, when);
        output_text(answer->output, ")");
    }
    output_text(answer->output, "\n");
}

/* The application of a workspace; NULL of a model. */
static const char *application_of(const struct backward *backward)
{
    return hd_workspace_name(backward->input->workspace, backward->application);
}

static void write_text(const struct answer *answer, const struct way *way, const char *path, const struct sources *sources)
{
    const char *application = application_of(answer->backward);

    if (application) {
        output_plain_text(answer->output, application);
        output_text(answer->output, "/");
    }
    output_plain_text(answer->output, answer->backward->manifest->file_name);
    output_print(answer->output, ":%u: ", way_line(way));
    output_plain_text(answer->output, path);
    output_text(answer->output, ": ");
    write_short(answer->output, text_of(way));
    output_text(answer->output, "\n");
    for (size_t i = 0; i < sources->n; i++)
        write_source(answer->output, &sources->items[i]);
    if (!sources->n)
        write_rule(answer);
}

static void write_number(struct output *output, const char *key, uint32_t number)
{
    if (number)
        output_print(output, ",\"%s\":%u", key, number);
    else
        output_print(output, ",\"%s\":null", key);
}

static void write_member(struct output *output, bool is_first, const char *key, const char *text)
{
    output_print(output, "%s\"%s\":", is_first ? "{" : ",", key);
    if (text)
        output_json_text(output, text);
    else
        output_text(output, "null");
}

static void write_json_source(struct output *output, const struct source *source)
{
    static const char *const origins[] = {"unset", "given", "caller", "runtime", "default", "derived"};
    const struct hd_value *value = &source->candidate->value;

    write_member(output, true, "path", value->path);
    write_member(output, false, "value", source->candidate->is_part ? NULL : value->text);
    write_member(output, false, "origin", origins[value->origin]);
    write_member(output, false, "from", value->from);
    write_member(output, false, "file", value->file);
    write_number(output, "line", value->line);
    write_number(output, "column", value->column);
    write_member(output, false, "environment", value->environment);
    output_print(output, ",\"certain\":%s}", source->is_certain ? "true" : "false");
}

static void write_json(const struct answer *answer, const struct way *way, const char *path, const struct sources *sources)
{
    const struct hd_manifest *manifest = answer->backward->manifest;
    const char *application = application_of(answer->backward);

    if (application)
        write_member(answer->output, true, "application", application);
    write_member(answer->output, !application, "kind", manifest->kind);
    write_member(answer->output, false, "name", manifest->name);
    write_member(answer->output, false, "manifest", manifest->file_name);
    write_number(answer->output, "line", way_line(way));
    write_member(answer->output, false, "field", path);
    write_member(answer->output, false, "value", text_of(way));
    write_member(answer->output, false, "rule", sources->n ? NULL : rule_of(manifest));
    output_text(answer->output, ",\"sources\":[");
    for (size_t i = 0; i < sources->n; i++) {
        output_text(answer->output, i ? "," : "");
        write_json_source(answer->output, &sources->items[i]);
    }
    output_text(answer->output, "]}\n");
}

static void answer_for(void *user, const struct way *way)
{
    const struct answer *answer = user;
    struct sources sources;
    char *path = way_text(way);

    backward_find(answer->backward, way, &sources);
    (answer->is_json ? write_json : write_text)(answer, way, path, &sources);
    free(path);
}

static int answer_way(const struct call *call, struct backward *backward, struct way *way)
{
    struct output output;
    struct answer answer = {.backward = backward, .output = &output, .is_json = call->format == HD_FORMAT_JSON};
    int status = output_open(&output, call->output);

    if (status)
        return status;
    way_leaves(way, answer_for, &answer);
    return output_close(&output, false);
}

/* The line of a text of several lines, which begins below its key. To be freed; NULL when the text is in question as a whole. */
static char *line_of_text(const struct tree *value, uint32_t line)
{
    const char *text = value->text && line > value->line && strchr(value->text, '\n') ? value->text : NULL;

    for (uint32_t i = value->line + 1; text && i < line; i++) {
        text += strcspn(text, "\n");
        text = *text ? text + 1 : NULL;
    }
    return text && *text ? printed("%.*s", (int)strcspn(text, "\n"), text) : NULL;
}

/* The same field in the object as the model gives it now. */
static int find_spot(const struct spot *spot, const struct backward *backward, struct way *way)
{
    struct way there;
    const struct tree *value, *given;
    char *path;
    bool is_found;

    way_find_line(&there, spot->document, spot->line);
    value = there.steps[there.n - 1];
    path = way_text(&there);
    is_found = way_find(way, backward->object, path);
    given = is_found ? way->steps[way->n - 1] : NULL;
    if (is_found) {
        way->line = line_of_text(value, spot->line);
        way->number = given->line + spot->line - value->line;
    }
    if (!is_found)
        complain(EXIT_WRONG_CALL,
                 "%s:%u: the model gives %s/%s no %s\n"
                 "the file is of another model, or somebody edited it: hybridgen generate --check shows what differs",
                 spot->file, spot->line, backward->manifest->kind, backward->manifest->name, path);
    else if (!tree_is_same(value, given))
        complain(EXIT_FINE, "%s:%u has another %s than the model gives now; the answer is about the model", spot->file, spot->line, path);
    free(path);
    return is_found ? EXIT_FINE : EXIT_WRONG_CALL;
}

static int find_field(const struct call *call, const struct backward *backward, struct way *way)
{
    const char *field = call->n_operands > 1 ? call->operands[1] : "";

    if (way_find(way, backward->object, field))
        return EXIT_FINE;
    return complain(EXIT_WRONG_CALL, "%s/%s has nothing at %s\nhybridgen explain %s shows all of it", backward->manifest->kind, backward->manifest->name,
                    field, call->operands[0]);
}

static int explain_found(const struct call *call, const struct input *input, const struct found_manifest *found, const struct spot *spot)
{
    struct backward backward;
    struct way way = {.line = NULL};
    int status = backward_open(&backward, input, found);

    if (!status)
        status = spot->line ? find_spot(spot, &backward, &way) : find_field(call, &backward, &way);
    if (!status)
        status = answer_way(call, &backward, &way);
    backward_close(&backward);
    free(way.line);
    return status;
}

static int explain_object(const struct call *call, const struct input *input, const struct spot *spot)
{
    const struct tree *metadata = tree_at(spot->document, "metadata");
    const char *kind = tree_text(spot->document, "kind"), *name = tree_text(metadata, "name");
    struct wanted wanted = {.named = call->operands[0]};
    struct found_manifest found;
    char *named;
    int status;

    if (spot->line && (!kind || !name))
        return complain(EXIT_WRONG_CALL, "line %u of %s is in no manifest: there is no kind with a name around it", spot->line, spot->file);
    named = spot->line ? printed("%s/%s", kind, name) : NULL;
    if (named)
        wanted = (struct wanted){named, tree_text(metadata, "namespace"), spot->file};
    status = object_find(input, &wanted, &found);
    if (!status)
        status = explain_found(call, input, &found, spot);
    free(named);
    return status;
}

static int check_operands(const struct call *call, const struct spot *spot)
{
    if (spot->line && call->n_operands > 1)
        return complain(EXIT_WRONG_CALL, "explain: a line of a file is one field already, and %s is one too many", call->operands[1]);
    if (!spot->line && !strchr(call->operands[0], '/'))
        return complain(EXIT_WRONG_CALL, "explain: the operand %s is one too many; a model is named with -f FILE", call->operands[1]);
    return EXIT_FINE;
}

/* Of a workspace, the applications that are right can be explained beside those that are not. */
static int open_models(struct input *input, const struct call *call)
{
    int status;

    if (workspace_is_meant(call))
        return workspace_open(input, call, call->files[0], call->environment);
    status = input_open(input, call);
    return status ? status : status_of(input, hd_check(input->model, input->diagnostics));
}

int explain_manifest(const struct call *call)
{
    struct spot spot = {0};
    struct input input = {.call = call};
    size_t length = 0;
    int status, opened = EXIT_FINE;

    spot.line = line_in(call->operands[0], &length);
    spot.file = printed("%.*s", (int)length, call->operands[0]);
    status = check_operands(call, &spot);
    if (!status && spot.line)
        status = read_spot(&spot);
    if (!status)
        status = opened = open_models(&input, call);
    /* As with all that explain shows, warnings are not told. */
    if (!status && !call->strict)
        hd_diagnostics_clear(input.diagnostics);
    if (!status || (opened == EXIT_WRONG_MODEL && input.workspace))
        status = explain_object(call, &input, &spot);
    tree_free(spot.document);
    free(spot.file);
    return input_close(&input, status > opened ? status : opened);
}
