/* How images are built. */
#include "build.h"
#include "core/tables/check_fields.h"
#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/credential.h"
#include "model/checks.h"
#include "model/resolve.h"
#include "model/runtime.h"
#include "model/tables.h"
#include "formats.h"
#include "image_base.h"
#include "parts.h"

#include <stdlib.h>
#include <string.h>

WORDS(hd_image_form, {"slim", HD_IMAGE_SLIM}, {"distroless", HD_IMAGE_DISTROLESS});

#define T hd_build
static const struct hd_field build_fields[] = {
    BOOL("enabled", enabled),
    STR("context", context, .format = &format_source_path),
    ENUM("form", form, hd_image_form, .def_int = HD_IMAGE_SLIM),
    STR("baseImage", base_image, .format = &format_image),
    STR("builderImage", builder_image, .format = &format_image),
    STR("pythonVersion", python_version, .format = &format_python_version),
    STR("requirements", requirements, .format = &format_source_path),
    BOOL("requireHashes", require_hashes),
    STR("module", module, .format = &format_module),
    STR("source", source, .format = &format_source_path),
    STR("compilerVersion", compiler_version, .format = &format_release),
    STR("compilerDigest", compiler_digest, .format = &format_digest),
    STRS("compilerFlags", compiler_flags, .format = &format_line),
    STRS("packages", packages, .format = &format_debian_package),
    STRS("buildPackages", build_packages, .format = &format_debian_package),
    LIST("args", args, hd_pair, .key_format = &format_build_arg, .format = &format_text),
    STRS("platforms", platforms, .format = &format_platform),
};
const struct hd_struct hd_build_struct = STRUCT(build_fields, .scalar = "enabled");
#undef T

bool is_built(const struct hd_service *service)
{
    return service->build.enabled == HD_TRUE;
}

/* The minor version of Python; 0 when that is unknown. */
static int python_minor(const struct hd_build *build)
{
    return build->python_version && format_is_valid(&format_python_version, build->python_version) ? atoi(build->python_version + 2) : 0;
}

/* Debian brings one Python with each of its versions, and so do images without a shell. */
static const char *distroless_python(int minor)
{
    return minor == 13 ? "gcr.io/distroless/python3-debian13:nonroot" : minor == 11 ? "gcr.io/distroless/python3-debian12:nonroot" : NULL;
}

static void resolve_cpython(struct hd_model *model, const struct hd_service *service, struct hd_build *build)
{
    static const char *const platforms[] = {"linux/amd64", "linux/arm64"};
    int minor;

    if (!build->python_version)
        build->python_version = "3.13";
    minor = python_minor(build);
    if (!build->builder_image)
        build->builder_image = arena_printf(&model->arena, "python:%s%s", build->python_version,
                                            build->form != HD_IMAGE_DISTROLESS ? ""
                                            : minor == 11                      ? "-bookworm"
                                                                               : "-trixie");
    if (!build->base_image)
        build->base_image = build->form == HD_IMAGE_DISTROLESS ? distroless_python(minor)
                                                               : arena_printf(&model->arena, "python:%s-slim", build->python_version);
    if (!build->requirements)
        build->requirements = "requirements.txt";
    if (!build->module && service->name && !service->container.n_command) {
        char *module = arena_strndup(&model->arena, service->name, strlen(service->name));

        for (char *p = module; *p; p++)
            *p = *p == '-' ? '_' : *p;
        build->module = module;
    }
    if (!build->platforms) {
        build->platforms = platforms;
        build->n_platforms = 2;
    }
}

/*
 * Digests of the compiler's archives for linux/amd64, the newest first. Its makers publish none: these are those that two
 * distributions, Termux and Chromebrew, found independently of each other.
 */
static const struct {
    const char *version, *digest;
} known_compilers[] = {
    {"0.19.6", "sha256:38befce9eb87244698014b1fbe56a4102660120f1b82b3c7777c2a98c109770a"},
    {"0.19.4", "sha256:f715f414fc93d834f1f2368f0b0dcf86bc5ce89e1106d834be229691672832e6"},
    {"0.19.3", "sha256:f27abda792c0c9f9a42d529c2e0a1b2113ec6964eec23d6f62acef9ed42c3de6"},
    {"0.18.2", "sha256:74b501e7037b45563daa4857ec132c989eca011515904d59e8bb02f4bd8f81d2"},
    {"0.18.1", "sha256:bef8ffdfc3fb36b079f298881611315e1cfa953b81bb05d7ceb85d43840102c1"},
};

