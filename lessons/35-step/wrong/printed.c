#include <ssi/ssi.h>
#include <stdio.h>

// 계단 함수: 0보다 크면 1, 아니면 0 / The step: 1 above 0, else 0
double step(double x)
{
    return 0 * x; // TODO
}

// 배열의 원소마다 계단 함수, 정수로 / The step of each element of an array, as whole numbers
ssi_tensor *step_all(ssi_tensor *x)
{
    return ssi_cast(x, SSI_I64); // TODO
}

int main(void)
{
    puts("0 0 1\n"
         "[0 1 1 0]");
    return 0;
}
