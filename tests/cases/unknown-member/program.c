/* As a program whose headers have a member that the library does not have. */
#include "../report.h"

struct app_of_next_year {
    const struct hd_layout *abi;
    const char *name;
    int64_t next_year;
    const struct hd_at *at;
};

static const char *const structs[] = {"hd_app name:s next_year:i at:@"};
static const uint32_t numbers[] = {sizeof(void *),
                                   sizeof(size_t),
                                   sizeof(enum hd_bool),
                                   sizeof(struct app_of_next_year),
                                   offsetof(struct app_of_next_year, name),
                                   offsetof(struct app_of_next_year, next_year),
                                   offsetof(struct app_of_next_year, at)};
static const struct hd_layout layout = {1, structs, 1, numbers, sizeof numbers / sizeof *numbers};

int main(void)
{
    const struct app_of_next_year app = {&layout, "shop", 2027, NULL};
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);

    return report(diagnostics, hd_validate((const struct hd_app *)(const void *)&app, NULL, diagnostics));
}
