#include "backward.h"

#include "../app.h"
#include "../call.h"
#include "../generated.h"

#include <stdlib.h>
#include <string.h>

static char *copied(const char *text)
{
    return text ? printed("%s", text) : NULL;
}

static struct candidate *add(struct backward *backward)
{
    backward->candidates = grow(backward->candidates, (backward->n + 1) * sizeof *backward->candidates);
    backward->candidates[backward->n] = (struct candidate){.is_part = false};
    return &backward->candidates[backward->n++];
}

static int take_value(void *user, const struct hd_value *value)
{
    struct candidate *candidate = add(user);

    candidate->value = *value;
    candidate->value.path = copied(value->path);
    candidate->value.text = copied(value->text);
    candidate->value.from = copied(value->from);
    candidate->value.file = copied(value->file);
    candidate->value.environment = copied(value->environment);
    return 0;
}

/* The text of a part: its name, or, of an entry of a list without names, the text of its first value. */
static char *text_of_part(const char *path, size_t length, const char *first)
{
    size_t start = length;

    if (path[length - 1] == ']' && (length < 2 || path[length - 2] != '"'))
        return copied(first);
    if (path[length - 1] == ']') {
        for (start = length -= 2; start && strncmp(path + start - 2, "[\"", 2) != 0;)
            start--;
        return printed("%.*s", (int)(length - start), path + start);
    }
    while (start && !strchr(".]", path[start - 1]))
        start--;
    return printed("%.*s", (int)(length - start), path + start);
}

static struct candidate *part_named(struct backward *backward, size_t first, const char *path, size_t length)
{
    for (size_t i = backward->n; i > first; i--) {
        const char *known = backward->candidates[i - 1].value.path;

        if (strlen(known) == length && !strncmp(known, path, length))
            return &backward->candidates[i - 1];
    }
    return NULL;
}

static bool is_before(const struct hd_value *value, const struct hd_value *other)
{
    return value->file && other->file && !strcmp(value->file, other->file) &&
           (value->line < other->line || (value->line == other->line && value->column < other->column));
}

/* A part begins where its first value does. */
static void add_part(struct backward *backward, size_t first, size_t length, const struct hd_value *value)
{
    struct candidate *part = part_named(backward, first, value->path, length);

    if (!part) {
        part = add(backward);
        part->is_part = true;
        part->value = (struct hd_value){.path = printed("%.*s", (int)length, value->path),
                                        .text = text_of_part(value->path, length, value->text),
                                        .kind = HD_STRUCT,
                                        .origin = HD_VALUE_GIVEN,
                                        .file = copied(value->file),
                                        .line = value->line,
                                        .column = value->column,
                                        .environment = copied(value->environment)};
    } else if (is_before(value, &part->value)) {
        part->value.line = value->line;
        part->value.column = value->column;
    }
}

/* All parts of the model in which something is given: what leads to a value, but for the first step, and entries of lists. */
static void add_parts(struct backward *backward)
{
    size_t first = backward->n;

    for (size_t i = 0; i < first; i++) {
        const struct hd_value value = backward->candidates[i].value;
        size_t n_steps = 0;

        for (size_t at = 1; value.origin == HD_VALUE_GIVEN && value.path[at]; at++)
            if (strchr(".[", value.path[at]) && (value.path[at - 1] == ']' || !strchr(value.path + at, '"')) && n_steps++)
                add_part(backward, first, at, &value);
    }
    /* A service begins at its name. */
    for (size_t i = first; i < backward->n; i++) {
        struct hd_value *value = &backward->candidates[i].value;
        const struct hd_app *app = app_of(backward->model);

        for (size_t k = 0; !strncmp(value->path, "services.", 9) && k < app->n_services; k++)
            if (!strcmp(value->path + 9, app->services[k].name) && app->services[k].at && app->services[k].at->line) {
                value->line = app->services[k].at->line;
                value->column = app->services[k].at->column;
            }
    }
}

