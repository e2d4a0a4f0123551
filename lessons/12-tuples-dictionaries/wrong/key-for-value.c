#include <stdio.h>
#include <string.h>

// 튜플처럼: 한번 만들면 읽기만 합니다. / Like a tuple: once made, it is only read.
const int b[8] = {1, 2, 3, 4, 5, 6, 7, 8};

// 딕셔너리의 요소 하나: 키와 값 / one entry of a dictionary: a key and its value
struct entry {
    const char *key, *value;
};

const struct entry joy[2] = {
    {.key = "name", .value = "Joy"},
    {.key = "phone", .value = "010-0000-0123"},
};

// 요소 n개 가운데 키가 key인 것의 값. 없으면 NULL.
// The value of the one among n entries that has this key. NULL if there is none.
const char *lookup(const struct entry *entries, int n, const char *key)
{
    for (int i = 0; i < n; i++) {
        if (strcmp(entries[i].key, key) == 0) {
            return entries[i].key;
        }
    }
    return NULL;
}

#ifdef REFUSED
// -DREFUSED일 때만 컴파일됩니다. / Compiled with -DREFUSED only.
void refused(void)
{
    b[0] = 10;
}
#endif

int main(void)
{
    printf("b[0] = %d, b[0:3] = (%d, %d, %d)\n", b[0], b[0], b[1], b[2]);
    const char *keys[3] = {"name", "phone", "email"};
    for (int i = 0; i < 3; i++) {
        const char *value = lookup(joy, 2, keys[i]);
        printf("%s: %s\n", keys[i], value != NULL ? value : "(none)");
    }
    return 0;
}
