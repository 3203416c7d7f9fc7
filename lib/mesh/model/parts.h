/* Functions of the mesh family; family.c gives the order in which they run. */
#ifndef HD_MESH_MODEL_PARTS_H
#define HD_MESH_MODEL_PARTS_H

#include "model/family.h"

void resolve_mesh(struct hd_model *model);
void resolve_service_mesh(struct hd_model *model, struct hd_service *service);
/* Fill in the members that a traffic policy leaves out; those of a call once all services are complete. */
void resolve_traffic(struct hd_model *model, struct hd_service *service);
void resolve_traffic_of_externals(struct hd_model *model);
void resolve_traffic_of_call(struct hd_model *model, struct hd_call *call);
/* Finds out which services only a waypoint can serve; before the graph is built. */
void mesh_find_waypoints(struct hd_model *model);

void check_traffic_of_externals(struct checker *checker);
void check_mesh(struct checker *checker);
/* Reports callers that the mesh refuses, and callers that it cannot distinguish. */
void check_mesh_accounts(struct checker *checker);
void check_traffic(struct checker *checker, const struct hd_service *service);
void check_mesh_callers(struct checker *checker, const struct hd_service *service);
void check_service_mesh(struct checker *checker, const struct hd_service *service);

#endif
