/* Files that describe one compound or product each: Percuta's own in data/, a user's own beside the
 * scenario. Both have the same format, and the file's name without its ending is the id. */
#ifndef PERCUTA_SUBSTANCE_ENTRY_H
#define PERCUTA_SUBSTANCE_ENTRY_H

#include "catalogue/atlas.h"
#include "skin/skin.h"

/* The path of <id>.yaml in `out`: in the folder of the file `beside` (a scenario; may be NULL) if a
 * file is there that describes one of this kind, then *own is true, or else in data/<kind>/. false
 * when there is none, or `id` is no id. */
bool percuta_substance_entry_find(const char *kind, const char *id, const char *beside, char *out,
                                  size_t size, bool *own);

/* Whether <id>.yaml stands beside, but describes none of this kind; *what then says what it lacks.
 */
bool percuta_substance_entry_lacks(const char *kind, const char *id, const char *beside, char *what,
                                   size_t size);

/* The path that <id>.yaml has in the folder of the file `beside`; false when it does not fit. */
bool percuta_substance_entry_beside(const char *id, const char *beside, char *out, size_t size);

/* Reads <id>.yaml from the folder of the file `beside` (a scenario; may be NULL) or else from
 * data/<kind>/, `kind` being "compounds" or "products". An id holds letters, digits and - . _ %
 * only. `units` and `diag` are borrowed by *out. Release with percuta_catalogue_atlas_close.
 * Mistakes go to `diag`; PERCUTA_BAD_INPUT also when there is no such file. */
enum percuta_status percuta_substance_entry_open(const char *kind, const char *id,
                                                 const char *beside,
                                                 const struct percuta_units *units,
                                                 struct percuta_diag *diag,
                                                 struct percuta_atlas *out);

/* All entries of data/<kind>/: id, `name`, and `known` with more of each, sorted by
 * id. *out is owned by the caller: release with percuta_skin_free_list. */
enum percuta_status percuta_substance_entry_list(const char *kind, struct percuta_list_entry **out,
                                                 size_t *count);

#endif
