/* Rules for files of configuration. */
#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/credential.h"
#include "core/text/json_text.h"
#include "parts.h"
#include "pod_checks.h"
#include "text_checks.h"

#include <string.h>

/*
 * From where on `kubectl apply` fails: it keeps the whole object in an annotation of at most
 * 262144 bytes, with quotes and line ends escaped.
 */
enum { LARGEST_APPLIED = 245760 };

struct config {
    struct checker *checker;
    const struct hd_service *service;
    /* Files of the service by their keys: they share one ConfigMap. */
    struct names keys;
    size_t bytes;
};

static void check_name(struct config *config, const struct hd_config_file *file)
{
    struct hd_diagnostics *report = config->checker->report;
    const struct hd_config_file *first;
    struct finding *finding;

    if (!file->path || !format_is_valid(&format_absolute_path, file->path))
        return;
    if (!at_has(file->at, "key") && !format_is_valid(&format_config_key, config_file_key(file->path))) {
        hint(finding_at(report, HD_BAD_FORM, AT(file, path), "\"%.80s\" cannot be the key of a ConfigMap", config_file_key(file->path)),
             "the last part of the path is %s", format_config_key.words);
        return;
    }
    first = file->key ? names_add(&config->keys, file->key, file) : NULL;
    if (!first)
        return;
    finding =
        finding_at(report, HD_CONFIG_NAME_TWICE, AT(file, path), "two files of the service have the key %.80s in its ConfigMap", file->key);
    also_at(finding, AT(first, path), "the first file with this key");
    hint(finding, "the key is the last part of the path, unless key gives another: rename one of the two files, or give it a key");
}

/* A key and its value in a line of YAML, JSON, INI or properties; false when it has none. */
static bool split_line(const char *line, size_t length, const char **key, size_t *n_key, const char **value, size_t *n_value)
{
    const char *end = line + length, *p;

    while (line < end && strchr(" \t-{,\"'", *line))
        line++;
    if (line == end || *line == '#' || *line == ';')
        return false;
    for (p = line; p < end && *p != ':' && *p != '='; p++)
        ;
    if (p == end)
        return false;
    *key = line;
    *n_key = (size_t)(p - line);
    while (*n_key && strchr(" \t\"'", line[*n_key - 1]))
        (*n_key)--;
    for (p++; p < end && strchr(" \t\"'", *p); p++)
        ;
    *value = p;
    while (end > p && strchr(" \t\r\"',}", end[-1]))
        end--;
    *n_value = (size_t)(end - p);
    return *n_key && *n_key < 64 && !memchr(line, ' ', *n_key);
}

static bool is_credential_line(const char *line, size_t length)
{
    const char *key, *value;
    size_t n_key, n_value;

    /* A bracket opens a list or mapping, and > or | a text that follows. */
    return split_line(line, length, &key, &n_key, &value, &n_value) && is_credential_name(key, n_key) && !is_harmless(value, n_value) &&
           !strchr("[>|&*", *value);
}

/* The first credential in a file is enough: the others go the same way. */
static void check_content(struct config *config, const struct hd_config_file *file)
{
    struct hd_diagnostics *report = config->checker->report;
    const char *line = file->content;
    size_t number = 1;

    for (size_t length; *line; line += length + (line[length] == '\n'), number++) {
        const char *kind;
        struct finding *finding;

        length = strcspn(line, "\n");
        kind = credential_kind(line, length);
        if (!kind && !is_credential_line(line, length))
            continue;
        finding = finding_at(report, HD_CREDENTIAL_IN_FILE, file->from_file ? AT(file, from_file) : AT(file, content),
                             "line %zu of this file %s%s", number, kind ? "holds " : "looks like a credential", text_or(kind, ""));
        hint(finding, "everybody in the namespace can read a ConfigMap; put the credential into a secret (env or volumes), and let the "
                      "file refer to it");
        return;
    }
}

static void bad_syntax(struct config *config, const struct hd_config_file *file, const char *language, const char *at, const char *expected)
{
    size_t line = 1;
    struct finding *finding;

    for (const char *p = file->content; p < at; p++)
        line += *p == '\n';
    finding = finding_at(config->checker->report, HD_CONFIG_SYNTAX, file->from_file ? AT(file, from_file) : AT(file, content),
                         "line %zu of this file is no %s: %s", line, language, expected);
    if (!file->from_file)
        found_inside(finding, file->content, at);
    hint(finding, "correct it, because the program that reads %.100s stops there; if it reads something else, accept this with silence", file->path);
}

