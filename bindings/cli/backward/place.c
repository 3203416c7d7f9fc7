#define _POSIX_C_SOURCE 200809L
/* The places of what was found, as the text of the model shows them. */
#include "backward.h"

#include "../call.h"
#include "../generated.h"
#include "../read_to_end.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *read_regular(const char *file)
{
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status;
    size_t length;
    char *text = fd >= 0 && !fstat(fd, &status) && S_ISREG(status.st_mode) ? read_to_end(fd, &length) : NULL;

    if (fd >= 0)
        close(fd);
    return text;
}

const char *backward_text_of(struct backward *backward, const char *file)
{
    for (size_t i = 0; i < backward->input->n_sources; i++)
        if (backward->input->sources[i].text && !strcmp(backward->input->sources[i].name, file))
            return backward->input->sources[i].text;
    if (!backward->file || strcmp(backward->file, file) != 0) {
        free(backward->file);
        free(backward->file_text);
        backward->file = printed("%s", file);
        backward->file_text = read_regular(file);
    }
    return backward->file_text;
}

/* The column at which a text stands in the first line of another one; 0 when it does not. */
static uint32_t column_of(const char *text, const char *of)
{
    size_t length = strlen(text), n = strcspn(of, "\n");

    for (size_t i = 0; i + length <= n; i++)
        if (!strncmp(of + i, text, length))
            return (uint32_t)i + 1;
    return 0;
}

/* The last place up to the line of a value at which a text stands; line 0 when there is none, such as of a key behind an alias. */
static struct hd_value last_place(const char *text, const char *of, const struct hd_value *value)
{
    struct hd_value found = {.line = 0};

    for (uint32_t line = 1; of && line <= value->line; line++) {
        uint32_t column = column_of(text, of);

        if (column) {
            found.line = line;
            found.column = column;
        }
        of = strchr(of, '\n');
        of += of != NULL;
    }
    return found;
}

bool backward_shows(struct backward *backward, const struct hd_value *value, const char *text)
{
    const char *of = value->file ? backward_text_of(backward, value->file) : NULL;

    return !of || last_place(text, of, value).line == value->line;
}

/* A part begins at its key, which may stand above the first of its values. */
static void begin_at_key(struct backward *backward, struct hd_value *value)
{
    char *key = printed("%s:", value->text ? value->text : "");
    struct hd_value place = last_place(key, backward_text_of(backward, value->file), value);

    if (place.line && place.line < value->line) {
        value->line = place.line;
        value->column = place.column;
    }
    free(key);
}

/* Entries of lists have no key. */
void backward_place_parts(struct backward *backward, const struct sources *sources)
{
    for (size_t i = 0; i < sources->n; i++) {
        struct candidate *candidate = &backward->candidates[sources->items[i].candidate - backward->candidates];
        const char *end = candidate->value.path + strlen(candidate->value.path) - 1;

        if (candidate->is_part && candidate->value.file && *end != ']')
            begin_at_key(backward, &candidate->value);
    }
}
