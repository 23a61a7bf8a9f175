/* The table behind "is a length, not a force; give a unit such as N", "did you mean `weeks`?" and
 * the patterns of the JSON Schema. Any other unit of the dimension is read as well. Test:
 * tests/unit/test_units.c. */
#include "base/usual.h"

#include <stdio.h>
#include <string.h>

static const struct percuta_usual USUAL[] = {
    {"m", "a length", "mm",
     "nm um µm μm micron microns micrometre micrometres micrometer micrometers mm millimetre "
     "millimetres "
     "millimeter millimeters cm centimetre centimetres centimeter centimeters m metre metres meter "
     "meters mil inch inches "
     "in ft"},
    {"s", "a time", "min",
     "us µs ms s sec secs second seconds min mins minute minutes h hr hrs hour hours d day days wk "
     "wks week weeks mo mos month "
     "months y yo yr yrs year years y.o. years_old"},
    {"rad", "an angle", "deg", "deg ° degree degrees rad radian radians turn turns arcmin"},
    {"N", "a force", "N", "uN µN mN N kN newton newtons gf kgf dyne lbf"},
    {"Pa", "a pressure", "kPa", "Pa kPa MPa GPa bar mbar mmHg psi"},
    {"m/s", "a speed", "cm/s",
     "um/s µm/s mm/s cm/s m/s mm/min cm/min m/min mm/h km/h inch/s cm_s-1 mm_s-1 m_s-1"},
    {"kg", "a mass", "mg", "ng ug µg mcg mg g kg gram grams"},
    {"m^2", "an area", "mm^2", "um^2 µm^2 um2 µm² mm^2 mm2 mm² cm^2 cm2 cm² m^2 m2 m²"},
    {"m^3", "a volume", "mm^3", "nl ul µl ml mL l L mm^3 mm3 mm³ cm^3 cm3 cm³ cc"},
    {"kg/m^2", "a mass per area", "mg/cm^2",
     "ug/cm^2 µg/cm^2 ug/cm2 µg/cm2 µg/cm² mg/cm^2 mg/cm2 mg/cm² mg_cm-2 mg_cm^-2 g/cm^2 g/cm2 "
     "g/m^2 g/m2 g/m² kg/m^2 mg/mm^2"},
    {"1/s", "a rate", "1/day",
     "Hz hertz kHz 1/s /s s-1 s^-1 s⁻¹ 1/min /min min⁻¹ 1/h 1/day 1/year rpm RPM rps cps strokes/s "
     "strokes/min "
     "strokes/second "
     "strokes/minute cycles/s rev/min revolutions/min revolutions_per_minute strokes_per_minute"},
    {"rad/s", "an angle per time", "deg/s", "deg/s rad/s"},
    {"N/m", "a force per length", "N/mm", "N/m N/mm mN/mm"},
    {"kg/m^3", "a mass per volume", "mg/ml",
     "ng/ml ug/ml µg/ml mg/ml mg/mL g/l g/L g/ml g/cm^3 g/cm3 kg/m^3 mg/l"},
    {"1/m^3", "a number per volume", "1/cm^3",
     "1/mm^3 1/cm^3 1/m^3 1/l /l 1/ul 1/µl cells/cm^3 cells/mm^3"},
    {"m^2/s", "a diffusivity", "cm^2/s", "um^2/s mm^2/s cm^2/s m^2/s cm^2/h cm^2/day mm^2/day"},
    {"kg/mol", "a mass per amount", "g/mol", "g/mol kg/mol mg/mol g_mol-1 g_mol⁻¹ Da kDa dalton"},
    {"mol/m^3", "an amount per volume", "mol/l", "nmol/l umol/l mmol/l mol/l"},
    {"%", "a plain number", "%",
     "% percent per_cent pct %_w/w %_(w/w) wt% ‰ permille ppm mg/g g/kg g/g"},
};

const struct percuta_usual *percuta_base_usual_at(size_t index) {
  return index < sizeof USUAL / sizeof *USUAL ? &USUAL[index] : NULL;
}

bool percuta_base_usual_unit(const struct percuta_usual *usual, int index, char *out, size_t size) {
  const char *start = usual->units;
  for (; index > 0 && *start != '\0'; index--) {
    start += strcspn(start, " ");
    start += strspn(start, " ");
  }
  const size_t length = strcspn(start, " ");
  snprintf(out, size, "%.*s", (int)length, start);
  for (char *c = strchr(out, '_'); c != NULL; c = strchr(c, '_'))
    *c = ' ';
  return length > 0;
}
