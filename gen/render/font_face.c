#include "render/font_face.h"
#include "base/bug.h"
#include "base/diag.h"
#include "render/charset.h"
#include "render/font_find.h"
#include <cairo-ft.h>
#include <hb-subset.h>
#include <stdlib.h>

/* What FreeType needs as long as cairo holds the face. */
struct loaded {
	FT_Library library;
	FT_Face face;
	hb_blob_t *bytes;
};

bool font_face_open(struct font_face *face, const struct font_file *file, struct diag *diag)
{
	hb_blob_t *bytes = hb_blob_create_from_file_or_fail(file->path);

	*face = (struct font_face){ NULL, NULL, NULL, NULL };
	if (bytes) {
		face->whole = hb_face_create(bytes, file->index);
		hb_blob_destroy(bytes);
		if (hb_face_get_glyph_count(face->whole))
			return true;
	}
	diag_add(diag, MSG_FONT_UNREADABLE, PLACE_NONE, file->family, file->path, NULL);
	font_face_release(face);
	return false;
}

bool font_face_has(const struct font_face *face, uint32_t character)
{
	hb_font_t *font = hb_font_create(face->whole);
	hb_codepoint_t glyph;
	bool found = hb_font_get_nominal_glyph(font, character, &glyph);

	hb_font_destroy(font);
	return found;
}

static const hb_tag_t layout_tables[] = { HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'),
	HB_TAG('G', 'D', 'E', 'F'), HB_TAG('k', 'e', 'r', 'n') };
static const hb_tag_t unused_tables[] = { HB_TAG('B', 'A', 'S', 'E'), HB_TAG('J', 'S', 'T', 'F'),
	HB_TAG('D', 'S', 'I', 'G'), HB_TAG('v', 'h', 'e', 'a'), HB_TAG('v', 'm', 't', 'x'),
	HB_TAG('V', 'O', 'R', 'G') };

static hb_blob_t *subset(const struct font_face *face, const struct charset *characters, bool layout)
{
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	hb_set_t *wanted, *dropped;
	hb_face_t *small;
	hb_blob_t *bytes = NULL;

	if (!input)
		bug("out of memory");
	wanted = hb_subset_input_unicode_set(input);
	for (uint32_t c = charset_next(characters, 0); c != UINT32_MAX; c = charset_next(characters, c + 1))
		hb_set_add(wanted, c);
	dropped = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
	for (size_t i = 0; i < sizeof unused_tables / sizeof *unused_tables; i++)
		hb_set_add(dropped, unused_tables[i]);
	for (size_t i = 0; !layout && i < sizeof layout_tables / sizeof *layout_tables; i++)
		hb_set_add(dropped, layout_tables[i]);
	hb_subset_input_set_flags(input,
		HB_SUBSET_FLAGS_DESUBROUTINIZE | HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
	small = hb_subset_or_fail(face->whole, input);
	if (small) {
		bytes = hb_face_reference_blob(small);
		hb_face_destroy(small);
	}
	hb_subset_input_destroy(input);
	return bytes;
}

static void unload(void *data)
{
	struct loaded *loaded = data;

	if (loaded->face)
		FT_Done_Face(loaded->face);
	if (loaded->library)
		FT_Done_FreeType(loaded->library);
	hb_blob_destroy(loaded->bytes);
	free(loaded);
}

static cairo_font_face_t *load_for_cairo(hb_blob_t *bytes)
{
	static const cairo_user_data_key_t key;
	struct loaded *loaded = calloc(1, sizeof *loaded);
	cairo_font_face_t *face;
	unsigned size;
	const char *data = hb_blob_get_data(bytes, &size);

	if (!loaded)
		bug("out of memory");
	loaded->bytes = hb_blob_reference(bytes);
	if (FT_Init_FreeType(&loaded->library) ||
		FT_New_Memory_Face(loaded->library, (const FT_Byte *)data, (FT_Long)size, 0, &loaded->face)) {
		unload(loaded);
		return NULL;
	}
	face = cairo_ft_font_face_create_for_ft_face(loaded->face, FT_LOAD_NO_HINTING);
	if (cairo_font_face_set_user_data(face, &key, loaded, unload) != CAIRO_STATUS_SUCCESS)
		bug("out of memory");
	return face;
}

bool font_face_load(struct font_face *face, const struct font_file *file, const struct charset *characters,
	bool layout, struct diag *diag)
{
	hb_blob_t *bytes = subset(face, characters, layout);
	hb_face_t *small;

	if (bytes)
		face->drawn = load_for_cairo(bytes);
	if (!face->drawn) {
		hb_blob_destroy(bytes);
		diag_add(diag, MSG_FONT_UNREADABLE, PLACE_NONE, file->family, file->path, NULL);
		return false;
	}
	small = hb_face_create(bytes, 0);
	face->shaper = hb_font_create(small);
	hb_font_set_scale(face->shaper, 1000, 1000);
	face->outlines = hb_face_reference_table(small, HB_TAG('C', 'F', 'F', ' '));
	hb_face_destroy(small);
	hb_blob_destroy(bytes);
	return true;
}

void font_face_release(struct font_face *face)
{
	if (face->drawn)
		cairo_font_face_destroy(face->drawn);
	hb_blob_destroy(face->outlines);
	hb_font_destroy(face->shaper);
	hb_face_destroy(face->whole);
	*face = (struct font_face){ NULL, NULL, NULL, NULL };
}
