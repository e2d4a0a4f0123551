#include <stdio.h>

// 층의 크기가 size[0], size[1], ... 인 신경망의 매개변수 수
// The parameters of a network whose layers have size[0], size[1], ... neurons
long long count(int layers, const int *size)
{
    long long total = 0;
    for (int i = 0; i + 1 < layers; i++) {
        long long weights = (long long)size[i] * size[i + 1];
        total += weights + size[i + 1];
    }
    return total;
}

// 5-hidden-4의 매개변수가 104개가 되게 하는 수
// The size that gives 5-hidden-4 a total of 104 parameters
int hidden = 10;

int main(void)
{
    int shallow[] = {5, 7, 4};
    int deep[] = {5, 7, 7, 7, 7, 4};
    int mnist[] = {784, 256, 256, 256, 256, 10};
    int mine[] = {5, hidden, 4};
    printf("5-7-4: %lld\n", count(3, shallow));
    printf("5-7-7-7-7-4: %lld\n", count(6, deep));
    printf("784-256-256-256-256-10: %lld\n", count(6, mnist));
    printf("5-%d-4: %lld\n", hidden, count(3, mine));
    return 0;
}
