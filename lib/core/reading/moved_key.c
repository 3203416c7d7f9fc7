#include "moved_key.h"

#include "core/text/scalar.h"

#include <string.h>

/* Whether an example, such as 1} or "1.4"}, is the end of the hint, and the value can stand in its place as it is written. */
static bool can_stand(const char *example, const struct node *value)
{
    return !strcmp(example + strcspn(example, ",}"), "}") && value->kind == NODE_SCALAR && value->length &&
           !value->text[strcspn(value->text, ",[]{}#\n")] && (*example != '"' || scalar_type(value->text, value->length) == SCALAR_STRING);
}

void move_key(struct finding *finding, const struct hd_struct *type, const struct node *mapping, const struct node *key, const struct node *value,
              foreign_key *foreign)
{
    const char *words = foreign ? foreign(type, key->text) : NULL, *outer = words ? words + strlen("write ") : "";
    size_t length = strcspn(outer, ":");
    const char *begin = arena_printf(&finding->report->arena, "write %.*s: {%s: ", (int)length, outer, key->text);

    if (!words || strncmp(words, begin, strlen(begin)) != 0 || !can_stand(words + strlen(begin), value))
        return;
    for (uint32_t i = 0; i < mapping->n_items; i += 2) {
        const struct node *other = mapping->items[i];
        const char *others = other == key ? NULL : foreign(type, other->text);

        if ((other->length == length && !memcmp(other->text, outer, length)) || (others && !strncmp(others, words, strlen("write :") + length)))
            return;
    }
    meant(finding, arena_printf(&finding->report->arena, "%s: %s", key->text, value->text), "%.*s%s}", (int)(strlen(begin) - strlen("write ")), outer,
          value->text);
}
