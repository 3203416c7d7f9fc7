/*
 * Runtimes: named defaults of services. The library has three; entries of `runtimes` change them, or make further ones that
 * build on others.
 */
#ifndef HD_MODEL_RUNTIME_H
#define HD_MODEL_RUNTIME_H

#include <hybriddeploy/model.h>
#include <stdbool.h>

struct hd_model;

/* Entries that may build on each other, in one line. */
enum { MOST_ENTRIES = 8 };

/* The layers below a service of this runtime: the user's entries, the nearest first, then the library's own runtime. */
struct runtime {
    const char *name;
    const struct hd_service *entries[MOST_ENTRIES];
    size_t n_entries;
    const struct hd_service *library;
};

/* Whether the library has a runtime of this name or alias; not for NULL. */
bool is_library_runtime(const char *name);

/* Makes the defaults of the library's runtimes, and indexes the entries of `runtimes` by name; all below needs it. */
void index_runtimes(struct hd_model *model);

/* The defaults of the library's runtime of this name or alias; NULL where there is none, and for NULL. */
const struct hd_service *library_runtime(const struct hd_model *model, const char *name);

/* The entry of this name, or of another word for it; NULL where there is none. */
const struct hd_service *runtime_entry(const struct hd_model *model, const char *name);

/* False where there is no runtime of this name, or the entries below it never end at one of the library's. */
bool find_runtime(const struct hd_model *model, const char *name, struct runtime *ret_runtime);

/* The runtime of a service that may name none, or one that does not exist. */
struct runtime runtime_of(const struct hd_model *model, const struct hd_service *service);

/* The library's runtime on which a resolved service builds. */
bool runs_container(const struct hd_service *service);
/* Not a service that names no runtime: it has cpython's defaults, but nothing says that it is Python. */
bool runs_cpython(const struct hd_service *service);
bool runs_condon(const struct hd_service *service);

#endif
