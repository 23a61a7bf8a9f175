/* The ranks of MPI's world as the crew of a study, with something to see meanwhile. Internal to
 * engine/. */
#ifndef PERCUTA_ENGINE_CREW_H
#define PERCUTA_ENGINE_CREW_H

#include <stdbool.h>

#include "engine/progress.h"
#include "numerics/deal.h"

struct percuta_engine_crew {
  struct percuta_crew crew;          /* to be handed to the study; it points to this struct */
  bool speaks;                       /* rank 0: the one that prints and writes */
  struct percuta_progress *progress; /* owned; rank 0 only */
  struct percuta_progress_study shown;
};

/* MPI must have been started. Release with percuta_engine_crew_clear. */
enum percuta_status percuta_engine_crew_init(bool quiet, struct percuta_engine_crew *out);

/* What the next runs are for, as it is shown; borrowed. Nothing stands on the line then. */
void percuta_engine_crew_begin(struct percuta_engine_crew *crew, const char *what);

/* Takes the line away, as something else is going to be printed. Accepts one that failed. */
void percuta_engine_crew_clear(struct percuta_engine_crew *crew);

#endif
