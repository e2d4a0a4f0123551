#include <stdio.h>

// 몇 분이 몇 초인지 계산합니다.
// How many seconds there are in so many minutes.
int seconds(int minutes)
{
    return minutes; // TODO
}

int main(void)
{
    printf("1 min = %d s\n", seconds(1));
    printf("3 min = %d s\n", seconds(3));
    printf("90 min = %d s\n", seconds(90));
    return 0;
}
