#include "query.h"

#include "core/text/duration.h"
#include "model/mesh.h"
#include "model/delivery.h"
#include "model/port.h"

#include <inttypes.h>
#include <stdio.h>

/* Rates over less than a minute see too few scrapes. */
enum { LEAST_WINDOW = 60 };

/*
 * Requests as their senders saw them, since only these name the Service, and with it the version, that was meant. After a
 * blue-green switch the service's own name leads to the new version.
 */
static void terms(char text[QUERY_LONGEST / 4], const struct hd_model *model, const struct hd_service *service)
{
    snprintf(text, QUERY_LONGEST / 4,
             "reporter=~\"source|waypoint\",destination_service_namespace=\"%.63s\",destination_service_name=\"%.63s%s\"",
             model->app->namespace_name, service->name, delivery_way(service) == CANARY_WAY ? "-" CANARY : "");
}

static int64_t window(const struct hd_service *service)
{
    int64_t seconds = duration_us(delivery_analysis(service)->interval) / 1000000;

    return seconds < LEAST_WINDOW ? LEAST_WINDOW : seconds;
}

/* Without any error there is no series of errors, which counts as none. */
void success_rate_query(char query[QUERY_LONGEST], const struct hd_model *model, const struct hd_service *service)
{
    const struct hd_port *port = service_port(service, NULL);
    const char *errors = port && port->protocol == HD_PROTOCOL_GRPC ? "grpc_response_status=~\"" GRPC_SERVER_ERRORS "\"" : "response_code=~\"5..\"";
    char which[QUERY_LONGEST / 4];

    terms(which, model, service);
    snprintf(query, QUERY_LONGEST,
             "100 - 100 * (sum(rate(istio_requests_total{%s,%s}[%" PRId64 "s])) or vector(0)) / sum(rate(istio_requests_total{%s}[%" PRId64
             "s]))",
             which, errors, window(service), which, window(service));
}

void latency_query(char query[QUERY_LONGEST], const struct hd_model *model, const struct hd_service *service)
{
    char which[QUERY_LONGEST / 4];

    terms(which, model, service);
    snprintf(query, QUERY_LONGEST,
             "histogram_quantile(0.99, sum(rate(istio_request_duration_milliseconds_bucket{%s}[%" PRId64 "s])) by (le))", which,
             window(service));
}
