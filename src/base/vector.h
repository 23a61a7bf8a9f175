/* Letting the compiler use a processor's wide registers.
 *
 * A static function marked PERCUTA_VECTOR_CLONES (others would be exported) is compiled for plain
 * x86-64 and for AVX2; the program picks one when it starts. Both do the same operations in the
 * same order (the build forbids fused multiply-adds), so that results depend on the machine
 * only where a library chooses (FFTW, in the last digits).
 */
#ifndef PERCUTA_BASE_VECTOR_H
#define PERCUTA_BASE_VECTOR_H

#include <stddef.h>

/* Sanitizers are not yet at work when the program picks. */
#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__GNUC__) && !defined(__clang__) &&   \
    !defined(__SANITIZE_ADDRESS__)
#define PERCUTA_VECTOR_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define PERCUTA_VECTOR_CLONES
#endif

/* Before a loop whose turns do not read what others write: the compiler need not prove it. Clang's
 * like complains of every loop that it then does not turn. */
#if defined(__GNUC__) && !defined(__clang__)
#define PERCUTA_VECTOR_LOOP _Pragma("GCC ivdep")
#else
#define PERCUTA_VECTOR_LOOP
#endif

#define PERCUTA_VECTOR_INLINE static inline __attribute__((always_inline))

/* to[column * to_stride + row] = from[row * from_stride + column] for a block of 4 by 4. */
PERCUTA_VECTOR_INLINE
void percuta_vector_turn(const double *from, size_t from_stride, double *to, size_t to_stride) {
  typedef double four __attribute__((vector_size(32), aligned(8), may_alias));
  const double *a = from, *b = a + from_stride, *c = b + from_stride, *d = c + from_stride;
  four row0 = *(const four *)a, row1 = *(const four *)b;
  four row2 = *(const four *)c, row3 = *(const four *)d;
  four low01 = __builtin_shufflevector(row0, row1, 0, 4, 2, 6);
  four high01 = __builtin_shufflevector(row0, row1, 1, 5, 3, 7);
  four low23 = __builtin_shufflevector(row2, row3, 0, 4, 2, 6);
  four high23 = __builtin_shufflevector(row2, row3, 1, 5, 3, 7);
  *(four *)to = __builtin_shufflevector(low01, low23, 0, 1, 4, 5);
  *(four *)(to + to_stride) = __builtin_shufflevector(high01, high23, 0, 1, 4, 5);
  *(four *)(to + 2 * to_stride) = __builtin_shufflevector(low01, low23, 2, 3, 6, 7);
  *(four *)(to + 3 * to_stride) = __builtin_shufflevector(high01, high23, 2, 3, 6, 7);
}

#endif
