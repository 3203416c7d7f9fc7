/* Whether a model that a program built can be read at all. */
#ifndef HD_MODEL_SOUND_H
#define HD_MODEL_SOUND_H

#include "core/tables/path.h"

#include <hybriddeploy/schema.h>

/*
 * Whether every enum has a value of its own, every list that has a count an array, every list of strings no NULL in it, and every
 * optional number that is not set no value. A loaded model is always so. `report`, which may be NULL, says what is not.
 */
bool app_is_sound(struct hd_diagnostics *report, const struct hd_app *app);

/* The same for one struct of a model; `path` leads to it. */
bool struct_is_sound(struct hd_diagnostics *report, const struct hd_struct *type, const void *object, const struct step *path);

#endif
