/* What Kubernetes, Helm, Compose or the collector calls otherwise than a model; for whoever copies a piece of their files. */
#include "parts.h"

#include "model/tables.h"

#include <string.h>

#define FLAT "a model has no such level: write what stands below it here"
#define IN_RESOURCES "write resources: {requests: {cpu: 250m, memory: 256Mi}, limits: {cpu: 500m, memory: 512Mi}}"
#define IN_HTTP_GET "write httpGet: {path: /health, port: 8000}"
#define IN_PORTS "the service's ports say it: ports: [{port: 8000, servicePort: 80}]"
#define IN_AUTOSCALING "write autoscaling: {minReplicas: 2, maxReplicas: 10}"
#define IN_METRICS "write cpu: 70 or memory: 80, percent of the request; other metrics stand under pods and external"
#define NO_PIPELINES \
    "pipelines follow from exporters; shape memoryLimiter, k8sAttributes, filter, transform, tailSampling, batch, spanMetrics"
#define NO_MODE "a gateway is a Deployment, with storage a StatefulSet; topology says what is before it, form: operator who makes it"
#define NAME_CA "write caSecret or caConfigMap, with caKey where that is not ca.crt"
#define NAME_CERTIFICATE "write secretName: a Secret with tls.crt and tls.key"
#define A_CLAIM "write existingClaim: NAME; claim: 10Gi makes one, claimTemplate: 10Gi one for each pod"
#define NO_VALUES "values never stand in a model: write keys: {NAME: path/in/the/store}"

