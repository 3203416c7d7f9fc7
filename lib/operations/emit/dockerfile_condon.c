/* The stages of an image with a compiled program: the compiler stays in the first. */
#include "core/writing/quote.h"
#include "dockerfile.h"
#include "operations/model/build.h"

/* Fetches the compiler into the builder; an image that has it needs none. */
static void write_compiler(struct text_out *t, const struct hd_build *build)
{
    if (!build->compiler_version)
        return;
    text_put(
        t, "ADD --checksum=", build->compiler_digest, " https://github.com/exaloop/codon/releases/download/v", build->compiler_version,
        "/codon-linux-x86_64.tar.gz /tmp/codon.tar.gz\n",
        "RUN mkdir -p /opt/codon \\\n    && tar -xzf /tmp/codon.tar.gz --strip-components=1 -C /opt/codon \\\n    && rm /tmp/codon.tar.gz\n"
        "ENV PATH=\"/opt/codon/bin:$PATH\"\n");
}

/* The kernel passes over a signal for the first process that has no handler of its own; an init passes it on. */
static void write_init(struct text_out *t, const struct hd_build *build)
{
    if (!build_has_init(build))
        return;
    text_put(t, "# As the first process of a container, a compiled program does not end on SIGTERM by itself.\n");
    write_packages(t, (const char *const[]){"tini"}, 1);
}

/* Options may hold anything: there is no shell. */
static void write_compilation(struct text_out *t, const struct hd_build *build)
{
    text_put(t, "RUN [\"codon\", \"build\", \"-exe\"");
    for (size_t i = 0; i < build->n_compiler_flags; i++) {
        text_put(t, ", ");
        text_json(t, build->compiler_flags[i]);
    }
    text_put(t, ", \"-o\", \"/out/program\", ");
    text_json(t, build->source);
    text_put(t, "]\n");
}

void write_condon_stages(struct text_out *t, const struct file_subject *subject)
{
    const struct hd_service *service = subject->service;
    const struct hd_build *build = &service->build;

    text_put(t, "FROM ", build->builder_image, " AS builder\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\n");
    write_packages(t, build->build_packages, build->n_build_packages);
    write_init(t, build);
    write_compiler(t, build);
    write_args(t, build);
    text_put(t, "WORKDIR /out/libraries\nWORKDIR /build\nCOPY . .\n");
    write_compilation(t, build);
    text_put(t, "# Of the compiler's libraries those that the program needs, at the place where it looks for them.\n"
                "RUN ldd /out/program \\\n    | awk '$3 ~ \"^/\" && $3 !~ \"^(/usr)?/lib\" { print $3 }' \\\n"
                "    | xargs --no-run-if-empty cp --parents --dereference --target-directory=/out/libraries\n");
    text_put(t, "\nFROM ", build->base_image, "\n");
    write_image_labels(t, subject);
    if (build->form != HD_IMAGE_DISTROLESS) {
        write_packages(t, build->packages, build->n_packages);
        write_user_made(t, service);
    }
    write_folder(t, service);
    if (build_has_init(build))
        text_put(t, "COPY --from=builder " INIT "-static " INIT "\n");
    text_put(t, "COPY --from=builder /out/libraries /\nCOPY --from=builder /out/program /app/", service->name, "\n");
}
