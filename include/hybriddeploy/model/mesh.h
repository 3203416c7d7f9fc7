/** The mesh around the application. */
#ifndef HYBRIDDEPLOY_MODEL_MESH_H
#define HYBRIDDEPLOY_MODEL_MESH_H

#include <hybriddeploy/model/value.h>

/** How pods take part in the mesh. */
enum hd_mesh_mode { HD_MESH_MODE_UNSET = 0, HD_MESH_OFF, HD_MESH_SIDECAR, HD_MESH_AMBIENT };

/** The Istio mesh; `mesh: sidecar` stands for the mode alone. */
struct hd_mesh {
    /** off, sidecar (a proxy in each pod) or ambient (ztunnel on each node, waypoints where needed). Default: off. */
    enum hd_mesh_mode mode;
    /** Istio version of the mesh, "1.20" to the newest known; quote it, 1.30 is a number. Default: the newest known. */
    const char *istio_version;
    const struct hd_at *at;
};

#endif
