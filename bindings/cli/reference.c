/*
 * Writes what every key of a model means, from the library's own tables: `reference man PAGE.in` is the man page, in which
 * a line "@REFERENCE TITLE, TITLE@" is replaced by the sections of these structs and of all that they lead to, except for
 * those that another such line names; `reference markdown` is the reference alone. Used while building.
 */
#include <ctype.h>
#include <hybriddeploy/hybriddeploy.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { MOST_STRUCTS = 256, WIDEST = 76 };

static bool is_man;
static const struct hd_struct *sections[MOST_STRUCTS];
static size_t n_sections, n_written;
static char page[1 << 18];

/* hd_pod_affinity_term is called "Pod affinity term". */
static const char *title(const struct hd_struct *type)
{
    static char text[80];

    snprintf(text, sizeof text, "%s", type->name + strlen("hd_"));
    for (char *p = text; *p; p++)
        if (*p == '_')
            *p = ' ';
    text[0] = (char)toupper((unsigned char)text[0]);
    return text;
}

/* One word of running text, with what its format takes for markup escaped. Back quotes are around keys. */
static void put_word(const char *word, size_t length)
{
    static bool is_key;

    if (is_man && (*word == '.' || *word == '\''))
        fputs("\\&", stdout);
    for (size_t i = 0; i < length; i++) {
        if (is_man && word[i] == '`')
            fputs((is_key = !is_key) ? "\\fB" : "\\fR", stdout);
        else if (is_man && word[i] == '\\')
            fputs("\\e", stdout);
        else if (!is_man && strchr("*_<>|[]", word[i]))
            printf("\\%c", word[i]);
        else
            putchar(word[i]);
    }
}

/* Bytes that a word takes on its line. */
static size_t width(const char *word, size_t length)
{
    size_t bytes = length;

    for (size_t i = 0; is_man && i < length; i++)
        bytes += word[i] == '`' ? 2 : word[i] == '\\';
    return bytes;
}

/* Running text. In a man page every sentence begins a line, and lines are short. */
static void put_text(const char *text)
{
    size_t column = 0;

    while (*text) {
        size_t length = strcspn(text, " "), gap = strspn(text + length, " ");
        bool ends_sentence = length > 1 && (text[length - 1] == '.' || (text[length - 1] == ')' && text[length - 2] == '.')) &&
                             isupper((unsigned char)text[length + gap]);

        if (is_man && column && column + 1 + width(text, length) > WIDEST) {
            putchar('\n');
            column = 0;
        } else if (column) {
            putchar(' ');
            column++;
        }
        put_word(text, length);
        column += width(text, length);
        text += length + gap;
        if (is_man && ends_sentence) {
            putchar('\n');
            column = 0;
        }
    }
    fputs(is_man ? "\n" : " ", stdout);
}

static void put_link(const struct hd_struct *type)
{
    const char *text = title(type);

    if (is_man) {
        printf("\n.Sx %s .\n", text);
        return;
    }
    printf("[%s](#", text);
    for (; *text; text++)
        putchar(*text == ' ' ? '-' : tolower((unsigned char)*text));
    fputs(").", stdout);
}

static const char *kind_of(const struct hd_field *field)
{
    switch (field->kind) {
    case HD_INTEGER:
    case HD_OPTIONAL_INTEGER:
        return "number";
    case HD_BOOLEAN:
        return "true or false";
    case HD_ENUMERATION:
        return "word";
    case HD_INT_OR_STRING:
        return "number or text";
    case HD_VALUE:
        return "any value";
    case HD_STRING_LIST:
        return field->words ? "list of words" : "list of texts";
    case HD_STRUCT_LIST:
        return field->of->map ? "mapping of texts" : field->of->keyed_by ? "mapping" : "list";
    case HD_STRUCT:
    case HD_EMBEDDED:
        return "mapping";
    default:
        return field->words ? "word" : "text";
    }
}

static const char *or_none(const struct hd_field *field)
{
    return field->none ? " or none" : "";
}

static bool has_section(const struct hd_field *field)
{
    return field->of && !field->of->map;
}

/* The words of the services' kind, which rows name by number. */
static const struct hd_enum *workload_words(void)
{
    const struct hd_struct *app = hd_schema_root();

    for (size_t i = 0; i < app->n_fields; i++)
        for (size_t k = 0; !strcmp(hd_struct_field(app, i)->key, "services") && k < hd_struct_field(app, i)->of->n_fields; k++)
            if (!strcmp(hd_struct_field(hd_struct_field(app, i)->of, k)->key, "kind"))
                return hd_struct_field(hd_struct_field(app, i)->of, k)->words;
    return NULL;
}

