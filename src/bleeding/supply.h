/* How long cut vessels bleed in effect when they share what feeds them. */
#ifndef PERCUTA_BLEEDING_SUPPLY_H
#define PERCUTA_BLEEDING_SUPPLY_H

/* Time [s] in which a vessel cut alone would shed what it sheds beside the others within `time`
 * [s]: `demand` [m/s] is what all vessels cut in an area would shed if each were alone, `supply`
 * [m/s] >= 0 and `stored` [m] >= 0 what feeds them. Infinite supply: `time`. */
double percuta_bleeding_supply_time(double demand, double supply, double stored, double time);

#endif
