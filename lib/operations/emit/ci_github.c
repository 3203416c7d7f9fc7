/* ci/github/deploy.yml: a workflow, to be copied to .github/workflows. */
#include "ci.h"
#include "kinds.h"

#include <stdio.h>

static void step_uses(struct yaml_out *y, const char *action)
{
    ITEM (y)
        y_str(y, "uses", action);
}

static void step_runs(struct yaml_out *y, const char *name, const char *commands)
{
    ITEM (y) {
        y_str(y, "name", name);
        y_str(y, "run", commands);
    }
}

static void step_artifact(struct yaml_out *y, const char *action)
{
    ITEM (y) {
        y_str(y, "uses", action);
        MAP (y, "with") {
            y_str(y, "name", "deploy");
            y_str(y, "path", "deploy");
            /* The folder's index begins with a dot. */
            if (action[8] == 'u')
                y_bool(y, "include-hidden-files", true);
        }
    }
}

/* hybridgen and kubectl are in an image that the variable names. */
static void job_of_tools(struct yaml_out *y)
{
    y_str(y, "runs-on", "ubuntu-24.04");
    y_str(y, "container", "${{ vars.DEPLOY_IMAGE }}");
}

static void emit_generate(struct yaml_out *y)
{
    MAP (y, "generate") {
        job_of_tools(y);
        SEQ (y, "steps") {
            step_uses(y, "actions/checkout@v4");
            step_runs(y, "Validate", "hybridgen validate --strict");
            step_runs(y, "Generate", "hybridgen generate -o deploy/ --with ops --set \"imageTag='$GITHUB_SHA'\"");
            step_artifact(y, "actions/upload-artifact@v4");
        }
    }
}

static void emit_login(struct yaml_out *y, const struct hd_app *app)
{
    char host[HOST_LONGEST];

    if (registry_host(app, host))
        ITEM (y) {
            y_str(y, "uses", "docker/login-action@v3");
            MAP (y, "with") {
                y_str(y, "registry", host);
                y_str(y, "username", "${{ secrets.REGISTRY_USER }}");
                y_str(y, "password", "${{ secrets.REGISTRY_PASSWORD }}");
            }
        }
}

static void emit_build(struct yaml_out *y, const struct hd_app *app)
{
    MAP (y, "build") {
        y_str(y, "needs", "generate");
        y_str(y, "if", "github.event_name == 'push'");
        y_str(y, "runs-on", "ubuntu-24.04");
        MAP (y, "permissions") {
            y_str(y, "contents", "read");
            y_str(y, "id-token", "write");
        }
        SEQ (y, "steps") {
            step_uses(y, "actions/checkout@v4");
            step_artifact(y, "actions/download-artifact@v4");
            step_uses(y, "docker/setup-qemu-action@v3");
            step_uses(y, "docker/setup-buildx-action@v3");
            emit_login(y, app);
            step_uses(y, "sigstore/cosign-installer@v3");
            ITEM (y) {
                y_str(y, "name", "Build and push, with SBOM and provenance");
                MAP (y, "env")
                    y_str(y, "REVISION", "${{ github.sha }}");
                y_str(y, "run", BAKE);
            }
            step_runs(y, "Sign", sign_images);
        }
    }
}

static void emit_cluster(struct yaml_out *y)
{
    ITEM (y) {
        y_str(y, "name", "Reach the cluster");
        MAP (y, "env")
            y_str(y, "CONTENT", "${{ secrets.KUBECONFIG }}");
        y_str(y, "run",
              "umask 077\nprintf '%s\\n' \"$CONTENT\" >\"$RUNNER_TEMP/kubeconfig\"\n"
              "echo \"KUBECONFIG=$RUNNER_TEMP/kubeconfig\" >>\"$GITHUB_ENV\"\n");
    }
}

static void emit_deploy(struct yaml_out *y, const struct hd_app *app)
{
    MAP (y, "deploy") {
        y_str(y, "needs", builds_images(app) ? "build" : "generate");
        y_str(y, "if", "github.event_name == 'push'");
        job_of_tools(y);
        y_str(y, "environment", app->environment ? app->environment : "production");
        MAP (y, "concurrency") {
            y_str(y, "group", app->name);
            y_bool(y, "cancel-in-progress", false);
        }
        SEQ (y, "steps") {
            step_artifact(y, "actions/download-artifact@v4");
            emit_cluster(y);
            /* Artifacts do not keep permissions. */
            step_runs(y, "Show what changes", "bash deploy/scripts/deploy-hybrid.sh diff || test $? -eq 1");
            step_runs(y, "Deploy", "bash deploy/scripts/deploy-hybrid.sh deploy");
            step_runs(y, "Verify", "bash deploy/scripts/deploy-hybrid.sh verify");
        }
    }
}

static void write_workflow(struct yaml_out *y, const struct file_subject *subject)
{
    static const char *const branches[] = {"main"};
    const struct hd_app *app = subject->model->app;
    char name[96];

    snprintf(name, sizeof name, "Deploy %s", app->name);
    DOC (y) {
        y_str(y, "name", name);
        MAP (y, "on") {
            MAP (y, "push")
                y_strs(y, "branches", branches, 1);
            y_empty_map(y, "pull_request");
        }
        MAP (y, "permissions")
            y_str(y, "contents", "read");
        MAP (y, "jobs") {
            emit_generate(y);
            if (builds_images(app))
                emit_build(y, app);
            emit_deploy(y, app);
        }
    }
}

static void plan_workflow(struct hd_model *model, const struct file_row *row)
{
    file_add(model, row, "ci/github/deploy.yml", NULL, NULL);
}

const struct file_row github_row = {.part = &ci_part, .plan_app = plan_workflow, .yaml = write_workflow};
