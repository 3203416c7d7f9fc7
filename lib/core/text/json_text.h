/* Whether a text is JSON, for files that programs read as such. */
#ifndef HD_CORE_TEXT_JSON_TEXT_H
#define HD_CORE_TEXT_JSON_TEXT_H

/* From where on the text is no JSON (RFC 8259), and in words what was expected there; NULL when it is JSON. */
const char *json_fault(const char *text, const char **ret_expected);

#endif
