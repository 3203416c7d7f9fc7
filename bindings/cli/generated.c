#include "generated.h"

#include "call.h"

#include <stdlib.h>
#include <string.h>

int text_sink(void *user, const char *bytes, size_t length)
{
    struct text *text = user;

    while (!text->bytes || text->size - text->length < length) {
        text->size = text->size ? text->size * 2 : 64 * 1024;
        text->bytes = grow(text->bytes, text->size);
    }
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    return 0;
}

int generated_read(struct input *input, struct hd_cluster **ret_cluster)
{
    struct text text = {0};
    struct hd_source source = {.name = "<generated>"};
    int status = status_of(input, hd_generate(input->model, NULL, input->diagnostics, text_sink, &text));

    source.text = text.bytes ? text.bytes : "";
    source.length = text.length;
    if (!status)
        status = status_of(input, hd_cluster_read(&source, 1, NULL, input->diagnostics, ret_cluster));
    free(text.bytes);
    return status;
}
