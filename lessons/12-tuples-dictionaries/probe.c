#include "lesson.h"

struct entry {
    const char *key, *value;
};

const char *lookup(const struct entry *entries, int n, const char *key);

static void show(const struct entry *entries, int n, const char *key)
{
    const char *value = lookup(entries, n, key);
    printf("%s = %s\n", key, value == NULL ? "NULL" : value);
}

int main(int argc, char **argv)
{
    char keys[5][16], values[5][16], wanted[16];
    struct entry entries[6] = {{0}};
    lesson_test(argc, argv, "");
    for (int i = 0; i < 5; i++) {
        snprintf(keys[i], sizeof(keys[i]), "key%d%d", i, lesson_integer(0, 9));
        snprintf(values[i], sizeof(values[i]), "value%d", lesson_integer(100, 999));
        entries[i] = (struct entry){keys[i], values[i]};
    }
    entries[5] = (struct entry){"behind", "behind the end"};
    if (lesson_test(argc, argv, "found")) {
        for (int i = 0; i < 5; i++) {
            strcpy(wanted, keys[i]); // the same letters, at another address
            show(entries, 5, wanted);
        }
    }
    if (lesson_test(argc, argv, "missing")) {
        show(entries, 5, "nobody");
        show(entries, 5, "key");
        show(entries, 5, "behind");
        show(entries, 0, keys[0]);
    }
    return 0;
}
