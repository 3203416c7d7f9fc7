/* Rules for the text of variables, commands and arguments, against the rest of the model. */
#ifndef HD_KUBERNETES_MODEL_TEXT_CHECKS_H
#define HD_KUBERNETES_MODEL_TEXT_CHECKS_H

#include "model/checks.h"
#include "model/container.h"

/* A variable with a name and a value. */
void check_addresses_of_variable(struct checker *checker, const struct container_in *in, const struct hd_env *env);
/* A word of a command or argument. */
void check_addresses_of_word(struct checker *checker, const struct container_in *in, struct where where, const char *word);

/* An address that a script connects to. */
void check_address_of_script(struct checker *checker, const struct container_in *in, struct where where, const char *address);

/* Values that only one form is right for, as the name of their variable says. */
void check_form_of_variable(struct checker *checker, const struct hd_container *container, const struct hd_env *env);

/* Where the program listens: by its variables, and by its command. */
void check_listening_variable(struct checker *checker, const struct container_in *in, const struct hd_env *env);
void check_listening_file(struct checker *checker, const struct container_in *in, const struct hd_config_file *file);
void check_scrape_annotation(struct checker *checker, const struct hd_service *service, const struct hd_pair *annotation);
void check_listening_command(struct checker *checker, const struct container_in *in);

/* Whether a name has this ending, and something before it. */
bool has_ending(const char *name, const char *ending);
/* Quotes and operators that only a shell takes away, and spaces around a value. */
void check_value_of_variable(struct checker *checker, const struct container_in *in, const struct hd_env *env);
void check_value_of_word(struct checker *checker, struct where where, const char *word);

/* Memory that a program may take by GOMEMLIMIT or by an option, `next` (may be NULL) being the next word; and that its runtime needs. */
void check_go_memory(struct checker *checker, const struct hd_container *container, const struct hd_env *env);
void check_memory_options(struct checker *checker, const struct hd_container *container, struct where where, const char *text, const char *next);
void check_workers_of_command(struct checker *checker, const struct hd_container *container);
void check_memory_of_runtime(struct checker *checker, const struct container_in *in);

/* Settings that are for a developer, or for a machine of another size; a proxy that cannot reach what is called. */
void check_production(struct checker *checker, const struct hd_container *container, const struct hd_env *env);
void check_debugger(struct checker *checker, struct where where, const char *text);
void check_http_proxy(struct checker *checker, const struct container_in *in);
/* DB_PORT beside DB_HOST; and addresses in a file of configuration. */
void check_ports_of_hosts(struct checker *checker, const struct container_in *in);
void check_addresses_of_file(struct checker *checker, const struct container_in *in, const struct hd_config_file *file);

/* An option for how long a server lets requests end; `next` may be NULL. */
void check_graceful(struct checker *checker, const struct container_in *in, struct where where, const char *word, const char *next);
void check_graceful_variable(struct checker *checker, const struct container_in *in, const struct hd_env *env);
/* A word that a shell reads as a script. */
void check_script(struct checker *checker, const struct container_in *in, struct where where, const char *text);

/* What the name of a variable says about its value: an address, a host, the host of a server, where the program itself listens. */
bool is_address_name(const char *name);
bool is_host_name(const char *name);
bool is_server_name(const char *name);
bool is_listening_name(const char *name);

/* Whether what stands behind the first dot of a host is the application's namespace, with or without svc and the cluster's domain. */
bool names_own_namespace(const struct checker *checker, const char *text, size_t length);

#endif
