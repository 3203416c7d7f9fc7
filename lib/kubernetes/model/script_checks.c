/* Rules for scripts of a shell: what they wait for, they must be allowed to reach. */
#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/word_list.h"
#include "model/checks.h"
#include "text_checks.h"

#include <string.h>

/* Programs whose first plain word is a host, and those that are told it by -h. */
static const char by_word[] = " nc ncat netcat telnet ";
static const char by_option[] = " pg_isready psql redis-cli valkey-cli mysql mysqladmin mariadb mongosh pg_dump ";

#define BREAKS " \t\r\n;|&()`\"'<>"

struct script {
    struct checker *checker;
    const struct container_in *in;
    struct where where;
    const char *text;
    bool host_follows, option_follows; /* nc ...; pg_isready ... -h */
    bool is_option_host;
};

/* The service that a host names in this namespace: orders, orders.shop, orders.shop.svc; NULL when it is none. */
static const struct hd_service *service_named(const struct checker *checker, const char *host, size_t length)
{
    size_t label = strcspn(host, ".");
    char name[64];

    label = label < length ? label : length;
    if (!label || label >= sizeof name || (label < length && !names_own_namespace(checker, host + label + 1, length - label - 1)))
        return NULL;
    memcpy(name, host, label);
    name[label] = '\0';
    return graph_callee(checker->model, name).service;
}

static bool calls_it(const struct hd_service *service, const char *name)
{
    for (size_t i = 0; i < service->n_calls; i++)
        if (same_text(service->calls[i].to, name))
            return true;
    return false;
}

/* The rules of addresses in variables hold here too, but for those of the pod itself, where the script may start what it asks. */
static void check_address(const struct script *script, const char *word, const char *address)
{
    struct hd_diagnostics *report = script->checker->report;
    size_t before = report->n_findings;

    if (strchr(address, '$') || strstr(address, "://localhost") || strstr(address, "://127.") || strstr(address, "://["))
        return;
    check_address_of_script(script->checker, script->in, script->where, address);
    if (report->n_findings > before)
        found_inside(report->findings[before], script->text, word);
}

/* A host, and the whole address with its port as far as the script has one. */
static void check_host(const struct script *script, const char *host, size_t length, const char *address)
{
    const struct hd_service *caller = script->in->service, *callee = service_named(script->checker, host, length);
    struct finding *finding;

    if (!callee || callee == caller || !caller->name || calls_it(caller, callee->name)) {
        check_address(script, host, address);
        return;
    }
    finding = found(script->checker, HD_ADDRESS_NOT_CALLED, script->where,
                    "the script asks %s, which %s does not call, so the network policy drops the packets", callee->name, caller->name);
    found_inside(finding, script->text, host);
    also_at(finding, AT(caller, calls), caller->n_calls ? "the calls of %s" : "%s calls nobody", caller->name);
    hint(finding, "add %s to calls", callee->name);
}

static void read_word(struct script *script, const char *word, size_t length)
{
    const char *scheme = strstr(word, "://"), *colon = memchr(word, ':', length), *next = word + length + strspn(word + length, " ");
    const char *whole = arena_strndup(&script->checker->scratch, word, length);

    if (scheme && scheme < word + length) {
        const char *host = scheme + 3;

        check_host(script, host, strcspn(host, ":/?" BREAKS), whole);
    } else if (colon && colon > word && letter_is_digit(colon[1])) {
        check_host(script, word, (size_t)(colon - word), whole);
    } else if (*word == '-') {
        script->is_option_host = script->option_follows && ((length == 2 && word[1] == 'h') || (length == 6 && !memcmp(word, "--host", 6)));
        return;
    } else if (script->host_follows && strspn(word, "0123456789") >= length) {
        /* The value of an option, as in nc -w 2 orders 8000. */
        return;
    } else if (script->host_follows || script->is_option_host) {
        if (script->host_follows && letter_is_digit(*next))
            whole = arena_printf(&script->checker->scratch, "%s:%.*s", whole, (int)strspn(next, "0123456789"), next);
        check_host(script, word, length, whole);
        script->host_follows = false;
    }
    script->is_option_host = false;
    script->host_follows |= word_list_has(by_word, word, length);
    script->option_follows |= word_list_has(by_option, word, length);
}

void check_script(struct checker *checker, const struct container_in *in, struct where where, const char *text)
{
    struct script script = {.checker = checker, .in = in, .where = where, .text = text};
    size_t before = checker->report->n_findings;

    for (const char *word = text + strspn(text, BREAKS); *word && checker->report->n_findings == before;) {
        size_t length = strcspn(word, BREAKS);

        read_word(&script, word, length);
        word += length;
        if (strcspn(word, ";|&\n") < strspn(word, BREAKS))
            script.host_follows = script.option_follows = script.is_option_host = false;
        word += strspn(word, BREAKS);
    }
}
