/* A text, written as value and element, and behind a NUL another, as key, are read back as they were. */
#include "../unit/wrapped_arena.h"
#include "core/writing/writer.h"

#include <libfyaml.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct output {
    char *text;
    size_t length;
};

static int collect(void *user, const char *text, size_t length)
{
    struct output *output = user;

    output->text = realloc(output->text, output->length + length);
    memcpy(output->text + output->length, text, length);
    output->length += length;
    return 0;
}

static void must_be(struct fy_node *node, const char *text)
{
    size_t length = 0;
    const char *read = fy_node_get_scalar(node, &length);

    if (!read || length != strlen(text) || memcmp(read, text, length))
        abort();
}

static void write_texts(struct yaml_out *y, const char *key, const char *value)
{
    DOC (y) {
        y_str(y, key, value);
        SEQ (y, "list") {
            y_str(y, NULL, value);
            ITEM (y)
                y_str(y, key, key);
        }
    }
    writer_flush(y);
    writer_free(y);
}

static void round_trip(enum hd_format format, const char *key, const char *value, jmp_buf *out_of_memory)
{
    struct output output = {NULL, 0};
    struct yaml_out y;
    struct fy_document *document;
    struct fy_node_pair *pair;
    struct fy_node *list;

    writer_init(&y, format, collect, &output, out_of_memory);
    write_texts(&y, key, value);
    document = fy_document_build_from_string(NULL, output.text, output.length);
    if (!document)
        abort();
    pair = fy_node_mapping_get_by_index(fy_document_root(document), 0);
    must_be(fy_node_pair_key(pair), key);
    must_be(fy_node_pair_value(pair), value);
    list = fy_node_pair_value(fy_node_mapping_get_by_index(fy_document_root(document), 1));
    must_be(fy_node_sequence_get_by_index(list, 0), value);
    pair = fy_node_mapping_get_by_index(fy_node_sequence_get_by_index(list, 1), 0);
    must_be(fy_node_pair_key(pair), key);
    must_be(fy_node_pair_value(pair), key);
    fy_document_destroy(document);
    free(output.text);
}

/* A reader refuses what is no UTF-8; whoever fills structs must not. */
static bool is_text(const char *text)
{
    const unsigned char *p = (const unsigned char *)text;

    while (*p) {
        int more = *p < 0x80 ? 0 : *p >= 0xc2 && *p < 0xe0 ? 1 : *p >= 0xe0 && *p < 0xf0 ? 2 : *p >= 0xf0 && *p < 0xf5 ? 3 : -1;
        unsigned first = more > 0 ? p[1] : 0;

        if (more < 0 || (*p == 0xe0 && first < 0xa0) || (*p == 0xed && first > 0x9f) || (*p == 0xf0 && first < 0x90) ||
            (*p == 0xf4 && first > 0x8f))
            return false;
        for (p++; more > 0; more--, p++)
            if ((*p & 0xc0) != 0x80)
                return false;
    }
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = calloc(1, size + 2);
    const char *value = text, *key;
    jmp_buf out_of_memory;

    memcpy(text, data, size);
    key = text + strlen(text) + 1;
    /* Longer keys are none to YAML. */
    if (strlen(key) < 500 && is_text(key) && is_text(value) && strcmp(key, "list")) {
        if (setjmp(out_of_memory))
            abort();
        round_trip(HD_FORMAT_YAML, key, value, &out_of_memory);
        round_trip(HD_FORMAT_JSON, key, value, &out_of_memory);
    }
    free(text);
    return 0;
}
