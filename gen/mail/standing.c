#include "mail/standing.h"

#include <string.h>

static const char *const words[MAIL_STATES] = {
	[MAIL_QUEUED] = "queued", [MAIL_SENDING] = "sending", [MAIL_ACCEPTED] = "accepted",
	[MAIL_TEMPORARY] = "temporary", [MAIL_PERMANENT] = "permanent", [MAIL_UNCERTAIN] = "uncertain",
};

const char *mail_state_word(enum mail_state state)
{
	return words[state];
}

const struct mail_standing *mail_standing_find(const struct mail_standings *standings, const char *id, const char *slip_sha256)
{
	size_t low = 0, high = standings->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct mail_standing *row = &standings->rows[middle];
		int order = strcmp(row->id, id);

		if (!order)
			order = strcmp(row->slip_sha256, slip_sha256);
		if (!order)
			return row;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

bool mail_standing_wants(const struct mail_standing *standing, const char *address, bool named, bool retry_uncertain)
{
	switch (standing ? standing->state : MAIL_QUEUED) {
	case MAIL_ACCEPTED:
		return false;
	case MAIL_UNCERTAIN:
		return retry_uncertain;
	case MAIL_PERMANENT:
		return named || strcmp(standing->address, address) != 0;
	case MAIL_QUEUED: case MAIL_SENDING: case MAIL_TEMPORARY:
		break;
	}
	return true;
}
