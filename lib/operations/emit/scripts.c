/* scripts/: programs that are the same for every application; what they know of it stands in application.tsv beside them. */
#include "kinds.h"

#include "scripts_text.h"

struct script {
    const char *path;
    const unsigned char *packed;
    size_t size;
    bool is_program;
};

#define SCRIPT(path, name, is_program) {path, name##_packed, name##_size, is_program}

static const struct script scripts[] = {
    SCRIPT("scripts/application.sh", application_sh, false),
    SCRIPT("scripts/archives.sh", archives_sh, false),
    SCRIPT("scripts/cluster.sh", cluster_sh, false),
    SCRIPT("scripts/deploy-hybrid.sh", deploy_hybrid_sh, true),
    SCRIPT("scripts/disaster-recovery.sh", disaster_recovery_sh, true),
    SCRIPT("scripts/maintenance.sh", maintenance_sh, true),
    SCRIPT("scripts/preflight.sh", preflight_sh, false),
};

static void plan_scripts(struct hd_model *model, const struct file_row *row)
{
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        file_add(model, row, scripts[i].path, NULL, &scripts[i]);
        model->files[model->n_files - 1].executable = scripts[i].is_program;
    }
}

/* The text, which embed.py has packed: it says how. */
static void write_script(struct text_out *t, const struct file_subject *subject)
{
    const struct script *script = subject->object;
    const unsigned char *in = script->packed;
    char *text = arena_room(subject->arena, script->size, 1), *out = text;

    while (out < text + script->size) {
        if (*in < 128) {
            *out++ = (char)*in++;
            continue;
        }
        for (size_t n = *in - 125u, back = in[1] + 256u * in[2]; n; n--, out++)
            *out = out[-(ptrdiff_t)back];
        in += 3;
    }
    text_putn(t, text, script->size);
}

const struct file_row scripts_row = {.part = &scripts_part, .plan_app = plan_scripts, .text = write_script};
