/* ci/gitlab/gitlab-ci.yml: a pipeline, to be copied to .gitlab-ci.yml or included there. */
#include "ci.h"
#include "kinds.h"

#include <stdio.h>

static void on_default_branch(struct yaml_out *y)
{
    SEQ (y, "rules")
        ITEM (y)
            y_str(y, "if", "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH");
}

static void emit_generate(struct yaml_out *y)
{
    static const char *const commands[] = {"hybridgen validate --strict",
                                           "hybridgen generate -o deploy/ --with ops --set \"imageTag='$CI_COMMIT_SHA'\""};
    static const char *const paths[] = {"deploy/"};

    MAP (y, "generate") {
        y_str(y, "stage", "generate");
        y_str(y, "image", "$DEPLOY_IMAGE");
        y_strs(y, "script", commands, 2);
        MAP (y, "artifacts")
            y_strs(y, "paths", paths, 1);
    }
}

static void emit_build(struct yaml_out *y, const struct hd_app *app)
{
    static const char *const services[] = {"docker:27-dind"}, *const needs[] = {"generate"};
    char host[HOST_LONGEST], login[HOST_LONGEST + 128];
    const char *before[] = {"apk add --no-cache cosign jq", "docker buildx create --use", login};
    const char *const commands[] = {BAKE, sign_images};

    MAP (y, "build") {
        y_str(y, "stage", "build");
        y_str(y, "image", "docker:27");
        y_strs(y, "services", services, 1);
        y_strs(y, "needs", needs, 1);
        on_default_branch(y);
        MAP (y, "id_tokens")
            MAP (y, "SIGSTORE_ID_TOKEN")
                y_str(y, "aud", "sigstore");
        MAP (y, "variables")
            y_str(y, "REVISION", "$CI_COMMIT_SHA");
        if (registry_host(app, host))
            snprintf(login, sizeof login,
                     "printf '%%s' \"$REGISTRY_PASSWORD\" | docker login --username \"$REGISTRY_USER\" --password-stdin %s", host);
        y_strs(y, "before_script", before, registry_host(app, host) ? 3 : 2);
        y_strs(y, "script", commands, 2);
    }
}

/* KUBECONFIG is a variable of the type file. */
static void emit_deploy(struct yaml_out *y, const struct hd_app *app)
{
    static const char *const commands[] = {"bash deploy/scripts/deploy-hybrid.sh diff || test $? -eq 1", "bash deploy/scripts/deploy-hybrid.sh deploy",
                                           "bash deploy/scripts/deploy-hybrid.sh verify"};
    const char *const needs[] = {"generate", "build"};

    MAP (y, "deploy") {
        y_str(y, "stage", "deploy");
        y_str(y, "image", "$DEPLOY_IMAGE");
        y_strs(y, "needs", needs, builds_images(app) ? 2 : 1);
        on_default_branch(y);
        MAP (y, "environment")
            y_str(y, "name", app->environment ? app->environment : "production");
        y_str(y, "resource_group", app->name);
        y_strs(y, "script", commands, 3);
    }
}

static void write_pipeline(struct yaml_out *y, const struct file_subject *subject)
{
    static const char *const stages[] = {"generate", "build", "deploy"};
    const struct hd_app *app = subject->model->app;

    DOC (y) {
        y_strs(y, "stages", stages, 3);
        emit_generate(y);
        if (builds_images(app))
            emit_build(y, app);
        emit_deploy(y, app);
    }
}

static void plan_pipeline(struct hd_model *model, const struct file_row *row)
{
    file_add(model, row, "ci/gitlab/gitlab-ci.yml", NULL, NULL);
}

const struct file_row gitlab_row = {.part = &ci_part, .plan_app = plan_pipeline, .yaml = write_pipeline};
