#include <ssi/ssi.h>
#include <stdio.h>

// a[start]부터 a[stop] 바로 앞까지를 out에 옮기고, 몇 개인지 돌려줍니다.
// Copies a[start] up to, but not including, a[stop] to out; returns how many.
int slice(const int *a, int start, int stop, int *out)
{
    for (int i = start; i < stop; i++) {
        out[i - start] = a[i];
    }
    return stop - start;
}

// 파이썬의 a[index]가 있는 곳: 음수는 뒤에서부터 셉니다. 배열 밖이면 NULL.
// Where Python's a[index] is: negative ones count from the end. NULL outside of the array.
const int *element(const int *a, int n, int index)
{
    int place = index;
    int inside = place >= 0 && place < n;
    return inside ? &a[place] : NULL;
}

int main(void)
{
    int a[8] = {1, 2, 3, 4, 5, 6, 7, 8}, part[8] = {0};
    printf("a[0] = %d, a[2] = %d\n", a[0], a[2]);
    int count = slice(a, 0, 3, part);
    printf("a[0:3] has %d: %d %d %d\n", count, part[0], part[1], part[2]);
    const int *last = element(a, 8, -1);
    printf("a[-1] = %d\n", last != NULL ? *last : 0);
    printf("a[8] is %s\n", element(a, 8, 8) == NULL ? "outside" : "inside");

    ssi_tensor *t = ssi_array(a, 8);
    ssi_print(ssi_at(t, "0:3"));
    ssi_print(ssi_at(t, "-3:"));
    ssi_print(ssi_at(t, "::2"));
    ssi_at(t, "8"); // 밖입니다 / outside
    ssi_error error;
    if (ssi_error_take(&error)) {
        printf("ssi says: %s\n", error.message);
    }
    return 0;
}