struct text {
    char bytes[4096];
    size_t length;
};

static void add(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void add(struct text *text, const char *format, ...)
{
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(text->bytes + text->length, sizeof text->bytes - text->length, format, args);
    va_end(args);
    if (n > 0)
        text->length += (size_t)n < sizeof text->bytes - text->length ? (size_t)n : sizeof text->bytes - text->length - 1;
}

static void add_default(struct text *text, const struct hd_field *field)
{
    if (strstr(field->doc, "Default:") || (!field->def && !field->def_int))
        return;
    if (field->def)
        add(text, " Default: %s.", field->def);
    else if (field->kind == HD_BOOLEAN)
        add(text, " Default: %s.", field->def_int == HD_TRUE ? "true" : "false");
    else if (field->kind != HD_ENUMERATION)
        add(text, " Default: %lld.", (long long)field->def_int);
    for (size_t i = 0; field->kind == HD_ENUMERATION && i < field->words->n_words; i++)
        if (field->words->words[i].value == field->def_int) {
            add(text, " Default: %s.", field->words->words[i].name);
            break;
        }
}

/* Whether the header's words name the words already. */
static bool names_all(const char *doc, const struct hd_enum *words)
{
    for (size_t i = 0; i < words->n_words; i++)
        if (!strstr(doc, words->words[i].name))
            return false;
    return true;
}

/* Adds what only the row of the table knows: default, words, form, range. */
static void add_row(struct text *text, const struct hd_struct *type, const struct hd_field *field)
{
    const struct hd_enum *workloads = workload_words();
    const char *before;

    if (field->required && !(type->keyed_by && !strcmp(type->keyed_by, field->key)))
        add(text, " Required.");
    for (size_t i = 0; field->words && !names_all(field->doc, field->words) && i < field->words->n_words; i++)
        add(text, "%s%s%s", i ? ", " : " One of ", field->words->words[i].name, i + 1 < field->words->n_words ? "" : ".");
    if (field->key_format)
        add(text, " Each key is %s.", hd_format_words(field->key_format));
    if (field->format)
        add(text, " %s %s.", field->of ? "Each value is" : field->kind == HD_STRING_LIST ? "Each is" : "It is",
            hd_format_words(field->format));
    if (field->max && field->max < INT32_MAX && !strstr(field->doc, " to "))
        add(text, " From %lld to %lld.", (long long)field->min, (long long)field->max);
    add_default(text, field);
    if (field->short_key)
        add(text, " Short: %s.", field->short_key);
    before = " Excludes ";
    for (size_t i = 0; field->choice && !strstr(field->doc, "xcludes") && i < type->n_fields; i++)
        if (hd_struct_field(type, i) != field && hd_struct_field(type, i)->choice == field->choice) {
            add(text, "%s%s", before, hd_struct_field(type, i)->key);
            before = ", ";
        }
    if (*before == ',')
        add(text, ".");
    before = " Only for ";
    for (size_t i = 0; field->workloads && workloads && i < workloads->n_words; i++)
        if (field->workloads & 1u << workloads->words[i].value) {
            add(text, "%s%s", before, workloads->words[i].name);
            before = ", ";
        }
    if (*before == ',')
        add(text, ".");
    if (field->since)
        add(text, " Since Kubernetes 1.%d.", field->since);
}

static void write_field(const struct hd_struct *type, const struct hd_field *field)
{
    struct text text = {.length = 0};

    add(&text, "%s", field->doc);
    add_row(&text, type, field);
    if (is_man)
        printf(".It Ic %s Pq %s%s\n", field->key, kind_of(field), or_none(field));
    else
        printf("| `%s` | %s%s | ", field->key, kind_of(field), or_none(field));
    put_text(text.bytes);
    if (has_section(field)) {
        fputs(is_man ? "See" : "See ", stdout);
        put_link(field->of);
    }
    if (!is_man)
        puts(" |");
}

static void add_section(const struct hd_struct *type)
{
    for (size_t i = 0; i < n_sections; i++)
        if (sections[i] == type)
            return;
    if (n_sections < MOST_STRUCTS)
        sections[n_sections++] = type;
}

#define CHAPTER "@REFERENCE "

/* Whether the list of titles between `names` and its closing @ has the struct's. */
static bool is_named(const char *names, const struct hd_struct *type)
{
    const char *name = title(type), *end = strchr(names, '@');
    size_t length = strlen(name);

    for (const char *at = names; at && end && at < end; at = strchr(at, ',') ? strchr(at, ',') + 2 : NULL)
        if (!strncmp(at, name, length) && (at[length] == ',' || at[length] == '@'))
            return true;
    return false;
}

/* Whether a chapter of the page asks for the struct by its title, so that no other chapter takes it along. */
static bool is_claimed(const struct hd_struct *type)
{
    for (const char *chapter = strstr(page, CHAPTER); chapter; chapter = strstr(chapter + 1, CHAPTER))
        if (is_named(chapter + strlen(CHAPTER), type))
            return true;
    return false;
}

/* How such a struct may be written. */
static void write_forms(const struct hd_struct *type)
{
    struct text text = {.length = 0};

    add(&text, "%s", type->doc);
    if (type->keyed_by)
        add(&text, " Several of them are a mapping whose keys are each one's %s, or a list.", type->keyed_by);
    if (type->scalar)
        add(&text, " A single value stands for its %s.", type->scalar);
    put_text(text.bytes);
    if (!is_man)
        puts("\n");
}

static void write_section(const struct hd_struct *type)
{
    bool has_embedded = false;

    if (is_man)
        printf(".Ss %s\n", title(type));
    else
        printf("\n### %s\n\n", title(type));
    write_forms(type);
    fputs(is_man ? ".Bl -tag -width Ds\n" : "| key | value | meaning |\n|---|---|---|\n", stdout);
    for (size_t i = 0; i < type->n_fields; i++) {
        const struct hd_field *field = hd_struct_field(type, i);

        if (has_section(field) && !is_claimed(field->of))
            add_section(field->of);
        if (field->kind == HD_EMBEDDED)
            has_embedded = true;
        else
            write_field(type, field);
    }
    if (is_man)
        puts(".El");
    for (size_t i = 0; has_embedded && i < type->n_fields; i++)
        if (hd_struct_field(type, i)->kind == HD_EMBEDDED) {
            fputs(is_man ? ".Pp\nIt also has every key of" : "\nIt also has every key of ", stdout);
            put_link(hd_struct_field(type, i)->of);
            if (!is_man)
                puts("");
        }
}

/* Sections that are wanted and not written; writing one may add more behind it. */
static void write_sections(void)
{
    for (; n_written < n_sections; n_written++)
        write_section(sections[n_written]);
}

/* Finds every struct that has a section, so that chapters can name any of them. */
static void add_reachable(const struct hd_struct *type, const struct hd_struct **all, size_t *n_all)
{
    for (size_t i = 0; i < *n_all; i++)
        if (all[i] == type)
            return;
    if (*n_all == MOST_STRUCTS)
        return;
    all[(*n_all)++] = type;
    for (size_t i = 0; i < type->n_fields; i++)
        if (has_section(&type->fields[i]))
            add_reachable(type->fields[i].of, all, n_all);
}

static void write_chapter(const char *names)
{
    static const struct hd_struct *all[MOST_STRUCTS];
    static size_t n_all;

    if (!n_all)
        add_reachable(hd_schema_root(), all, &n_all);
    for (size_t i = 0; i < n_all; i++)
        if (is_named(names, all[i]))
            add_section(all[i]);
    write_sections();
}

static int write_man(const char *name)
{
    FILE *file = fopen(name, "r");
    size_t length;

    if (!file) {
        perror(name);
        return 1;
    }
    length = fread(page, 1, sizeof page, file);
    fclose(file);
    if (length == sizeof page) {
        fprintf(stderr, "%s: larger than %zu bytes\n", name, sizeof page);
        return 1;
    }
    for (const char *line = page; *line; line += strcspn(line, "\n") + 1) {
        if (!strncmp(line, CHAPTER, strlen(CHAPTER)))
            write_chapter(line + strlen(CHAPTER));
        else
            printf("%.*s\n", (int)strcspn(line, "\n"), line);
    }
    return 0;
}

int main(int argc, char **argv)
{
    is_man = argc == 3 && !strcmp(argv[1], "man");
    if (is_man)
        return write_man(argv[2]);
    if (argc != 2 || strcmp(argv[1], "markdown")) {
        fputs("reference man PAGE.in | reference markdown\n", stderr);
        return 2;
    }
    puts("## Model reference");
    add_section(hd_schema_root());
    write_sections();
    return 0;
}
