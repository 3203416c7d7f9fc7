/* write_scalars SEED COUNT yaml|json|hex: the same random texts, as keys and values, in three ways. */
#include "core/writing/writer.h"

#include "random_text.h"

#include <stdio.h>
#include <stdlib.h>

static int to_stdout(void *user, const char *text, size_t length)
{
    (void)user;
    return fwrite(text, 1, length, stdout) != length;
}

static void print_hex(const char *text)
{
    for (; *text; text++)
        printf("%02x", (unsigned char)*text);
    putchar('\n');
}

int main(int argc, char **argv)
{
    uint64_t state = argc > 3 ? strtoull(argv[1], NULL, 10) : 0;
    bool hex = argc > 3 && !strcmp(argv[3], "hex");
    struct yaml_out y;
    jmp_buf out_of_memory;

    if (argc < 4 || setjmp(out_of_memory))
        return 2;
    writer_init(&y, strcmp(argv[3], "json") ? HD_FORMAT_YAML : HD_FORMAT_JSON, to_stdout, NULL, &out_of_memory);
    for (long i = atol(argv[2]); i > 0; i--) {
        char key[RANDOM_TEXT_LONGEST], value[RANDOM_TEXT_LONGEST], item[RANDOM_TEXT_LONGEST];

        random_text(&state, key);
        random_text(&state, value);
        random_text(&state, item);
        if (hex) {
            print_hex(key);
            print_hex(value);
            print_hex(item);
            continue;
        }
        DOC (&y) {
            y_str(&y, key, value);
            SEQ (&y, "\x1f"
                     "list") {
                y_str(&y, NULL, item);
                ITEM (&y) {
                    y_str(&y, "name", value);
                    MAP (&y, key)
                        y_str(&y, value, item);
                }
            }
        }
    }
    writer_flush(&y);
    writer_free(&y);
    return 0;
}
