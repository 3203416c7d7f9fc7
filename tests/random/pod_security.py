"""The Pod Security Standards, from their documentation: what a pod's spec violates at a level."""
BASELINE_CAPABILITIES = {"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID",
                         "SETPCAP", "SETUID", "SYS_CHROOT"}
SELINUX_TYPES = {"", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"}
SYSCTLS = {"kernel.shm_rmid_forced": 0, "net.ipv4.ip_local_port_range": 0, "net.ipv4.tcp_syncookies": 0, "net.ipv4.ping_group_range": 0,
           "net.ipv4.ip_unprivileged_port_start": 0, "net.ipv4.ip_local_reserved_ports": 27, "net.ipv4.tcp_keepalive_time": 29,
           "net.ipv4.tcp_fin_timeout": 29, "net.ipv4.tcp_keepalive_intvl": 29, "net.ipv4.tcp_keepalive_probes": 29, "net.ipv4.tcp_rmem": 32,
           "net.ipv4.tcp_wmem": 32}
RESTRICTED_VOLUMES = {"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret"}


def handlers(container):
    for key in ("startupProbe", "readinessProbe", "livenessProbe"):
        yield container.get(key) or {}
    for hook in (container.get("lifecycle") or {}).values():
        yield hook


def context_baseline(context, minor):
    """What pods and containers have alike."""
    if (context.get("seccompProfile") or {}).get("type") == "Unconfined":
        yield "seccompProfile Unconfined"
    if (context.get("appArmorProfile") or {}).get("type", "RuntimeDefault") not in ("RuntimeDefault", "Localhost"):
        yield "appArmorProfile Unconfined"
    linux = context.get("seLinuxOptions") or {}
    if linux.get("type", "") not in SELINUX_TYPES - ({"container_engine_t"} if minor < 31 else set()) or linux.get("user") or linux.get("role"):
        yield "seLinuxOptions"
    for sysctl in context.get("sysctls") or []:
        if SYSCTLS.get(sysctl["name"], 1000) > minor:
            yield f"sysctl {sysctl['name']}"
    if (context.get("windowsOptions") or {}).get("hostProcess"):
        yield "hostProcess"


def container_baseline(container, minor):
    context = container.get("securityContext") or {}
    yield from context_baseline(context, minor)
    if context.get("privileged"):
        yield "privileged"
    if set((context.get("capabilities") or {}).get("add") or []) - BASELINE_CAPABILITIES:
        yield "capabilities beyond baseline"
    if context.get("procMount", "Default") != "Default":
        yield "procMount"
    if any(port.get("hostPort") for port in container.get("ports") or []):
        yield "hostPort"
    for handler in handlers(container):
        if any((handler.get(kind) or {}).get("host") for kind in ("httpGet", "tcpSocket")):
            yield "host in a probe or hook"


def container_restricted(container, pod_context):
    context = container.get("securityContext") or {}
    capabilities = context.get("capabilities") or {}
    if context.get("allowPrivilegeEscalation") is not False:
        yield "allowPrivilegeEscalation"
    if "ALL" not in (capabilities.get("drop") or []) or set(capabilities.get("add") or []) - {"NET_BIND_SERVICE"}:
        yield "capabilities beyond restricted"
    if context.get("runAsNonRoot", pod_context.get("runAsNonRoot")) is not True:
        yield "runAsNonRoot"
    if context.get("runAsUser") == 0:
        yield "runAsUser 0"
    profile = context.get("seccompProfile") or pod_context.get("seccompProfile") or {}
    if profile.get("type") not in ("RuntimeDefault", "Localhost"):
        yield "seccompProfile not set"


def violations(spec, level, minor):
    """What a pod's spec does that its level forbids."""
    containers = (spec.get("initContainers") or []) + spec["containers"]
    pod_context = spec.get("securityContext") or {}
    result = []
    if level == "privileged":
        return result
    result += [key for key in ("hostNetwork", "hostPID", "hostIPC") if spec.get(key)]
    result += context_baseline(pod_context, minor)
    result += ["hostPath" for volume in spec.get("volumes") or [] if "hostPath" in volume]
    for container in containers:
        result += container_baseline(container, minor)
    if level == "baseline":
        return result
    if pod_context.get("runAsUser") == 0:
        result.append("runAsUser 0 of the pod")
    result += [f"volume {volume['name']}" for volume in spec.get("volumes") or [] if not set(volume) - {"name"} <= RESTRICTED_VOLUMES]
    for container in containers:
        result += container_restricted(container, pod_context)
    return result
