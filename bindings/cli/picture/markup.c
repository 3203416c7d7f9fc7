#include "markup.h"

#include <stdint.h>
#include <string.h>

/* The character at `text`, and in `*ret_length` its bytes; 0 where there is none, or one that could hide or turn round what stands beside
 * it. */
static uint32_t character(const unsigned char *text, size_t *ret_length)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length = *text < 0x80 ? 1 : *text >= 0xF0 && *text < 0xF8 ? 4 : *text >= 0xE0 ? 3 : *text >= 0xC0 ? 2 : 0;
    uint32_t c = length > 1 ? *text & (0x7Fu >> length) : *text;

    *ret_length = 1;
    if (!length || *text >= 0xF8)
        return 0;
    for (size_t i = 1; i < length; i++) {
        if ((text[i] & 0xC0) != 0x80)
            return 0;
        c = c << 6 | (text[i] & 0x3Fu);
    }
    *ret_length = length;
    if (c < least[length] || c < ' ' || (c >= 0x7F && c < 0xA0) || (c >= 0xD800 && c < 0xE000) || c > 0x10FFFF || (c & 0xFFFE) == 0xFFFE)
        return 0;
    return (c >= 0x200B && c < 0x2010) || (c >= 0x2028 && c < 0x202F) || (c >= 0x2060 && c < 0x2070) || c == 0xFEFF ? 0 : c;
}

void markup_text(struct output *output, const char *text)
{
    size_t length;

    for (; *text; text += length) {
        uint32_t c = character((const unsigned char *)text, &length);

        if (!c)
            output_text(output, "\xEF\xBF\xBD");
        else if (c < 0x80 && strchr("&<>\"'", (int)c))
            output_print(output, "&#%u;", (unsigned)c);
        else
            output_sink(output, text, length);
    }
}