int backward_open(struct backward *backward, const struct input *input, const struct found_manifest *found)
{
    struct text text = {0};
    enum hd_status status;

    *backward = (struct backward){.input = input,
                                  .model = found->model,
                                  .application = found->application,
                                  .index = found->index,
                                  .manifest = hd_manifest_at(found->model, found->index)};
    status = hd_explain_values(found->model, NULL, take_value, backward);
    if (status == HD_OK)
        status = hd_manifest_write(found->model, found->index, HD_FORMAT_YAML, text_sink, &text);
    backward->text = text.bytes;
    backward->length = text.length;
    if (status != HD_OK)
        return status_of(input, status);
    add_parts(backward);
    backward->object = tree_of(text.bytes, text.length);
    if (!backward->object)
        return complain(EXIT_UNREADABLE, "%s/%s cannot be taken apart", backward->manifest->kind, backward->manifest->name);
    return EXIT_FINE;
}

void backward_close(struct backward *backward)
{
    for (size_t i = 0; i < backward->n; i++) {
        struct candidate *candidate = &backward->candidates[i];

        free((char *)(uintptr_t)candidate->value.path);
        free((char *)(uintptr_t)candidate->value.text);
        free((char *)(uintptr_t)candidate->value.from);
        free((char *)(uintptr_t)candidate->value.file);
        free((char *)(uintptr_t)candidate->value.environment);
        free(candidate->changed_to);
        tree_free(candidate->object);
    }
    free((char *)(uintptr_t)backward->whole.value.path);
    free((char *)(uintptr_t)backward->whole.value.file);
    free(backward->candidates);
    free(backward->text);
    free(backward->file);
    free(backward->file_text);
    tree_free(backward->object);
}

/* Bounds for the work: the candidates that fit best, then those that decide, and what is remembered of them. */
enum { MOST_FITTING = 32, MOST_OTHERS = 64, LEAST_FITTING = 40, LEAST_LIKELY = 90, MOST_FOUND = 8 };

/* The effect of a change on one value of the object. */
enum change { CHANGE_NONE, CHANGE_GONE, CHANGE_OTHER_TEXT, CHANGE_ITS_TEXT };

static bool has_line(const char *text, const char *line)
{
    size_t length = strlen(line);

    for (; *text; text += strcspn(text, "\n"), text += *text == '\n')
        if (strcspn(text, "\n") == length && !strncmp(text, line, length))
            return true;
    return false;
}

static enum change change_of(const struct candidate *candidate, const struct way *way)
{
    const struct tree *was = way->steps[way->n - 1], *is;

    if (candidate->trial != TRIAL_OTHER)
        return CHANGE_NONE;
    is = way_in(way, candidate->object);
    if (!is)
        return CHANGE_GONE;
    if (tree_is_same(was, is) || (way->line && is->text && has_line(is->text, way->line)))
        return CHANGE_NONE;
    if (candidate->changed_to && is->text && was->text && !strcmp(was->text, candidate->value.text) && !strcmp(is->text, candidate->changed_to))
        return CHANGE_ITS_TEXT;
    return CHANGE_OTHER_TEXT;
}

/* A search among the candidates for one value. */
struct search {
    struct backward *backward;
    const struct way *way;
    /* Those whose change gives another text, and whether one of them gives exactly its own new text. */
    const struct candidate *found[MOST_FOUND];
    size_t n_found;
    /* A value of the library that is the text, and may have been made of others. */
    const struct candidate *made;
    /* A value that is the text, though a name for it stands at its place. */
    const struct candidate *named;
    /* The smallest one without which the value is not there, and the best of those that cannot be changed. */
    const struct candidate *gone, *likely;
};

static const char *text_of(const struct search *search)
{
    const char *text = way_value(search->way);

    return text ? text : "";
}

static bool is_same_text(const struct search *search, const struct candidate *candidate)
{
    return candidate->value.text && *candidate->value.text && !strcmp(candidate->value.text, text_of(search));
}

/* Whether `inner` is a part of `outer`, or the same. */
static bool is_inside(const struct candidate *inner, const struct candidate *outer)
{
    size_t length = strlen(outer->value.path);

    return !strncmp(inner->value.path, outer->value.path, length) && (!inner->value.path[length] || strchr(".[", inner->value.path[length]));
}

static bool is_written(const struct candidate *candidate)
{
    return candidate->value.origin == HD_VALUE_GIVEN || candidate->value.origin == HD_VALUE_RUNTIME || candidate->value.origin == HD_VALUE_CALLER;
}

