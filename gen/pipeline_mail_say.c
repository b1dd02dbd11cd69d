#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/text.h"
#include "pipeline_mailing.h"
#include "pipeline_place.h"

static bool is_chinese(const struct mailing *mailing)
{
	return !strcmp(month_language(mailing->run), "zh-CN");
}

/* Why a slip gets no message, in the order in which it is said. */
static const struct {
	enum fate fate;
	const char *id, *zh, *en;
} reasons[] = {
	{ FATE_WRONG, "wrong", "有问题(见提示)", "with something to be mended, named in the messages" },
	{ FATE_HELD, "held", "暂缓发放", "on hold" },
	{ FATE_SENT, "sent", "此前已发送", "sent before" },
	{ FATE_REFUSED, "refused", "被邮件服务器拒收,用 --only 可再试", "refused by the server; --only tries them again" },
	{ FATE_UNCERTAIN, "uncertain", "是否送达不明,用 --retry-uncertain 可再发", "of which nobody knows whether they arrived; --retry-uncertain sends them again" },
	{ FATE_UNNAMED, "unnamed", "--only 没有点名", "not named by --only" },
};
#define REASON_COUNT (sizeof(reasons) / sizeof(reasons[0]))

static void say_json(const struct mailing *mailing)
{
	printf("{\"month\": \"%s\", \"people\": %zu, \"messages\": %zu, \"outbox\": ", mailing->run->name, mailing->count,
		mailing->fates[FATE_WRITE]);
	json_print_text(stdout, mailing->place->options->dry_run ? NULL : mailing->outbox.folder);
	for (size_t i = 0; i < REASON_COUNT; i++)
		printf(", \"%s\": %zu", reasons[i].id, mailing->fates[reasons[i].fate]);
	printf("}\n");
}

static void say_next(const struct mailing *mailing)
{
	const struct options *options = mailing->place->options;
	const char *send = options->dry_run ? "" : " --send", *again = options_again(mailing->place);

	if (!mailing->fates[FATE_WRITE] || options->send)
		return;
	if (!mailing->settings.host) {
		printf(is_chinese(mailing) ? "发送前，先在 company.xml 的 <mail> 写 host（邮件服务器）\n" :
			"to send them, name the mail server in company.xml: <mail host=\"…\">\n");
		return;
	}
	printf("%s salespay mail %s%s", is_chinese(mailing) ? "下一步:" : "next:", mailing->run->name, send);
	if (options->only)
		printf(" --only %s", shell_word(options->only, mailing->run->arena));
	if (options->test_to)
		printf(" --test-to %s", shell_word(options->test_to, mailing->run->arena));
	printf("%s\n", again);
}

static void say_text(const struct mailing *mailing)
{
	const struct options *options = mailing->place->options;
	bool chinese = is_chinese(mailing);
	size_t written = mailing->fates[FATE_WRITE];

	printf("%s  ", mailing->run->name);
	if (options->dry_run)
		printf(chinese ? "工资条 %zu 份,将生成邮件 %zu 封(--dry-run:什么也没有写)\n" :
			"%zu slips, %zu messages would be made (--dry-run: nothing is written)\n", mailing->count, written);
	else
		printf(chinese ? "工资条 %zu 份,生成邮件 %zu 封,放在 %s/\n" : "%zu slips, %zu messages made, in %s/\n", mailing->count, written,
			mailing->outbox.folder);
	if (options->test_to)
		printf(chinese ? "         测试:都发到 %s,不算发送\n" : "         a test: all of them go to %s and do not count as sent\n",
			options->test_to);
	for (size_t i = 0; i < REASON_COUNT; i++)
		if (mailing->fates[reasons[i].fate])
			printf("         %4zu %s\n", mailing->fates[reasons[i].fate], chinese ? reasons[i].zh : reasons[i].en);
	say_next(mailing);
}

void mailing_say(const struct mailing *mailing)
{
	if (mailing->place->options->format == DIAG_JSON)
		say_json(mailing);
	else if (!mailing->place->options->quiet)
		say_text(mailing);
}

void mailing_say_secrets(const struct mailing *mailing, size_t made)
{
	const struct options *options = mailing->place->options;
	const char *path = mailing->secrets.path;
	bool chinese = is_chinese(mailing);

	if (options->format == DIAG_JSON) {
		printf("{\"month\": \"%s\", \"passwords\": %zu, \"file\": ", mailing->run->name, made);
		json_print_text(stdout, path);
		printf("}\n");
		return;
	}
	if (options->quiet)
		return;
	if (!made)
		printf(chinese ? "每个人都有口令:%s\n" : "everyone has a password: %s\n", path);
	else if (options->dry_run)
		printf(chinese ? "将为 %zu 人生成口令,写进 %s\n" : "%zu passwords would be made, in %s\n", made, path);
	else
		printf(chinese ? "为 %zu 人生成了口令:%s(只有您能读)\n请用邮件以外的途径告诉本人,例如当面给纸条;已有的口令没有改动\n" :
			"%zu passwords made: %s (only you can read it)\ntell people theirs by another way than mail, on paper for instance; those "
			"that were there stay\n", made, path);
	printf("%s salespay mail %s%s\n", chinese ? "下一步:" : "next:", mailing->run->name, options_again(mailing->place));
}
