/* A YAML document as a tree of nodes that remember their place. Built on libyaml's events, with
 * limits that make hostile files harmless: size, depth, number of nodes; no anchors, aliases, tags,
 * directives or second documents; no control characters; a key may stand once in a map. */
#ifndef PERCUTA_BASE_YAML_H
#define PERCUTA_BASE_YAML_H

#include <stddef.h>

#include "base/diag.h"
#include "base/status.h"

enum percuta_yaml_kind { PERCUTA_YAML_SCALAR, PERCUTA_YAML_MAP, PERCUTA_YAML_LIST };

struct percuta_yaml_node {
  enum percuta_yaml_kind kind;
  int line, column;                /* of the value's first character, from 1 */
  char *key;                       /* owned; for a member of a map, else NULL */
  int key_line, key_column;        /* of the key, from 1; 0 without one */
  char *text;                      /* owned; of a scalar (NUL-terminated UTF-8), else NULL */
  struct percuta_yaml_node *child; /* owned; first member, or NULL */
  struct percuta_yaml_node *next;  /* owned by the parent; next member, or NULL */
};

struct percuta_yaml_limits {
  size_t bytes;
  int depth;
  size_t nodes;
};

/* Limits for a user's scenario: 1 MiB, depth 16, 20,000 nodes. */
extern const struct percuta_yaml_limits PERCUTA_BASE_YAML_LIMITS_SCENARIO;

/* Limits for Percuta's own data files, which are larger, yet must not take the machine with them.
 */
extern const struct percuta_yaml_limits PERCUTA_BASE_YAML_LIMITS_DATA;

/* The whole of the file at `path`, of `bytes` at most, in *text, owned by the caller, with its
 * *length. `shown` is the file name used in messages. PERCUTA_IO or PERCUTA_BAD_INPUT, with an
 * entry in diag, when it cannot be read or is too long. */
enum percuta_status percuta_base_yaml_load(const char *path, const char *shown, size_t bytes,
                                           struct percuta_diag *diag, char **text, size_t *length);

/* Reads the file at `path`. On mistakes they are added to `diag`, *out is NULL and
 * PERCUTA_BAD_INPUT is returned; PERCUTA_IO (with an entry in diag) when the file cannot be read.
 */
enum percuta_status percuta_base_yaml_read(const char *path, const char *shown,
                                           struct percuta_yaml_limits limits,
                                           struct percuta_diag *diag,
                                           struct percuta_yaml_node **out);
/* The same from memory. */
enum percuta_status percuta_base_yaml_parse(const char *text, size_t length, const char *shown,
                                            struct percuta_yaml_limits limits,
                                            struct percuta_diag *diag,
                                            struct percuta_yaml_node **out);
void percuta_base_yaml_destroy(struct percuta_yaml_node **node); /* accepts NULL */

/* The member of map `node` with this key, or NULL (also when node is NULL or no map). */
const struct percuta_yaml_node *percuta_base_yaml_get(const struct percuta_yaml_node *node,
                                                      const char *key);
/* Text of the scalar member `key`, or `otherwise`. */
const char *percuta_base_yaml_text(const struct percuta_yaml_node *node, const char *key,
                                   const char *otherwise);

/* Damerau-Levenshtein distance of two words (no part edited twice), for "did you mean"; words of
 * more than 128 bytes count as having nothing in common. */
int percuta_base_yaml_distance(const char *a, const char *b);

#endif
