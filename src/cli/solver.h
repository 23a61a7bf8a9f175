/* The engine: an object of its own, opened on demand, so that nothing else has to load PETSc and
 * MPI. */
#ifndef PERCUTA_CLI_SOLVER_H
#define PERCUTA_CLI_SOLVER_H

/* The address of the engine's entry point `symbol`, or NULL after saying on stderr, in the name of
 * `command`, why it could not be opened. The engine stays open until the program ends. */
void *percuta_cli_solver_open(const char *command, const char *symbol);

#endif
