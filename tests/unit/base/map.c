#include "base/map.h"

#include "unit.h"

static void test_map(void)
{
	struct map *map = map_new();
	int one = 1, two = 2;
	char key[] = "张三";

	g_assert_null(map_get(map, "张三"));
	map_put(map, "张三", &one);
	map_put(map, "", &two);
	g_assert_true(map_get(map, key) == &one);
	g_assert_true(map_get(map, "") == &two);
	map_put(map, key, &two);
	g_assert_true(map_get(map, "张三") == &two);
	g_assert_cmpuint(map_count(map), ==, 2);
	g_assert_null(map_get(map, "李四"));
	map_free(map);
	map_free(NULL);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/base/map/keys are compared by text and replaced", test_map);
	return g_test_run();
}
