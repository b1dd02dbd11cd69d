#ifndef SALESPAY_CALC_GROUP_H
#define SALESPAY_CALC_GROUP_H

#include "calc/eval.h"

/*
 * Values over other people of the month, each computed once: sums of a unit's
 * subtree, sorted values for ranks, the parts of a shared pool.
 */
struct group_cache *group_cache_new(const struct rulebook *rulebook, struct arena *arena);

/*
 * A whole shared over weights: each part rounded towards zero to the step,
 * what is left handed out step by step to the largest remainders; ties go to
 * the smaller order[]. A missing weight gives a missing part. False if a
 * weight is negative. All parts are missing if the weights are zero in all.
 */
bool share_out(struct decimal whole, struct decimal step, const struct value *weights, const size_t *order, size_t count,
	enum value_type type, struct value *parts);

#endif
