/* Which build of the program this is. */
#ifndef PERCUTA_BASE_BUILD_H
#define PERCUTA_BASE_BUILD_H

enum { PERCUTA_BASE_BUILD_SIZE = 64 };

/* The version and, where the linker has left one, the first digits of the build's own number, which
 * no other code has: "0.1.0 (build f4d40408be29)". */
void percuta_base_build_name(char out[PERCUTA_BASE_BUILD_SIZE]);

#endif
