#include "options.h"

const struct option all_options[] = {
    {OPTION_FILE, 'f', "file", "FILE", WORDS_FILES, FOR_MODEL | FOR_LIST,
     "model to read, - is standard input; may be given several times, later ones are laid over earlier ones"},
    {OPTION_OUTPUT, 'o', "output", "FILE|DIR|-", WORDS_FILES, FOR_PRODUCT,
     "where to write; a path that ends in / or is a folder gets one file per object, - is standard output"},
    {OPTION_FORMAT, 0, "format", "yaml|json|list", WORDS_FORMATS, FOR_GENERATE | FOR_EXPLAIN | FOR_LIST,
     "YAML documents, JSON with one object a line, or one Kubernetes List in YAML; explain and list know json alone beside their text"},
    {OPTION_FORMAT, 0, "format", "text|json|csv|dot|mermaid|svg|html", WORDS_GRAPH_FORMATS, FOR_GRAPH,
     "graph: lines for people (default), JSON with one object a line, a table, a graph for Graphviz or Mermaid, a picture, or a page with it"},
    {OPTION_FORMAT, 0, "format", "text|json|markdown|sarif|html", WORDS_DIFF_FORMATS, FOR_DIFF,
     "diff: by changed line for people (default), one JSON object, a table for the comment of a pull request, SARIF for code scanning, or a page"},
    {OPTION_ONLY, 0, "only", "KIND[/NAME]", WORDS_ONLY, FOR_GENERATE,
     "write only these objects, or files such as scripts/application.tsv; may be given several times"},
    {OPTION_WITH, 0, "with", "PART[,PART]", WORDS_PARTS, FOR_GENERATE,
     "other files that the folder gets beside the manifests, by part: ops means all of operations, none means no part"},
    {OPTION_ENVIRONMENT, 'e', "environment", "ENVIRONMENT", WORDS_NONE, FOR_MODEL,
     "environment of the model whose layer is laid over it; base is the model without one; diff: given twice, that of OLD and that of NEW"},
    {OPTION_ENVIRONMENTS, 0, "environments", NULL, WORDS_NONE, FOR_GENERATE, "write a folder for each environment, in the folder of -o"},
    {OPTION_NAMESPACE, 'n', "namespace", "NAMESPACE", WORDS_NONE, FOR_MODEL, "namespace, in place of the model's"},
    {OPTION_SET, 0, "set", "PATH=VALUE", WORDS_NONE, FOR_MODEL,
     "lay a value over the model, such as services.auth.replicas=3; the value is YAML; may be given several times; in a workspace as shop/services.auth.replicas=3"},
    {OPTION_KUBE_VERSION, 0, "kube-version", "VERSION", WORDS_NONE, FOR_MODEL, "Kubernetes version such as 1.31, in place of the model's"},
    {OPTION_STRICT, 0, "strict", NULL, WORDS_NONE, FOR_MODEL, "fail also when there are only warnings"},
    {OPTION_MAX_DIAGNOSTICS, 0, "max-diagnostics", "N", WORDS_NONE, FOR_MODEL, "show at most N errors and warnings (default: 100)"},
    {OPTION_DIAGNOSTICS, 0, "diagnostics", "text|json|sarif|github|gitlab|junit", WORDS_DIAGNOSTICS, FOR_MODEL,
     "how errors and warnings are written: as text, JSON one a line, SARIF, GitHub annotations, GitLab code quality or JUnit"},
    {OPTION_COLOR, 0, "color", "auto|always|never", WORDS_COLORS, FOR_MODEL,
     "whether errors and warnings are colored (default: auto, on a terminal unless NO_COLOR is set)"},
    {OPTION_FORCE, 0, "force", NULL, WORDS_NONE, FOR_GENERATE, "in a folder, overwrite generated files that were edited by hand"},
    {OPTION_AGAINST, 0, "against", "FILE|DIR|-", WORDS_FILES, FOR_GENERATE,
     "manifests that run, such as kubectl get -o yaml prints them: nothing is written when the API server would refuse to change one of them"},
    {OPTION_CHECK, 0, "check", NULL, WORDS_NONE, FOR_GENERATE | FOR_GRAPH,
     "write nothing, and list the files of the folder that differ from the model; exit status 5 when there are some; graph: list packets "
     "between services that are allowed and not declared, or declared and not allowed"},
    {OPTION_OUTPUTS, 0, "outputs", NULL, WORDS_NONE, FOR_GENERATE, "write nothing, and list the files that the folder gets"},
    {OPTION_DEPFILE, 0, "depfile", "FILE", WORDS_FILES, FOR_GENERATE,
     "also write a rule for make and ninja: the output, or the .hybriddeploy of its folder, depends on the models"},
    {OPTION_WHY, 0, "why", "FROM", WORDS_NONE, FOR_GRAPH,
     "say why FROM, or the world, can talk to the first operand, TO:PORT, or why not: each rule on the way with its place; as in --why web api:8000"},
    {OPTION_EXPOSED, 0, "exposed", NULL, WORDS_NONE, FOR_GRAPH,
     "list only what addresses outside of the cluster can reach, what can reach them, and where requests are led in"},
    {OPTION_HOST_NETWORK, 0, "host-network", "node|pods", WORDS_NODE_OR_PODS, FOR_GRAPH,
     "whether network policies see pods with hostNetwork as part of their node, as with most network plugins (default), or as other pods"},
    {OPTION_FAIL_ON, 0, "fail-on", "EFFECT", WORDS_EFFECTS, FOR_DIFF,
     "exit with status 5 when an object has this effect or one that weighs more: create, update, restart, recreate, delete, data"},
    {OPTION_EXPECT, 0, "expect", "FILE", WORDS_FILES, FOR_DIFF,
     "file that says which effects and connections the change may have: what happens beyond it is an error, with exit status 5"},
    {OPTION_WRITE_EXPECT, 0, "write-expect", "FILE", WORDS_FILES, FOR_DIFF, "also write a file for --expect that allows this change and nothing else"},
    {OPTION_QUIET, 'q', "quiet", NULL, WORDS_NONE, FOR_MODEL, "show errors only, without warnings and totals"},
    {OPTION_VERBOSE, 'v', "verbose", NULL, WORDS_NONE, FOR_MODEL, "name the files that are read and written"},
    {OPTION_HELP, 'h', "help", NULL, WORDS_NONE, FOR_ALL, "show help"},
    {OPTION_VERSION, 'V', "version", NULL, WORDS_NONE, FOR_ALL, "show the version"},
};
const size_t n_all_options = sizeof all_options / sizeof *all_options;

