#include <string.h>
#include <sys/mman.h>
#include <time.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/file.h"
#include "base/work.h"
#include "mail/address.h"
#include "mail/encrypt.h"
#include "mail/message.h"
#include "model/model.h"
#include "pipeline_mailing.h"
#include "render/pages.h"
#include "value/date.h"

/* One message a recipient, all cores at once; the outbox is put in place as a whole. */
struct building {
	struct mailing *mailing;
	struct pages *text, *html;
	const char *staged; /* folder */
	const struct recipient **recipients; /* by the outbox's envelopes */
	struct envelope *envelopes;
	char (*sums)[65]; /* of the messages: shared with the workers, who have the bytes at hand */
	size_t count;
	int64_t date;
	int zone;
};

static struct pages *load(struct building *building, const char *stylesheet)
{
	const struct mailing *mailing = building->mailing;
	struct pages_options options = { .templates = mailing->place->templates, .language = month_language(mailing->run),
		.overrides = arena_printf(mailing->run->arena, "%s/templates", mailing->place->options->input), .stylesheet = stylesheet };

	return pages_new(&options, mailing->run->diag);
}

/* The day that --date names, else now, with this place's time zone. */
static void set_date(struct building *building)
{
	int32_t day = building->mailing->place->options->date;
	time_t now = time(NULL);
	struct tm parts;

	if (day != INT32_MIN) {
		building->date = (int64_t)day * 24 * 3600;
		return;
	}
	localtime_r(&now, &parts);
	building->date = now;
	building->zone = (int)parts.tm_gmtoff;
}

static void add_envelope(struct building *building, const struct recipient *recipient)
{
	struct mailing *mailing = building->mailing;
	struct arena *arena = mailing->run->arena;
	const char *test = mailing->place->options->test_to;

	building->recipients[building->count] = recipient;
	building->envelopes[building->count++] = (struct envelope){ .id = recipient->id, .name = recipient->name,
		.address = test ? test : recipient->address, .slip_sha256 = recipient->slip_sha256,
		.message_id = mail_message_id(mailing->run->name, recipient->id, recipient->slip_sha256, test ? test : "",
			address_domain(mailing->settings.from_address), arena),
		.eml = arena_printf(arena, "%s/%s.eml", building->staged, recipient->slug) };
}

/* ---- one message, in a worker ---- */

static bool read_slip(const struct recipient *recipient, struct encrypt_job *job, struct arena *arena, struct diag *diag)
{
	char sum[65];

	*job = (struct encrypt_job){ .name = recipient->slip, .secret = recipient->secret };
	if (!file_read(recipient->slip, arena, &job->slip, diag))
		return false;
	bytes_sha256(job->slip.data, job->slip.size, sum);
	if (!strcmp(sum, recipient->slip_sha256))
		return true; /* these very bytes are the sealed ones */
	diag_add(diag, MSG_SLIP_NOT_SEALED, (struct place){ .file = recipient->slip }, recipient->id, "", "", NULL);
	return false;
}

static bool write_parts(const struct building *building, const struct model_letter *letter, struct mail_message *message,
	struct arena *arena, struct diag *diag)
{
	xmlDocPtr doc = model_build_letter(letter, arena);

	message->text = pages_text(building->text, doc, "mail/text.xsl", arena, diag);
	message->html = pages_text(building->html, doc, "mail/html.xsl", arena, diag);
	xmlFreeDoc(doc);
	return message->text && message->html;
}

static bool write_file(const struct building *building, size_t item, const struct mail_message *message, struct arena *arena,
	struct diag *diag)
{
	struct file_bytes bytes = mail_message_write(message, arena);
	struct file_writer *writer = file_writer_new(building->envelopes[item].eml, 0600);

	bytes_sha256(bytes.data, bytes.size, building->sums[item]);
	file_write(writer, bytes.data, bytes.size);
	return file_writer_commit(writer, diag);
}

