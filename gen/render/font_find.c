#include "render/font_find.h"
#include "base/arena.h"
#include "base/diag.h"
#include <fontconfig/fontconfig.h>
#include <string.h>

/* The language decides between the regional forms of one character: without it fontconfig picks Japanese
 * ones. */
#define FAMILY "Noto Sans CJK SC"
#define LANGUAGE "zh-cn"
#define PACKAGE "fonts-noto-cjk"

static bool take_file(FcPattern *match, struct arena *arena, struct font_file *out)
{
	FcChar8 *path, *family;
	int index;

	if (FcPatternGetString(match, FC_FILE, 0, &path) != FcResultMatch ||
		FcPatternGetString(match, FC_FAMILY, 0, &family) != FcResultMatch ||
		FcPatternGetInteger(match, FC_INDEX, 0, &index) != FcResultMatch)
		return false;
	out->path = arena_strdup(arena, (const char *)path);
	out->family = arena_strdup(arena, (const char *)family);
	out->index = (unsigned)index & 0xffff; /* above: the instance of a variable face */
	return true;
}

static bool has_family(FcPattern *match, const char *wanted)
{
	FcChar8 *family;

	for (int i = 0; FcPatternGetString(match, FC_FAMILY, i, &family) == FcResultMatch; i++)
		if (!strcmp((const char *)family, wanted))
			return true;
	return false;
}

static FcPattern *best_match(FcPattern *pattern)
{
	FcResult result;

	FcConfigSubstitute(NULL, pattern, FcMatchPattern);
	FcDefaultSubstitute(pattern);
	return FcFontMatch(NULL, pattern, &result);
}

bool font_find(bool bold, struct arena *arena, struct font_file *out, struct diag *diag)
{
	FcPattern *pattern = FcPatternBuild(NULL, FC_FAMILY, FcTypeString, FAMILY, FC_LANG, FcTypeString,
		LANGUAGE, FC_WEIGHT, FcTypeInteger, bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR, NULL);
	FcPattern *match = best_match(pattern);
	int weight = 0;
	bool found = match && has_family(match, FAMILY) &&
		     FcPatternGetInteger(match, FC_WEIGHT, 0, &weight) == FcResultMatch &&
		     (weight >= FC_WEIGHT_DEMIBOLD) == bold && take_file(match, arena, out);

	if (!found)
		diag_add(diag, MSG_FONT_MISSING, PLACE_NONE, bold ? FAMILY " Bold" : FAMILY, PACKAGE, NULL);
	if (match)
		FcPatternDestroy(match);
	FcPatternDestroy(pattern);
	return found;
}

bool font_find_character(uint32_t character, struct arena *arena, struct font_file *out)
{
	FcCharSet *wanted = FcCharSetCreate(), *present;
	FcPattern *pattern, *match;
	bool found;

	FcCharSetAddChar(wanted, character);
	pattern = FcPatternBuild(NULL, FC_FAMILY, FcTypeString, "sans-serif", FC_CHARSET, FcTypeCharSet,
		wanted, FC_SCALABLE, FcTypeBool, FcTrue, FC_COLOR, FcTypeBool, FcFalse, NULL);
	match = best_match(pattern);
	found = match && FcPatternGetCharSet(match, FC_CHARSET, 0, &present) == FcResultMatch &&
		FcCharSetHasChar(present, character) && take_file(match, arena, out);
	if (match)
		FcPatternDestroy(match);
	FcPatternDestroy(pattern);
	FcCharSetDestroy(wanted);
	return found;
}