static const struct {
    const struct hd_struct *type;
    const char *key, *hint;
} rows[] = {
    {&hd_app_struct, "metadata", FLAT},
    {&hd_app_struct, "spec", FLAT},
    {&hd_app_struct, "image", "write image in a service, or imageRegistry and imageTag here for all services"},
    {&hd_app_struct, "configMaps", "write configFiles in the service that reads them"},
    {&hd_app_struct, "hpa", "write autoscaling in a service, or for all of a runtime under runtimes"},

    {&hd_service_struct, "metadata", FLAT},
    {&hd_service_struct, "spec", FLAT},
    {&hd_service_struct, "template", FLAT},
    {&hd_service_struct, "containers",
     "the service is its own container: write image, command, env ... here, others under extraContainers, sidecars or initContainers"},
    {&hd_service_struct, "volumeClaimTemplates", "write volumes: {NAME: {mountPath: /data, claimTemplate: 10Gi}}"},
    {&hd_service_struct, "serviceAccountName", "write serviceAccount: NAME for an account that exists; without it one is generated"},
    {&hd_service_struct, "automountServiceAccountToken", "write serviceAccount: {automountServiceAccountToken: true}"},
    {&hd_service_struct, "updateStrategy", "write strategy"},
    {&hd_service_struct, "jobTemplate", FLAT},
    {&hd_service_struct, "cron", "write schedule: \"15 3 * * *\""},
    {&hd_service_struct, "type", "write service: LoadBalancer for the type of the Service, kind: StatefulSet for the kind of workload"},
    {&hd_service_struct, "minReplicas", IN_AUTOSCALING},
    {&hd_service_struct, "maxReplicas", IN_AUTOSCALING},
    {&hd_service_struct, "hpa", IN_AUTOSCALING},
    {&hd_service_struct, "pdb", "write disruptionBudget: {minAvailable: 1}"},
    {&hd_service_struct, "minAvailable", "write disruptionBudget: {minAvailable: 1}"},
    {&hd_service_struct, "maxUnavailable", "write strategy: {maxUnavailable: 0}, or disruptionBudget: {maxUnavailable: 1}"},
    {&hd_service_struct, "maxSurge", "write strategy: {maxSurge: 1}"},
    {&hd_service_struct, "limits", IN_RESOURCES},
    {&hd_service_struct, "requests", IN_RESOURCES},
    {&hd_service_struct, "cpu", IN_RESOURCES},
    {&hd_service_struct, "memory", IN_RESOURCES},
    {&hd_service_struct, "gpu", "write resources: {limits: {nvidia.com/gpu: 1}}"},
    {&hd_service_struct, "host", "write expose: {host: shop.example.com, path: /}"},
    {&hd_service_struct, "path", "write expose: /path"},
    {&hd_service_struct, "ingress", "write expose: /path here, and ingress for the whole application"},
    {&hd_service_struct, "tag", "write image: {tag: \"1.4.2\"}"},
    {&hd_service_struct, "imageTag", "write image: {tag: \"1.4.2\"}"},
    {&hd_service_struct, "dependsOn", "write calls: [NAME] with the services and externals that it calls"},
    {&hd_service_struct, "depends_on", "write calls: [NAME] with the services and externals that it calls"},
    {&hd_service_struct, "environment", "write env: {NAME: value}"},
    {&hd_service_struct, "secrets", "write env: {NAME: {secret: SECRET, key: KEY}} here; secrets is a key of the application"},
    {&hd_service_struct, "healthCheck", "write livenessProbe and readinessProbe"},
    {&hd_service_struct, "health", "write livenessProbe and readinessProbe"},

    {&hd_resources_struct, "cpu", "write it under requests, limits, or both"},
    {&hd_resources_struct, "memory", "write it under requests, limits, or both"},
    {&hd_port_struct, "containerPort", "write port"},
    {&hd_port_struct, "number", "write port"},
    {&hd_port_struct, "targetPort", "port is what the container listens on, servicePort what the Service offers"},
    {&hd_image_struct, "name", "write repository"},
    {&hd_env_struct, "valueFrom", "remove this level: {secret: NAME, key: KEY}, {configMap: NAME, key: KEY}, {field: status.podIP}"},
    {&hd_env_struct, "secretKeyRef", "write {secret: NAME, key: KEY}"},
    {&hd_env_struct, "configMapKeyRef", "write {configMap: NAME, key: KEY}"},
    {&hd_env_struct, "fieldRef", "write {field: status.podIP}"},
    {&hd_env_struct, "resourceFieldRef", "write {resource: limits.cpu}"},
    {&hd_env_from_struct, "secretRef", "write secret: NAME"},
    {&hd_env_from_struct, "configMapRef", "write configMap: NAME"},
    {&hd_probe_struct, "path", IN_HTTP_GET},
    {&hd_probe_struct, "port", IN_HTTP_GET},
    {&hd_probe_struct, "command", "write exec: {command: [...]}"},
    {&hd_autoscaling_struct, "metrics", IN_METRICS},
    {&hd_autoscaling_struct, "targetCPUUtilizationPercentage", IN_METRICS},
    {&hd_autoscaling_struct, "targetMemoryUtilizationPercentage", IN_METRICS},
    {&hd_autoscaling_struct, "averageUtilization", IN_METRICS},
    {&hd_autoscaling_struct, "scaleTargetRef", "remove it: the autoscaler scales the service that it stands in"},
    {&hd_strategy_struct, "rollingUpdate", "remove this level: {maxSurge: 1, maxUnavailable: 0}"},
    {&hd_volume_struct, "persistentVolumeClaim", A_CLAIM},
    {&hd_volume_struct, "pvc", A_CLAIM},
    {&hd_volume_struct, "size", A_CLAIM},
    {&hd_volume_struct, "storageClass", "write claim: {size: 10Gi, storageClassName: NAME}, or the same under claimTemplate"},
    {&hd_key_volume_struct, "secretName", "write name, or secret: NAME alone"},
    {&hd_claim_struct, "resources", "write size: 10Gi"},
    {&hd_claim_struct, "storage", "write size: 10Gi"},
    {&hd_ingress_struct, "tls", "write tlsSecret: NAME"},
    {&hd_ingress_struct, "ingressClassName", "write className"},
    {&hd_app_gateway_struct, "gatewayClassName", "write className"},
    {&hd_app_gateway_struct, "tlsSecret", "write tls: {credentialName: NAME}"},
    {&hd_app_gateway_struct, "listeners", "remove them: they follow from the hosts of the exposures, and from tls"},
    {&hd_ingress_struct, "hosts", "write host at the application, or in expose of a service"},
    {&hd_ingress_struct, "host", "write host at the application, or in expose of a service"},
    {&hd_ingress_struct, "rules", "remove them: they follow from expose of the services"},
    {&hd_service_object_struct, "port", IN_PORTS},
    {&hd_service_object_struct, "ports", IN_PORTS},
    {&hd_service_object_struct, "targetPort", IN_PORTS},
    {&hd_telemetry_struct, "exporters", "write collector: {exporters: {...}}"},
    {&hd_telemetry_struct, "endpoint", "write collector: {external: \"http://collector.observability:4317\"}"},
    {&hd_collector_struct, "endpoint", "write external: \"http://collector.observability:4317\""},
    {&hd_collector_struct, "memoryBallast",
     "remove it: collectors have no ballast since 0.109; the library sets GOMEMLIMIT and memoryLimiter in its place"},
    {&hd_collector_struct, "config", NO_PIPELINES},
    {&hd_collector_struct, "receivers", NO_PIPELINES},
    {&hd_collector_struct, "processors", NO_PIPELINES},
    {&hd_collector_struct, "pipelines", NO_PIPELINES},
    {&hd_collector_struct, "mode", NO_MODE},
    {&hd_collector_struct, "kind", NO_MODE},
    {&hd_collector_struct, "volumeClaimTemplates", "write storage: 5Gi"},
    {&hd_collector_struct, "persistentQueue", "write storage: 5Gi"},
    {&hd_exporter_struct, "sendingQueue", "write queueSize; collector.storage keeps queues when the collector restarts"},
    {&hd_exporter_struct, "retryOnFailure", "remove it: the collector sends failed data again for five minutes"},
    {&hd_exporter_struct, "url", "write endpoint"},
    {&hd_exporter_tls_struct, "insecure", "write insecure: true in the exporter, and remove tls"},
    {&hd_exporter_tls_struct, "insecureSkipVerify",
     "remove it, because certificates are always checked: name their CA, or the name in the certificate as serverName"},
    {&hd_exporter_tls_struct, "ca", NAME_CA},
    {&hd_exporter_tls_struct, "caFile", NAME_CA},
    {&hd_exporter_tls_struct, "ca_file", NAME_CA},
    {&hd_exporter_tls_struct, "cert", NAME_CERTIFICATE},
    {&hd_exporter_tls_struct, "certFile", NAME_CERTIFICATE},
    {&hd_exporter_tls_struct, "cert_file", NAME_CERTIFICATE},
    {&hd_tail_policy_struct, "type", "remove it: it follows from thresholdMs, statusCodes or samplingPercentage"},
    {&hd_secret_struct, "data", NO_VALUES},
    {&hd_secret_struct, "stringData", NO_VALUES},
    {&hd_secret_struct, "value", NO_VALUES},
};

const char *kubernetes_key_hint(const struct hd_struct *type, const char *key)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].type == type && !strcmp(rows[i].key, key))
            return rows[i].hint;
    return NULL;
}
