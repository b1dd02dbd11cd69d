#ifndef SALESPAY_PIPELINE_ACCESS_H
#define SALESPAY_PIPELINE_ACCESS_H

#include <stdbool.h>

struct month_run;
struct model;

/*
 * Who may see what of managers/: a unit's folder is for its head and the heads
 * above. ACCESS.csv says so for people, access.nginx.conf and access.apache.conf
 * for the web server, whose users are employee numbers. The company's own
 * pages are for HR, whom the snippets name as the group "hr".
 */
bool access_write(struct month_run *run, const struct model *model);

#endif
