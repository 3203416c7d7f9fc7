#include "quote.h"

#include "core/text/among.h"

#include <stdio.h>
#include <string.h>

bool is_one_line(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7f)
            return false;
    return true;
}

static void escaped(struct text_out *t, const char *text, const char *set)
{
    for (; *text; text++) {
        if (strchr(set, *text))
            text_put(t, "\\");
        text_putn(t, text, 1);
    }
}

void text_docker(struct text_out *t, const char *text)
{
    text_put(t, "\"");
    escaped(t, text, "\"\\$");
    text_put(t, "\"");
}

/* In HCL, ${ and %{ begin a template; doubled they are themselves. */
void text_hcl(struct text_out *t, const char *text)
{
    text_put(t, "\"");
    for (; *text; text++) {
        char escape[8];

        if ((unsigned char)*text < 0x20 || *text == 0x7f) {
            text_putn(t, escape, (size_t)snprintf(escape, sizeof escape, "\\u%04x", (unsigned)*text));
            continue;
        }
        if (*text == '"' || *text == '\\')
            text_put(t, "\\");
        else if ((*text == '$' || *text == '%') && text[1] == '{')
            text_putn(t, text, 1);
        text_putn(t, text, 1);
    }
    text_put(t, "\"");
}

void text_json_list(struct text_out *t, const char *const *texts, size_t n_texts)
{
    text_put(t, "[");
    for (size_t i = 0; i < n_texts; i++) {
        text_put(t, i ? ", " : "");
        text_json(t, text_or(texts[i], ""));
    }
    text_put(t, "]");
}

void text_markdown(struct text_out *t, const char *text)
{
    for (; *text; text++) {
        if ((unsigned char)*text < 0x20 || *text == 0x7f) {
            text_put(t, " ");
            continue;
        }
        if (strchr("\\`*_{}[]<>()#|!~&", *text))
            text_put(t, "\\");
        text_putn(t, text, 1);
    }
}
