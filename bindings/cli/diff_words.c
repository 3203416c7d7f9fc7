#include "diff_words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { MOST_SHOWN = 4000 };

static void put_pods_and_pace(struct output *output, put_function *put, const struct hd_object_change *object)
{
    char number[64];

    if (!strcmp(object->kind, "DaemonSet"))
        snprintf(number, sizeof number, "one pod of each node, ");
    else if (object->least_pods == object->most_pods)
        snprintf(number, sizeof number, "%" PRId64 " %s, ", object->most_pods, object->most_pods == 1 ? "pod" : "pods");
    else
        snprintf(number, sizeof number, "%" PRId64 " to %" PRId64 " pods, ", object->least_pods, object->most_pods);
    put(output, number);
    put(output, object->pace);
}

bool put_consequence(struct output *output, put_function *put, const char *before, const struct hd_object_change *object)
{
    if (!object->pace && !object->why)
        return false;
    output_text(output, before);
    if (object->pace)
        put_pods_and_pace(output, put, object);
    else
        put(output, object->why);
    return true;
}

void put_value(struct output *output, put_function *put, const char *value, size_t most)
{
    char shown[MOST_SHOWN + 1];
    size_t length = most < MOST_SHOWN ? most : MOST_SHOWN;

    if (!value || strlen(value) <= length) {
        put(output, value ? value : "nothing");
        return;
    }
    /* Do not cut inside a character. */
    while (length && ((unsigned char)value[length] & 0xc0) == 0x80)
        length--;
    memcpy(shown, value, length);
    shown[length] = '\0';
    put(output, shown);
    put(output, "...");
}
