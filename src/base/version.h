/* The program's version, as CMakeLists.txt states it; a test compares the two. */
#ifndef PERCUTA_BASE_VERSION_H
#define PERCUTA_BASE_VERSION_H

#ifndef PERCUTA_VERSION
#define PERCUTA_VERSION "0.1.0"
#endif

#endif
