/* ci/github/deploy.yml: a workflow, to be copied to .github/workflows. */
#include "ci.h"
#include "core/text/among.h"
#include "kinds.h"

#include <stdio.h>
#include <string.h>

/* An action at the commit of one of its releases, which is given beside it for people and for update tools. */
struct action {
    const char *commit, *release;
};
#define ACTION(name, commit, release) {name "@" commit, release}
static const struct action checkout = ACTION("actions/checkout", "3d3c42e5aac5ba805825da76410c181273ba90b1", "v7.0.1"),
                           upload = ACTION("actions/upload-artifact", "bbbca2ddaa5d8feaa63e36b76fdaad77386f024f", "v7.0.0"),
                           download = ACTION("actions/download-artifact", "3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c", "v8.0.1"),
                           setup_qemu = ACTION("docker/setup-qemu-action", "96fe6ef7f33517b61c61be40b68a1882f3264fb8", "v4.2.0"),
                           setup_buildx = ACTION("docker/setup-buildx-action", "37fe631027851001ddb9b187196cc803df7f5f0e", "v4.3.0"),
                           login = ACTION("docker/login-action", "4907a6ddec9925e35a0a9e82d7399ccc52663121", "v4.1.0"),
                           setup_cosign = ACTION("sigstore/cosign-installer", "6f9f17788090df1f26f669e9d70d6ae9567deba6", "v4.1.2");

static void uses(struct yaml_out *y, const struct action *action)
{
    y->comment = action->release;
    y_str(y, "uses", action->commit);
}

/* A step with one input; NULL for none. */
static void step_uses(struct yaml_out *y, const struct action *action, const char *input, const char *value)
{
    ITEM (y) {
        uses(y, action);
        MAP (y, "with")
            y_str(y, input, value);
    }
}

/* The token that fetched the source is not left there for later steps. */
static void step_checkout(struct yaml_out *y)
{
    ITEM (y) {
        uses(y, &checkout);
        MAP (y, "with")
            y_bool(y, "persist-credentials", false);
    }
}

static void step_runs(struct yaml_out *y, const char *name, const char *commands)
{
    ITEM (y) {
        y_str(y, "name", name);
        y_str(y, "run", commands);
    }
}

static void step_artifact(struct yaml_out *y, const struct action *action, const char *name, const char *path)
{
    ITEM (y) {
        uses(y, action);
        MAP (y, "with") {
            y_str(y, "name", name);
            y_str(y, "path", path);
            /* The folder's index begins with a dot. */
            if (action == &upload && !strcmp(name, "deploy"))
                y_bool(y, "include-hidden-files", true);
        }
    }
}

/* hybridgen, kubectl and cosign are in an image that the variable names. */
static void job_of_tools(struct yaml_out *y)
{
    y_str(y, "runs-on", "ubuntu-24.04");
    y_str(y, "container", "${{ vars.DEPLOY_IMAGE }}");
}

static void step_check_tools(struct yaml_out *y)
{
    ITEM (y) {
        y_str(y, "name", "Tools are pinned");
        MAP (y, "env")
            y_str(y, "IMAGE", "${{ vars.DEPLOY_IMAGE }}");
        y_str(y, "run", check_tools);
    }
}

static void emit_generate(struct yaml_out *y)
{
    MAP (y, "generate") {
        job_of_tools(y);
        SEQ (y, "steps") {
            step_check_tools(y);
            step_checkout(y);
            step_runs(y, "Validate", "hybridgen validate --strict");
            step_runs(y, "Generate", GENERATE("$GITHUB_SHA"));
            step_artifact(y, &upload, "deploy", "deploy");
        }
    }
}

static void emit_login(struct yaml_out *y, const struct hd_app *app)
{
    char host[HOST_LONGEST];

    if (registry_host(app, host))
        ITEM (y) {
            uses(y, &login);
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
            step_checkout(y);
            step_artifact(y, &download, "deploy", "deploy");
            step_uses(y, &setup_qemu, "image", BINFMT_IMAGE);
            step_uses(y, &setup_buildx, "driver-opts", "image=" BUILDKIT_IMAGE);
            emit_login(y, app);
            step_uses(y, &setup_cosign, NULL, NULL);
            ITEM (y) {
                y_str(y, "name", "Build and push, with SBOM and provenance");
                MAP (y, "env")
                    y_str(y, "REVISION", "${{ github.sha }}");
                y_str(y, "run", BAKE);
            }
            step_runs(y, "Sign", sign_images);
            step_artifact(y, &upload, "signed", "signed.txt\ndigests.json\n");
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

/* Only images with the signature of this workflow are deployed, and by their digests, so a moved tag has no effect. */
static void emit_signed(struct yaml_out *y, const struct hd_app *app)
{
    char host[HOST_LONGEST], command[HOST_LONGEST + 128];

    step_checkout(y);
    step_artifact(y, &download, "signed", ".");
    if (registry_host(app, host)) {
        snprintf(command, sizeof command, "printf '%%s' \"$PASSWORD\" | cosign login --username \"$USERNAME\" --password-stdin %s", host);
        ITEM (y) {
            y_str(y, "name", "Log in to the registry");
            MAP (y, "env") {
                y_str(y, "USERNAME", "${{ secrets.REGISTRY_USER }}");
                y_str(y, "PASSWORD", "${{ secrets.REGISTRY_PASSWORD }}");
            }
            y_str(y, "run", command);
        }
    }
    step_runs(y, "Verify signatures", VERIFY("$GITHUB_SERVER_URL/$GITHUB_WORKFLOW_REF", "https://token.actions.githubusercontent.com"));
    step_runs(y, "Generate with the signed digests", GENERATE_SIGNED("$GITHUB_SHA"));
}

static void emit_deploy(struct yaml_out *y, const struct hd_app *app)
{
    MAP (y, "deploy") {
        y_str(y, "needs", builds_images(app) ? "build" : "generate");
        y_str(y, "if", "github.event_name == 'push'");
        job_of_tools(y);
        y_str(y, "environment", text_or(app->environment, "production"));
        MAP (y, "concurrency") {
            y_str(y, "group", app->name);
            y_bool(y, "cancel-in-progress", false);
        }
        SEQ (y, "steps") {
            step_check_tools(y);
            if (builds_images(app))
                emit_signed(y, app);
            else
                step_artifact(y, &download, "deploy", "deploy");
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
