/* Edges that a mesh adds to the graph. */
#ifndef HD_MESH_MODEL_MESH_EDGES_H
#define HD_MESH_MODEL_MESH_EDGES_H

#include "model/model.h"

/* Adds the peers of the mesh; called before all edges of services. */
void mesh_add_application(struct hd_model *model);
/* Called after all edges of services. */
void mesh_add_ways_from_waypoint(struct hd_model *model);

/* Adds the tunnels between pods of an ambient mesh. */
bool mesh_carry(struct hd_model *model, const struct edge *edge);
/* Adds a call that a waypoint decides on; false when none does, and nothing was added. */
bool mesh_carry_call(struct hd_model *model, const struct edge *edge);
/* After the calls of a service. */
void mesh_add_way_to_waypoint(struct hd_model *model, const struct peer *self);
/* Adds the scrapes of a service whose proxy answers them; false when it has none, and nothing was added. */
bool mesh_carry_scrape(struct hd_model *model, const struct peer *from, const struct peer *self);
/* Adds the connections that the pods of a service need to the mesh itself. */
void mesh_add_needs(struct hd_model *model, const struct peer *self);

#endif
