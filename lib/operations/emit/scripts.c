/* scripts/: programs that are the same for every application; what they know of it stands in application.tsv beside them. */
#include "kinds.h"

#include "scripts_text.h"

struct script {
    const char *path;
    const char *text;
    size_t size;
    bool is_program;
};

#define SCRIPT(path, name, is_program) {path, name, sizeof name, is_program}

static const struct script scripts[] = {
    SCRIPT("scripts/application.sh", application_sh, false),
    SCRIPT("scripts/archives.sh", archives_sh, false),
    SCRIPT("scripts/cluster.sh", cluster_sh, false),
    SCRIPT("scripts/deploy-hybrid.sh", deploy_hybrid_sh, true),
    SCRIPT("scripts/disaster-recovery.sh", disaster_recovery_sh, true),
    SCRIPT("scripts/maintenance.sh", maintenance_sh, true),
    SCRIPT("scripts/preflight.sh", preflight_sh, false),
    SCRIPT("scripts/transitions.sh", transitions_sh, false),
};

static void plan_scripts(struct hd_model *model, const struct file_row *row)
{
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        file_add(model, row, scripts[i].path, NULL, &scripts[i]);
        model->files[model->n_files - 1].executable = scripts[i].is_program;
    }
}

static void write_script(struct text_out *t, const struct file_subject *subject)
{
    const struct script *script = subject->object;

    text_putn(t, script->text, script->size);
}

const struct file_row scripts_row = {.part = &scripts_part, .plan_app = plan_scripts, .text = write_script};
