/* The stages of an image with an interpreter: packages are built in one, and copied to the other. */
#include "core/text/among.h"
#include "core/writing/quote.h"
#include "dockerfile.h"
#include "operations/model/build.h"

/* Wheels that are built from source have other hashes, so the second step installs the files. */
static void write_install(struct text_out *t, const struct file_subject *subject, const char *where)
{
    const struct hd_build *build = &subject->service->build;
    bool is_hashed = build->require_hashes == HD_TRUE;

    text_put(t, "COPY ");
    text_json_list(t, (const char *const[]){build->requirements, "/build/requirements.txt"}, 2);
    text_put(t, "\n");
    if (is_hashed && image_instruments(subject->model, subject->service))
        text_put(t, "# The requirements name " OTEL_PACKAGES " as well, with their hashes.\n");
    text_put(t, "RUN --mount=type=cache,target=/root/.cache/pip \\\n    pip wheel --wheel-dir /wheels",
             is_hashed ? " --require-hashes" : "", " --requirement requirements.txt",
             !is_hashed && image_instruments(subject->model, subject->service) ? " " OTEL_PACKAGES : "",
             " \\\n    && pip install --no-index --no-deps", where, " /wheels/*.whl\n");
}

/* A line that Python runs when it starts: the kernel passes over a signal for the first process that has no handler of its own. */
#define END_ON_SIGTERM \
    "import os, signal, sys; os.getpid() == 1 and signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))"

/* Programs that install a handler of their own replace this one. */
static void write_end_on_sigterm(struct text_out *t, const char *file)
{
    text_put(t, "# As the first process of a container, Python does not end on SIGTERM by itself.\n", "RUN echo '" END_ON_SIGTERM "' \\\n    > ",
             file, "\n");
}

static void write_builder(struct text_out *t, const struct file_subject *subject)
{
    const struct hd_build *build = &subject->service->build;

    text_put(t, "FROM ", build->builder_image, " AS builder\n");
    write_packages(t, build->build_packages, build->n_build_packages);
    write_args(t, build);
    text_put(t, "WORKDIR /build\n");
}

static void write_slim(struct text_out *t, const struct file_subject *subject)
{
    const struct hd_service *service = subject->service;

    write_builder(t, subject);
    text_put(t, "RUN python -m venv /opt/venv\nENV PATH=\"/opt/venv/bin:$PATH\"\n");
    write_install(t, subject, "");
    write_end_on_sigterm(t, "\"$(python -c 'import sysconfig; print(sysconfig.get_path(\"purelib\"))')/end-on-sigterm.pth\"");
    text_put(t, "\nFROM ", service->build.base_image, "\n");
    write_image_labels(t, subject);
    write_packages(t, service->build.packages, service->build.n_packages);
    write_user_made(t, service);
    text_put(t, "COPY --from=builder /opt/venv /opt/venv\nENV PATH=\"/opt/venv/bin:$PATH\" \\\n    PYTHONDONTWRITEBYTECODE=1 \\\n"
                "    PYTHONUNBUFFERED=1\n");
    write_folder(t, service);
    text_put(t, "COPY . .\n");
}

static void write_distroless(struct text_out *t, const struct file_subject *subject)
{
    const struct hd_service *service = subject->service;

    write_builder(t, subject);
    write_install(t, subject, " --target /packages");
    write_end_on_sigterm(t, "/packages/usercustomize.py");
    text_put(t, "\nFROM ", text_or(service->build.base_image, "scratch"), "\n");
    write_image_labels(t, subject);
    text_put(t, "COPY --from=builder /packages /packages\nENV PYTHONPATH=/packages \\\n    PYTHONDONTWRITEBYTECODE=1 \\\n"
                "    PYTHONUNBUFFERED=1\n");
    write_folder(t, service);
    text_put(t, "COPY . .\n");
}

void write_cpython_stages(struct text_out *t, const struct file_subject *subject)
{
    if (subject->service->build.form == HD_IMAGE_DISTROLESS)
        write_distroless(t, subject);
    else
        write_slim(t, subject);
}
