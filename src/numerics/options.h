/* What PETSc has been told: every option in force, wherever it came from. */
#ifndef PERCUTA_NUMERICS_OPTIONS_H
#define PERCUTA_NUMERICS_OPTIONS_H

#include "base/status.h"

/* What PETSc is always told: to read neither .petscrc nor petscrc, in the working folder or at home
 * (a folder from somebody else could load his code and overwrite files by them), and to leave
 * signals alone, which are the program's business. */
#define PERCUTA_NUMERICS_OPTIONS_NO_FILES "-skip_petscrc"
#define PERCUTA_NUMERICS_OPTIONS_NO_SIGNALS "-no_signal_handler"

/* All options in force as they would stand on a command line, "" when there are none, without those
 * above. Owned by the caller, free(). Not collective; PETSc must have been started. */
enum percuta_status percuta_numerics_options_all(char **out);

/* Those that nothing has read so far, nor PETSc will at its end; as above. */
enum percuta_status percuta_numerics_options_unread(char **out);

#endif
