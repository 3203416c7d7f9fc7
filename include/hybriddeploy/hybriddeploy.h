/**
 * libhybriddeploy: one model of an application in, every manifest that a production cluster needs out.
 *
 * A returned pointer is borrowed from the function's argument; a value that a function stores through a `ret_` pointer is owned by the
 * caller, and stored only on success. The library has no globals, prints nothing, and different models may be used from different threads
 * at the same time. Several threads may also use one application, one document or one model at the same time: every function that
 * takes them as const, hd_check() and hd_generate() among them, with a collection of diagnostics for each thread.
 */
#ifndef HYBRIDDEPLOY_HYBRIDDEPLOY_H
#define HYBRIDDEPLOY_HYBRIDDEPLOY_H

#include <hybriddeploy/check.h>
#include <hybriddeploy/cluster.h>
#include <hybriddeploy/connectivity.h>
#include <hybriddeploy/diagnostic.h>
#include <hybriddeploy/diff.h>
#include <hybriddeploy/document.h>
#include <hybriddeploy/generate.h>
#include <hybriddeploy/model.h>
#include <hybriddeploy/schema.h>
#include <hybriddeploy/workspace.h>
#include <hybriddeploy/version.h>

#endif
