/* Rules for programs that commands, probes and hooks start, and that the image lacks. */
#include "build.h"
#include "core/text/among.h"
#include "core/text/within.h"
#include "core/text/word_list.h"
#include "image_base.h"
#include "model/checks.h"
#include "model/container.h"
#include "model/runtime.h"

#include <stdio.h>

/* Programs of a system that images without a shell lack. */
static const char system_programs[] = " sh bash ash dash zsh cat ls sleep touch test env kill grep sed awk head cp mv rm mkdir echo true date find wc chown chmod ";
/* Programs that small images of Debian lack, and the packages that bring them. */
static const struct {
    const char *program, *package;
} extra_programs[] = {
    {"curl", "curl"},
    {"wget", "wget"},
    {"nc", "netcat-openbsd"},
    {"ncat", "ncat"},
    {"ps", "procps"},
    {"pgrep", "procps"},
    {"pkill", "procps"},
    {"top", "procps"},
    {"ping", "iputils-ping"},
    {"dig", "dnsutils"},
    {"nslookup", "dnsutils"},
    {"telnet", "telnet"},
    {"jq", "jq"},
    {"git", "git"},
    {"ssh", "openssh-client"},
    {"psql", "postgresql-client"},
    {"pg_isready", "postgresql-client"},
    {"mysqladmin", "default-mysql-client"},
    {"redis-cli", "redis-tools"},
    {"grpc_health_probe", NULL},
    {"node", "nodejs"},
    {"npm", "npm"},
    {"java", "default-jre-headless"},
    {"lsof", "lsof"},
    {"netstat", "net-tools"},
    {"ss", "iproute2"},
    {"envsubst", "gettext-base"},
    {"tini", "tini"},
    {"dumb-init", "dumb-init"},
};

/* An image, as far as it matters here. */
struct image {
    const struct hd_service *service;
    bool is_built;
    bool has_shell;
    bool is_slim; /* a small Debian whose programs are known */
};

static struct image image_of(const struct hd_service *service)
{
    struct image image = {.service = service, .is_built = is_built(service), .has_shell = true};
    const char *base = image.is_built ? service->build.base_image : service->container.image.reference;

    if (image_is_distroless(base) || (image.is_built && service->build.form == HD_IMAGE_DISTROLESS))
        image.has_shell = false;
    image.is_slim = image.is_built && image.has_shell && image_is_debian_slim(base);
    return image;
}

static const char *base_name(const char *word)
{
    const char *slash = strrchr(word, '/');

    return slash ? slash + 1 : word;
}

static bool has_package(const struct hd_build *build, const char *package)
{
    for (size_t i = 0; package && i < build->n_packages; i++)
        if (!strncmp(build->packages[i], package, strcspn(package, "-")))
            return true;
    return false;
}

static void lacks(struct checker *checker, const struct image *image, struct where where, const char *program, const char *package)
{
    struct finding *finding = found(checker, HD_NO_SUCH_PROGRAM, where, "the image has no %.60s, so it cannot be started", program);

    if (image->is_built)
        also_at(finding, image->has_shell ? AT(&image->service->build, packages) : AT(&image->service->build, form),
                image->has_shell ? "the packages of the image" : "an image without a shell");
    if (package)
        hint(finding, "add it: build: {packages: [%s]}; or let the kubelet ask by httpGet, tcpSocket or grpc", package);
    else
        hint(finding,
             image->has_shell
                 ? "use a program that the image has"
                 : "name the program itself, without a shell; probes ask by httpGet, tcpSocket or grpc, and preStop waits by sleep");
}

/* Reports a program that the image lacks, by its first word. */
static bool check_word(struct checker *checker, const struct image *image, struct where where, const char *word)
{
    const char *program = base_name(word);

    if (!image->has_shell && word_list_has(system_programs, program, strlen(program))) {
        lacks(checker, image, where, word, NULL);
        return true;
    }
    if (image->has_shell && !image->is_slim)
        return false;
    for (size_t i = 0; i < sizeof extra_programs / sizeof *extra_programs; i++) {
        if (strcmp(program, extra_programs[i].program) != 0 || has_package(&image->service->build, extra_programs[i].package))
            continue;
        lacks(checker, image, where, word, image->is_slim ? extra_programs[i].package : NULL);
        return true;
    }
    if (image->is_slim && runs_condon(image->service) && (!strncmp(program, "python", 6) || !strcmp(program, "codon"))) {
        lacks(checker, image, where, word, NULL);
        return true;
    }
    return false;
}

