/* ci/gitlab/gitlab-ci.yml: a pipeline, to be copied to .gitlab-ci.yml or included there. */
#include "ci.h"
#include "core/text/among.h"
#include "kinds.h"

#include <stdio.h>

enum { LOGIN_LONGEST = HOST_LONGEST + 128 };

#define DEPLOY_COMMANDS                                                                                              \
    "bash deploy/scripts/deploy-hybrid.sh diff || test $? -eq 1", "bash deploy/scripts/deploy-hybrid.sh deploy",     \
        "bash deploy/scripts/deploy-hybrid.sh verify"

static void on_default_branch(struct yaml_out *y)
{
    SEQ (y, "rules")
        ITEM (y)
            y_str(y, "if", "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH");
}

/* hybridgen, kubectl, cosign and jq are in an image that the variable names. */
static void tools_image(struct yaml_out *y)
{
    y_str(y, "image", "$DEPLOY_IMAGE");
    MAP (y, "variables")
        y_str(y, "IMAGE", "$DEPLOY_IMAGE");
}

static void emit_generate(struct yaml_out *y)
{
    static const char *const commands[] = {check_tools, "hybridgen validate --strict", GENERATE("$CI_COMMIT_SHA")};
    static const char *const paths[] = {"deploy/"};

    MAP (y, "generate") {
        y_str(y, "stage", "generate");
        tools_image(y);
        y_strs(y, "script", commands, 3);
        MAP (y, "artifacts")
            y_strs(y, "paths", paths, 1);
    }
}

/* The command that logs a program in to the registry; false when no registry is known. */
static bool login_command(char command[LOGIN_LONGEST], const char *program, const struct hd_app *app)
{
    char host[HOST_LONGEST];

    if (!registry_host(app, host))
        return false;
    snprintf(command, LOGIN_LONGEST, "printf '%%s' \"$REGISTRY_PASSWORD\" | %s login --username \"$REGISTRY_USER\" --password-stdin %s", program,
             host);
    return true;
}

static void emit_build(struct yaml_out *y, const struct hd_app *app)
{
    static const char *const services[] = {DOCKER_IMAGE}, *const needs[] = {"generate"}, *const commands[] = {BAKE},
                      *const paths[] = {"images.json"};
    char login[LOGIN_LONGEST];
    const char *before[] = {"docker buildx create --use --driver-opt image=" BUILDKIT_IMAGE, login};

    MAP (y, "build") {
        y_str(y, "stage", "build");
        y_str(y, "image", DOCKER_IMAGE);
        y_strs(y, "services", services, 1);
        y_strs(y, "needs", needs, 1);
        on_default_branch(y);
        MAP (y, "variables")
            y_str(y, "REVISION", "$CI_COMMIT_SHA");
        y_strs(y, "before_script", before, login_command(login, "docker", app) ? 2 : 1);
        y_strs(y, "script", commands, 1);
        MAP (y, "artifacts")
            y_strs(y, "paths", paths, 1);
    }
}

/* In the tools' image: Docker's has nothing to sign with. */
static void emit_sign(struct yaml_out *y, const struct hd_app *app)
{
    static const char *const needs[] = {"build"}, *const commands[] = {check_tools, sign_images},
                      *const paths[] = {"signed.txt", "digests.json"};
    char login[LOGIN_LONGEST];
    const char *const before[] = {login};

    MAP (y, "sign") {
        y_str(y, "stage", "sign");
        tools_image(y);
        y_strs(y, "needs", needs, 1);
        on_default_branch(y);
        MAP (y, "id_tokens")
            MAP (y, "SIGSTORE_ID_TOKEN")
                y_str(y, "aud", "sigstore");
        y_strs(y, "before_script", before, login_command(login, "cosign", app));
        y_strs(y, "script", commands, 2);
        MAP (y, "artifacts")
            y_strs(y, "paths", paths, 2);
    }
}

/* KUBECONFIG is a variable of the type file. Only images with the signature of this pipeline are deployed, and by their digests. */
static void emit_deploy(struct yaml_out *y, const struct hd_app *app)
{
    static const char *const plain[] = {check_tools, DEPLOY_COMMANDS},
                      *const verified[] = {check_tools,
                                           VERIFY("$CI_PROJECT_URL//$CI_CONFIG_PATH@refs/heads/$CI_COMMIT_BRANCH", "$CI_SERVER_URL"),
                                           GENERATE_SIGNED("$CI_COMMIT_SHA"), DEPLOY_COMMANDS};
    bool is_signed = builds_images(app);
    const char *const needs[] = {is_signed ? "sign" : "generate"};
    char login[LOGIN_LONGEST];
    const char *const before[] = {login};

    MAP (y, "deploy") {
        y_str(y, "stage", "deploy");
        tools_image(y);
        y_strs(y, "needs", needs, 1);
        on_default_branch(y);
        MAP (y, "environment")
            y_str(y, "name", text_or(app->environment, "production"));
        y_str(y, "resource_group", app->name);
        y_strs(y, "before_script", before, is_signed && login_command(login, "cosign", app));
        if (is_signed)
            y_strs(y, "script", verified, sizeof verified / sizeof *verified);
        else
            y_strs(y, "script", plain, sizeof plain / sizeof *plain);
    }
}

static void write_pipeline(struct yaml_out *y, const struct file_subject *subject)
{
    static const char *const stages[] = {"generate", "build", "sign", "deploy"}, *const unbuilt[] = {"generate", "deploy"};
    const struct hd_app *app = subject->model->app;

    DOC (y) {
        if (builds_images(app))
            y_strs(y, "stages", stages, 4);
        else
            y_strs(y, "stages", unbuilt, 2);
        emit_generate(y);
        if (builds_images(app)) {
            emit_build(y, app);
            emit_sign(y, app);
        }
        emit_deploy(y, app);
    }
}

static void plan_pipeline(struct hd_model *model, const struct file_row *row)
{
    file_add(model, row, "ci/gitlab/gitlab-ci.yml", NULL, NULL);
}

const struct file_row gitlab_row = {.part = &ci_part, .plan_app = plan_pipeline, .yaml = write_pipeline};
