/* ServiceEntries for hosts and addresses outside the registry of the mesh. */
#ifndef HD_MESH_EMIT_SERVICE_ENTRY_H
#define HD_MESH_EMIT_SERVICE_ENTRY_H

#include "model/model.h"

enum { ENTRY_HOST_SIZE = 300 };

/* The external that a peer stands for, or NULL. */
const struct hd_external *external_of(const struct hd_model *model, const struct peer *peer);
/* Whether a peer that is called gets a ServiceEntry: one with addresses outside of the mesh's registry, reached by TCP. */
bool peer_has_entry(const struct hd_model *model, const struct peer *peer);
/* The host under which the mesh knows it, written to `text`. */
const char *entry_host(char text[ENTRY_HOST_SIZE], const struct hd_model *model, const struct peer *peer);

#endif
