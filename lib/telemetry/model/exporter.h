/* Exporters of the collector, and the signals that they take. */
#ifndef HD_TELEMETRY_MODEL_EXPORTER_H
#define HD_TELEMETRY_MODEL_EXPORTER_H

#include "model/model.h"

/* Versions since which components have the names with an underscore; collectors still accept the older names for some versions. */
enum { OTLP_RENAMED = 144, BALANCER_RENAMED = 153, OTHERS_RENAMED = 155 };

enum exporter_type {
    EXPORTER_UNKNOWN = 0,
    EXPORTER_OTLP_GRPC,
    EXPORTER_OTLP_HTTP,
    EXPORTER_PROMETHEUS,
    EXPORTER_REMOTE_WRITE,
    EXPORTER_DEBUG,
    N_EXPORTER_TYPES
};

/* The form of an exporter's endpoint. */
enum endpoint_form {
    ENDPOINT_NONE, /* it sends nowhere */
    ENDPOINT_HOST, /* host:port, and whether there is TLS in a member of its own */
    ENDPOINT_URL   /* a URL, whose scheme says whether there is TLS */
};

/* One type of exporter; emit/collector_exporters.c writes its members. */
struct exporter_kind {
    /* Its name; and the name that collectors older than 0.<renamed> have for it, NULL when it is the same. */
    const char *name, *old_name;
    int renamed;
    /* The signals that it can take, as bits. */
    unsigned signals;
    enum endpoint_form form;
    /* A hint with an example of an endpoint. */
    const char *example;
    /* Default timeout of one request to the back end; NULL when the type has no timeout. */
    const char *timeout;
    /* Whether it speaks OTLP: it compresses, its queue can be kept in files, and its back ends have well-known ports. */
    bool speaks_otlp;
    /* Whether Prometheus scrapes it, on PROMETHEUS_EXPORTER_PORT. */
    bool is_asked;
    /* Whether it writes only to the collector's own log, for people to read. */
    bool is_for_people;
};

/* Indexed by type; the entry of the unknown type is all zero. */
extern const struct exporter_kind exporter_kinds[N_EXPORTER_TYPES];

/* Sets of signals. */
enum signal_bits { SIGNAL_TRACES = 1, SIGNAL_METRICS = 2, SIGNAL_LOGS = 4, SIGNALS_ALL = 7 };
unsigned signal_bits(const char *const *signals, size_t n_signals);

/* The type of a word, also of an older name of it; unknown for any other, and for NULL. */
enum exporter_type exporter_type_named(const char *word);
enum exporter_type exporter_type(const struct hd_exporter *exporter);
const struct exporter_kind *exporter_kind(const struct hd_exporter *exporter);
/* Signals that the exporter takes, limited to those that its type can take. */
unsigned exporter_signals(const struct hd_exporter *exporter);
/* Signals that at least one exporter of the collector takes. */
unsigned exporters_take(const struct hd_collector *collector);

/* Whether it has a CA of its own; what follows from its TLS; and the volume of all such files, false when there are none. */
bool exporter_has_ca(const struct hd_exporter *exporter);
void resolve_exporter_tls(struct hd_exporter *exporter, enum endpoint_form form);
bool exporter_tls_volume(struct hd_model *model, struct hd_volume *volume);
#define EXPORTER_TLS_PATH "/etc/otelcol-tls"

/* Fills in type, signals and the rest that follows from name and endpoint. */
void resolve_exporters(struct hd_model *model);
/* Fills in the endpoint of an exporter that names an external; called once externals are indexed. */
void resolve_exporter_endpoints(struct hd_model *model);

/* Writes the name of the variable of the collector's containers that holds a header's secret, with text before and after it. */
void write_header_variable(char *text, size_t size, const char *before, const struct hd_exporter *exporter,
                           const struct hd_exporter_header *header, const char *after);

/* The port on which the prometheus exporter is scraped. */
enum { PROMETHEUS_EXPORTER_PORT = 8889 };

#endif