/* YAML knows no tabs before a key. */
static const char *tab_before_key(const char *content)
{
    for (const char *line = content; *line; line += strcspn(line, "\n") + (line[strcspn(line, "\n")] == '\n')) {
        const char *key = line + strspn(line, "\t ");

        if (*line == '\t' && key[strspn(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")] == ':')
            return line;
    }
    return NULL;
}

/* Files that somebody fills in before the program reads them are left alone. */
static void check_syntax(struct config *config, const struct hd_config_file *file)
{
    const char *expected, *at;

    if (!file->path || strstr(file->content, "{{") || strstr(file->content, "${"))
        return;
    if (has_ending(file->path, ".json")) {
        at = json_fault(file->content, &expected);
        if (at)
            bad_syntax(config, file, "JSON", at, arena_printf(&config->checker->report->arena, "%s is expected here", expected));
    } else if (has_ending(file->path, ".yaml") || has_ending(file->path, ".yml")) {
        at = strchr(file->content, '\t') ? tab_before_key(file->content) : NULL;
        if (at)
            bad_syntax(config, file, "YAML", at, "it begins with a tab, and only spaces may stand before a key");
    }
}

static void mounted(struct config *config, const struct hd_config_file *file, struct where mount, const char *mount_path, bool read_only)
{
    struct hd_diagnostics *report = config->checker->report;
    size_t length = strlen(mount_path);
    bool same, below;
    struct finding *finding;

    while (length > 1 && mount_path[length - 1] == '/')
        length--;
    same = strlen(file->path) == length && !memcmp(file->path, mount_path, length);
    below = length > 1 && !strncmp(file->path, mount_path, length) && file->path[length] == '/' && read_only;
    if (!same && !below)
        return;
    finding = finding_at(report, HD_CONFIG_UNDER_MOUNT, AT(file, path), "%.100s %s", file->path,
                         same ? "is where a volume is mounted" : "lies in a read-only volume, so no file can be mounted there");
    also_at(finding, mount, "the volume is mounted at %.100s", mount_path);
    hint(finding, "choose a path outside of the volume");
}

static void check_mounts(struct config *config, const struct hd_container *container, const struct hd_config_file *file)
{
    const struct hd_pod *pod = &config->service->pod;

    if (!file->path)
        return;
    for (size_t i = 0; container == &config->service->container && i < pod->n_volumes; i++)
        if (pod->volumes[i].mount_path)
            mounted(config, file, AT(&pod->volumes[i], mount_path), pod->volumes[i].mount_path,
                    volume_is_read_only(&pod->volumes[i], pod->volumes[i].read_only));
    for (size_t i = 0; i < container->n_volume_mounts; i++)
        if (container->volume_mounts[i].mount_path)
            mounted(config, file, AT(&container->volume_mounts[i], mount_path), container->volume_mounts[i].mount_path,
                    container->volume_mounts[i].read_only == HD_TRUE);
}

static void check_container(struct config *config, const struct hd_container *container)
{
    struct hd_diagnostics *report = config->checker->report;

    for (size_t i = 0; i < container->n_config_files; i++) {
        const struct hd_config_file *file = &container->config_files[i];

        check_name(config, file);
        check_mounts(config, container, file);
        if (file->content) {
            check_content(config, file);
            check_syntax(config, file);
            config->bytes += strlen(file->content);
        } else if (!file->from_file && !at_refused(file->at, "content") && !at_refused(file->at, "fromFile")) {
            hint(finding_at(report, HD_CONFIG_WITHOUT_CONTENT, AT_STRUCT(file), "the file %.100s has no content",
                            text_or(file->path, "")),
                 "write content: | and the text below it, or fromFile: app.yaml to take it from a file beside the model");
        }
    }
}

static void check_size(struct config *config)
{
    struct hd_diagnostics *report = config->checker->report;
    struct where where = AT(&config->service->container, config_files);

    if (config->bytes > LARGEST_CONFIG)
        hint(finding_at(report, HD_CONFIG_TOO_LARGE, where, "the files have %zu bytes in all, but a ConfigMap holds at most 1048576",
                        config->bytes),
             "put large data into the image or a volume");
    else if (config->bytes > LARGEST_APPLIED)
        hint(finding_at(report, HD_CONFIG_APPLY_SIZE, where,
                        "the files have %zu bytes in all, too many for kubectl apply without --server-side", config->bytes),
             "use kubectl apply --server-side, or put large data into the image or a volume");
}

void check_config_files(struct checker *checker, const struct hd_service *service)
{
    struct config config = {.checker = checker, .service = service};
    size_t n_files = 0;

    for (size_t i = 0; i < service_n_containers(service); i++)
        n_files += service_container_at(service, i).container->n_config_files;
    if (!n_files)
        return;
    names_init(&checker->report->arena, &config.keys, n_files);
    for (size_t i = 0; i < service_n_containers(service); i++)
        check_container(&config, service_container_at(service, i).container);
    check_size(&config);
}
