#include "base/arena.h"
#include "base/diag.h"
#include "mail/journal.h"
#include "unit.h"
#include "value/date.h"

/* The mail journal: what it keeps, what a crash may leave of it, and what it does not put up with. */
#define SLIP_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define SLIP_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

struct fixture {
	struct arena *arena;
	struct diag *diag;
	char *records;
	int32_t month;
};

static void begin(struct fixture *f)
{
	f->arena = arena_new();
	f->diag = diag_new(f->arena);
	f->records = unit_folder_new();
	g_assert_true(month_parse("2026-10", 7, &f->month));
	g_mkdir(arena_printf(f->arena, "%s/2026-10", f->records), 0700);
	unit_write(f->records, "2026-10/seal.txt", "the seal\n");
}

static void end(struct fixture *f)
{
	unit_folder_remove(f->records);
	diag_free(f->diag);
	arena_free(f->arena);
}

static void again(struct fixture *f)
{
	diag_free(f->diag);
	f->diag = diag_new(f->arena);
}

static struct journal_record record(const char *id, const char *slip, enum mail_state state, const char *reply)
{
	return (struct journal_record){ .id = id, .slip_sha256 = slip, .address = "a@example.com", .state = state, .attempt = state != MAIL_QUEUED,
		.code = reply ? 250 : 0, .reply = reply };
}

static void add(struct fixture *f, const char *id, const char *slip, enum mail_state state, const char *reply)
{
	struct journal *journal = journal_open(f->records, f->month, f->arena, f->diag);
	struct journal_record one = record(id, slip, state, reply);

	g_assert_nonnull(journal);
	if (journal)
		g_assert_true(journal_add(journal, &one, 1, f->diag));
	journal_close(journal);
}

static const char *state_of(struct fixture *f, const char *id, const char *slip)
{
	const struct mail_standing *found;
	struct mail_standings all;

	if (!mail_journal_states(f->records, f->month, &all, f->arena, f->diag))
		return "unreadable";
	found = mail_standing_find(&all, id, slip);
	return found ? mail_state_word(found->state) : "unknown";
}

