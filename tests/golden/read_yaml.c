/* Prints each YAML document of standard input as a line of JSON, as libfyaml reads it: plain scalars by YAML 1.2's core schema. */
#include <libfyaml.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_one_of(const char *text, size_t length, const char *const *words)
{
    for (; *words; words++)
        if (strlen(*words) == length && !memcmp(*words, text, length))
            return true;
    return false;
}

/* [-+]?(digits)?(.digits)?([eE][-+]?digits)?, 0o and 0x: what the core schema takes for a number. */
static bool is_number(const char *text, size_t length)
{
    char copy[64], *p = copy, *digits;
    size_t whole, fraction = 0;

    if (!length || length >= sizeof copy)
        return false;
    memcpy(copy, text, length);
    copy[length] = '\0';
    if (!strncmp(copy, "0o", 2))
        return length > 2 && strspn(copy + 2, "01234567") == length - 2;
    if (!strncmp(copy, "0x", 2))
        return length > 2 && strspn(copy + 2, "0123456789abcdefABCDEF") == length - 2;
    p += *p == '-' || *p == '+';
    whole = strspn(p, "0123456789");
    p += whole;
    if (*p == '.') {
        fraction = strspn(++p, "0123456789");
        p += fraction;
    }
    if (!whole && !fraction)
        return false;
    if (*p == 'e' || *p == 'E') {
        p++;
        p += *p == '-' || *p == '+';
        digits = p;
        p += strspn(p, "0123456789");
        if (p == digits)
            return false;
    }
    return !*p;
}

static void print_text(const char *text, size_t length)
{
    putchar('"');
    for (size_t i = 0; i < length; i++)
        if (text[i] == '"' || text[i] == '\\')
            printf("\\%c", text[i]);
        else if ((unsigned char)text[i] < 32)
            printf("\\u%04x", text[i]);
        else
            putchar(text[i]);
    putchar('"');
}

static void print_scalar(struct fy_node *node)
{
    static const char *const nulls[] = {"null", "Null", "NULL", "~", "", NULL};
    static const char *const truths[] = {"true", "True", "TRUE", NULL}, *const lies[] = {"false", "False", "FALSE", NULL};
    size_t length;
    const char *text = fy_node_get_scalar(node, &length);
    bool plain = fy_node_get_style(node) == FYNS_PLAIN;

    if (plain && is_one_of(text, length, nulls))
        printf("null");
    else if (plain && is_one_of(text, length, truths))
        printf("true");
    else if (plain && is_one_of(text, length, lies))
        printf("false");
    else if (plain && is_number(text, length))
        printf("%.*s", (int)length, text);
    else
        print_text(text, length);
}

static void print_node(struct fy_node *node)
{
    struct fy_node_pair *pair;
    struct fy_node *item;
    void *at = NULL;
    const char *separator = "";

    if (!node) {
        printf("null");
    } else if (fy_node_is_scalar(node)) {
        print_scalar(node);
    } else if (fy_node_is_sequence(node)) {
        putchar('[');
        while ((item = fy_node_sequence_iterate(node, &at))) {
            fputs(separator, stdout);
            print_node(item);
            separator = ", ";
        }
        putchar(']');
    } else {
        putchar('{');
        while ((pair = fy_node_mapping_iterate(node, &at))) {
            size_t length;
            const char *key = fy_node_get_scalar(fy_node_pair_key(pair), &length);

            fputs(separator, stdout);
            print_text(key, length);
            printf(": ");
            print_node(fy_node_pair_value(pair));
            separator = ", ";
        }
        putchar('}');
    }
}

int main(void)
{
    struct fy_parse_cfg cfg = {.flags = FYPCF_DEFAULT_PARSE};
    struct fy_parser *parser = fy_parser_create(&cfg);
    struct fy_document *document;
    bool failed;

    if (!parser || fy_parser_set_input_fp(parser, "stdin", stdin))
        return 1;
    while ((document = fy_parse_load_document(parser))) {
        print_node(fy_document_root(document));
        putchar('\n');
        fy_parse_document_destroy(parser, document);
    }
    failed = fy_parser_get_stream_error(parser);
    fy_parser_destroy(parser);
    return failed;
}
