#ifndef SALESPAY_BOOKS_NET_PAY_H
#define SALESPAY_BOOKS_NET_PAY_H

#include "calc/results.h"

struct diag;

/* What is paid out: a policy's money figures of section net, most often one. */
bool item_is_net_pay(const struct item *item);
bool policy_has_net_pay(const struct policy *policy);
/* Of one person, by the results: nothing of who is excluded, nor for what is missing. */
struct decimal net_pay_of(const struct results *results, size_t person);
/* What their slip adds up to: earnings less deductions; the same as net where that figure failed or the policy has none. */
struct decimal slip_pay_of(const struct results *results, size_t person);

/*
 * Everyone's net pay is their earnings less their deductions. The first of
 * whom it is not is an error in diag: a wrong formula of the policy.
 */
bool net_pay_adds_up(const struct results *results, struct diag *diag);

#endif
