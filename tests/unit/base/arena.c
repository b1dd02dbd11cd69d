#include "base/arena.h"

#include <stdint.h>

#include "unit.h"

static bool all_zero(const unsigned char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (bytes[i])
			return false;
	return true;
}

static void test_zeroed(void)
{
	struct arena *arena = arena_new();

	for (size_t size = 0; size < 3000; size += 7) {
		unsigned char *memory = arena_alloc(arena, size);

		g_assert_cmpuint((uintptr_t)memory % _Alignof(max_align_t), ==, 0);
		g_assert_true(all_zero(memory, size));
		memset(memory, 0xAA, size);
	}
	arena_free(arena);
}

static void test_zeroed_after_reset(void)
{
	struct arena *arena = arena_new();

	for (int round = 0; round < 3; round++) {
		for (size_t size = 1; size < 100000; size = size * 3 + 1) {
			unsigned char *memory = arena_alloc(arena, size);

			g_assert_true(all_zero(memory, size));
			memset(memory, 0x55, size);
		}
		arena_reset(arena);
		g_assert_cmpuint(arena_used(arena), ==, 0);
	}
	arena_free(arena);
}

static void test_apart(void)
{
	struct arena *arena = arena_new();
	unsigned char *blocks[500];

	/* Small ones with large ones between, which take chunks of their own. */
	for (size_t i = 0; i < 500; i++) {
		size_t size = i % 50 == 49 ? 200000 : 40;

		blocks[i] = arena_alloc(arena, size);
		memset(blocks[i], (int)(i % 251) + 1, size);
	}
	for (size_t i = 0; i < 500; i++) {
		size_t size = i % 50 == 49 ? 200000 : 40;

		for (size_t j = 0; j < size; j++)
			if (blocks[i][j] != i % 251 + 1)
				g_error("block %zu was overwritten", i);
	}
	arena_free(arena);
}

static void test_grow(void)
{
	struct arena *arena = arena_new();
	int *old = arena_array(arena, 3, sizeof(int)), *grown;

	old[0] = 7, old[1] = 8, old[2] = 9;
	grown = arena_grow(arena, old, 3, 6, sizeof(int));
	g_assert_cmpint(grown[0], ==, 7);
	g_assert_cmpint(grown[2], ==, 9);
	g_assert_cmpint(grown[3], ==, 0);
	g_assert_cmpint(grown[5], ==, 0);
	g_assert_cmpint(old[1], ==, 8);
	grown = arena_grow(arena, NULL, 0, 2, sizeof(int));
	g_assert_cmpint(grown[1], ==, 0);
	grown = NULL;
	for (int i = 0; i < 1000; i++) {
		grown = arena_append(arena, grown, (size_t)i, sizeof(int));
		grown[i] = i;
	}
	for (int i = 0; i < 1000; i++)
		g_assert_cmpint(grown[i], ==, i);
	arena_free(arena);
}

static void test_texts(void)
{
	struct arena *arena = arena_new();

	g_assert_cmpstr(arena_strdup(arena, "绩效"), ==, "绩效");
	g_assert_cmpstr(arena_strndup(arena, "绩效工资", 6), ==, "绩效");
	g_assert_cmpstr(arena_strndup(arena, NULL, 0), ==, "");
	g_assert_cmpstr(arena_printf(arena, "%s-%03d", "E", 7), ==, "E-007");
	arena_free(arena);
	arena_free(NULL);
}

static void test_used(void)
{
	struct arena *arena = arena_new();

	arena_alloc(arena, 100);
	arena_array(arena, 10, 8);
	g_assert_cmpuint(arena_used(arena), ==, 180);
	arena_free(arena);
}

static void test_overflow_is_a_bug(void)
{
	if (g_test_subprocess()) {
		struct arena *arena = arena_new();

		arena_array(arena, SIZE_MAX / 4, 8);
		return;
	}
	g_test_trap_subprocess(NULL, 0, 0);
	g_test_trap_assert_failed();
	g_test_trap_assert_stderr("*bug at*an array of*");
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/base/arena/memory is zeroed and aligned for any type", test_zeroed);
	g_test_add_func("/base/arena/memory is zeroed again after a reset", test_zeroed_after_reset);
	g_test_add_func("/base/arena/blocks of all sizes lie apart", test_apart);
	g_test_add_func("/base/arena/a grown array keeps its elements and zeroes the rest", test_grow);
	g_test_add_func("/base/arena/texts are copied and formatted", test_texts);
	g_test_add_func("/base/arena/the bytes handed out are counted", test_used);
	g_test_add_func("/base/arena/an overflowing count is a bug, not a small block", test_overflow_is_a_bug);
	return g_test_run();
}
