#include "base/diag.h"
#include "unit.h"

static bool contains(const char *text, int argument)
{
	char hole[8];

	g_snprintf(hole, sizeof(hole), "{%d}", argument);
	return text && strstr(text, hole);
}

static void test_codes(void)
{
	GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);

	for (int id = 0; id < (int)MSG_COUNT; id++) {
		const struct message_entry *entry = message_entry((enum message)id);
		const char *other = g_hash_table_lookup(seen, entry->code);

		if (other)
			g_test_message("%s and %s share %s", entry->name, other, entry->code);
		g_assert_null(other);
		g_assert_true(g_regex_match_simple("^E0[1-8][0-9][0-9]$", entry->code, 0, 0));
		g_hash_table_insert(seen, (gpointer)(guintptr)entry->code, (gpointer)(guintptr)entry->name);
	}
	g_hash_table_destroy(seen);
}

static void test_holes(void)
{
	for (int id = 0; id < (int)MSG_COUNT; id++) {
		const struct message_entry *entry = message_entry((enum message)id);
		bool ended = false;

		for (int argument = 0; argument <= 9; argument++) {
			bool zh = contains(entry->zh, argument), en = contains(entry->en, argument);
			bool used = zh || contains(entry->help_zh, argument) || contains(entry->help_en, argument);

			if (zh != en || (used && ended))
				g_test_message("%s {%d}", entry->name, argument);
			g_assert_cmpint(zh, ==, en);
			g_assert_cmpint(contains(entry->help_zh, argument), ==, contains(entry->help_en, argument));
			/* No number is left out, or an argument would be passed for nothing. */
			g_assert_false(used && ended);
			ended |= !used;
		}
	}
}

static void check_wording(const char *name, const char *en, const char *zh)
{
	/* Only the name of a thing begins with a capital; XML, CSV and their like are all capitals. */
	static const char *const names[] = { "Noto", "Excel", "Unicode", "Debian" };
	bool named = !g_ascii_isupper(en[0]) || !g_ascii_islower(en[1]);

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		named |= g_str_has_prefix(en, names[i]);
	if (!named)
		g_test_message("%s: '%s' starts in upper case", name, en);
	g_assert_true(named);
	g_assert_false(g_ascii_isspace(en[0]));
	if (g_str_has_suffix(en, ".") || g_str_has_suffix(zh, "。") || g_str_has_suffix(zh, "."))
		g_test_message("%s ends in a full stop", name);
	g_assert_false(g_str_has_suffix(en, "."));
	g_assert_false(g_str_has_suffix(zh, "。") || g_str_has_suffix(zh, "."));
	g_assert_true(g_utf8_validate(en, -1, NULL) && g_utf8_validate(zh, -1, NULL));
	g_assert_null(strpbrk(en, "\n\t"));
	g_assert_null(strpbrk(zh, "\n\t"));
}

static void test_wording(void)
{
	for (int id = 0; id < (int)MSG_COUNT; id++) {
		const struct message_entry *entry = message_entry((enum message)id);

		g_assert_cmpuint(strlen(entry->en), >, 0);
		check_wording(entry->name, entry->en, entry->zh);
		g_assert_cmpint(entry->help_zh != NULL, ==, entry->help_en != NULL);
		if (entry->help_zh && entry->help_en)
			check_wording(entry->name, entry->help_en, entry->help_zh);
	}
}

static void test_families(void)
{
	/* E01, E02, E03 and E04 are the clerk's to mend, but for a disk that cannot be read. */
	for (int id = 0; id < (int)MSG_COUNT; id++) {
		const struct message_entry *entry = message_entry((enum message)id);
		char family = entry->code[2];

		if (family >= '2' && family <= '4' && entry->fault != FAULT_INPUT)
			g_test_message("%s %s has another fault than input", entry->code, entry->name);
		g_assert_false(family >= '2' && family <= '4' && entry->fault != FAULT_INPUT);
	}
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/base/messages/every code is used once", test_codes);
	g_test_add_func("/base/messages/both languages have the same arguments", test_holes);
	g_test_add_func("/base/messages/texts start in lower case and end without full stop", test_wording);
	g_test_add_func("/base/messages/values, references and policies are the input's fault", test_families);
	return g_test_run();
}