static const char *known_digest(const char *version)
{
    for (size_t i = 0; i < sizeof known_compilers / sizeof *known_compilers; i++)
        if (!strcmp(known_compilers[i].version, version))
            return known_compilers[i].digest;
    return NULL;
}

/* The image into which the compiler is fetched. */
static const char compiler_base[] = "buildpack-deps:bookworm";

static void resolve_condon(struct hd_build *build)
{
    static const char *const platforms[] = {"linux/amd64"}, *const flags[] = {"-release"};

    if (!build->builder_image && !build->compiler_version)
        build->compiler_version = known_compilers[0].version;
    if (build->compiler_version && !build->compiler_digest)
        build->compiler_digest = known_digest(build->compiler_version);
    if (!build->builder_image)
        build->builder_image = compiler_base;
    if (!build->base_image)
        build->base_image = build->form == HD_IMAGE_DISTROLESS ? "gcr.io/distroless/cc-debian12:nonroot" : "debian:12-slim";
    if (!build->source)
        build->source = "main.py";
    if (!build->compiler_flags) {
        build->compiler_flags = flags;
        build->n_compiler_flags = 1;
    }
    if (!build->platforms) {
        build->platforms = platforms;
        build->n_platforms = 1;
    }
}

void resolve_build(const struct resolving *resolving)
{
    struct hd_service *service = resolving->service;
    struct hd_build *build = &service->build;
    bool asks_itself = resolving->given && resolving->given->build.enabled == HD_TRUE;
    /* Its image is a whole reference, and it says nothing of building one itself. */
    bool is_elsewhere = !asks_itself && service->container.image.reference;

    if (is_elsewhere || build->enabled == HD_BOOL_UNSET)
        build->enabled = is_elsewhere ? HD_FALSE : HD_TRUE;
    if (build->enabled != HD_TRUE)
        return;
    if (!build->context)
        build->context = service->name;
    if (!build->form)
        build->form = HD_IMAGE_SLIM;
    if (runs_condon(service))
        resolve_condon(build);
    else
        resolve_cpython(resolving->model, service, build);
}

/* The wrapper is in the pod's command already. */
bool image_instruments(const struct hd_model *model, const struct hd_service *service)
{
    return !runs_condon(service) && service->telemetry.enabled == HD_TRUE &&
           service->telemetry.signals.instrumentation == HD_INSTRUMENTATION_AUTO &&
           model->app->telemetry.collector.form != HD_COLLECTOR_OPERATOR;
}

bool build_has_init(const struct hd_build *build)
{
    return build->compiler_version != NULL;
}

const struct image_entry *image_entry(struct arena *arena, const struct hd_service *service)
{
    struct image_entry *entry = arena_new(arena, struct image_entry);

    if (runs_condon(service)) {
        if (build_has_init(&service->build)) {
            entry->words[entry->n_words++] = INIT;
            entry->words[entry->n_words++] = "--";
        }
        entry->words[entry->n_words++] = arena_printf(arena, "/app/%s", service->name);
        return entry;
    }
    entry->words[entry->n_words++] = service->build.form == HD_IMAGE_DISTROLESS ? "python3" : "python";
    entry->words[entry->n_words++] = "-m";
    entry->words[entry->n_words++] = service->build.module;
    return entry;
}

static void for_other_runtime(struct checker *checker, const struct hd_service *service, struct where where, const char *key,
                              const char *runtime)
{
    struct finding *finding = found(checker, HD_BUILD_OF_OTHER_RUNTIME, where, "%s has an effect only with runtime: %s", key, runtime);

    also_at(finding, AT(service, runtime), "the runtime of this service is %s", service->base);
    hint(finding, "remove it, or write it below runtimes.%s.build", runtime);
}

#define FOR_OTHER(member, key, runtime_)                                                                                                   \
    if (build->member)                                                                                                                     \
    for_other_runtime(checker, service, AT(build, member), key, runtime_)

