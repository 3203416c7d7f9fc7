/* Rules for folders: what programs look for in mounted ones, who can read it, and what keeps data outside of its volume. */
#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/suggest.h"
#include "core/text/within.h"
#include "model/checks.h"
#include "model/tables.h"
#include "parts.h"
#include "pod_checks.h"
#include "text_checks.h"

#include <stdlib.h>

/* Mounts of one container that are looked at: no pod has more of them than fit here. */
enum { MOST_FOLDERS = 32, MOST_PATHS = 128 };

struct folder {
    const char *path, *sub_path;
    const struct hd_volume *volume;
    struct where where, sub_where;
};

struct folders {
    struct checker *checker;
    struct container_in in;
    struct folder folders[MOST_FOLDERS];
    size_t n_folders, n_paths;
};

static void add_folder(struct folders *folders, struct folder folder)
{
    if (folder.path && folder.volume && folders->n_folders < MOST_FOLDERS)
        folders->folders[folders->n_folders++] = folder;
}

static void collect(struct folders *folders)
{
    const struct hd_container *container = folders->in.container;
    const struct hd_pod *pod = &folders->in.service->pod;

    for (size_t i = 0; folders->in.role == CONTAINER_MAIN && i < pod->n_volumes && i < MOST_FOLDERS; i++) {
        const struct hd_volume *volume = &pod->volumes[i];

        add_folder(folders, (struct folder){volume->mount_path, volume->sub_path, volume, AT(volume, mount_path), AT(volume, sub_path)});
    }
    for (size_t i = 0; i < container->n_volume_mounts && i < MOST_FOLDERS; i++) {
        const struct hd_volume_mount *mount = &container->volume_mounts[i];

        for (size_t k = 0; k < pod->n_volumes && k < MOST_FOLDERS; k++)
            if (same_text(pod->volumes[k].name, mount->name))
                add_folder(folders, (struct folder){mount->mount_path, mount->sub_path, &pod->volumes[k], AT(mount, mount_path), AT(mount, sub_path)});
    }
}

/* The secret of a volume whose files the model knows; NULL for any other volume. */
static const struct hd_secret *secret_of(const struct folders *folders, const struct hd_volume *volume)
{
    const struct hd_secret *secret = volume->secret.name ? names_find(&folders->checker->secrets, volume->secret.name) : NULL;

    return secret && secret->n_keys ? secret : NULL;
}

static bool has_file(const struct folders *folders, const struct hd_volume *volume, const struct hd_secret *secret, const char *file)
{
    for (size_t i = 0; i < volume->secret.n_items; i++)
        if (volume->secret.items[i].path && path_is_within(volume->secret.items[i].path, file))
            return true;
    return !volume->secret.n_items && secret_has_key(folders->checker, secret, file);
}

static void no_file(const struct folders *folders, struct where where, const struct hd_volume *volume, const struct hd_secret *secret,
                    const char *file)
{
    struct suggestion suggestion = suggest_for(file);
    struct finding *finding = found(folders->checker, HD_NO_SUCH_FILE, where, "there is no file %.80s, because the secret %s has no such key", file,
                                    secret->name);

    for (size_t i = 0; i < secret->n_keys && i < MOST_FOLDERS; i++)
        if (secret->keys[i].name)
            suggest_try(&suggestion, secret->keys[i].name);
    also_at(finding, AT(&volume->secret, name), "the secret is mounted here");
    if (suggestion.nearest)
        hint(finding, "each key is a file of its name: did you mean %s? If the program makes do without it, accept this with silence",
             suggestion.nearest);
    else
        hint(finding, "each key is a file of its name: write one of them, or add this one to the keys; if the program makes do without it, "
                      "accept this with silence");
}

static const char *ending_of(const char *path)
{
    const char *dot = strrchr(path, '.');

    return dot && !strchr(dot, '/') ? dot : path + strlen(path);
}

/* A file of configuration that differs by some letters, or by its ending. */
static void check_config_path(struct folders *folders, struct where where, const char *path)
{
    const struct hd_container *container = folders->in.container;
    struct suggestion suggestion = suggest_for(path);
    struct finding *finding;

    for (size_t i = 0; i < container->n_config_files && i < MOST_FOLDERS; i++) {
        const char *file = container->config_files[i].path;
        size_t stem = file ? (size_t)(ending_of(file) - file) : 0;

        if (!file)
            continue;
        if (!strcmp(file, path))
            return;
        suggest_try(&suggestion, file);
        if (stem && (size_t)(ending_of(path) - path) == stem && !memcmp(file, path, stem))
            suggestion = (struct suggestion){path, file, 1};
    }
    if (!suggestion.nearest || suggestion.distance > 2)
        return;
    finding = found(folders->checker, HD_NO_SUCH_FILE, where, "no file of configuration is at %.200s", path);
    also_at(finding, AT(container, config_files), "the files of configuration");
    hint(finding, "write %.200s; if the image has this file, accept this with silence", suggestion.nearest);
}

