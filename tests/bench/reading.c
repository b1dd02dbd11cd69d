/*
 * What reading and typing an orders file costs beside libcsv alone.
 *
 *     reading make ROWS UTF8.csv GB18030.csv     one made-up table in both encodings, always the same
 *     reading libcsv FILE                        libcsv with callbacks that only count, in pieces as its manual shows
 *     reading salespay FILE                      table_read_file
 *
 * The last two print CPU seconds, peak memory in KiB, rows and fields. reading.py runs them in turn.
 */
#include <csv.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/text.h"
#include "table/table.h"

#define PEOPLE 3000
#define CUSTOMERS 20000
#define PIECE 65536

static const char *sources[] = { "自主开发", "公司线索", "转介绍", "续单", "团队支持" };
static const char *kinds[] = { "收款", "退款" };
static struct column columns[] = {
	{ .name = "订单号", .type = COLUMN_ID, .required = true },
	{ .name = "签约日期", .type = COLUMN_DATE, .required = true, .index = 1 },
	{ .name = "客户代码", .type = COLUMN_ID, .index = 2 },
	{ .name = "客户名称", .type = COLUMN_TEXT, .index = 3 },
	{ .name = "来源", .type = COLUMN_CHOICE, .choices = sources, .choice_count = 5, .index = 4 },
	{ .name = "工号", .type = COLUMN_ID, .role = ROLE_PERSON, .required = true, .index = 5 },
	{ .name = "款项类型", .type = COLUMN_CHOICE, .choices = kinds, .choice_count = 2, .index = 6 },
	{ .name = "金额", .type = COLUMN_MONEY, .required = true, .index = 7 },
	{ .name = "折扣", .type = COLUMN_PERCENT, .index = 8 },
	{ .name = "已到账", .type = COLUMN_YESNO, .index = 9 },
	{ .name = "数量", .type = COLUMN_NUMBER, .index = 10 },
	{ .name = "备注", .type = COLUMN_TEXT, .index = 11 },
};
static const struct table_spec spec = { .name = "订单", .columns = columns, .column_count = 12, .person = &columns[5] };

static uint32_t random_below(uint32_t limit)
{
	static uint64_t state = 20261008;

	state = state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((state >> 33) % limit);
}

static void write_name(char *out, size_t room, uint32_t customer)
{
	static const char *const places[] = { "临港", "杭湾", "昆仑", "金石", "华宇", "东海", "长白", "南岭", "望江", "青禾" };
	static const char *const trades[] = { "精密制造", "机电设备", "信息技术", "食品", "医疗器械", "物流", "建筑工程", "文化传媒" };

	snprintf(out, room, "%s%s%s有限公司", places[customer % 10], places[customer / 10 % 10], trades[customer / 100 % 8]);
}

/* One order as a sales system exports it: one sum in eight with separators in quotes, a remark now and then. */
static void write_order(char *out, size_t room, size_t number)
{
	uint32_t customer = random_below(CUSTOMERS), fen = random_below(3000000), percent = 700 + random_below(301);
	char name[96], amount[24], remark[64] = "";

	write_name(name, sizeof(name), customer);
	if (!random_below(8) && fen >= 100000)
		snprintf(amount, sizeof(amount), "\"%u,%03u.%02u\"", fen / 100000, fen / 100 % 1000, fen % 100);
	else
		snprintf(amount, sizeof(amount), "%u.%02u", fen / 100, fen % 100);
	if (!random_below(10))
		snprintf(remark, sizeof(remark), "电子合同第%u号", random_below(100000));
	snprintf(out, room, "SO2610-%07zu,2026/10/%u,C%05u,%s,%s,%05u,%s,%s,%u.%u%%,%s,%u,%s\r\n", number,
		1 + random_below(31), customer, name, sources[random_below(5)], random_below(PEOPLE),
		kinds[!random_below(20)], amount, percent / 10, percent % 10, random_below(12) ? "是" : "否",
		1 + random_below(200), remark);
}

static void put(iconv_t door, FILE *utf8, FILE *gb18030, char *line)
{
	char converted[1024], *in = line, *out = converted;
	size_t left = strlen(line), room = sizeof(converted);

	fputs(line, utf8);
	if (iconv(door, &in, &left, &out, &room) == (size_t)-1)
		exit(1);
	fwrite(converted, 1, sizeof(converted) - room, gb18030);
}

static int make(size_t rows, const char *utf8_path, const char *gb18030_path)
{
	char line[1024] = "订单号,签约日期,客户代码,客户名称,来源,工号,款项类型,金额,折扣,已到账,数量,备注\r\n";
	FILE *utf8 = fopen(utf8_path, "wb"), *gb18030 = fopen(gb18030_path, "wb");
	iconv_t door = iconv_open("GB18030", "UTF-8");

	if (!utf8 || !gb18030 || door == (iconv_t)-1)
		return 1;
	for (size_t i = 1; i <= rows + 1; i++) {
		put(door, utf8, gb18030, line);
		write_order(line, sizeof(line), i);
	}
	iconv_close(door);
	return fclose(utf8) | fclose(gb18030);
}

static size_t counted_rows, counted_fields;

static void count_field(void *text, size_t length, void *context)
{
	(void)text;
	(void)length;
	(void)context;
	counted_fields++;
}

static void count_row(int end, void *context)
{
	(void)end;
	(void)context;
	counted_rows++;
}

static bool read_libcsv(const char *path)
{
	static char piece[PIECE];
	struct csv_parser parser;
	int fd = open(path, O_RDONLY);
	ssize_t got;

	if (fd < 0 || csv_init(&parser, 0))
		return false;
	while ((got = read(fd, piece, sizeof(piece))) > 0)
		if (csv_parse(&parser, piece, (size_t)got, count_field, count_row, NULL) != (size_t)got)
			return false;
	csv_fini(&parser, count_field, count_row, NULL);
	csv_free(&parser);
	close(fd);
	return got == 0;
}

static bool read_salespay(const char *path)
{
	struct arena *arena = arena_new();
	struct text_pool *pool = text_pool_new();
	struct diag *diag = diag_new(arena);
	struct table_reader reader = { .arena = arena, .pool = pool, .diag = diag };
	struct table *table = table_new(&spec, arena);
	bool good = table_read_file(table, path, &reader) && !diag_errors(diag);

	counted_rows = table->row_count;
	counted_fields = table->row_count * spec.column_count;
	diag_free(diag);
	text_pool_free(pool);
	arena_free(arena);
	return good;
}

static const struct {
	const char *name;
	bool (*read)(const char *path);
} ways[] = { { "libcsv", read_libcsv }, { "salespay", read_salespay } };

static double seconds(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

int main(int argc, char **argv)
{
	struct rusage usage;
	bool good = false;

	if (argc == 5 && !strcmp(argv[1], "make"))
		return make(strtoul(argv[2], NULL, 10), argv[3], argv[4]);
	if (argc != 3)
		return 2;
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++)
		if (!strcmp(argv[1], ways[i].name))
			good = ways[i].read(argv[2]);
	getrusage(RUSAGE_SELF, &usage);
	printf("%.3f %ld %zu %zu\n", seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss, counted_rows,
		counted_fields);
	return good ? 0 : 1;
}
