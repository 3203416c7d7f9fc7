#include "utf8.h"

#include "many_bytes.h"

#include <stdint.h>
#include <string.h>

size_t utf8_bytes(const char *text, size_t length)
{
    /* The least character that needs as many bytes: a longer form of a smaller one is no UTF-8. */
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *p = (const unsigned char *)text;
    size_t n = *p < 0x80 ? 1 : *p < 0xc2 ? 0 : *p < 0xe0 ? 2 : *p < 0xf0 ? 3 : *p < 0xf5 ? 4 : 0;
    uint32_t point;

    if (n < 2 || n > length)
        return n > length ? 0 : n;
    point = *p & (0x7fu >> n);
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return 0;
        point = point << 6 | (p[i] & 0x3fu);
    }
    return point < least[n] || (point >= 0xd800 && point < 0xe000) || point > 0x10ffff ? 0 : n;
}

size_t utf8_span(const char *text, size_t length)
{
    size_t i = 0, n;

    while (i < length) {
        if (length - i >= sizeof(sixteen) && !any_no_ascii(sixteen_bytes(text + i))) {
            i += sizeof(sixteen);
            continue;
        }
        n = text[i] ? utf8_bytes(text + i, length - i) : 0;
        if (!n)
            return i;
        i += n;
    }
    return i;
}

bool is_utf8(const char *text)
{
    size_t length = strlen(text);

    return utf8_span(text, length) == length;
}