static void check_path(struct folders *folders, struct where where, const char *path)
{
    if (*path != '/' || path[strcspn(path, " :,;$*")] || ++folders->n_paths > MOST_PATHS)
        return;
    for (size_t i = 0; i < folders->n_folders; i++) {
        const struct folder *folder = &folders->folders[i];
        const struct hd_secret *secret = folder->sub_path ? NULL : secret_of(folders, folder->volume);
        size_t length = strlen(folder->path);
        const char *file = path + length + (length > 1 && folder->path[length - 1] != '/');

        if (!path_is_within(path, folder->path) || strlen(path) <= length + 1)
            continue;
        if (secret && !strchr(file, '/') && !has_file(folders, folder->volume, secret, file))
            no_file(folders, where, folder->volume, secret, file);
        return;
    }
    check_config_path(folders, where, path);
}

static void check_word(struct folders *folders, struct where where, const char *word)
{
    const char *equals = *word == '-' ? strchr(word, '=') : NULL;

    check_path(folders, where, equals ? equals + 1 : word);
}

/* Docker and Compose put secrets below /run/secrets, Kubernetes only a volume that is mounted there. */
static void check_secret_file(const struct folders *folders, const struct hd_env *env)
{
    const char *path = env->value;

    if (strncmp(path, "/run/secrets/", 13))
        return;
    for (size_t i = 0; i < folders->n_folders; i++)
        if (path_is_within(path, folders->folders[i].path))
            return;
    hint(found(folders->checker, HD_NO_SUCH_FILE, AT(env, value), "there is no file %.100s, because no volume is mounted there", path),
         "mount the secret: volumes: {NAME: {secret: NAME, mountPath: /run/secrets}}");
}

static void check_paths(struct folders *folders)
{
    const struct hd_container *container = folders->in.container;

    for (size_t i = 0; i < container->n_env; i++)
        if (container->env[i].name && container->env[i].value && has_ending(container->env[i].name, "_FILE"))
            check_secret_file(folders, &container->env[i]);
    if (!folders->n_folders && !container->n_config_files)
        return;
    for (size_t i = 0; i < container->n_env; i++)
        if (container->env[i].value)
            check_path(folders, AT(&container->env[i], value), container->env[i].value);
    for (size_t i = 0; i < container->n_command; i++)
        check_word(folders, AT_ITEM(container, command, i), container->command[i]);
    for (size_t i = 0; i < container->n_args; i++)
        check_word(folders, AT_ITEM(container, args, i), container->args[i]);
}

/* The kubelet makes an empty folder where the secret has no file. */
static void check_sub_path(const struct folders *folders, const struct folder *folder)
{
    const struct hd_secret *secret = folder->sub_path ? secret_of(folders, folder->volume) : NULL;

    if (secret && !strchr(folder->sub_path, '/') && !has_file(folders, folder->volume, secret, folder->sub_path))
        no_file(folders, folder->sub_where, folder->volume, secret, folder->sub_path);
}

/* Files of a volume belong to root, and to fsGroup where there is one. */
static void check_readable(const struct folders *folders, const struct folder *folder)
{
    const struct hd_security_context *context = &folders->in.container->security_context;
    const struct hd_pod_security_context *pod = &folders->in.service->pod.pod_security_context;
    const struct hd_key_volume *files = folder->volume->secret.name ? &folder->volume->secret : &folder->volume->config_map;
    struct hd_opt_int user = hd_opt_int_has_number(context->run_as_user) ? context->run_as_user : pod->run_as_user;
    bool is_root = hd_opt_int_has_number(user) ? user.value == 0 : pod->run_as_non_root != HD_TRUE && context->run_as_non_root != HD_TRUE;
    struct finding *finding;

    if (!files->default_mode || is_root || hd_opt_int_has_number(pod->fs_group) || (strtol(files->default_mode, NULL, 8) & 044))
        return;
    finding = found(folders->checker, HD_FILES_OF_ROOT, AT(files, default_mode), "only root can read files of the mode %.8s, and %s is not root",
                    files->default_mode, folders->in.name);
    also_at(finding,
            hd_opt_int_has_number(context->run_as_user) ? AT(context, run_as_user)
            : hd_opt_int_has_number(user)               ? AT(pod, run_as_user)
                                                        : AT(pod, run_as_non_root),
            "the user");
    hint(finding, "write podSecurityContext: {fsGroup: %lld}, so that the group can read them; or a mode such as \"0440\" with it, or \"0444\"; if an init container changes them, "
                  "accept this with silence",
         (long long)(user.value > 0 ? user.value : 10001));
}

