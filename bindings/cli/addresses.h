/* Addresses of version 4 and 6, and ranges of them. */
#ifndef HYBRIDGEN_ADDRESSES_H
#define HYBRIDGEN_ADDRESSES_H

#include <stdbool.h>

/* 4 or 6, and behind it the bytes of the address; all zero where there is none. memcmp() puts addresses in order. */
enum { ADDRESS_BYTES = 17 };

struct addresses {
    unsigned char first[ADDRESS_BYTES], last[ADDRESS_BYTES];
};

/* All zero for a text that is no address. */
void address_read(unsigned char address[ADDRESS_BYTES], const char *text);

/* Makes it the address behind (1) or before (-1); false where there is none. */
bool address_move(unsigned char address[ADDRESS_BYTES], int step);

/* Whether the address is the one behind the other. */
bool address_is_next(const unsigned char address[ADDRESS_BYTES], const unsigned char before[ADDRESS_BYTES]);

/* "10.0.0.1", or "10.0.0.0-10.0.0.255"; the caller frees it. */
char *addresses_text(const struct addresses *addresses);

#endif
