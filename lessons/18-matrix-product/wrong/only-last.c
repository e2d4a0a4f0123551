#include <ssi/ssi.h>
#include <stdio.h>

// A와 B를 곱할 수 있으면 1, 아니면 0 / 1 if A and B can be multiplied, otherwise 0
int can_multiply(int a_rows, int a_columns, int b_rows, int b_columns)
{
    (void)a_rows, (void)b_columns;
    return a_columns == b_rows;
}

// C = A·B: A (n,k), B (k,m), C (n,m). (i, j) 원소는 i * 열의 수 + j 번째에 있습니다
// Element (i, j) of a matrix stands at i * columns + j
void product(const int *a, const int *b, int *c, int n, int k, int m)
{
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < m; j++) {
            int sum = 0;
            for (int l = 0; l < k; l++) {
                sum = a[i * k + l] * b[l * m + j];
            }
            c[i * m + j] = sum;
        }
    }
}

int main(void)
{
    int a[] = {1, 2, 3, 4}, c[4] = {0};
    product(a, a, c, 2, 2, 2);
    ssi_print(ssi_array(c, 2, 2));

    ssi_tensor *A = ssi_array(a, 2, 2);
    ssi_print(ssi_dot(A, A));
    ssi_print(ssi_mul(A, A));

    ssi_tensor *P = ssi_reshape(ssi_arange(SSI_I64, 1, 7, 1), 3, 2);
    ssi_tensor *Q = ssi_reshape(ssi_arange(SSI_I64, 1, 9, 1), 2, 4);
    ssi_print(ssi_dot(P, Q));
    ssi_dot(Q, P); // 모양이 맞지 않습니다 / the shapes do not fit

    ssi_error error;
    if (ssi_error_take(&error)) {
        printf("%s: %s\n", error.operation, error.message);
    }
    return ssi_report();
}
