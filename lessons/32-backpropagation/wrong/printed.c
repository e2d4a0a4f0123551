#include <ssi/ssi.h>
#include <stdio.h>

enum { APPLE, APPLES, ORANGE, ORANGES, TAX, INPUTS }; // 값과 개수 / prices and numbers

// z = x * y의 기울기: z의 기울기 dz에 상대편을 곱합니다. dx와 dy가 가리키는 곳에 적습니다
// The gradients of z = x * y: dz times the other one, written to where dx and dy point
void mul_backward(double x, double y, double dz, double *dx, double *dy)
{
    *dx = 0 * x * dz; // TODO
    *dy = 0 * y * dz; // TODO
}

// z = x + y의 기울기: dz가 그대로 / The gradients of z = x + y: dz itself
void add_backward(double dz, double *dx, double *dy)
{
    *dx = 0 * dz; // TODO
    *dy = 0 * dz; // TODO
}

// 정방향: 낼 돈 / Forward: what is to be paid
double forward(const double v[INPUTS])
{
    double apples = v[APPLE] * v[APPLES], oranges = v[ORANGE] * v[ORANGES], sum = apples + oranges;
    return sum * v[TAX];
}

// 역방향: 낼 돈의 기울기 1에서 출발해 거꾸로 / Backward: from the end, where the gradient is 1
void backward(const double v[INPUTS], double d[INPUTS])
{
    double apples = v[APPLE] * v[APPLES], oranges = v[ORANGE] * v[ORANGES], sum = apples + oranges;
    double d_sum = 0, d_apples, d_oranges;
    mul_backward(sum, v[TAX], 1, &d_sum, &d[TAX]);
    add_backward(d_sum, &d_apples, &d_oranges);
    // TODO: 곱셈 두 개가 남았습니다 / two products are left
}

int main(void)
{
    puts("price 715, ssi 715\n"
         "         value  by hand    ssi\n"
         "apple      100      2.2    2.2\n"
         "apples       2      110    110\n"
         "orange     150      3.3    3.3\n"
         "oranges      3      165    165\n"
         "tax        1.1      650    650");
    return 0;
}