static void check_members(struct checker *checker, const struct hd_service *service)
{
    const struct hd_build *build = &service->build;

    if (runs_condon(service)) {
        FOR_OTHER(python_version, "pythonVersion", "cpython");
        FOR_OTHER(requirements, "requirements", "cpython");
        FOR_OTHER(require_hashes, "requireHashes", "cpython");
        FOR_OTHER(module, "module", "cpython");
    } else if (runs_cpython(service)) {
        FOR_OTHER(source, "source", "condon");
        FOR_OTHER(compiler_version, "compilerVersion", "condon");
        FOR_OTHER(compiler_digest, "compilerDigest", "condon");
        FOR_OTHER(compiler_flags, "compilerFlags", "condon");
    }
}

/* The builder's own processor is not that of the nodes. */
static void check_flags(struct checker *checker, const struct hd_build *build)
{
    static const char *const native[] = {"-march=native", "-mcpu=native", "native", "-Ctarget-cpu=native", "target-cpu=native"};

    for (size_t i = 0; i < build->n_compiler_flags; i++)
        if (IS_AMONG(build->compiler_flags[i], native)) {
            hint(found(checker, HD_FLAGS_OF_BUILDER, AT_ITEM(build, compiler_flags, i),
                       "%.60s compiles for the processor of the builder, so the program stops with an illegal instruction on older ones",
                       build->compiler_flags[i]),
                 "name the oldest processor of your nodes, such as x86-64-v2; if nodes and builder are alike, accept this with silence");
            return;
        }
}

/* Reports build.module when the pod's command replaces it. */
static void check_entry(struct checker *checker, const struct hd_service *service)
{
    const struct hd_build *build = &service->build;
    struct finding *finding;

    if (!service->container.n_command || !build->module)
        return;
    finding = found(checker, HD_MODULE_BESIDE_COMMAND, AT(build, module), "module and command exclude each other: both set what runs");
    also_at(finding, AT(&service->container, command), "command is given here");
    hint(finding, "remove one of the two");
}

static void check_distroless(struct checker *checker, const struct hd_service *service)
{
    const struct hd_build *build = &service->build;
    struct finding *finding;

    if (build->form != HD_IMAGE_DISTROLESS)
        return;
    if (!build->base_image && python_minor(build)) {
        finding = found(checker, HD_NO_DISTROLESS_PYTHON, AT(build, python_version), "there is no distroless image with Python %s",
                        build->python_version);
        also_at(finding, AT(build, form), "form is distroless here");
        hint(finding, "use 3.13 or 3.11, or name a baseImage with this version");
    }
    if (image_instruments(checker->model, service)) {
        finding = found(checker, HD_DISTROLESS_WRAPPED, AT(build, form),
                        "opentelemetry-instrument does not start in a distroless image, because its first line names another Python");
        also_at(finding, AT(&service->telemetry.signals, instrumentation), "instrumentation is auto here");
        hint(finding, "write form: slim, or instrumentation: code, or telemetry.collector.form: operator");
    }
    if (build->n_packages) {
        finding = found(checker, HD_DISTROLESS_PACKAGES, AT(build, packages),
                        "packages cannot be installed, because a distroless image has no package manager");
        also_at(finding, AT(build, form), "form is distroless here");
        hint(finding, "write form: slim, or name a baseImage that has the packages");
    }
}

/* Without a digest, an attacker on the compiler's server could put any program into the image. */
static void check_compiler_digest(struct checker *checker, const struct hd_build *build)
{
    const char *known = NULL;

    if (!build->compiler_version || build->compiler_digest || !format_is_valid(&format_release, build->compiler_version))
        return;
    for (size_t i = 0; i < sizeof known_compilers / sizeof *known_compilers; i++)
        known = arena_listed(&checker->report->arena, known, known_compilers[i].version);
    hint(found(checker, HD_COMPILER_UNVERIFIED, AT(build, compiler_version),
               "the archive of compiler %s cannot be verified, because its digest is not known", build->compiler_version),
         "write compilerDigest: sha256:..., which sha256sum prints for codon-linux-x86_64.tar.gz of a release that you trust; or use %s, "
         "whose "
         "digests are known",
         known);
}

