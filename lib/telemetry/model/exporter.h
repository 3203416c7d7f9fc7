/* Exporters of the collector, and what they take. */
#ifndef HD_TELEMETRY_MODEL_EXPORTER_H
#define HD_TELEMETRY_MODEL_EXPORTER_H

#include "model/model.h"

enum exporter_type {
    EXPORTER_UNKNOWN = 0,
    EXPORTER_OTLP_GRPC,
    EXPORTER_OTLP_HTTP,
    EXPORTER_PROMETHEUS,
    EXPORTER_REMOTE_WRITE,
    EXPORTER_DEBUG
};

/* Sets of signals. */
enum signal_bits { SIGNAL_TRACES = 1, SIGNAL_METRICS = 2, SIGNAL_LOGS = 4, SIGNALS_ALL = 7 };
unsigned signal_bits(const char *const *signals, size_t n_signals);

/* The type of a word, also of an older name of it; unknown for any other, and for NULL. */
enum exporter_type exporter_type_named(const char *word);
enum exporter_type exporter_type(const struct hd_exporter *exporter);
/* What the exporter takes, of what its type can take. */
unsigned exporter_signals(const struct hd_exporter *exporter);
/* What all exporters of a collector take together. */
unsigned exporters_take(const struct hd_collector *collector);
unsigned exporter_type_signals(enum exporter_type type);

/* Whether it connects to a back end. */
bool exporter_sends(enum exporter_type type);

/* Whether it has a CA of its own; what follows from its TLS; and the volume of all such files, false when there are none. */
bool exporter_has_ca(const struct hd_exporter *exporter);
void resolve_exporter_tls(struct hd_exporter *exporter, bool is_grpc);
bool exporter_tls_volume(struct hd_model *model, struct hd_volume *volume);
#define EXPORTER_TLS_PATH "/etc/otelcol-tls"

/* Fills in type, signals and the rest that follows from name and endpoint. */
void resolve_exporters(struct hd_model *model);
/* What follows from externals, once they are indexed: the endpoint. */
void resolve_exporter_endpoints(struct hd_model *model);

/* Writes the name of the variable of the collector's containers that holds a header's secret, with something around it. */
void write_header_variable(char *text, size_t size, const char *before, const struct hd_exporter *exporter,
                           const struct hd_exporter_header *header, const char *after);

/* The port on which the prometheus exporter is scraped. */
enum { PROMETHEUS_EXPORTER_PORT = 8889 };

#endif
