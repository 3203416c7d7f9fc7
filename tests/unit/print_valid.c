/* print_valid COUNT: for each form its pattern, and below it texts that its function takes: the samples, and mutants of them. */
#include "format_samples.h"
#include "random_text.h"

#include <stdio.h>
#include <stdlib.h>

static void print(const struct format_sample *sample, const char *text)
{
    if (!format_is_valid(sample->format, text) || strchr(text, '\n'))
        return;
    putchar('\t');
    for (; *text; text++)
        printf("%02x", (unsigned char)*text);
    putchar('\n');
}

/* A good sample in which some characters were replaced, added or removed. */
static void mutate(uint64_t *random, const struct format_sample *sample, char *text)
{
    static const char characters[] = "abzAZ019-_./:*+%@~ ,=\t\r\033\177";
    size_t n_good = 0, length;

    while (n_good < 24 && sample->good[n_good])
        n_good++;
    strcpy(text, sample->good[random_below(random, (uint32_t)n_good)]);
    for (uint32_t n = 1 + random_below(random, 3); n > 0; n--) {
        size_t at;

        length = strlen(text);
        at = random_below(random, (uint32_t)length + 1);
        switch (random_below(random, 3)) {
        case 0:
            memmove(text + at + 1, text + at, length + 1 - at);
            text[at] = characters[random_below(random, sizeof characters - 1)];
            break;
        case 1:
            if (at < length)
                text[at] = characters[random_below(random, sizeof characters - 1)];
            break;
        default:
            if (at < length)
                memmove(text + at, text + at + 1, length - at);
        }
    }
}

int main(int argc, char **argv)
{
    uint64_t random = 11;

    for (size_t i = 0; i < sizeof format_samples / sizeof *format_samples; i++) {
        const struct format_sample *sample = &format_samples[i];
        const char *pattern = hd_format_pattern(sample->format);
        char text[600];

        printf("%s %s\n", sample->name, pattern ? pattern : "");
        for (size_t k = 0; k < 24 && sample->good[k]; k++)
            print(sample, sample->good[k]);
        for (long n = argc > 1 ? atol(argv[1]) : 0; n > 0; n--) {
            mutate(&random, sample, text);
            print(sample, text);
        }
    }
    return 0;
}
