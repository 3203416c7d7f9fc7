/* The classes that let only named callers in, by these: of thousands of classes that the mesh keeps apart, few are asked about. */
#include "guard.h"

#include <string.h>

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

static void add_class(struct arena *arena, struct class_set *set, uint32_t class)
{
    if (set->n && set->items[set->n - 1] == class)
        return;
    arena_grow(arena, set->items, set->n);
    set->items[set->n++] = class;
}

/* A trust domain may have another name, so callers are known by what is behind it. */
static void add_caller(struct mesh *mesh, const char *principal, uint32_t class)
{
    const char *rest = strchr(principal, '/');
    struct class_set *set = rest ? (struct class_set *)(uintptr_t)names_find(&mesh->named, rest) : NULL;

    if (rest && !set) {
        set = arena_new(mesh->arena, struct class_set);
        names_add(&mesh->named, rest, set);
    }
    if (set)
        add_class(mesh->arena, set, class);
}

/* Whether a rule lets in only callers that it names, which are noted when `adds`. */
static bool names_callers(struct mesh *mesh, const struct auth_rule *rule, uint32_t class, bool adds)
{
    for (size_t i = 0; i < rule->n_from; i++) {
        const struct term *term = whole_principals(&rule->from[i]);

        if (!term)
            return false;
        for (size_t j = 0; adds && j < term->patterns.n; j++)
            add_caller(mesh, term->patterns.items[j].text, class);
    }
    return rule->n_from;
}

static bool is_closed(struct mesh *mesh, const struct gate *gate, uint32_t class, bool adds)
{
    bool has_allow = false;

    for (size_t i = 0; i < gate->n; i++) {
        const struct authorization *policy = gate->policies[i];

        for (size_t j = 0; policy->action == AUTH_ALLOW && j < policy->n_rules; j++)
            if (!names_callers(mesh, &policy->rules[j], class, adds))
                return false;
        has_allow = has_allow || policy->action == AUTH_ALLOW;
    }
    return has_allow;
}

void mesh_alone(struct mesh *mesh, size_t n_classes)
{
    mesh->is_alone = true;
    names_init(mesh->arena, &mesh->named, n_classes);
    for (uint32_t class = 0; class < n_classes; class++) {
        const struct guard *guard = &mesh->guards[class];
        bool has_gate = guard->proxy == PROXY_SIDECAR || guard->proxy == PROXY_AMBIENT;

        if (has_gate && is_closed(mesh, &guard->gate, class, false))
            is_closed(mesh, &guard->gate, class, true);
        else if (guard->proxy != PROXY_NONE)
            add_class(mesh->arena, &mesh->open, class);
    }
}

struct class_set mesh_reached(const struct mesh *mesh, uint32_t from, struct arena *arena)
{
    const char *rest = strchr(mesh->guards[from].caller.principal, '/');
    const struct class_set *named = rest ? names_find(&mesh->named, rest) : NULL;

    return named ? class_set_union(arena, mesh->open, *named) : mesh->open;
}