static void note_gone(struct search *search, const struct candidate *candidate)
{
    if (!search->gone || (candidate != search->gone && is_inside(candidate, search->gone)))
        search->gone = candidate;
}

/*
 * A value that the library made is not what the user wrote: the search goes on among what was written and stands in the text. Where a name
 * for the value was written, the search goes on among equal values, of which one may have the name.
 */
static bool note_its_text(struct search *search, const struct candidate *candidate)
{
    if (!is_written(candidate)) {
        search->made = search->made ? search->made : candidate;
        return false;
    }
    search->found[0] = candidate;
    search->n_found = 1;
    if (search->named)
        search->found[search->n_found++] = search->named;
    else if (!backward_shows(search->backward, &candidate->value, text_of(search)))
        search->named = candidate;
    return search->named != candidate;
}

static bool is_in_text(const struct search *search, const struct candidate *candidate)
{
    return candidate->value.text && *candidate->value.text && strstr(text_of(search), candidate->value.text);
}

/* Whether nothing more needs to be tried. */
static bool judge(struct search *search, struct candidate *candidate)
{
    enum change change;

    candidate->is_seen = true;
    if (search->made && !(is_written(candidate) && !candidate->is_part && is_in_text(search, candidate)))
        return false;
    if (search->named && (candidate->is_part || !is_same_text(search, candidate)))
        return false;
    backward_try(search->backward, candidate);
    change = change_of(candidate, search->way);
    if (change == CHANGE_ITS_TEXT)
        return note_its_text(search, candidate);
    if (change == CHANGE_OTHER_TEXT && !search->named && search->n_found < MOST_FOUND)
        search->found[search->n_found++] = candidate;
    else if (change == CHANGE_GONE)
        note_gone(search, candidate);
    else if ((candidate->trial == TRIAL_REFUSED || candidate->trial == TRIAL_OBJECT_GONE) && !search->likely && is_same_text(search, candidate) &&
             candidate->score >= LEAST_LIKELY)
        search->likely = candidate;
    return false;
}

static struct candidate *best_fitting(struct backward *backward)
{
    struct candidate *best = NULL;

    for (size_t i = 0; i < backward->n; i++) {
        struct candidate *candidate = &backward->candidates[i];

        if (!candidate->is_seen && candidate->score >= LEAST_FITTING && (!best || candidate->score > best->score))
            best = candidate;
    }
    return best;
}

static bool search_fitting(struct search *search)
{
    struct candidate *best;

    for (size_t i = 0; (i < MOST_FITTING || search->made) && (best = best_fitting(search->backward)); i++)
        if (judge(search, best))
            return true;
    return false;
}

static bool is_of_service(const struct candidate *candidate, const char *service)
{
    size_t length = service ? strlen(service) : 0;

    return !strncmp(candidate->value.path, "services.", 9) && service && !strncmp(candidate->value.path + 9, service, length) &&
           (!candidate->value.path[9 + length] || candidate->value.path[9 + length] == '.');
}

/* Values that decide whether something is there: what the user wrote for the service, then for the application, and what is turned on. */
static bool decides(const struct backward *backward, const struct candidate *candidate, bool is_own)
{
    const char *path = candidate->value.path, *last = strrchr(path, '.');
    bool is_switch = last && !strcmp(last, ".enabled");

    if (is_own)
        return is_of_service(candidate, backward->manifest->service) && (is_written(candidate) || candidate->value.kind == HD_BOOLEAN);
    return strncmp(path, "services.", 9) != 0 && strncmp(path, "runtimes.", 9) != 0 && (is_written(candidate) || is_switch);
}

static void search_others(struct search *search)
{
    struct backward *backward = search->backward;
    size_t n_tried = 0;

    for (int round = 0; round < 2 && !search->gone; round++)
        for (size_t i = 0; i < backward->n && n_tried < MOST_OTHERS && !search->n_found; i++) {
            struct candidate *candidate = &backward->candidates[i];

            if (candidate->is_seen || !decides(backward, candidate, round == 0))
                continue;
            n_tried++;
            if (judge(search, candidate))
                return;
        }
}

