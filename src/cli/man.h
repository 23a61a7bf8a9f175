/* The manual page docs/percuta.1. */
#ifndef PERCUTA_CLI_MAN_H
#define PERCUTA_CLI_MAN_H

#include <stdio.h>

/* Writes it in troff. */
void percuta_cli_man_print(FILE *stream);

#endif
