/* Addresses in texts: scheme://user@host:port/path, host:port, jdbc:..., lists of them. */
#ifndef HD_CORE_TEXT_ADDRESS_H
#define HD_CORE_TEXT_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SCHEME_LONGEST = 24, HOST_LONGEST = 254 };

struct address {
    /* In small letters, without what follows a +; "" where the text has none. */
    char scheme[SCHEME_LONGEST];
    /* In small letters; an address of IPv6 without its brackets. */
    char host[HOST_LONGEST];
    int64_t port; /* 0 when none is given */
};

/* Where reading goes on; begin with {.next = text, .begin = text}. */
struct address_reader {
    const char *begin, *next, *end_of_list;
    char scheme[SCHEME_LONGEST];
};

/* The next address in the text; false when there is none. What stands in brackets, quotes or templates is no host. */
bool address_next(struct address_reader *reader, struct address *ret_address);

/* The port that programs take where an address gives none; 0 when nobody knows. */
int64_t scheme_port(const char *scheme);

/* Whether it is the machine itself: localhost, 127.0.0.1, ::1. */
bool is_loopback(const char *host);

#endif
