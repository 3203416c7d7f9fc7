/* The forms of strings, one rule each. */
#ifndef HD_CORE_TEXT_FORMAT_H
#define HD_CORE_TEXT_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

struct hd_format_rule {
    /* "a DNS label: at most 63 of a-z, 0-9 and -, ..." */
    const char *words;
    /* The same as a regular expression of ECMA 262, for the schema; it may allow more, never less. */
    const char *pattern;
    size_t longest;
    bool (*valid)(const char *text);
    /* The control characters that a text may have: NULL for none, which is right where a text stands on one line. */
    const char *controls;
};

extern const struct hd_format_rule format_line;          /* any text on one line */
extern const struct hd_format_rule format_text;          /* any text of one or several lines */
extern const struct hd_format_rule format_dns_label;     /* DNS-1123 label */
extern const struct hd_format_rule format_service_name;  /* DNS-1035 label */
extern const struct hd_format_rule format_neighbour;     /* application/service */
extern const struct hd_format_rule format_subdomain;     /* DNS-1123 subdomain */
extern const struct hd_format_rule format_search_domain; /* subdomain, with or without a dot behind it; or a dot */
extern const struct hd_format_rule format_path_segment;  /* of a URL */
extern const struct hd_format_rule format_host;          /* subdomain, or *. and one */
extern const struct hd_format_rule format_any_host;      /* the same, or * */
extern const struct hd_format_rule format_label_key;     /* qualified name */
extern const struct hd_format_rule format_annotation_key;
extern const struct hd_format_rule format_label_value;
extern const struct hd_format_rule format_port_name;     /* IANA service name, at most 15 */
extern const struct hd_format_rule format_port_ref;      /* port name or number */
extern const struct hd_format_rule format_env_name;
extern const struct hd_format_rule format_config_key;
extern const struct hd_format_rule format_absolute_path; /* of a file */
extern const struct hd_format_rule format_relative_path; /* without .. */
extern const struct hd_format_rule format_url_path;
extern const struct hd_format_rule format_header_name;
extern const struct hd_format_rule format_cidr;
extern const struct hd_format_rule format_ip;
extern const struct hd_format_rule format_quantity;
extern const struct hd_format_rule format_int_or_percent;
extern const struct hd_format_rule format_mode;          /* octal permission bits */
extern const struct hd_format_rule format_duration;      /* Go's, with a unit */
extern const struct hd_format_rule format_image;         /* image reference */
extern const struct hd_format_rule format_registry;
extern const struct hd_format_rule format_repository;
extern const struct hd_format_rule format_tag;
extern const struct hd_format_rule format_digest;
extern const struct hd_format_rule format_version;       /* 1.30 */
extern const struct hd_format_rule format_mesh_duration; /* from 1ms, in whole milliseconds */
extern const struct hd_format_rule format_retry_on;
extern const struct hd_format_rule format_method;    /* of HTTP, in upper case */
extern const struct hd_format_rule format_cors_method; /* one that Istio knows, or * */
extern const struct hd_format_rule format_call_path; /* of a URL, with or without a * behind it */
extern const struct hd_format_rule format_code;          /* HD2718 */
extern const struct hd_format_rule format_sysctl;
extern const struct hd_format_rule format_capability;
extern const struct hd_format_rule format_schedule;      /* cron */
extern const struct hd_format_rule format_time_zone;
extern const struct hd_format_rule format_ratio;         /* 0 to 1 */
extern const struct hd_format_rule format_percentage;    /* 0 to 100, with a fraction */
extern const struct hd_format_rule format_scrape_time;   /* Prometheus' durations */
extern const struct hd_format_rule format_share;         /* a percentage, with or without its sign */
extern const struct hd_format_rule format_bound;         /* of an alert: a share or a duration */
extern const struct hd_format_rule format_label_name;    /* of Prometheus */
extern const struct hd_format_rule format_web_url;
extern const struct hd_format_rule format_collector_version;
extern const struct hd_format_rule format_ottl;          /* the same in OTTL, with quotes and brackets closed */
extern const struct hd_format_rule format_statement;     /* text of one line in a collector's configuration */
extern const struct hd_format_rule format_image_path;    /* registry/repository */
extern const struct hd_format_rule format_http_header;
extern const struct hd_format_rule format_matched_header; /* in lower case */
extern const struct hd_format_rule format_header_value;
extern const struct hd_format_rule format_age;           /* a duration of whole seconds */
extern const struct hd_format_rule format_origin;
extern const struct hd_format_rule format_url;
extern const struct hd_format_rule format_authority;     /* host, or host:port */
extern const struct hd_format_rule format_regex;         /* RE2 */

bool format_is_valid(const struct hd_format_rule *format, const char *text);

#endif
