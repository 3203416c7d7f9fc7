/* A temporary folder to write into, and what the tests ask of it. Texts are freed with the fixture. */
#ifndef HD_TESTS_UNIT_FOLDER_FIXTURE_H
#define HD_TESTS_UNIT_FOLDER_FIXTURE_H

#include <hybriddeploy/hybriddeploy.h>
#include <stdbool.h>
#include <sys/types.h>

int fixture_set_up(void **state);
int fixture_tear_down(void **state);

char *fixture_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The full path of something in the temporary folder; the functions below take paths within it. */
const char *fixture_path(const char *name);

/* Generates a model given as text; what was reported is kept until the next call. */
enum hd_status fixture_generate(const char *text, const char *folder, const struct hd_generate_options *options);
int fixture_code(void);
const char *fixture_file(void);
const char *fixture_message(void);

size_t fixture_manifest_count(const char *text);
const char *fixture_manifest_name(const char *text, size_t index);

char *fixture_read(const char *name);
void fixture_write(const char *name, const char *text);
void fixture_make_folder(const char *name);
void fixture_remove(const char *name);
bool fixture_exists(const char *name);
ino_t fixture_inode(const char *name);
/* A file, a link and a folder with a file, none of them generated. */
void fixture_add_foreign(const char *folder);
/* Names in a folder, sorted, one a line; and with the content of everything below, without what a run needs while it works. */
char *fixture_names(const char *folder);
char *fixture_snapshot(const char *folder);

#endif
