#include <ssi/ssi.h>
#include <stdio.h>

enum { APPLE, APPLES, ORANGE, ORANGES, TAX, INPUTS }; // 값과 개수 / prices and numbers

// z = x * y의 기울기: z의 기울기 dz에 상대편을 곱합니다. dx와 dy가 가리키는 곳에 적습니다
// The gradients of z = x * y: dz times the other one, written to where dx and dy point
void mul_backward(double x, double y, double dz, double *dx, double *dy)
{
    *dx = dz * y;
    *dy = dz * x;
}

// z = x + y의 기울기: dz가 그대로 / The gradients of z = x + y: dz itself
void add_backward(double dz, double *dx, double *dy)
{
    *dx = dz;
    *dy = dz;
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
    double d_sum, d_apples, d_oranges;
    mul_backward(sum, v[TAX], forward(v), &d_sum, &d[TAX]);
    add_backward(d_sum, &d_apples, &d_oranges);
    mul_backward(v[APPLE], v[APPLES], d_apples, &d[APPLE], &d[APPLES]);
    mul_backward(v[ORANGE], v[ORANGES], d_oranges, &d[ORANGE], &d[ORANGES]);
}

int main(void)
{
    const double v[INPUTS] = {100, 2, 150, 3, 1.1};
    double d[INPUTS] = {0};
    backward(v, d);

    ssi_tensor *x[INPUTS], *dx[INPUTS]; // 라이브러리로 한 번 더 / the same by the library
    for (int i = 0; i < INPUTS; i++) {
        x[i] = ssi_array(v + i, 1);
    }
    ssi_tensor *price = ssi_mul(ssi_add(ssi_mul(x[APPLE], x[APPLES]), ssi_mul(x[ORANGE], x[ORANGES])), x[TAX]);
    ssi_gradients(price, INPUTS, x, dx);

    const char *names[INPUTS] = {"apple", "apples", "orange", "oranges", "tax"};
    printf("price %g, ssi %g\n", forward(v), ssi_item(price));
    printf("%-8s %5s %8s %6s\n", "", "value", "by hand", "ssi");
    for (int i = 0; i < INPUTS; i++) {
        printf("%-8s %5g %8g %6g\n", names[i], v[i], d[i], ssi_item(dx[i]));
    }
    return ssi_report();
}
