/* Asking a run to stop: Ctrl-C and SIGTERM. Internal to engine/. */
#ifndef PERCUTA_ENGINE_SIGNALS_H
#define PERCUTA_ENGINE_SIGNALS_H

/* From now on SIGINT and SIGTERM only set a flag; percuta_engine_signals_asked returns it, 0 if
 * none came. A second one ends the program at once. And a file that would grow past the user's
 * limit is an error of writing, not a signal. */
void percuta_engine_signals_catch(void);
int percuta_engine_signals_asked(void);

/* Signals do again what they did before, and the flag is down. */
void percuta_engine_signals_release(void);

#endif
