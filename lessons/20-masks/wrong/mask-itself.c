#include <ssi/ssi.h>
#include <stdio.h>

// limit보다 큰 것만 차례로 out에 담고, 몇 개인지 돌려줍니다 (파이썬의 리스트 내포)
// Puts those greater than limit into out, in order, and returns how many (Python's list comprehension)
int keep_greater(const int *a, int n, int limit, int *out)
{
    int kept = 0;
    for (int i = 0; i < n; i++) {
        if (a[i] > limit) {
            out[kept] = a[i];
            kept++;
        }
    }
    return kept;
}

// 같은 일을 배열로: 마스크를 만들고 골라냅니다 / the same with arrays: make a mask, and select
ssi_tensor *greater_than(ssi_tensor *x, int limit)
{
    return ssi_greater(x, limit);
}

int main(void)
{
    int original[] = {1, 2, 3, 4, 5}, kept[5];
    int count = keep_greater(original, 5, 3, kept);
    printf("[");
    for (int i = 0; i < count; i++) {
        printf(i == 0 ? "%d" : ", %d", kept[i]);
    }
    printf("]\n");

    ssi_tensor *o = ssi_array(original, 5);
    ssi_print(ssi_greater(o, 3));
    ssi_print(greater_than(o, 3));
    printf("%g\n", ssi_item(ssi_sum(ssi_greater(o, 3))));
    return ssi_report();
}