/* The image's own folders, on which every program of it depends. */
static void check_system_folder(const struct folders *folders, const struct folder *folder)
{
    static const char *const system[] = {"/etc", "/etc/ssl", "/etc/ssl/certs", "/etc/pki", "/etc/pki/tls/certs", "/etc/pki/tls"};
    const struct hd_volume *volume = folder->volume;
    const struct hd_secret *secret = secret_of(folders, volume);

    /* An init container may fill a scratch folder, and a ConfigMap may hold the whole bundle. */
    if (folder->sub_path || !IS_AMONG(folder->path, system) || volume->host_path || volume->config_map.name || volume->n_projected ||
        (folders->in.service->pod.n_init_containers && !volume->secret.name) ||
        (secret && (secret_has_key(folders->checker, secret, "ca-certificates.crt") || secret_has_key(folders->checker, secret, "ca-bundle.crt"))))
        return;
    hint(found(folders->checker, HD_MOUNT_OVER_SYSTEM, folder->where, "the volume hides all that the image has in %s", folder->path),
         "mount it at a folder of its own, or one file alone with subPath; programs find further authorities by SSL_CERT_FILE "
         "or SSL_CERT_DIR; if the volume has all that the image had, accept this with silence");
}

/* Official images and the folders in which they keep their data. */
static const char *const stores[][2] = {
    {"postgres", "/var/lib/postgresql/data"}, {"mysql", "/var/lib/mysql"}, {"mariadb", "/var/lib/mysql"},       {"mongo", "/data/db"},
    {"redis", "/data"},                       {"valkey", "/data"},         {"rabbitmq", "/var/lib/rabbitmq"},   {"neo4j", "/data"},
    {"cassandra", "/var/lib/cassandra"},      {"couchdb", "/opt/couchdb/data"},
};

/* Images of databases that nobody uses as a cache. */
static const char *const databases[] = {"postgres", "mysql", "mariadb", "mongo", "neo4j", "cassandra", "couchdb"};

static const char *option_value(const char *const *words, size_t n_words)
{
    static const char *const options[] = {"--dbpath", "--datadir", "--dir"};

    for (size_t i = 0; i < n_words; i++) {
        size_t length = strcspn(words[i], "=");

        if (length && IS_AMONG_ANY_CASE(words[i], length, options))
            return words[i][length] ? words[i] + length + 1 : i + 1 < n_words ? words[i + 1] : NULL;
    }
    return NULL;
}

/* Where the program keeps its data; NULL when nobody knows. `ret_own` says whether the model gives it. */
static const char *store_of(const struct hd_container *container, const char **ret_image, bool *ret_own)
{
    size_t length;
    const char *name = container->image.reference ? official_image(container->image.reference, &length) : NULL, *given = NULL;

    for (size_t i = 0; name && i < sizeof stores / sizeof *stores; i++) {
        if (strlen(stores[i][0]) != length || memcmp(stores[i][0], name, length) != 0)
            continue;
        for (size_t k = 0; k < container->n_env; k++)
            if (same_text(container->env[k].name, "PGDATA"))
                given = container->env[k].value;
        given = given ? given : option_value(container->args, container->n_args);
        given = given ? given : option_value(container->command, container->n_command);
        *ret_image = stores[i][0];
        *ret_own = given != NULL;
        return given ? given : stores[i][1];
    }
    return NULL;
}

/* Version 18 and later keep their data in a folder of their own below the mount. */
static bool is_new_postgres(const char *reference)
{
    size_t length = strcspn(reference, "@");

    while (length && reference[length - 1] != ':')
        length--;
    return length && strtol(reference + length, NULL, 10) >= 18;
}

