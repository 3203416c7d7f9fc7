/* Addresses of both versions, as numbers. */
#ifndef HD_CLUSTER_IP_H
#define HD_CLUSTER_IP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An address: 16 bytes, the first ones first; an address of version 4 has its bytes at the end, and zeroes before. */
struct ip {
    uint8_t bytes[16];
};

/* Addresses from the first up to the last, both of one version. */
struct ip_range {
    bool is_v6;
    struct ip first, last;
};

enum { IP_TEXT = 46 };

/* All addresses of a version. */
struct ip_range ip_all(bool is_v6);

/* Reads address/bits; false when it is none. Bits of the address that do not count are ignored, as Kubernetes does. */
bool ip_read_block(const char *text, struct ip_range *ret_range);

int ip_compare(const struct ip *left, const struct ip *right);

/* The next address, and the one before; false where there is none. */
bool ip_next(struct ip *ip, bool is_v6);
bool ip_before(struct ip *ip);

bool ip_range_contains(const struct ip_range *range, const struct ip_range *inner);

void ip_write(const struct ip *ip, bool is_v6, char text[IP_TEXT]);

#endif
