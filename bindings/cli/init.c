#define _POSIX_C_SOURCE 200809L
#include "call.h"
#include "output.h"
#include "verbs.h"

#include <unistd.h>

static const char starter[] = "# yaml-language-server: $schema=hybriddeploy.schema.json\n"
                              "# An editor checks this file while you write, once `hybridgen schema -o hybriddeploy.schema.json` has written the schema.\n"
                              "\n"
                              "# A model for hybridgen: one application, and its services. Everything else has a sensible default;\n"
                              "# `hybridgen explain` shows which, and hybriddeploy.yaml(5) tells of every key.\n"
                              "name: shop\n"
                              "environment: production\n"
                              "\n"
                              "# Images are <imageRegistry>/<service>:<imageTag>, unless a service says otherwise.\n"
                              "imageRegistry: registry.example.com/shop\n"
                              "imageTag: \"1.0.0\"\n"
                              "\n"
                              "# Host under which services are exposed.\n"
                              "host: shop.example.com\n"
                              "\n"
                              "# What lies outside of the application, so that it can be called.\n"
                              "externals:\n"
                              "  postgres: {namespace: database, port: 5432}\n"
                              "\n"
                              "# Where secrets are kept. The model holds references, never values.\n"
                              "secretStore: vault\n"
                              "secrets:\n"
                              "  database: {keys: {url: {remoteKey: shop/database, property: url}}}\n"
                              "\n"
                              "services:\n"
                              "  web:\n"
                              "    runtime: cpython\n"
                              "    expose: /\n"
                              "    # Who may talk to whom follows from the calls: everything else is denied.\n"
                              "    calls: [catalog]\n"
                              "\n"
                              "  catalog:\n"
                              "    runtime: condon\n"
                              "    calls: [postgres]\n"
                              "    env:\n"
                              "      DATABASE_URL: {secret: database, key: url}\n"
                              "      LOG_LEVEL: info\n";

/* A second model beside the first would be overlooked, or would hide it. */
static const char *const names[] = {"hybriddeploy.yaml", "hybriddeploy.yml", "hybriddeploy.json"};

int run_init(const struct call *call)
{
    const char *path = call->output ? call->output : names[0];
    struct output output;
    int status;

    for (size_t i = 0; !call->output && i < sizeof names / sizeof *names; i++)
        if (!access(names[i], F_OK))
            return complain(EXIT_UNWRITTEN, "%s exists already, and is not overwritten", names[i]);
    status = output_create(&output, path);
    if (status)
        return status;
    output_text(&output, starter);
    return output_close(&output, false);
}