/* The commands of a line for a shell. */
static void check_line(struct checker *checker, const struct image *image, struct where where, const char *line)
{
    const char *next = line;

    while (*next) {
        char word[64];
        size_t length;

        next += strspn(next, " \t\n;&|(");
        length = strcspn(next, " \t\n;&|)");
        if (length && length < sizeof word) {
            snprintf(word, sizeof word, "%.*s", (int)length, next);
            if (check_word(checker, image, where, word))
                return;
        }
        next += strcspn(next, ";&|\n");
    }
}

static void check_command(struct checker *checker, const struct image *image, const struct hd_exec_action *exec)
{
    if (!exec->n_command || check_word(checker, image, AT_ITEM(exec, command, 0), exec->command[0]))
        return;
    if (exec->n_command > 2 && word_list_has(" sh bash ash dash zsh ", base_name(exec->command[0]), strlen(base_name(exec->command[0]))) && exec->command[1][0] == '-')
        check_line(checker, image, AT_ITEM(exec, command, 2), exec->command[2]);
}

static bool is_mounted(const struct hd_service *service, const char *path)
{
    for (size_t i = 0; i < service->pod.n_volumes; i++)
        if (service->pod.volumes[i].mount_path && path_is_within(path, service->pod.volumes[i].mount_path))
            return true;
    return service->container.n_volume_mounts > 0;
}

/* A path at which the Dockerfile puts nothing. */
static void check_path(struct checker *checker, const struct image *image)
{
    static const char *const folders[] = {"/usr", "/bin", "/sbin", "/lib", "/opt/venv"};
    const struct hd_service *service = image->service;
    const struct hd_container *container = &service->container;
    const char *program = container->command[0], *folder = text_or(container->working_dir, "/app");
    char own[128];

    if (!service->name || *program != '/' || is_mounted(service, program) ||
        (!image_is_debian_slim(service->build.base_image) && !image_is_distroless(service->build.base_image)))
        return;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (path_is_within(program, folders[i]) && !(i == 4 && (runs_condon(service) || !image->has_shell)))
            return;
    snprintf(own, sizeof own, "/app/%s", service->name);
    if (runs_condon(service) ? !strcmp(program, own) : path_is_within(program, folder) || path_is_within(program, "/packages"))
        return;
    hint(found(checker, HD_NO_SUCH_PROGRAM, AT_ITEM(container, command, 0), "the Dockerfile puts no program at %.80s", program),
         runs_condon(service) ? "the program is at %s: leave command out, or write this path"
                              : "write the name alone, as in %s: the packages' programs are on the path",
         runs_condon(service) ? own : base_name(program));
}

/* Packages' programs are not on the path of an image without a shell, and their first line names another Python. */
static void check_python_program(struct checker *checker, const struct image *image)
{
    const struct hd_container *container = &image->service->container;
    const char *program = base_name(container->command[0]);

    /* What wraps the command is reported as such. */
    if (image->has_shell || runs_condon(image->service) || !strncmp(program, "python", 6) || !strcmp(program, "opentelemetry-instrument") ||
        *container->command[0] == '/')
        return;
    hint(
        found(checker, HD_NO_SUCH_PROGRAM, AT_ITEM(container, command, 0), "%.60s is not on the path of an image without a shell", program),
        "write command: [python3, -m, %.60s, ...]", program);
}

void check_programs(struct checker *checker, const struct hd_service *service)
{
    struct image image = image_of(service);
    const struct hd_container *container = &service->container;
    const struct hd_exec_action command = {.command = container->command, .n_command = container->n_command};
    const struct hd_probe *const probes[] = {&container->startup_probe, &container->readiness_probe, &container->liveness_probe};

    for (size_t i = 0; i < sizeof probes / sizeof *probes; i++)
        if (probes[i]->enabled == HD_TRUE)
            check_command(checker, &image, &probes[i]->exec);
    check_command(checker, &image, &container->lifecycle.pre_stop.exec);
    check_command(checker, &image, &container->lifecycle.post_start.exec);
    if (!command.n_command || check_word(checker, &image, AT_ITEM(container, command, 0), container->command[0]))
        return;
    if (image.is_built) {
        check_python_program(checker, &image);
        check_path(checker, &image);
    }
}