static void test_last_line_counts(void)
{
	struct fixture f;
	struct mail_standings all;

	begin(&f);
	g_assert_true(mail_journal_states(f.records, f.month, &all, f.arena, f.diag));
	g_assert_cmpuint(all.count, ==, 0);
	add(&f, "E2", SLIP_B, MAIL_QUEUED, NULL);
	add(&f, "E1", SLIP_A, MAIL_QUEUED, NULL);
	add(&f, "E1", SLIP_A, MAIL_SENDING, NULL);
	add(&f, "E1", SLIP_A, MAIL_ACCEPTED, "2.0.0 Ok: queued\tas\r\n\x1b[31mX \xff\xe4\xb8");
	g_assert_cmpstr(state_of(&f, "E1", SLIP_A), ==, "accepted");
	g_assert_cmpstr(state_of(&f, "E2", SLIP_B), ==, "queued");
	g_assert_cmpstr(state_of(&f, "E1", SLIP_B), ==, "unknown");
	g_assert_true(mail_journal_states(f.records, f.month, &all, f.arena, f.diag));
	g_assert_cmpuint(all.count, ==, 2);
	if (all.count == 2) {
		g_assert_cmpstr(all.rows[0].id, ==, "E1");
		g_assert_cmpstr(all.rows[0].reply, ==, "2.0.0 Ok: queued as  \xef\xbf\xbd[31mX \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
		g_assert_cmpint(all.rows[0].code, ==, 250);
		g_assert_cmpint(all.rows[0].attempts, ==, 1);
		g_assert_cmpuint(strlen(all.rows[0].when), ==, strlen("2026-11-06T09:12:03+08:00"));
		g_assert_null(all.rows[1].reply);
	}
	g_assert_cmpuint(diag_errors(f.diag), ==, 0);
	end(&f);
}

/* An id with a tab in it is known again, and is no column more. */
static void test_odd_ids(void)
{
	struct fixture f;
	struct journal *journal;

	begin(&f);
	add(&f, "E\t1\n", SLIP_A, MAIL_ACCEPTED, "250 OK");
	journal = journal_open(f.records, f.month, f.arena, f.diag);
	g_assert_nonnull(journal);
	if (journal)
		g_assert_nonnull(journal_standing(journal, "E\t1\n", SLIP_A));
	journal_close(journal);
	end(&f);
}

/* Cut at every byte of its last line: what that line said is gone, all before it stands, and it can be added to. */
static void test_torn(void)
{
	struct fixture f;
	char *text;
	size_t before, length;

	begin(&f);
	add(&f, "E1", SLIP_A, MAIL_UNCERTAIN, NULL);
	text = unit_read(f.records, "2026-10/mail/journal.txt");
	before = strlen(text);
	g_free(text);
	add(&f, "E1", SLIP_A, MAIL_ACCEPTED, "ok");
	text = unit_read(f.records, "2026-10/mail/journal.txt");
	length = strlen(text);
	for (size_t cut = before + 1; cut < length; cut++) {
		char *path = g_build_filename(f.records, "2026-10/mail/journal.txt", NULL), *now;

		again(&f);
		g_assert_true(g_file_set_contents(path, text, (gssize)cut, NULL));
		g_assert_cmpstr(state_of(&f, "E1", SLIP_A), ==, "uncertain");
		g_assert_cmpuint(diag_errors(f.diag), ==, 0);
		add(&f, "E3", SLIP_B, MAIL_QUEUED, NULL);
		g_assert_cmpuint(diag_errors(f.diag), ==, 0);
		g_assert_cmpstr(state_of(&f, "E1", SLIP_A), ==, "uncertain");
		g_assert_cmpstr(state_of(&f, "E3", SLIP_B), ==, "queued");
		now = unit_read(f.records, "2026-10/mail/journal.txt");
		g_assert_true(g_str_has_prefix(now, "salespay mail journal 1\t") && !strncmp(now, text, before));
		g_free(now);
		g_free(path);
	}
	g_free(text);
	end(&f);
}

/* Blocks that the disk never got are zeros. */
static void test_zeros(void)
{
	static const char zeros[64] = "";
	struct fixture f;
	char *path, *text;
	GString *bytes;

	begin(&f);
	add(&f, "E1", SLIP_A, MAIL_UNCERTAIN, NULL);
	path = g_build_filename(f.records, "2026-10/mail/journal.txt", NULL);
	text = unit_read(f.records, "2026-10/mail/journal.txt");
	bytes = g_string_new(text);
	g_string_append_len(bytes, zeros, sizeof(zeros));
	g_assert_true(g_file_set_contents(path, bytes->str, (gssize)bytes->len, NULL));
	g_assert_cmpstr(state_of(&f, "E1", SLIP_A), ==, "uncertain");
	add(&f, "E1", SLIP_A, MAIL_ACCEPTED, "ok");
	g_assert_cmpstr(state_of(&f, "E1", SLIP_A), ==, "accepted");
	g_string_free(bytes, TRUE);
	g_free(text);
	g_free(path);
	end(&f);
}

static void expect_refused(struct fixture *f, char **lines, const char *what)
{
	char *text = g_strjoinv("\n", lines);
	struct journal *journal;

	again(f);
	unit_write(f->records, "2026-10/mail/journal.txt", text);
	journal = journal_open(f->records, f->month, f->arena, f->diag);
	if (journal)
		g_test_message("%s is put up with", what);
	g_assert_null(journal);
	journal_close(journal);
	g_assert_cmpuint(diag_errors(f->diag), ==, 1);
	g_assert_cmpint(diag_status(f->diag), ==, 4);
	g_assert_cmpstr(state_of(f, "E1", SLIP_A), ==, "unreadable");
	g_free(text);
}

static void test_changed(void)
{
	struct fixture f;
	char *text, **lines, *kept;

	begin(&f);
	for (int i = 0; i < 4; i++)
		add(&f, "E1", SLIP_A, (enum mail_state)i, i > 1 ? "ok" : NULL);
	text = unit_read(f.records, "2026-10/mail/journal.txt");
	lines = g_strsplit(text, "\n", -1);
	g_assert_cmpuint(g_strv_length(lines), ==, 6); /* the first, four, and nothing behind the last */
	kept = lines[3];
	lines[3] = g_strdup(kept);
	*strstr(lines[3], "accepted") = 'x';
	expect_refused(&f, lines, "a changed line");
	g_free(lines[3]);
	lines[3] = lines[2];
	lines[2] = kept;
	expect_refused(&f, lines, "two lines in each other's place");
	lines[2] = lines[3];
	lines[3] = kept;
	kept = lines[1];
	memmove(&lines[1], &lines[2], 4 * sizeof(*lines));
	expect_refused(&f, lines, "a line taken out");
	memmove(&lines[2], &lines[1], 4 * sizeof(*lines));
	lines[1] = kept;
	unit_write(f.records, "2026-10/mail/journal.txt", text);
	g_assert_cmpstr(state_of(&f, "E1", SLIP_A), ==, "temporary");
	unit_write(f.records, "2026-10/seal.txt", "another seal\n");
	expect_refused(&f, lines, "another seal");
	g_strfreev(lines);
	g_free(text);
	end(&f);
}

static void test_wants(void)
{
	static const struct { enum mail_state state; const char *address; bool named, retry, wanted; } cases[] = {
		{ MAIL_QUEUED, "a", false, false, true }, { MAIL_SENDING, "a", false, false, true }, { MAIL_TEMPORARY, "a", false, false, true },
		{ MAIL_ACCEPTED, "a", false, false, false }, { MAIL_ACCEPTED, "b", true, true, false },
		{ MAIL_PERMANENT, "a", false, true, false }, { MAIL_PERMANENT, "a", true, false, true }, { MAIL_PERMANENT, "b", false, false, true },
		{ MAIL_UNCERTAIN, "a", true, false, false }, { MAIL_UNCERTAIN, "b", false, false, false }, { MAIL_UNCERTAIN, "a", false, true, true },
	};

	g_assert_true(mail_standing_wants(NULL, "a", false, false));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct mail_standing standing = { .state = cases[i].state, .address = "a" };

		g_assert_cmpint(mail_standing_wants(&standing, cases[i].address, cases[i].named, cases[i].retry), ==, cases[i].wanted);
	}
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/mail/journal/the last line about a person is their state", test_last_line_counts);
	g_test_add_func("/mail/journal/an id with a tab in it is known again", test_odd_ids);
	g_test_add_func("/mail/journal/a torn last line is cut off, wherever it is torn", test_torn);
	g_test_add_func("/mail/journal/zeros at the end are a torn line", test_zeros);
	g_test_add_func("/mail/journal/a changed, moved or missing line and another seal are refused", test_changed);
	g_test_add_func("/mail/journal/who is sent to again", test_wants);
	return g_test_run();
}
