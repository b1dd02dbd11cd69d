#ifndef SALESPAY_VALUE_DATE_H
#define SALESPAY_VALUE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Days and months as plain counts, proleptic Gregorian, no clock, no zone.
 * day: days since 1970-01-01. month: year x 12 + (month of the year - 1).
 * Years 1900 to 9999.
 */
bool date_from_ymd(int year, int month, int day, int32_t *out); /* false: no such day */
void date_to_ymd(int32_t day, int *year, int *month, int *day_of_month);
/* 1900-01-01 to 9999-12-31: to be asked after date arithmetic, before any other use of the result. */
bool date_in_range(int64_t day);
int date_weekday(int32_t day); /* 0 Monday … 6 Sunday */

int32_t month_from_ym(int year, int month);
int32_t month_of_date(int32_t day);
int32_t month_first_day(int32_t month);
int32_t month_last_day(int32_t month);
int month_year(int32_t month);
int month_number(int32_t month); /* 1 … 12 */
/* The same day n months on, clamped to that month's end. */
int32_t date_add_months(int32_t day, int32_t months);
/* Largest k >= 0 with a + k months <= b; 0 if b < a (contract 5.2, fine print). */
int32_t date_months_between(int32_t a, int32_t b);

/* "2026-10" only. */
bool month_parse(const char *text, size_t length, int32_t *out);
/* "2026-10-08" only; the forms of CSV exports are table/cell's. */
bool date_parse(const char *text, size_t length, int32_t *out);
char *month_format(int32_t month, char out[8]);
char *date_format(int32_t day, char out[11]);

#endif
