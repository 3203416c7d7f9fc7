/* Hints for text that is not YAML. */
#ifndef HD_CORE_READING_SYNTAX_HINT_H
#define HD_CORE_READING_SYNTAX_HINT_H

/* A remedy for one of libfyaml's complaints, or NULL. */
const char *syntax_hint(const char *complaint);

#endif
