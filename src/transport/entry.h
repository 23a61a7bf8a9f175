/* Files that describe one compound or product each: Percuta's own in data/, a user's own beside the
 * scenario. Both have the same format, and the file's name without its ending is the id. */
#ifndef PERCUTA_TRANSPORT_ENTRY_H
#define PERCUTA_TRANSPORT_ENTRY_H

#include "skin/atlas.h"
#include "skin/skin.h"

/* The path of <id>.yaml in `out`: in the folder of the file `beside` (a scenario; may be NULL),
 * then *own is true, or else in data/<kind>/. false when there is none, or `id` is no id. */
bool percuta_entry_find(const char *kind, const char *id, const char *beside, char *out,
                        size_t size, bool *own);

/* The path that <id>.yaml has in the folder of the file `beside`; false when it does not fit. */
bool percuta_entry_beside(const char *id, const char *beside, char *out, size_t size);

/* Reads <id>.yaml from the folder of the file `beside` (a scenario; may be NULL) or else from
 * data/<kind>/, `kind` being "compounds" or "products". An id holds letters, digits and - . _ %
 * only. `units` and `diag` are borrowed by *out. Release with percuta_atlas_close. Mistakes go to
 * `diag`; PERCUTA_BAD_INPUT also when there is no such file. */
enum percuta_status percuta_entry_open(const char *kind, const char *id, const char *beside,
                                       const struct percuta_units *units, struct percuta_diag *diag,
                                       struct percuta_atlas *out);

/* Reports every key of map `node` that is not among `keys`, which NULL ends. */
enum percuta_status percuta_entry_check_keys(const struct percuta_atlas *atlas,
                                             const struct percuta_yaml_node *node,
                                             const char *const *keys);

/* The place of the text of `key` among `words`, which NULL ends. */
enum percuta_status percuta_entry_choose(const struct percuta_atlas *atlas,
                                         const struct percuta_yaml_node *node, const char *key,
                                         const char *const *words, int *out);

/* All entries of data/<kind>/: id, `name` and `known` of each, sorted by id. *out is owned by the
 * caller: release with percuta_skin_free_list. */
enum percuta_status percuta_entry_list(const char *kind, struct percuta_list_entry **out,
                                       size_t *count);

#endif
