/* Terms by which requests choose a version. */
#ifndef HD_EMIT_VERSION_MATCH_H
#define HD_EMIT_VERSION_MATCH_H

#include "model/version.h"

/* The header that names the user. */
#define USER_HEADER "end-user"

/* Each character of name and value may be escaped. */
enum { COOKIE_PATTERN_SIZE = 2 * (256 + MOST_COOKIE) + 32 };
/* The regular expression for the header `cookie` of requests that have this one among others. */
void cookie_pattern(char text[COOKIE_PATTERN_SIZE], const struct hd_cookie_match *cookie);

#endif
