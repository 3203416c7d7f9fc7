/* The complete application of a model. */
#ifndef HYBRIDGEN_APP_H
#define HYBRIDGEN_APP_H

#include <hybriddeploy/hybriddeploy.h>

/* Calls hd_model_app(). Each file that calls that itself holds the layout of all structs: 6 KB that the dynamic linker relocates. */
const struct hd_app *app_of(const struct hd_model *model);

#endif
