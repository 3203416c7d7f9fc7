#define _POSIX_C_SOURCE 200809L
#include "ip.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

struct ip_range ip_all(bool is_v6)
{
    struct ip_range range = {.is_v6 = is_v6};

    memset(range.last.bytes + (is_v6 ? 0 : 12), 0xff, is_v6 ? 16 : 4);
    return range;
}

/* The number behind the slash; -1 when the text is not a number from 0 to `most`. */
static int read_bits(const char *text, int most)
{
    int bits = 0;

    if (!*text || strlen(text) > 3 || (*text == '0' && text[1]))
        return -1;
    for (; *text; text++) {
        if (*text < '0' || *text > '9')
            return -1;
        bits = bits * 10 + (*text - '0');
    }
    return bits <= most ? bits : -1;
}

bool ip_read_block(const char *text, struct ip_range *ret_range)
{
    const char *slash = strchr(text, '/');
    char address[IP_TEXT];
    struct ip_range range = {0};
    int bits, n;

    if (!slash || (size_t)(slash - text) >= sizeof address)
        return false;
    memcpy(address, text, (size_t)(slash - text));
    address[slash - text] = '\0';
    range.is_v6 = strchr(address, ':') != NULL;
    n = range.is_v6 ? 128 : 32;
    bits = read_bits(slash + 1, n);
    if (bits < 0 || inet_pton(range.is_v6 ? AF_INET6 : AF_INET, address, range.first.bytes + (range.is_v6 ? 0 : 12)) != 1)
        return false;
    range.last = range.first;
    for (int bit = 128 - n + bits; bit < 128; bit++) {
        range.first.bytes[bit / 8] &= (uint8_t)~(0x80u >> bit % 8);
        range.last.bytes[bit / 8] |= (uint8_t)(0x80u >> bit % 8);
    }
    *ret_range = range;
    return true;
}

int ip_compare(const struct ip *left, const struct ip *right)
{
    return memcmp(left->bytes, right->bytes, sizeof left->bytes);
}

bool ip_next(struct ip *ip, bool is_v6)
{
    for (int i = 15; i >= (is_v6 ? 0 : 12); i--)
        if (++ip->bytes[i])
            return true;
    return false;
}

bool ip_before(struct ip *ip)
{
    for (int i = 15; i >= 0; i--)
        if (ip->bytes[i]--)
            return true;
    return false;
}

bool ip_range_contains(const struct ip_range *range, const struct ip_range *inner)
{
    return range->is_v6 == inner->is_v6 && ip_compare(&range->first, &inner->first) <= 0 && ip_compare(&inner->last, &range->last) <= 0;
}

void ip_write(const struct ip *ip, bool is_v6, char text[IP_TEXT])
{
    if (!inet_ntop(is_v6 ? AF_INET6 : AF_INET, ip->bytes + (is_v6 ? 0 : 12), text, IP_TEXT))
        *text = '\0';
}
