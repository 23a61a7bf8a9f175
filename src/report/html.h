/* Small things for writing HTML: escaped text and numbers as people read them. */
#ifndef PERCUTA_REPORT_HTML_H
#define PERCUTA_REPORT_HTML_H

#include <stdio.h>

/* Writes `text` with the characters that HTML would take for its own escaped. */
void percuta_report_html_text(FILE *stream, const char *text);

/* Text in a struct, so that it can be an argument of fprintf. */
struct percuta_html_number {
  char text[80];
};

/* `value` with `digits` significant digits, without trailing zeros, as HTML; a true minus sign;
 * powers of ten only outside 1e-4 .. 1e7. */
struct percuta_html_number percuta_report_html_number(double value, int digits);

/* A relative value as a signed change in per cent: 1.048 is "+4.8 %". Changes below 0.005 % are
 * "0 %". */
struct percuta_html_number percuta_report_html_change(double relative);

/* A time in seconds as people say it: "60 minutes", "12 hours", "3 days". */
struct percuta_html_number percuta_report_html_span(double seconds);

/* The same in days or, where they are whole ones, months: "30 days", "12 months". */
struct percuta_html_number percuta_report_html_months(double seconds);

/* A name as the head of a line: its first letter in upper case; HTML. */
void percuta_report_html_name(FILE *stream, const char *name);

/* A time in days: whole days, below ten days with one decimal. */
struct percuta_html_number percuta_report_html_day(double day);

#endif
