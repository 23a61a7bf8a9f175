/* A device as the skin meets it: how many needles, how often, how fast. */
#ifndef PERCUTA_DEVICE_DEVICE_H
#define PERCUTA_DEVICE_DEVICE_H

#include "scenario/scenario.h"

/* Needles in the whole device. */
int percuta_device_needle_count(const struct percuta_device *device);

/* Strikes per area of one pass [1/m^2], the closed form: for a roller, needles on the drum over the
 * area it covers in a turn, pi * drum diameter * drum width, divided by 1 + slip; for a pen,
 * needles * frequency / (speed * head diameter); for a stamp or array, needles over its area. */
double percuta_device_strike_density(const struct percuta_device *device, double speed,
                                     double slip);

/* Strikes per second while the device is moved [1/s]: of a roller, those of one pass over the area
 * that it covers in a second; of a stamp or pen, needles * frequency. */
double percuta_device_strike_rate(const struct percuta_device *device, double speed, double slip);

/* The needle as it meets the skin: round, with the cross-sections of its form, its cone worn off to
 * a tip `wear` blunter, and so shorter. */
struct percuta_needle percuta_device_worn_needle(const struct percuta_device *device);

/* Whether needle number `needle` is bent, and then where its tip has gone [m] along and across the
 * head's travel. A function of the seed alone: the same in every session. */
bool percuta_device_is_bent(const struct percuta_device *device, uint64_t seed, int needle,
                            double *along, double *across);

/* Speed towards the skin at which a tip meets it [m/s]: of a roller, at the angle of entry; of a
 * stamp, the hand's; of a pen, the fastest of a sinusoidal stroke as long as the needle. */
double percuta_device_needle_speed(const struct percuta_device *device,
                                   const struct percuta_session *session);

#endif