static void add_source(struct sources *sources, const struct candidate *candidate, bool is_certain)
{
    for (size_t i = 0; i < sources->n; i++)
        if (sources->items[i].candidate == candidate)
            return;
    if (sources->n < MOST_SOURCES)
        sources->items[sources->n++] = (struct source){candidate, is_certain};
}

/* A value that was made of one that was found too says nothing more, and neither does a part of which a value was found. */
static bool is_repeated(const struct search *search, const struct candidate *candidate)
{
    for (size_t i = 0; candidate->is_part && i < search->n_found; i++)
        if (search->found[i] != candidate && is_inside(search->found[i], candidate))
            return true;
    for (size_t i = 0; candidate->value.origin == HD_VALUE_DERIVED && i < search->n_found; i++)
        if (search->found[i]->value.origin != HD_VALUE_DERIVED && candidate->value.text && search->found[i]->value.text &&
            !strcmp(candidate->value.text, search->found[i]->value.text))
            return true;
    return false;
}

/* Whether a candidate belongs to another service whose name stands in the text. */
static bool names_service(const struct search *search, const struct candidate *candidate)
{
    const char *name = candidate->value.path + 9, *own = search->backward->manifest->service;
    size_t length = !strncmp(candidate->value.path, "services.", 9) ? strcspn(name, ".") : 0;

    if (!length || (own && strlen(own) == length && !strncmp(name, own, length)))
        return false;
    for (const char *at = text_of(search); strlen(at) >= length; at++)
        if (!strncmp(at, name, length))
            return true;
    return false;
}

static bool has_written(const struct search *search)
{
    for (size_t i = 0; i < search->n_found; i++)
        if (is_written(search->found[i]))
            return true;
    return false;
}

/* Lists the sources: first those that the user wrote. */
static void conclude(const struct search *search, struct sources *sources)
{
    const struct candidate *gone = search->gone, *likely = search->likely;

    if (search->made && !has_written(search))
        add_source(sources, search->made, true);
    for (int written = 1; written >= 0; written--)
        for (size_t i = 0; i < search->n_found; i++)
            if (is_written(search->found[i]) == written && !is_repeated(search, search->found[i]))
                add_source(sources, search->found[i], true);
    if (gone && names_service(search, gone))
        add_source(sources, gone, true);
    if (sources->n)
        return;
    /* A name that cannot be changed, in a part without which the line is gone; or that of the object's own service. */
    if (likely && ((gone && is_inside(likely, gone)) || (likely->is_part && is_of_service(likely, search->backward->manifest->service))))
        add_source(sources, likely, true);
    else if (likely && (!gone || likely->score > gone->score))
        add_source(sources, likely, false);
    else if (gone)
        add_source(sources, gone, true);
}

/* A value of which a fitting one was made fits as well, though its own name is another. */
static void rate_origin(struct backward *backward, const struct candidate *made)
{
    for (size_t i = 0; made->value.from && made->value.origin == HD_VALUE_DERIVED && i < backward->n; i++) {
        struct candidate *origin = &backward->candidates[i];

        if (!strcmp(origin->value.path, made->value.from) && origin->score < made->score)
            origin->score = made->score;
    }
}

static void rate(struct backward *backward, const struct way *way)
{
    for (size_t i = 0; i < backward->n; i++) {
        backward->candidates[i].is_seen = false;
        backward->candidates[i].score = backward_score(backward, &backward->candidates[i], way);
    }
    for (size_t i = 0; i < backward->n; i++)
        rate_origin(backward, &backward->candidates[i]);
}

void backward_find(struct backward *backward, const struct way *way, struct sources *sources)
{
    struct search search = {.backward = backward, .way = way};
    bool is_same = false, is_whole = backward_find_whole(backward, way, &is_same);

    *sources = (struct sources){.n = 0};
    if (is_same)
        add_source(sources, &backward->whole, true);
    if (is_same)
        return;
    rate(backward, way);
    if (!search_fitting(&search) && !search.made && !search.n_found && !search.gone && !search.likely)
        search_others(&search);
    conclude(&search, sources);
    if (is_whole && (!sources->n || !sources->items[0].is_certain))
        *sources = (struct sources){.items = {{&backward->whole, true}}, .n = 1};
    else
        backward_place_parts(backward, sources);
}
