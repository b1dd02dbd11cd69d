#ifndef SALESPAY_POLICY_NUMBERS_FILE_H
#define SALESPAY_POLICY_NUMBERS_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/reading.h"
#include "table/sheet.h"

/*
 * file="tables/x.csv" of grades, rates, tiers and parameters: the numbers that
 * a clerk edits in Excel, under the attributes' names. A column 备注, 说明 or
 * note, and one whose name begins with #, is for people and passed over, and
 * so is a row without anything in it.
 */
struct numbers_file {
	const struct csv_sheet *sheet;
	const struct reading *reading;
};
/* False with errors told: outside policies/, unreadable, or no row. */
bool numbers_open(struct numbers_file *file, struct reading *reading, const struct element *element);
bool numbers_is_remark(const char *header);
bool numbers_is_blank(const struct numbers_file *file, size_t row);
/* The column of that name, in NFKC; -1 if there is none. */
int numbers_column(const struct numbers_file *file, const char *name);
/* Trimmed, with its place; text "" where column is -1. */
struct literal numbers_field(const struct numbers_file *file, size_t row, int column);
struct place numbers_place(const struct numbers_file *file, size_t row, int column);
/* Reports columns that are missing (the first `needed` of the names) and those that nobody knows. */
bool numbers_check_columns(const struct numbers_file *file, const char *const *names, size_t count, size_t needed);

#endif
