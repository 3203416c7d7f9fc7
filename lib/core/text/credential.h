/* Texts that look like credentials, which must not stand in a model. */
#ifndef HD_CORE_TEXT_CREDENTIAL_H
#define HD_CORE_TEXT_CREDENTIAL_H

#include <stdbool.h>
#include <stddef.h>

/* The kind of credential that a text is by itself, whatever its name: "a private key", "an AWS access key" ...; NULL for any other text. */
const char *credential_kind(const char *text, size_t length);

/* Whether a name says that its value is a credential: DB_PASSWORD, API_KEY, jwtSecret; not TOKEN_TTL or PASSWORD_MIN_LENGTH. */
bool is_credential_name(const char *name, size_t length);

/* Whether a value under such a name is none: empty, a switch, a path, a reference, a template. */
bool is_harmless(const char *value, size_t length);

#endif