static bool build_one(void *context, size_t item, struct diag *diag)
{
	const struct building *building = context;
	const struct mailing *mailing = building->mailing;
	const struct recipient *recipient = building->recipients[item];
	const struct envelope *envelope = &building->envelopes[item];
	struct arena *arena = arena_new();
	struct model_letter letter = { .company = mailing->company, .language = month_language(mailing->run),
		.month = mailing->run->month, .subject = mailing->settings.subject, .receipts = mailing->settings.receipts_to,
		.id = recipient->id, .name = recipient->name, .test = mailing->place->options->test_to,
		.attachment = arena_printf(arena, "payslip-%s-%s.pdf", mailing->run->name, recipient->slug) };
	struct mail_message message = { .from = mailing->settings.from, .reply_to = mailing->settings.reply_to, .name = recipient->name,
		.address = envelope->address, .message_id = envelope->message_id, .date = building->date, .zone = building->zone,
		.subject = model_letter_subject(&letter, arena), .attachment_name = letter.attachment };
	struct encrypt_job job;
	bool ok = read_slip(recipient, &job, arena, diag) && encrypt_slip(&job, &message.attachment, arena, diag) &&
		write_parts(building, &letter, &message, arena, diag) && write_file(building, item, &message, arena, diag);

	arena_free(arena);
	return ok;
}

/* ---- all of them ---- */

static bool write_list(struct building *building)
{
	struct mailing *mailing = building->mailing;
	struct arena *arena = mailing->run->arena;
	struct outbox staged = { building->staged, mailing->run->month, mailing->outbox.test, building->envelopes, building->count };

	for (size_t i = 0; i < building->count; i++)
		building->envelopes[i].eml_sha256 = arena_strdup(arena, building->sums[i]);
	return outbox_write(&staged, mailing->run->diag);
}

static bool put_in_place(struct building *building)
{
	struct mailing *mailing = building->mailing;
	struct outbox *outbox = &mailing->outbox;

	if (!folder_sync(building->staged, mailing->run->diag) ||
		!folder_swap(building->staged, outbox->folder, mailing->run->diag))
		return false;
	for (size_t i = 0; i < building->count; i++)
		building->envelopes[i].eml = arena_printf(mailing->run->arena, "%s/%s.eml", outbox->folder, building->recipients[i]->slug);
	outbox->envelopes = building->envelopes;
	outbox->count = building->count;
	return true;
}

static bool build(struct building *building)
{
	struct mailing *mailing = building->mailing;
	struct diag *diag = mailing->run->diag;

	building->text = load(building, "mail/text.xsl");
	building->html = building->text ? load(building, "mail/html.xsl") : NULL;
	return building->html && folder_repair(mailing->outbox.folder, diag) && folder_remove(building->staged, diag) &&
		folder_make(building->staged, 0700, diag) &&
		work_run(mailing->place->options->jobs, building->count, build_one, building, diag) && write_list(building) &&
		put_in_place(building);
}

bool mailing_build(struct mailing *mailing)
{
	struct arena *arena = mailing->run->arena;
	const char *month = arena_printf(arena, "%s/%s", mailing->place->options->output, mailing->run->name);
	bool test = mailing->place->options->test_to;
	struct building building = { .mailing = mailing };
	size_t shared = (mailing->count + 1) * sizeof(*building.sums);
	bool ok;

	mailing->outbox = (struct outbox){ .folder = arena_printf(arena, "%s/%s", month, test ? OUTBOX_TEST_FOLDER : OUTBOX_FOLDER),
		.month = mailing->run->month, .test = test };
	building.staged = arena_printf(arena, "%s/.outbox.new", month);
	building.recipients = arena_array(arena, mailing->count + 1, sizeof(*building.recipients));
	building.envelopes = arena_array(arena, mailing->count + 1, sizeof(*building.envelopes));
	building.sums = mmap(NULL, shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (building.sums == MAP_FAILED)
		bug("out of memory");
	set_date(&building);
	for (size_t i = 0; i < mailing->count; i++)
		if (mailing->recipients[i].fate == FATE_WRITE)
			add_envelope(&building, &mailing->recipients[i]);
	ok = build(&building);
	if (!ok)
		folder_remove(building.staged, mailing->run->diag);
	munmap(building.sums, shared);
	pages_free(building.text);
	pages_free(building.html);
	return ok;
}
