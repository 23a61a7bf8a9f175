/* Escaped text, and numbers as people read them.
 * Tests: tests/unit/test_report.c, test_sentence.c. */
#include "report/html.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/units.h"

void percuta_report_html_text(FILE *stream, const char *text) {
  for (; *text != '\0'; ++text) {
    switch (*text) {
    case '<':
      fputs("&lt;", stream);
      break;
    case '>':
      fputs("&gt;", stream);
      break;
    case '&':
      fputs("&amp;", stream);
      break;
    case '"':
      fputs("&quot;", stream);
      break;
    default:
      fputc(*text, stream);
    }
  }
}

static void trim_zeros(char *text) {
  if (strchr(text, '.') == NULL) {
    return;
  }
  size_t end = strlen(text);
  while (text[end - 1] == '0') {
    --end;
  }
  if (text[end - 1] == '.') {
    --end;
  }
  text[end] = '\0';
}

struct percuta_html_number percuta_report_html_number(double value, int digits) {
  struct percuta_html_number out = {""};
  const double size = fabs(value);
  if (!isfinite(value) || size == 0) {
    snprintf(out.text, sizeof out.text, "%s", size == 0 ? "0" : "—");
    return out;
  }
  const char *sign = value < 0 ? "−" : "";
  char plain[48];
  if (size < 1e-4 || size >= 1e7) {
    snprintf(plain, sizeof plain, "%.*e", digits - 1, size);
    char *exponent = strchr(plain, 'e');
    int power = 0;
    if (exponent != NULL) {
      *exponent = '\0';
      sscanf(exponent + 1, "%d", &power);
    }
    trim_zeros(plain);
    snprintf(out.text, sizeof out.text, "%s%.20s&thinsp;×&thinsp;10<sup>%s%d</sup>", sign, plain,
             power < 0 ? "−" : "", power < 0 ? -power : power);
    return out;
  }
  /* Rounding may add a digit (9.99 to 10.0); the trailing zero it leaves is trimmed. */
  const int decimals = digits - 1 - (int)floor(log10(size));
  snprintf(plain, sizeof plain, "%.*f", decimals > 0 ? decimals : 0, size);
  trim_zeros(plain);
  snprintf(out.text, sizeof out.text, "%s%.40s", sign, plain);
  return out;
}

struct percuta_html_number percuta_report_html_change(double relative) {
  struct percuta_html_number out;
  const double change = 100 * (relative - 1);
  if (fabs(change) < 0.005) {
    snprintf(out.text, sizeof out.text, "0&nbsp;%%");
    return out;
  }
  const int decimals = fabs(change) < 0.1 ? 2 : fabs(change) < 99.5 ? 1 : 0;
  snprintf(out.text, sizeof out.text, "%s%.*f&nbsp;%%", change < 0 ? "−" : "+", decimals,
           fabs(change));
  return out;
}

struct percuta_html_number percuta_report_html_day(double day) {
  return percuta_report_html_number(day < 9.95 ? round(10 * day) / 10 : round(day), 6);
}

struct percuta_html_number percuta_report_html_span(double seconds) {
  static const struct {
    double unit, below; /* [s] */
    const char *name;
  } scale[] = {{60, 5370, "minute"},
               {PERCUTA_HOUR, 2.01 * PERCUTA_DAY, "hour"},
               {PERCUTA_DAY, INFINITY, "day"}};
  struct percuta_html_number out;
  size_t k = 0;
  while (fabs(seconds) >= scale[k].below) {
    ++k;
  }
  const double value = seconds / scale[k].unit;
  const double rounded = fabs(value) < 9.95 ? round(10 * value) / 10 : round(value);
  snprintf(out.text, sizeof out.text, "%.50s %s%s", percuta_report_html_number(rounded, 4).text,
           scale[k].name, rounded == 1 ? "" : "s");
  return out;
}

struct percuta_html_number percuta_report_html_months(double seconds) {
  struct percuta_html_number out;
  const double months = seconds / PERCUTA_MONTH, days = seconds / PERCUTA_DAY;
  if (months >= 2 && fabs(months - round(months)) < 0.02)
    snprintf(out.text, sizeof out.text, "%.50s months",
             percuta_report_html_number(round(months), 4).text);
  else
    snprintf(out.text, sizeof out.text, "%.50s day%s", percuta_report_html_day(days).text,
             days == 1 ? "" : "s");
  return out;
}

void percuta_report_html_name(FILE *stream, const char *name) {
  if (islower((unsigned char)name[0])) {
    fputc(toupper((unsigned char)name[0]), stream);
    ++name;
  }
  percuta_report_html_text(stream, name);
}
