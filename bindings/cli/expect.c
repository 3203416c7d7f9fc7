#define _POSIX_C_SOURCE 200809L
#include "expect.h"

#include "call.h"
#include "read_to_end.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_BYTES = 64 * 1024 * 1024 };

static int by_pattern(const void *left, const void *right)
{
    const struct expected *a = *(struct expected *const *)left, *b = *(struct expected *const *)right;
    int order = strcmp(a->pattern, b->pattern);

    return order ? order : (a > b) - (a < b);
}

/* Most patterns are names: they are found by their text, so that a large file costs no more than a large change. */
static void make_index(struct expected_list *list)
{
    list->exact = grow(NULL, (list->n + 1) * sizeof(struct expected *));
    list->starred = grow(NULL, (list->n + 1) * sizeof *list->starred);
    for (size_t i = 0; i < list->n; i++)
        if (strchr(list->items[i].pattern, '*'))
            list->starred[list->n_starred++] = i;
        else
            list->exact[list->n_exact++] = &list->items[i];
    qsort(list->exact, list->n_exact, sizeof(struct expected *), by_pattern);
}

/* An object has one entry; in lists, a text that stands twice means what it means once. */
static void find_twice(const struct expected_list *list, const char *file, struct findings *findings)
{
    struct expected **all = grow(NULL, (list->n + 1) * sizeof *all);

    for (size_t i = 0; i < list->n; i++)
        all[i] = &list->items[i];
    qsort(all, list->n, sizeof(struct expected *), by_pattern);
    for (size_t i = 1; i < list->n; i++) {
        struct hd_diagnostic *finding;

        if (strcmp(all[i - 1]->pattern, all[i]->pattern) != 0)
            continue;
        finding = findings_add(findings, HD_DUPLICATE_KEY, findings_text(findings, "%s stands here for the second time", all[i]->pattern));
        finding->file = file;
        finding->line = all[i]->line;
        finding->column = all[i]->column;
        finding->path = list->key;
        finding->hint = "keep one of them";
    }
    free(all);
}

int expect_read(struct expect *expect, const char *file, struct findings *findings)
{
    int fd = strcmp(file, "-") ? open(file, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    struct expected_list *lists[] = {&expect->objects, &expect->added, &expect->removed, &expect->exposed};

    *expect = (struct expect){.file = strcmp(file, "-") ? file : "<stdin>",
                              .objects.key = "objects",
                              .added.key = "newConnections",
                              .removed.key = "goneConnections",
                              .exposed.key = "exposed"};
    expect->text = fd >= 0 ? read_to_end(fd, &expect->length) : NULL;
    if (fd > STDIN_FILENO)
        close(fd);
    if (!expect->text)
        return complain(EXIT_UNREADABLE, "--expect %s: the file cannot be read: %s", file, strerror(errno));
    if (expect->length > MOST_BYTES)
        return complain(EXIT_UNREADABLE, "--expect %s: the file is larger than 64 MiB", file);
    expect->text = grow(expect->text, expect->length + 1);
    expect->text[expect->length] = '\0';
    expect_parse(expect, findings);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        make_index(lists[i]);
    find_twice(&expect->objects, expect->file, findings);
    return findings->n ? EXIT_WRONG_MODEL : EXIT_FINE;
}

void expect_free(struct expect *expect)
{
    struct expected_list *lists[] = {&expect->objects, &expect->added, &expect->removed, &expect->exposed};

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        for (size_t k = 0; k < lists[i]->n; k++)
            free(lists[i]->items[k].pattern);
        free(lists[i]->items);
        free(lists[i]->exact);
        free(lists[i]->starred);
    }
    free(expect->text);
}

/* Each star stands for any text; on a mismatch the last one takes one character more. */
static bool matches(const char *pattern, const char *text)
{
    const char *star = NULL, *from = NULL;

    while (*text)
        if (*pattern == '*') {
            star = ++pattern;
            from = text;
        } else if (*pattern == *text) {
            pattern++;
            text++;
        } else if (star) {
            pattern = star;
            text = ++from;
        } else
            return false;
    while (*pattern == '*')
        pattern++;
    return !*pattern;
}