static void check_postgres(const struct folders *folders, const struct folder *folder)
{
    bool is_new = is_new_postgres(folders->in.container->image.reference);
    struct finding *finding;

    if (strcmp(folder->path, "/var/lib/postgresql/data") || (folder->sub_path && !is_new))
        return;
    finding = found(folders->checker, HD_DATA_IN_MOUNT, folder->where,
                    is_new ? "postgres 18 does not start with a volume at %s, because it keeps its data in a folder of its version"
                           : "postgres makes its database in an empty folder alone, and %s has lost+found on most volumes",
                    folder->path);
    also_at(finding, AT(&folders->in.container->image, reference), "the image");
    hint(finding, is_new ? "write mountPath: /var/lib/postgresql"
                         : "write env: {PGDATA: /var/lib/postgresql/data/pgdata}, or subPath: pgdata; if the storage leaves the folder empty, accept "
                           "this with silence");
}

/* Images that make a database when there is none, and end where nobody says how it is opened. */
static void check_password(const struct folders *folders, const char *image)
{
    static const char *const locked[] = {"postgres", "mysql", "mariadb"};
    const struct hd_container *container = folders->in.container;
    const struct hd_pod *pod = &folders->in.service->pod;
    bool is_told = folders->in.role == CONTAINER_INIT || container->n_command || container->n_env_from;

    for (size_t i = 0; i < container->n_env; i++)
        is_told |= container->env[i].name && (strstr(container->env[i].name, "PASSWORD") || strstr(container->env[i].name, "_AUTH_METHOD"));
    for (size_t i = 0; i < pod->n_volumes; i++)
        is_told |= pod->volumes[i].existing_claim != NULL;
    if (!is_told && IS_AMONG(image, locked))
        hint(found(folders->checker, HD_DATA_IN_MOUNT, AT(&container->image, reference), "%s does not start, because no variable gives its password", image),
             "write POSTGRES_PASSWORD, MYSQL_ROOT_PASSWORD or the like; if the volume has a database already, accept this with silence");
}

/* A claim that does not have the data which it is for. */
static void check_store(const struct folders *folders)
{
    const char *image = NULL, *store;
    const struct folder *claim = NULL;
    const struct folder *scratch = NULL;
    struct finding *finding;
    bool is_own = false;

    store = store_of(folders->in.container, &image, &is_own);
    if (store)
        check_password(folders, image);
    for (size_t i = 0; store && i < folders->n_folders; i++) {
        const struct folder *folder = &folders->folders[i];
        bool has_claim = folder->volume->claim.size || folder->volume->claim_template.size || folder->volume->existing_claim;

        if (path_is_within(store, folder->path) || path_is_within(folder->path, store)) {
            if (has_claim && !is_own && !strcmp(image, "postgres"))
                check_postgres(folders, folder);
            if (has_claim || folder->volume->host_path || folder->volume->secret.name || folder->volume->config_map.name || folder->volume->n_projected)
                return;
            scratch = folder;
        }
        claim = has_claim && !claim ? folder : claim;
    }
    if (!store || strchr(store, '$') || (!claim && (!IS_AMONG(image, databases) || folders->in.role != CONTAINER_MAIN || runs_to_end(folders->in.service))))
        return;
    if (!claim || scratch) {
        hint(found(folders->checker, HD_DATA_OUTSIDE_CLAIM, scratch ? scratch->where : AT(&folders->in.container->image, reference),
                   "%s keeps its data in %.100s, so it is lost with the pod", image, store),
             "mount a claim there: claim: {size: 10Gi}; if the data can be made anew, accept this with silence");
        return;
    }
    finding = found(folders->checker, HD_DATA_OUTSIDE_CLAIM, claim->where, "%s keeps its data in %.100s, so it is lost with the pod, and the claim stays empty",
                    image, store);
    also_at(finding, AT(&folders->in.container->image, reference), "the image");
    hint(finding, "write mountPath: %.100s; if the program is told another folder, accept this with silence", store);
}

void check_folders(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service_n_containers(service); i++) {
        struct folders folders = {.checker = checker, .in = service_container_at(service, i)};

        collect(&folders);
        check_paths(&folders);
        for (size_t k = 0; k < folders.n_folders; k++) {
            check_sub_path(&folders, &folders.folders[k]);
            if (folders.folders[k].volume->secret.name || folders.folders[k].volume->config_map.name)
                check_readable(&folders, &folders.folders[k]);
            check_system_folder(&folders, &folders.folders[k]);
        }
        check_store(&folders);
    }
}
