/* The verbs, one file each. */
#ifndef HYBRIDGEN_VERBS_H
#define HYBRIDGEN_VERBS_H

#include "options.h"
#include "output.h"

#include <hybriddeploy/diagnostic.h>

int run_init(const struct call *call);
int run_generate(const struct call *call);
int run_validate(const struct call *call);
int run_explain(const struct call *call);
int run_graph(const struct call *call);
int run_diff(const struct call *call);
int run_schema(const struct call *call);
int run_contract(const struct call *call);
int run_list(const struct call *call);
int run_version(const struct call *call);
int run_completion(const struct call *call);
int run_help(const struct call *call);

/* A code as a JSON object on a line of its own; list and explain write it. */
void code_as_json(struct output *output, const struct hd_code_info *code);

#endif
