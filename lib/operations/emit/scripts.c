/* scripts/: programs that are the same for every application; what they know of it stands in application.tsv beside them. */
#include "kinds.h"

#include "scripts_text.h"

struct script {
    const char *path;
    const char *text;
    size_t size;
};

#define SCRIPT(path, name) {path, name, sizeof name}

static const struct script scripts[] = {
    SCRIPT("scripts/application.sh", application_sh),
    SCRIPT("scripts/archives.sh", archives_sh),
    SCRIPT("scripts/cluster.sh", cluster_sh),
    SCRIPT("scripts/deploy-hybrid.sh", deploy_hybrid_sh),
    SCRIPT("scripts/disaster-recovery.sh", disaster_recovery_sh),
    SCRIPT("scripts/maintenance.sh", maintenance_sh),
    SCRIPT("scripts/preflight.sh", preflight_sh),
    SCRIPT("scripts/transitions.sh", transitions_sh),
};

/* A script with a line for its interpreter, #!, is run; the others are read by it. */
static void plan_scripts(struct hd_model *model, const struct file_row *row)
{
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        file_add(model, row, scripts[i].path, NULL, &scripts[i]);
        model->files[model->n_files - 1].executable = scripts[i].text[1] == '!';
    }
}

static void write_script(struct text_out *t, const struct file_subject *subject)
{
    const struct script *script = subject->object;

    text_putn(t, script->text, script->size);
}

const struct file_row scripts_row = {.part = &scripts_part, .plan_app = plan_scripts, .text = write_script};
