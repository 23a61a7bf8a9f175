/* From a file, and what is changed on the command line, to a checked scenario. */
#ifndef PERCUTA_INPUT_INPUT_H
#define PERCUTA_INPUT_INPUT_H

#include "scenario/scenario.h"

/* Reads and checks the scenario in `path` with what `catalogue`, which must outlive it, holds, then
 * applies `sets` ("key.path=value", `set_count` of them; place shown as `--set`; also
 * "--fidelity=value", shown as `--fidelity`). Every mistake is added to `diag`, also those in the
 * files of products; on any mistake *out is NULL and PERCUTA_BAD_INPUT is returned. Limits: 1 MiB
 * of text, depth 16, no anchors, aliases or tags. PERCUTA_IO when the file cannot be read. */
enum percuta_status percuta_input_read(const struct percuta_catalogue *catalogue, const char *path,
                                       const char *const *sets, size_t set_count,
                                       struct percuta_diag *diag, struct percuta_scenario **out);
/* The same from the text of a scenario, which need not end in NUL; `path` is what messages call it,
 * and the user's own products are looked for in its folder. */
enum percuta_status percuta_input_parse(const struct percuta_catalogue *catalogue, const char *path,
                                        const char *text, size_t length, const char *const *sets,
                                        size_t set_count, struct percuta_diag *diag,
                                        struct percuta_scenario **out);

/* A scenario of the device `name`: a preset, or a file that describes one (given.h) and may say
 * more, on skin and in a hand that neither names as they usually are. Mistakes as above; an unknown
 * name is one, too. */
enum percuta_status percuta_input_read_device(const struct percuta_catalogue *catalogue,
                                              const char *name, const char *const *sets,
                                              size_t set_count, struct percuta_diag *diag,
                                              struct percuta_scenario **out);
/* The same from the text of such a file. */
enum percuta_status percuta_input_parse_device(const struct percuta_catalogue *catalogue,
                                               const char *path, const char *text, size_t length,
                                               const char *const *sets, size_t set_count,
                                               struct percuta_diag *diag,
                                               struct percuta_scenario **out);

/* Writes used_parameters.yaml: every key and every parameter as used, itself a runnable scenario
 * with the same result. The user's own products and compounds that the scenario needs are copied
 * beside it, unless it is in their folder. `petsc_options` (NULL or "": none) are told in a
 * comment. PERCUTA_IO with errno set. */
enum percuta_status percuta_input_write_used(const struct percuta_scenario *scenario,
                                             const char *petsc_options, const char *path);

#endif
