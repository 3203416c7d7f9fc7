/* The table of verbs. */
#include "verbs.h"

#include <stdint.h>
#include <string.h>

const struct verb verbs[] = {
    {.name = "init",
     .bit = FOR_INIT,
     .operands = "",
     .summary = "write a first model",
     .text =
         "Writes a small model with comments to begin with: hybriddeploy.yaml, or what -o names. An existing file is never overwritten.",
     .example = "hybridgen init\nhybridgen generate",
     .run = run_init},
    {.name = "generate",
     .bit = FOR_GENERATE,
     .operands = "[MODEL...]",
     .words = WORDS_FILES,
     .most = SIZE_MAX,
     .summary = "write the manifests of a model",
     .text =
         "Checks the model and writes its manifests in the order of application: to standard output, to a file, or to a folder with a "
         "kustomization.yaml. With errors in the model nothing is written. A folder also gets the files of operations, such as "
         "scripts, when the model has operations, or --with names them. Several models in one call are generated each by itself and all "
         "at once; -o is then relative to each model's own folder.",
     .example = "hybridgen generate | kubectl apply --server-side -f -\n"
                "hybridgen generate -o manifests/ --set imageTag=1.4.2\n"
                "hybridgen generate -o deploy/ --with ops\n"
                "hybridgen generate -o deploy/ --with ops --check\n"
                "hybridgen generate --only Deployment/auth-service --only Service --format json",
     .run = run_generate},
    {.name = "validate",
     .bit = FOR_VALIDATE,
     .operands = "[MODEL...]",
     .words = WORDS_FILES,
     .most = SIZE_MAX,
     .summary = "check a model",
     .text = "Reports every mistake of the model, or of each of several, with its place and how to correct it, and writes nothing.",
     .example = "hybridgen validate --strict\nhybridgen validate -f base.yaml -f production.yaml --diagnostics json",
     .run = run_validate},
    {.name = "explain",
     .bit = FOR_EXPLAIN,
     .operands = "[PATH|CODE|KIND/NAME [FIELD]|FILE:LINE]",
     .words = WORDS_CODES,
     .most = 2,
     .summary = "show the complete model, what a manifest came from, or the meaning of a code",
     .text =
         "Shows the model with every default filled in, and where each value came from: a line of the model, a runtime, or the library. "
         "With the path of a member, that member alone. With a line of a generated manifest, or an object and a field, the line of the model, "
         "the default or the rule that it came from. With the code of an error or warning, what it means and what would be right. "
         "With --format json, each value is a JSON object on a line of its own: path, value, origin, from, file, line, column, "
         "environment.",
     .example = "hybridgen explain\nhybridgen explain services.auth-service.resources\nhybridgen explain --format json services.auth-service\n"
                "hybridgen explain deploy/50-deployment-auth-service.yaml:41\nhybridgen explain Deployment/auth-service spec.replicas\n"
                "hybridgen explain HD6021",
     .run = run_explain},
    {.name = "graph",
     .bit = FOR_GRAPH,
     .operands = "[TO:PORT] [MANIFESTS...]",
     .words = WORDS_MANIFESTS,
     .most = SIZE_MAX,
     .summary = "show who can talk to whom",
     .text = "Reads manifests (files, folders, - for standard input), or those that are generated from the model, and lists the connections "
             "that their NetworkPolicies allow: from workloads to workloads, and from and to addresses outside of the cluster. The "
             "manifests need not be made by hybridgen. With --why, the rules that allow or deny one connection; with "
             "--check, what is allowed between services and not declared by the model, or the other way round.",
     .example = "hybridgen graph\nhybridgen graph deploy/\nkubectl get -A -o yaml ns,pods,netpol | hybridgen graph -\n"
                "hybridgen graph --why web catalog:8000 deploy/\nhybridgen graph --check deploy/\n"
                "hybridgen graph --format mermaid deploy/ -o graph.mmd\nhybridgen graph --format html deploy/ -o graph.html\n"
                "hybridgen graph -f hybriddeploy.workspace.yaml --why shop/web billing/invoice:8080",
     .run = run_graph},
    {.name = "diff",
     .bit = FOR_DIFF,
     .operands = "[OLD [NEW]]",
     .words = WORDS_FILES,
     .most = 2,
     .summary = "show what a change of the model does to what runs",
     .text = "Compares the manifests of two states of one application, and shows by each changed line which objects are created, updated in "
             "place, restarted, refused by the API server because a field cannot be changed (recreate), deleted, or lose data, and which "
             "connections are new or gone. OLD and NEW are models, folders or files of manifests, or what kubectl get -o yaml prints (- is "
             "standard input). Without NEW it is the model of this folder, or what -f names. An OLD that is no file is a revision of git, at "
             "which the same files are read. With -e given twice, two environments of the model are compared. Which line caused what is judged by "
             "names and values: a reading aid.",
     .example = "hybridgen diff base.yaml\nhybridgen diff -e staging -e production\n"
                "kubectl get -n shop -o yaml deploy,sts,svc | hybridgen diff -\n"
                "hybridgen diff base.yaml hybriddeploy.yaml --format markdown --fail-on recreate\n"
                "hybridgen diff base.yaml --write-expect release.yaml\n"
                "hybridgen diff base.yaml --expect release.yaml --strict",
     .run = run_diff},
    {.name = "contract",
     .bit = FOR_CONTRACT,
     .operands = "",
     .summary = "write what other applications may rely on",
     .text = "Writes the contract of the model as one JSON object: its services with their ports and accounts, who is let in, and the hosts that "
             "it owns. A workspace of another repository lists it in the place of the model.",
     .example = "hybridgen contract -o billing.json",
     .run = run_contract},
    {.name = "schema",
     .bit = FOR_SCHEMA,
     .operands = "[model|contract]",
     .words = WORDS_SCHEMAS,
     .most = 1,
     .summary = "write the JSON Schema of models or contracts",
     .text = "Writes the JSON Schema (draft 2020-12) of hybriddeploy.yaml, or of contracts, for editors and other validators.",
     .example = "hybridgen schema -o hybriddeploy.schema.json",
     .run = run_schema},
    {.name = "list",
     .bit = FOR_LIST,
     .operands = "kinds|codes|parts|applications",
     .words = WORDS_LISTS,
     .least = 1,
     .most = 1,
     .summary = "list kinds of manifests, codes of errors, parts of other files, or applications",
     .text = "Lists the kinds of manifests that can be generated, in the order of application, the codes of errors and warnings, the "
             "parts of the files that a folder gets beside manifests, or the applications of the workspace that -f names. With --format json each is a JSON object on a line of its own.",
     .example = "hybridgen list kinds\nhybridgen list codes\nhybridgen list parts\nhybridgen list codes --format json\n"
                "hybridgen list applications -f hybriddeploy.workspace.yaml",
     .run = run_list},
    {.name = "version",
     .operands = "",
     .summary = "show the version",
     .text = "Shows the version of hybridgen, and of the library where that is another one.",
     .example = "hybridgen version",
     .run = run_version},
    {.name = "completion",
     .operands = "bash|zsh|fish",
     .words = WORDS_SHELLS,
     .least = 1,
     .most = 1,
     .summary = "write a shell's completion script",
     .text = "Writes the script that completes verbs, options and their arguments in a shell.",
     .example = "eval \"$(hybridgen completion bash)\"\n"
                "hybridgen completion zsh > ~/.zfunc/_hybridgen\n"
                "hybridgen completion fish > ~/.config/fish/completions/hybridgen.fish",
     .run = run_completion},
    {.name = "help",
     .operands = "[VERB]",
     .words = WORDS_VERBS,
     .most = 1,
     .summary = "show help",
     .text = "Lists the verbs, or describes a verb with its options and an example.",
     .example = "hybridgen help generate",
     .run = run_help},
};
const size_t n_verbs = sizeof verbs / sizeof *verbs;

const struct verb *verb_named(const char *name)
{
    for (size_t i = 0; i < n_verbs; i++)
        if (!strcmp(verbs[i].name, name))
            return &verbs[i];
    return NULL;
}
