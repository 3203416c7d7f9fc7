#include "arena_sink.h"

#include <string.h>

int arena_sink(void *user, const char *text, size_t length)
{
    struct arena_text *kept = user;

    if (kept->length + length >= kept->capacity) {
        size_t capacity = 2 * (kept->length + length) + 1;
        char *larger = arena_room(kept->arena, capacity, 1);

        if (kept->length)
            memcpy(larger, kept->bytes, kept->length);
        kept->bytes = larger;
        kept->capacity = capacity;
    }
    memcpy(kept->bytes + kept->length, text, length);
    kept->length += length;
    kept->bytes[kept->length] = '\0';
    return 0;
}
