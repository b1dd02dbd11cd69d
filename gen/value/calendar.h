#ifndef SALESPAY_VALUE_CALENDAR_H
#define SALESPAY_VALUE_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* The company's calendar.csv: exceptions to "Monday to Friday work". */
enum day_kind { DAY_OFF /* 休 */, DAY_STATUTORY /* 法定: paid holiday, also off */, DAY_WORK /* 班: make-up working day */ };

struct calendar;
struct calendar *calendar_new(struct arena *arena);
bool calendar_add(struct calendar *calendar, int32_t day, enum day_kind kind); /* false: that day has one already */
bool calendar_has_year(const struct calendar *calendar, int year);
/* Both ends included; 0 when to < from. */
int32_t calendar_workdays(const struct calendar *calendar, int32_t from, int32_t to);
int32_t calendar_holidays(const struct calendar *calendar, int32_t from, int32_t to);

#endif
