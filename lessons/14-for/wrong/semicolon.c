#include <stdio.h>

// numbers[0]부터 numbers[count - 1]까지의 합 / the sum of numbers[0] to numbers[count - 1]
int total(const int *numbers, int count)
{
    int sum = 0;
    for (int i = 0; i < count; i++) {
        sum += numbers[i];
    }
    return sum;
}

// n을 1이 될 때까지 2로 나누면 몇 번일까요? (n은 1 이상, 나머지는 버립니다)
// How often can n be halved until it is 1? (n is at least 1, remainders are dropped)
int halvings(int n)
{
    int times = 0;
    while (n > 1) {
        n /= 2;
        times++;
    }
    return times;
}

int main(void)
{
    int mine[] = {1, 20, 3};
    for (int i = 0; i < 3; i++) {
        printf("%d\n", mine[i]);
    }
    int i;
    // clang-format off
    for (i = 0; i < 10; i++);
    // clang-format on
    {
        printf("%d\n", i);
    }
    printf("total %d, halvings %d\n", total(mine, 3), halvings(784));
    return 0;
}