static int compare_pattern(const void *text, const void *entry)
{
    return strcmp(text, (*(struct expected *const *)entry)->pattern);
}

static struct expected *const *find_exact(const struct expected_list *list, const char *text)
{
    return list->n_exact ? bsearch(text, list->exact, list->n_exact, sizeof *list->exact, compare_pattern) : NULL;
}

/* The entry that decides about a text: the last one in the file that matches, as later files win over earlier ones. NULL for none. */
static struct expected *decide(const struct expected_list *list, const char *text)
{
    struct expected *const *exact = find_exact(list, text);
    size_t least = exact ? (size_t)(*exact - list->items) + 1 : 0;

    for (size_t i = list->n_starred; i-- > 0 && list->starred[i] >= least;)
        if (matches(list->items[list->starred[i]].pattern, text))
            return &list->items[list->starred[i]];
    return exact ? *exact : NULL;
}

/* Remembers for all entries that match `text` that this effect happens, so that none of them is reported as missing. Connections have effect 0. */
static void note(const struct expected_list *list, const char *text, unsigned effect)
{
    struct expected *const *exact = find_exact(list, text), *const *end = list->exact + list->n_exact;

    while (exact && exact > list->exact && !strcmp(exact[-1]->pattern, text))
        exact--;
    for (; exact && exact < end && !(*exact)->happens && !strcmp((*exact)->pattern, text); exact++)
        (*exact)->happens = ((*exact)->effects & effect) == effect;
    for (size_t i = 0; i < list->n_starred; i++) {
        struct expected *entry = &list->items[list->starred[i]];

        if (!entry->happens && (entry->effects & effect) == effect)
            entry->happens = matches(entry->pattern, text);
    }
}

/* Gives a finding the place of a changed line; without one, that of the file. */
static void set_place(struct hd_diagnostic *finding, const struct expect *expect, const struct hd_cause *cause)
{
    finding->file = cause && cause->file ? cause->file : expect->file;
    finding->line = cause && cause->file ? cause->line : 0;
    finding->column = cause && cause->file ? cause->column : 0;
    finding->path = cause ? cause->path : "";
}

/* The words of the effects that an entry allows. */
static const char *effects_text(struct findings *findings, unsigned effects)
{
    const char *text = "", *name;

    for (unsigned effect = HD_EFFECT_NOTHING; (name = hd_effect_name((enum hd_effect)effect)); effect++)
        if (effects & 1u << effect)
            text = findings_text(findings, "%s%s%s", text, *text ? " or " : "", name);
    return text;
}

/* A text behind the application's name, where there are several. */
static const char *of_application(const struct changes *changes, const char *text, struct findings *findings)
{
    return changes->application ? findings_text(findings, "%s/%s", changes->application, text) : text;
}

static void judge_object(struct expect *expect, const struct changes *changes, const struct hd_object_change *object, struct findings *findings)
{
    const char *name = of_application(changes, findings_text(findings, "%s/%s", object->kind, object->name), findings), *effect = hd_effect_name(object->effect);
    struct expected *entry = decide(&expect->objects, name);
    struct hd_diagnostic *finding;

    if (object->effect <= HD_EFFECT_NOTHING)
        return;
    if (entry)
        entry->happens = true;
    if (entry && entry->effects & 1u << object->effect) {
        note(&expect->objects, name, 1u << object->effect);
        return;
    }
    finding = findings_add(findings, HD_UNEXPECTED_CHANGE, findings_text(findings, "the effect on %s is %s, which %s does not expect", name, effect, expect->file));
    set_place(finding, expect, object->n_causes ? object->causes[0] : NULL);
    finding->hint = findings_text(findings, "take the change back; if it is meant, write %s: %s below objects", name, effect);
    if (entry)
        finding->related = (struct hd_place){.file = expect->file, .line = entry->line, .column = entry->column, .path = "objects",
                                             .message = findings_text(findings, "here it is %s", effects_text(findings, entry->effects))};
}

