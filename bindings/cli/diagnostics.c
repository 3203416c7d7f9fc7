#define _POSIX_C_SOURCE 200809L
#include "diagnostics.h"

#include "call.h"
#include "input.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The words of --diagnostics, in the order of enum hd_diagnostics_format. */
static const char *word_of(size_t index)
{
    return word_at(WORDS_DIAGNOSTICS, index);
}

/* A complaint, or what else the command found, as a finding. */
struct complaint {
    struct hd_diagnostic diagnostic;
    /* All its texts. */
    char *text;
};

/* The diagnostics of this process. Formats that are one document keep them all until the end. */
static struct {
    enum hd_diagnostics_format format;
    struct complaint **complaints;
    struct input *inputs;
    size_t n_complaints, n_inputs, omitted;
    bool strict, quiet;
} said;

bool color_is_wanted(const char *when, FILE *out)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

    if (when && strcmp(when, "auto") != 0)
        return !strcmp(when, "always");
    return (!no_color || !*no_color) && term && strcmp(term, "dumb") != 0 && isatty(fileno(out));
}

void diagnostics_begin(int argc, char **argv)
{
    static const char option[] = "--diagnostics";

    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        size_t length = strlen(option);
        const char *word = NULL;

        if (!strcmp(argv[i], option) && i + 1 < argc)
            word = argv[++i];
        else if (!strncmp(argv[i], option, length) && argv[i][length] == '=')
            word = argv[i] + length + 1;
        for (size_t k = 0; word && word_of(k); k++)
            if (!strcmp(word, word_of(k)))
                said.format = (enum hd_diagnostics_format)k;
    }
}

bool diagnostics_are_text(void)
{
    return said.format == HD_DIAGNOSTICS_TEXT;
}

bool diagnostics_are_document(void)
{
    return said.format == HD_DIAGNOSTICS_SARIF || said.format == HD_DIAGNOSTICS_GITLAB || said.format == HD_DIAGNOSTICS_JUNIT;
}

static void print_count(FILE *out, size_t count, const char *what)
{
    fprintf(out, "%zu %s%s", count, what, count == 1 ? "" : "s");
}

static void print_summary(FILE *out, bool strict, size_t errors, size_t warnings, size_t omitted)
{
    if (!errors && !warnings && !omitted)
        return;
    if (errors || !warnings)
        print_count(out, errors, "error");
    if (errors && warnings)
        fputs(", ", out);
    if (warnings)
        print_count(out, warnings, "warning");
    if (warnings && !errors && strict)
        fputs(", which --strict does not let pass", out);
    if (omitted)
        fprintf(out, "; %zu more not shown (--max-diagnostics shows more)", omitted);
    putc('\n', out);
}

static int to_file(void *user, const char *text, size_t length)
{
    return fwrite(text, 1, length, user) != length;
}

static int code_of(int status)
{
    return status == EXIT_UNREADABLE ? HD_UNREADABLE_INPUT : status == EXIT_UNWRITTEN ? HD_OUTPUT_UNWRITABLE : HD_WRONG_CALL;
}

static struct complaint *add_complaint(size_t size)
{
    struct complaint *complaint = grow(NULL, sizeof *complaint);

    complaint->text = grow(NULL, size);
    said.complaints = grow(said.complaints, (said.n_complaints + 1) * sizeof *said.complaints);
    said.complaints[said.n_complaints++] = complaint;
    return complaint;
}

void diagnostics_complain(int status, const char *text)
{
    struct hd_diagnostics_style style = {.size = sizeof style, .format = said.format};
    struct complaint *complaint;
    char *end;

    if (diagnostics_are_text()) {
        fprintf(stderr, "hybridgen: %s\n", text);
        return;
    }
    complaint = add_complaint(strlen(text) + 1);
    strcpy(complaint->text, text);
    complaint->diagnostic =
        (struct hd_diagnostic){.code = code_of(status), .severity = HD_ERROR, .path = "", .message = complaint->text};
    end = strchr(complaint->text, '\n');
    if (end) {
        *end = '\0';
        complaint->diagnostic.hint = end + 1;
    }
    if (!diagnostics_are_document())
        hd_diagnostic_write(&complaint->diagnostic, &style, to_file, stderr);
}

/* Keeps a finding with copies of its texts. */
static void keep(const struct hd_diagnostic *finding)
{
    struct hd_diagnostic copy = *finding;
    const char **texts[] = {&copy.file, &copy.path, &copy.message, &copy.hint, &copy.related.file, &copy.related.path, &copy.related.message};
    enum { N_TEXTS = sizeof texts / sizeof *texts };
    struct complaint *complaint;
    size_t size = 1;
    char *end;

    for (size_t i = 0; i < N_TEXTS; i++)
        size += *texts[i] ? strlen(*texts[i]) + 1 : 0;
    complaint = add_complaint(size);
    end = complaint->text;
    for (size_t i = 0; i < N_TEXTS; i++)
        if (*texts[i]) {
            size = strlen(*texts[i]) + 1;
            *texts[i] = memcpy(end, *texts[i], size);
            end += size;
        }
    complaint->diagnostic = copy;
}

