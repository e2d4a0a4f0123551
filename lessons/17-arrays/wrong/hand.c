#include <ssi/ssi.h>
#include <stdio.h>

// 리스트의 덧셈처럼: 뒤에 이어 붙입니다 / as lists add: one behind the other
ssi_tensor *join(ssi_tensor *a, ssi_tensor *b)
{
    return ssi_append(a, b, SSI_ALL_AXES);
}

// 배열의 덧셈: 같은 자리끼리 더합니다 / as arrays add: place by place
ssi_tensor *plus(ssi_tensor *a, ssi_tensor *b)
{
    return ssi_add(a, b);
}

// ssi_add가 속에서 하는 일: sum[i] = a[i] + b[i], i는 0부터 n - 1까지
// What ssi_add does inside: sum[i] = a[i] + b[i] for i from 0 to n - 1
void plus_by_hand(const double *a, const double *b, double *sum, int n)
{
    for (int i = 0; i < n; i++) {
        sum[i] = a[i] * b[i];
    }
}

int main(void)
{
    ssi_tensor *a = ssi_array(((int64_t[]){1, 2, 3, 4}), 4);
    ssi_print(a);
    printf("%s\n", ssi_dtype_name(ssi_dtype_of(a)));
    ssi_print(join(a, a));
    ssi_print(plus(a, a));

    ssi_tensor *b = ssi_array(((double[]){.4, .4, .3, .2}), 4);
    ssi_print(ssi_add(a, b));
    ssi_print(ssi_sub(a, b));
    ssi_print(ssi_mul(a, b));
    ssi_print(ssi_div(a, b));

    ssi_tensor *A = ssi_array(((int64_t[]){1, 2, 3, 4}), 2, 2);
    ssi_tensor *B = ssi_array(((int64_t[]){5, 6, 7, 8}), 2, 2);
    ssi_print(ssi_add(A, B));
    ssi_print(ssi_mul(A, B));
    return ssi_report();
}
