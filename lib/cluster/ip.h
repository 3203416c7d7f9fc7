/* Addresses of both versions, as numbers. */
#ifndef HD_CLUSTER_IP_H
#define HD_CLUSTER_IP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An address: 16 bytes in network order. IPv4 has its bytes in the last four, behind zeroes. */
struct ip {
    uint8_t bytes[16];
};

/* The addresses from `first` to `last`, both IPv4 or both IPv6. */
struct ip_range {
    bool is_v6;
    struct ip first, last;
};

enum { IP_TEXT = 46 };

/* All addresses of a version. */
struct ip_range ip_all(bool is_v6);

/* Reads address/bits; false when the text has another form. Bits of the address behind the first `bits` are ignored, as in Kubernetes. */
bool ip_read_block(const char *text, struct ip_range *ret_range);

int ip_compare(const struct ip *left, const struct ip *right);

/* The next address, and the one before; false where there is none. */
bool ip_next(struct ip *ip, bool is_v6);
bool ip_before(struct ip *ip);

bool ip_range_contains(const struct ip_range *range, const struct ip_range *inner);

void ip_write(const struct ip *ip, bool is_v6, char text[IP_TEXT]);

#endif