void diagnostics_say(const struct call *call, const struct hd_diagnostic *findings, size_t n, const struct hd_source *sources, size_t n_sources)
{
    enum { MOST_SHOWN = 100 };
    size_t most = call->max_diagnostics ? call->max_diagnostics : MOST_SHOWN, shown = n < most ? n : most, errors = 0;
    struct hd_diagnostics_style style = {.size = sizeof style,
                                         .format = said.format,
                                         .color = color_is_wanted(call->color, stderr),
                                         .errors_only = call->quiet && !call->strict,
                                         .sources = sources,
                                         .n_sources = n_sources,
                                         .omitted = n - shown};
    const struct hd_diagnostic **list = grow(NULL, shown * sizeof *list);

    for (size_t i = 0; i < shown; i++) {
        list[i] = &findings[i];
        errors += findings[i].severity == HD_ERROR;
        if (diagnostics_are_document() && (findings[i].severity == HD_ERROR || !style.errors_only))
            keep(&findings[i]);
    }
    said.strict = call->strict;
    said.omitted += n - shown;
    if (!diagnostics_are_document())
        hd_diagnostic_list_write(list, shown, &style, to_file, stderr);
    if (diagnostics_are_text() && !call->quiet)
        print_summary(stderr, call->strict, errors, shown - errors, n - shown);
    fflush(stderr);
    free(list);
}

static void print(const struct input *input)
{
    const struct call *call = input->call;
    const struct hd_diagnostics_style style = {.size = sizeof style,
                                               .format = said.format,
                                               .color = color_is_wanted(call->color, stderr),
                                               .errors_only = call->quiet && !call->strict,
                                               .sources = input->sources,
                                               .n_sources = input->n_sources};
    size_t errors = 0, count = hd_diagnostics_count(input->diagnostics);

    if (!count)
        return;
    for (size_t i = 0; i < count; i++)
        errors += hd_diagnostics_get(input->diagnostics, i)->severity == HD_ERROR;
    hd_diagnostics_write(input->diagnostics, &style, to_file, stderr);
    if (diagnostics_are_text() && !call->quiet)
        print_summary(stderr, call->strict, errors, count - errors, hd_diagnostics_omitted(input->diagnostics));
    fflush(stderr);
}

bool diagnostics_take(struct input *input)
{
    if (!diagnostics_are_document()) {
        print(input);
        return false;
    }
    said.inputs = grow(said.inputs, (said.n_inputs + 1) * sizeof *said.inputs);
    said.inputs[said.n_inputs++] = *input;
    said.strict = input->call->strict;
    said.quiet = input->call->quiet;
    return true;
}

/* The findings of all models and all complaints, as one document. */
static void write_document(const struct hd_diagnostic **all, struct hd_source *sources)
{
    struct hd_diagnostics_style style = {.size = sizeof style,
                                         .format = said.format,
                                         .sources = sources,
                                         .strict = said.strict,
                                         .omitted = said.omitted};
    size_t n = 0;

    for (size_t i = 0; i < said.n_complaints; i++)
        all[n++] = &said.complaints[i]->diagnostic;
    for (size_t i = 0; i < said.n_inputs; i++) {
        const struct input *input = &said.inputs[i];

        for (size_t k = 0; k < hd_diagnostics_count(input->diagnostics); k++) {
            all[n] = hd_diagnostics_get(input->diagnostics, k);
            n += all[n]->severity == HD_ERROR || !said.quiet || said.strict;
        }
        if (input->n_sources)
            memcpy(sources + style.n_sources, input->sources, input->n_sources * sizeof *sources);
        style.n_sources += input->n_sources;
        style.omitted += hd_diagnostics_omitted(input->diagnostics);
    }
    hd_diagnostic_list_write(all, n, &style, to_file, stderr);
}

void diagnostics_finish(void)
{
    size_t n = said.n_complaints, n_sources = 0;

    for (size_t i = 0; i < said.n_inputs; i++) {
        n += hd_diagnostics_count(said.inputs[i].diagnostics);
        n_sources += said.inputs[i].n_sources;
    }
    if (diagnostics_are_document()) {
        const struct hd_diagnostic **all = grow(NULL, (n + 1) * sizeof *all);
        struct hd_source *sources = grow(NULL, (n_sources + 1) * sizeof *sources);

        write_document(all, sources);
        free(all);
        free(sources);
    }
    while (said.n_inputs)
        input_free(&said.inputs[--said.n_inputs]);
    while (said.n_complaints) {
        free(said.complaints[--said.n_complaints]->text);
        free(said.complaints[said.n_complaints]);
    }
    free(said.inputs);
    free(said.complaints);
    said.inputs = NULL;
    said.complaints = NULL;
}
