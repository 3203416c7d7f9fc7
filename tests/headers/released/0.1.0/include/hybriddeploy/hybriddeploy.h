#ifndef HYBRIDDEPLOY_HYBRIDDEPLOY_H
#define HYBRIDDEPLOY_HYBRIDDEPLOY_H
#include <hybriddeploy/check.h>
#include <hybriddeploy/diagnostic.h>
#include <hybriddeploy/document.h>
#include <hybriddeploy/generate.h>
#include <hybriddeploy/model.h>
#include <hybriddeploy/schema.h>
#include <hybriddeploy/version.h>
#endif