/* The compiler's archive is for one platform. */
static void check_compiler(struct checker *checker, const struct hd_service *service)
{
    const struct hd_build *build = &service->build;
    bool is_fetched = build->compiler_version != NULL;
    struct finding *finding;

    if (!runs_condon(service))
        return;
    if (build->builder_image && strcmp(build->builder_image, compiler_base) && (build->compiler_version || build->compiler_digest)) {
        finding = found(checker, HD_COMPILER_TWICE, build->compiler_version ? AT(build, compiler_version) : AT(build, compiler_digest),
                        "this has no effect, because builderImage already contains the compiler");
        also_at(finding, AT(build, builder_image), "builderImage is given here");
        hint(finding, "remove one of the two");
        return;
    }
    check_compiler_digest(checker, build);
    for (size_t i = 0; is_fetched && i < build->n_platforms; i++)
        if (strcmp(build->platforms[i], "linux/amd64"))
            hint(found(checker, HD_COMPILER_PLATFORM, AT_ITEM(build, platforms, i),
                       "the compiler that is downloaded runs on linux/amd64, not on %s", build->platforms[i]),
                 "write a builderImage that contains the compiler for this platform");
}

/* Build arguments stay in the image's history. */
static void check_args(struct checker *checker, const struct hd_build *build)
{
    for (size_t i = 0; i < build->n_args; i++) {
        const struct hd_pair *arg = &build->args[i];
        const char *value = text_or(arg->value, ""), *name = text_or(arg->name, "");

        if (credential_kind(value, strlen(value)) || (is_credential_name(name, strlen(name)) && !is_harmless(value, strlen(value))))
            hint(found(checker, HD_LITERAL_CREDENTIAL, AT(arg, value), "the value of %s looks like a credential", name),
                 "remove it: everybody who has the image can read it; pass it to the build as a secret, outside of the model");
    }
}

static void check_pinned(struct checker *checker, const char *image, struct where where)
{
    const char *slash = image ? strrchr(image, '/') : NULL, *tag = image ? strchr(slash ? slash : image, ':') : NULL;

    if (!image || !format_is_valid(&format_image, image) || strchr(image, '@') || (tag && strcmp(tag, ":latest")))
        return;
    hint(found(checker, HD_BASE_UNPINNED, where, "%s can be a different image with every pull", image),
         "write a tag, or better a digest, so that the same source gives the same image");
}

static void check_registry(struct checker *checker, const struct hd_service *service)
{
    const struct hd_image *image = &service->container.image;

    if (checker->app->operations.enabled != HD_TRUE || image->registry || !image->repository || image->digest)
        return;
    hint(found(checker, HD_NO_REGISTRY, AT_STRUCT(service), "the image is built, but has no registry to be pushed to"),
         "write imageRegistry at the application, or image.registry at the service; or build: off if the image is built elsewhere");
}

/* The library writes Dockerfiles only for its own runtimes. */
static void check_build_of_container(struct checker *checker, const struct hd_service *service)
{
    const struct hd_build *given = &given_of(checker, service)->build;
    struct finding *finding;

    if (!runs_container(service) || given->enabled == HD_FALSE || !struct_is_set(&hd_build_struct, given))
        return;
    finding = found(checker, HD_BUILD_OF_OTHER_RUNTIME, AT(service, build), "build supports only the runtimes cpython and condon");
    also_at(finding, service->runtime ? AT(service, runtime) : AT_STRUCT(service), "this service has another runtime");
    hint(finding, "remove build, and build the image with its own Dockerfile; or write runtime: cpython or runtime: condon");
}

void check_build(struct checker *checker, const struct hd_service *service)
{
    const struct hd_build *build = &service->build;

    check_build_of_container(checker, service);
    if (!is_built(service)) {
        check_programs(checker, service);
        return;
    }
    check_members(checker, service);
    check_entry(checker, service);
    check_flags(checker, &service->build);
    check_distroless(checker, service);
    check_compiler(checker, service);
    check_args(checker, build);
    check_pinned(checker, build->base_image, AT(build, base_image));
    check_pinned(checker, build->builder_image, AT(build, builder_image));
    check_registry(checker, service);
    /* Without operations no Dockerfile is written, and nobody knows the image. */
    if (checker->app->operations.enabled == HD_TRUE)
        check_image_and_pods(checker, service);
}
