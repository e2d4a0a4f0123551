#include <ssi/ssi.h>
#include <stdio.h>

// 실행하기 전에: 이 여섯 쌍을 더할 수 있으면 1, 없으면 0 / before running: 1 if the pair can be added, else 0
//   (2,3)+(3)  (2,3)+(2)  (2,3)+(2,1)  (4,1)+(3)  (3)+(2)  (60000,784)+(784)
int legal[6] = {0, 0, 1, 1, 0, 0};

// 한 축에서 크기 n과 m이 만나면 결과의 크기. 만날 수 없으면 -1
// The size that comes of n and m on one axis; -1 if they do not go together
int together(int n, int m)
{
    if (n == m || m == 1) {
        return n;
    }
    return n == 1 ? m : -1;
}

// a (n,m)의 i행 모두에 v[i]를 더합니다, v (n) / adds v[i] to all of row i
ssi_tensor *add_to_rows(ssi_tensor *a, ssi_tensor *v)
{
    return ssi_add(a, ssi_reshape(v, -1, 1));
}

int main(void)
{
    ssi_tensor *A = ssi_array(((int64_t[]){1, 2, 3, 4}), 2, 2);
    ssi_tensor *v = ssi_array(((int64_t[]){10, 20}), 2);
    ssi_print(ssi_add(A, v));
    ssi_print(add_to_rows(A, v));

    ssi_tensor *tens = ssi_array(((int64_t[]){0, 10, 20, 30}), 4, 1);
    ssi_tensor *ones = ssi_array(((int64_t[]){0, 1, 2}), 3);
    ssi_print(ssi_add(tens, ones));
    ssi_add(A, ones); // 만날 수 없는 모양 / shapes that do not go together

    ssi_error error;
    if (ssi_error_take(&error)) {
        printf("%s: %s\n", error.operation, error.message);
    }
    return ssi_report();
}
