/** How the image of a service is built. */
#ifndef HYBRIDDEPLOY_MODEL_BUILD_H
#define HYBRIDDEPLOY_MODEL_BUILD_H

#include <hybriddeploy/model/value.h>

/** Kind of the base image. */
enum hd_image_form { HD_IMAGE_FORM_UNSET = 0, HD_IMAGE_SLIM, HD_IMAGE_DISTROLESS };

/** Settings of a service's Dockerfile; as a member of a runtime, of all its services. */
struct hd_build {
    /**
     * Whether a Dockerfile is generated (in YAML also the word alone, `build: off`). Default: true, but false for a service whose image
     * is a whole reference, because that is built elsewhere.
     */
    enum hd_bool enabled;
    /**
     * Folder of the service's source, relative to where the image is built. Default: the service's name, which presumes a folder for each
     * service.
     */
    const char *context;
    /**
     * slim (a small Debian, with a shell) or distroless (without shell and package manager). Default: slim, because people can look into a
     * container that has a shell.
     */
    enum hd_image_form form;
    /**
     * Base image of the final one, best with a digest. Default for cpython: python:<version>-slim, distroless
     * gcr.io/distroless/python3-debian13 or 12; for condon: debian:12-slim, distroless gcr.io/distroless/cc-debian12, so that it has the
     * system's libraries of builderImage.
     */
    const char *base_image;
    /**
     * Image in which the service is built, best with a digest. Default for cpython: python:<version>, which has a compiler, because not
     * every package has a wheel for every platform; for condon: buildpack-deps:bookworm, into which the compiler is fetched. One that is
     * given for condon has the compiler, codon, on its path; without the other's tini, the program has to end on SIGTERM as the first
     * process of its container.
     */
    const char *builder_image;
    /**
     * cpython: version of Python, "3.9" or later; quote it, 3.10 is a number. Default: 3.13, which presumes no older interpreter; programs
     * that do name it.
     */
    const char *python_version;
    /** cpython: file with the packages to install, in the context. Default: requirements.txt, because pip and its users call it so. */
    const char *requirements;
    /**
     * cpython: whether each of these packages must have its hash there. Default: false, because not every file of requirements has them.
     */
    enum hd_bool require_hashes;
    /**
     * cpython: module that is run with python -m, where the service gives no command. Default: the service's name, with _ for -, because
     * names of modules have no -; it presumes a module of that name.
     */
    const char *module;
    /** condon: file to compile, in the context. Default: main.py, because a compiled program has one file to begin with. */
    const char *source;
    /**
     * condon: version of the compiler. Default: 0.19.6, because it is the newest whose digest is known (as are those of 0.19.4, 0.19.3,
     * 0.18.2 and 0.18.1).
     */
    const char *compiler_version;
    /**
     * condon: digest of the compiler's archive, sha256: and 64 hexadecimal digits; the builder refuses another archive. Default: that of
     * compilerVersion when it is known, which is safe because two distributions found it independently of each other. A version with
     * an unknown digest needs it.
     */
    const char *compiler_digest;
    /** condon: options of the compiler. Default: -release, because a program in a cluster is not debugged there. */
    const char *const *compiler_flags;
    size_t n_compiler_flags;
    /** Debian packages that the program needs when it runs, optionally with =version; not for distroless. */
    const char *const *packages;
    size_t n_packages;
    /** Debian packages that building needs. */
    const char *const *build_packages;
    size_t n_build_packages;
    /** Build arguments, which are environment variables while the service is built. Not for secrets: they stay in the image's history. */
    const struct hd_pair *args;
    size_t n_args;
    /**
     * Platforms such as linux/arm64. Default: linux/amd64, for cpython linux/arm64 as well, because the known digests of condon's compiler
     * are those for linux/amd64.
     */
    const char *const *platforms;
    size_t n_platforms;
    const struct hd_at *at;
};

#endif