bool option_is_for(const struct option *option, const struct verb *verb)
{
    return option->verbs == FOR_ALL || (option->verbs & verb->bit);
}

static size_t n_kinds(void)
{
    size_t n = 0;

    while (hd_kind_at(n))
        n++;
    return n;
}

/* The parts, and behind them the names for several and for none. */
static const char *part_word(size_t index)
{
    static const char *const more[] = {"ops", "none"};
    size_t n_parts = 0;

    while (hd_part_at(n_parts))
        n_parts++;
    if (index < n_parts)
        return hd_part_at(index)->name;
    return index - n_parts < sizeof more / sizeof *more ? more[index - n_parts] : NULL;
}

const char *word_at(enum words words, size_t index)
{
    static const char *const fixed[][8] = {
        [WORDS_FORMATS] = {"yaml", "json", "list"},
        [WORDS_GRAPH_FORMATS] = {"text", "json", "csv", "dot", "mermaid", "svg", "html"},
        [WORDS_DIFF_FORMATS] = {"text", "json", "markdown", "sarif", "html"},
        [WORDS_EFFECTS] = {"create", "update", "restart", "recreate", "delete", "data"},
        [WORDS_NODE_OR_PODS] = {"node", "pods"},
        [WORDS_DIAGNOSTICS] = {"text", "json", "sarif", "github", "gitlab", "junit"},
        [WORDS_COLORS] = {"auto", "always", "never"},
        [WORDS_LISTS] = {"kinds", "codes", "parts", "applications"},
        [WORDS_SCHEMAS] = {"model", "contract"},
        [WORDS_SHELLS] = {"bash", "zsh", "fish"},
    };

    if (words == WORDS_KINDS || words == WORDS_ONLY) {
        if (hd_kind_at(index))
            return hd_kind_at(index)->kind;
        return words == WORDS_ONLY && hd_part_at(index - n_kinds()) ? hd_part_at(index - n_kinds())->name : NULL;
    }
    if (words == WORDS_PARTS)
        return part_word(index);
    if (words == WORDS_VERBS)
        return index < n_verbs ? verbs[index].name : NULL;
    return words < sizeof fixed / sizeof *fixed && index < 8 ? fixed[words][index] : NULL;
}
