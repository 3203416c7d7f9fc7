/* The classes that let only named callers in, by these: of thousands of classes that the mesh keeps apart, few are asked about. */
#include "guard.h"

#include <string.h>

/* Stands among the names of callers for classes that do not name all of theirs. */
#define OPEN_TO_ANYBODY ""

/* The principals of which a request must have one, when all are whole ones. */
static const struct term *whole_principals(const struct terms *from)
{
    for (size_t i = 0; i < from->n; i++) {
        const struct term *term = &from->items[i];
        size_t n = 0;

        while (n < term->patterns.n && term->patterns.items[n].kind == PATTERN_EXACT)
            n++;
        if (term->attribute == ATTRIBUTE_PRINCIPAL && !term->is_not && n == term->patterns.n)
            return term;
    }
    return NULL;
}

/* A trust domain may have another name, so callers are known by what is behind it. Nobody has a principal without. */
static void add_caller(struct mesh *mesh, const char *principal, uint32_t class)
{
    const char *rest = strchr(principal, '/');

    if (rest)
        class_set_add(mesh->arena, &mesh->named, rest, class);
}

/* Whether a rule lets in only callers that it names, which are noted. */
static bool names_callers(struct mesh *mesh, const struct auth_rule *rule, uint32_t class)
{
    for (size_t i = 0; i < rule->n_from; i++) {
        const struct term *term = whole_principals(&rule->from[i]);

        for (size_t j = 0; term && j < term->patterns.n; j++)
            add_caller(mesh, term->patterns.items[j].text, class);
        if (!term)
            return false;
    }
    return rule->n_from;
}

/* Whether only callers that are noted may come in. Those that are noted of another class do no harm. */
static bool is_closed(struct mesh *mesh, const struct gate *gate, uint32_t class)
{
    bool has_allow = false;

    for (size_t i = 0; i < gate->n; i++) {
        const struct authorization *policy = gate->policies[i];

        for (size_t j = 0; policy->action == AUTH_ALLOW && j < policy->n_rules; j++)
            if (!names_callers(mesh, &policy->rules[j], class))
                return false;
        has_allow |= policy->action == AUTH_ALLOW;
    }
    return has_allow;
}

void mesh_alone(struct mesh *mesh, size_t n_classes)
{
    mesh->is_alone = true;
    names_init(mesh->arena, &mesh->named, n_classes);
    for (uint32_t class = 0; class < n_classes; class++)
        if (mesh->guards[class].proxy != PROXY_NONE && !is_closed(mesh, &mesh->guards[class].gate, class))
            class_set_add(mesh->arena, &mesh->named, OPEN_TO_ANYBODY, class);
}

struct class_set mesh_reached(const struct mesh *mesh, uint32_t from, struct arena *arena)
{
    static const struct class_set none;
    const struct class_set *open = names_find(&mesh->named, OPEN_TO_ANYBODY);
    const struct class_set *named = names_find(&mesh->named, strchr(mesh->guards[from].caller.principal, '/'));

    return class_set_union(arena, open ? *open : none, named ? *named : none);
}