static void judge_connection(struct expect *expect, const struct changes *changes, const struct connection *connection, struct findings *findings)
{
    bool opens = connection->is_added && connection->is_from_outside;
    struct expected_list *list = opens ? &expect->exposed : connection->is_added ? &expect->added : &expect->removed;
    const char *whole = of_application(changes, findings_text(findings, "%s %s", connection->ends, connection->ports), findings);
    const char *ends = of_application(changes, opens ? connection->to : connection->ends, findings);
    struct hd_diagnostic *finding;

    if (decide(list, ends) || (!opens && decide(list, whole))) {
        note(list, ends, 0);
        if (!opens)
            note(list, whole, 0);
        return;
    }
    finding = findings_add(findings, HD_UNEXPECTED_CHANGE,
                           findings_text(findings, "the connection %s%s%s%s is %s, which %s does not expect", whole, *connection->reason ? ", " : "",
                                         connection->reason, *connection->reason ? "," : "",
                                         opens ? "a new way in from outside" : connection->is_added ? "new" : "gone", expect->file));
    /* Findings beyond these are counted and not shown. */
    set_place(finding, expect, findings->n <= MOST_PLACED ? changes_cause_of(changes, connection) : NULL);
    finding->hint = findings_text(findings, "take the change back; if it is meant, write %s below %s", ends, list->key);
}

static void judge_missing(const struct expect *expect, const struct expected_list *list, struct findings *findings)
{
    for (size_t i = 0; i < list->n; i++) {
        const struct expected *entry = &list->items[i];
        struct hd_diagnostic *finding;

        if (entry->happens || entry->effects & 1u << HD_EFFECT_NOTHING)
            continue;
        finding = findings_add(findings, HD_CHANGE_MISSING, findings_text(findings, "%s is expected and does not happen", entry->pattern));
        finding->file = expect->file;
        finding->line = entry->line;
        finding->column = entry->column;
        finding->path = list->key;
        finding->hint = "make the change that is meant, or remove the entry";
    }
}

/* A change must not pass as one without new connections because nobody knows them. */
void expect_tell_unknown(struct expect *expect, const char *what, const char *why, const char *hint, struct findings *findings)
{
    struct hd_diagnostic *finding = findings_add(findings, HD_CHANGE_MISSING, findings_text(findings, "%s, because %s", what, why));

    finding->file = expect->file;
    finding->hint = hint;
    expect->is_partly = true;
}

void expect_judge(struct expect *expect, const struct changes *changes, struct findings *findings)
{
    for (size_t i = 0; i < hd_diff_n_objects(changes->diff); i++)
        judge_object(expect, changes, hd_diff_object(changes->diff, i), findings);
    for (size_t i = 0; i < changes->n_connections; i++)
        judge_connection(expect, changes, &changes->connections[i], findings);
    if (changes->why_not)
        expect_tell_unknown(expect, of_application(changes, "connections are not checked", findings), changes->why_not,
                            "compare two models, or manifests with all objects that decide about connections", findings);
}

int expect_end(struct expect *expect, const struct call *call, const struct input *input, struct findings *findings)
{
    const struct expected_list *lists[] = {&expect->objects, &expect->added, &expect->removed, &expect->exposed};
    const struct hd_source own = {.name = expect->file, .text = expect->text, .length = expect->length};
    struct hd_source *sources = grow(NULL, (input->n_sources + 1) * sizeof *sources);
    size_t n_errors;

    for (size_t i = 0; i < (expect->is_partly ? 1 : sizeof lists / sizeof *lists); i++)
        judge_missing(expect, lists[i], findings);
    if (input->n_sources)
        memcpy(sources, input->sources, input->n_sources * sizeof *sources);
    sources[input->n_sources] = own;
    n_errors = findings_say(findings, call, sources, input->n_sources + 1);
    findings_free(findings);
    free(sources);
    return n_errors ? EXIT_DRIFT : EXIT_FINE;
}
