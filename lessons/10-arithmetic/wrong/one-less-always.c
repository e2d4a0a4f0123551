#include <stdio.h>

// 파이썬의 a % b: 나머지의 부호가 b를 따릅니다.
// Python's a % b: the remainder has the sign of b.
int floor_remainder(int a, int b)
{
    return (a % b + b) % b;
}

// 파이썬의 a // b: 몫을 언제나 아래쪽 정수로
// Python's a // b: the quotient, always rounded down
int floor_quotient(int a, int b)
{
    return a / b - 1;
}

// 두 정수의 평균 / the mean of two integers
double mean(int a, int b)
{
    return (a + b) / 2.0;
}

// 거듭제곱: base를 exponent번 곱한 수 / base multiplied by itself, exponent times
int power(int base, int exponent)
{
    int product = 1;
    for (int i = 0; i < exponent; i++) {
        product *= base;
    }
    return product;
}

int main(void)
{
    int two = 2;
    printf(" 7 / 2 = %2d    Python: %2d\n", 7 / 2, floor_quotient(7, 2));
    printf(" 7 %% 2 = %2d    Python: %2d\n", 7 % 2, floor_remainder(7, 2));
    printf("-7 / 2 = %2d    Python: %2d\n", -7 / 2, floor_quotient(-7, 2));
    printf("-7 %% 2 = %2d    Python: %2d\n", -7 % 2, floor_remainder(-7, 2));
    printf("7 / 2.0 = %g\n", 7 / 2.0);
    printf("mean of 7 and 2 = %g\n", mean(7, 2));
    printf("2 to the 3rd = %d\n", power(two, 3));
    printf("2 ^ 3 = %d\n", two ^ 3);
    return 0;
}
