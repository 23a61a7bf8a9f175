/* Memory of this process. */
#ifndef PERCUTA_BASE_MEMORY_H
#define PERCUTA_BASE_MEMORY_H

/* The most this program has held at one time [bytes], as Linux counts it; 0 where it does not tell.
 * getrusage would not do: it counts what the process held before the program was started in it. */
double percuta_base_memory_peak(void);

/* What this machine can still give [bytes]: the least of what Linux calls available, what the
 * control groups around this process leave, and `ulimit -v`; infinity where nothing tells. */
double percuta_base_memory_free(void);

#endif
