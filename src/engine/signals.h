/* Asking a run to stop: Ctrl-C, SIGTERM and their like. Internal to engine/. */
#ifndef PERCUTA_ENGINE_SIGNALS_H
#define PERCUTA_ENGINE_SIGNALS_H

#include <stdbool.h>

/* From now on SIGINT, SIGTERM, SIGHUP (unless it is ignored, as by nohup) and SIGXCPU only set a
 * flag; percuta_engine_signals_asked returns the signal, 0 if none came. A second one ends the
 * program at once. Where the run does not come to a place between two steps within a few seconds,
 * the program ends where it is: every file is whole at every moment, and the last checkpoint
 * stands. And a file that would grow past the user's limit is an error of writing, not a signal. */
void percuta_engine_signals_catch(void);
int percuta_engine_signals_asked(void);

/* What is said on standard error when the program ends where it is; copied. "": nothing. */
void percuta_engine_signals_last_words(const char *words);

/* Whether a checkpoint is being written, which is waited for longer. */
void percuta_engine_signals_saving(bool saving);

/* Signals do again what they did before, and the flag is down. */
void percuta_engine_signals_release(void);

#endif
