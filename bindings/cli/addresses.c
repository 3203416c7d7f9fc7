#define _POSIX_C_SOURCE 200809L
#include "addresses.h"

#include "call.h"

#include <arpa/inet.h>
#include <stddef.h>
#include <string.h>

void address_read(unsigned char address[ADDRESS_BYTES], const char *text)
{
    memset(address, 0, ADDRESS_BYTES);
    if (inet_pton(AF_INET, text, address + 1) == 1)
        *address = 4;
    else if (inet_pton(AF_INET6, text, address + 1) == 1)
        *address = 6;
}

bool address_move(unsigned char address[ADDRESS_BYTES], int step)
{
    const unsigned char over = step > 0 ? 0 : 0xff;

    for (size_t i = *address == 4 ? 4 : 16; i; i--) {
        address[i] = (unsigned char)(address[i] + step);
        if (address[i] != over)
            return true;
    }
    return false;
}

bool address_is_next(const unsigned char address[ADDRESS_BYTES], const unsigned char before[ADDRESS_BYTES])
{
    unsigned char next[ADDRESS_BYTES];

    memcpy(next, before, ADDRESS_BYTES);
    return address_move(next, 1) && !memcmp(next, address, ADDRESS_BYTES);
}

char *addresses_text(const struct addresses *addresses)
{
    char first[INET6_ADDRSTRLEN], last[INET6_ADDRSTRLEN];
    int family = *addresses->first == 4 ? AF_INET : AF_INET6;

    inet_ntop(family, addresses->first + 1, first, sizeof first);
    inet_ntop(family, addresses->last + 1, last, sizeof last);
    return memcmp(addresses->first, addresses->last, ADDRESS_BYTES) ? printed("%s-%s", first, last) : printed("%s", first);
}
