#ifndef SALESPAY_RENDER_PAGES_FRAME_H
#define SALESPAY_RENDER_PAGES_FRAME_H

#include <stdbool.h>

#include <libxml/tree.h>

/*
 * A person's page from a unit's document without the other people in it:
 * libxslt numbers every node of a document before it transforms it, so that
 * three hundred pages of one document of three hundred people would cost the
 * square. The frame has the head of the unit's document; each person is moved
 * in for their page and moved back, so that the document stays as it was.
 */
struct pages_frame {
	xmlDocPtr doc; /* NULL if the document is no unit's */
	xmlNode *people;
	xmlNode *person, *home, *next; /* who is in, and where they belong */
};
void pages_frame_init(struct pages_frame *frame, xmlDocPtr document);
void pages_frame_release(struct pages_frame *frame);
/* False if there is no such person. */
bool pages_frame_enter(struct pages_frame *frame, xmlDocPtr document, const char *id);
void pages_frame_leave(struct pages_frame *frame);

#endif
