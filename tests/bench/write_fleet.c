/* Prints a model of so many services: write_fleet NUMBER */
#include "fleet.h"

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    size_t length;
    char *text = argc == 2 ? fleet_text(strtoul(argv[1], NULL, 10), &length) : NULL;
    size_t n_written = text ? fwrite(text, 1, length, stdout) : 0;

    free(text);
    return !text || n_written != length || fflush(stdout);
}
