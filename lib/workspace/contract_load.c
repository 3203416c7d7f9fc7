/* Contracts that were written by another run. */
#include "workspace.h"

#include "core/reading/lay_over.h"
#include "core/reading/load.h"
#include "core/tables/check_fields.h"

#include <string.h>

static bool has_version(struct hd_diagnostics *report, const struct node *tree)
{
    const struct node *version = tree_value(tree, "contract");

    if (version && version->kind == NODE_SCALAR && !strcmp(version->text, "1"))
        return true;
    version = version ? version : tree;
    hint(finding_in(report, HD_CONTRACT_VERSION, version->file, version->line, version->column, "contract",
                    "version %.20s of contracts is not known here", version->kind == NODE_SCALAR ? version->text : "?"),
         "write the contract with hybridgen contract of this version, or take a newer version of hybriddeploy");
    return false;
}

const struct hd_contract *contract_load(struct hd_workspace *workspace, struct arena *nodes, struct hd_diagnostics *report,
                                        const struct node *tree)
{
    struct tree_memory memory = {.nodes = nodes, .texts = &workspace->arena};
    struct hd_contract *contract = arena_new(&workspace->arena, struct hd_contract);
    struct field_rules rules = {.report = report};
    size_t n_findings = report->n_findings;

    if (!has_version(report, tree))
        return NULL;
    load_tree(memory, report, &hd_contract_struct, contract, tree, NULL);
    check_fields(&rules, &hd_contract_struct, contract);
    report_locate_in(report, &hd_contract_struct, contract);
    return report_has_errors(report, n_findings) ? NULL : contract;
}
