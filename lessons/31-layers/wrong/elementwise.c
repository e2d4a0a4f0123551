#include <ssi/ssi.h>
#include <stdio.h>

// 784-50-10 신경망에서 가중치의 모양 (행, 열) / The shapes (rows, columns) of the weights of a 784-50-10 network
const int w1_shape[2] = {784, 50}, w2_shape[2] = {50, 10};

// 퍼셉트론 한 층: x @ w + b가 0보다 크면 1, 아니면 0. x (N, D), w (D, K), b (K) -> (N, K)
// A layer of perceptrons: 1 where x @ w + b is greater than 0, else 0
ssi_tensor *layer(ssi_tensor *x, ssi_tensor *w, ssi_tensor *b)
{
    ssi_tensor *sums = ssi_add(ssi_mul(x, w), b);
    return ssi_cast(ssi_greater(sums, 0), SSI_F64);
}

// 두 층: 첫째 층의 답이 둘째 층의 입력입니다 / Two layers: what the first says goes into the second
ssi_tensor *forward(ssi_tensor *x, ssi_tensor *w1, ssi_tensor *b1, ssi_tensor *w2, ssi_tensor *b2)
{
    return layer(layer(x, w1, b1), w2, b2);
}

void print_shape(const char *name, ssi_tensor *x)
{
    printf("%-6s (%d, %d)\n", name, (int)ssi_dim(x, 0), (int)ssi_dim(x, 1));
}

int main(void)
{
    // 레슨 30의 신경망: 열 하나가 퍼셉트론 하나 / The network of lesson 30: each column is a perceptron
    ssi_tensor *x = ssi_array(((double[]){0, 0, 0, 1, 1, 0, 1, 1}), 4, 2);
    ssi_tensor *w1 = ssi_array(((double[]){-0.5, 0.5, -0.5, 0.5}), 2, 2), *b1 = ssi_array(((double[]){0.7, -0.2}), 2);
    ssi_tensor *w2 = ssi_array(((double[]){0.5, 0.5}), 2, 1), *b2 = ssi_array(((double[]){-0.7}), 1);
    ssi_print(layer(x, w1, b1));
    ssi_print(forward(x, w1, b1, w2, b2));

    // 숫자 그림 100장 / 100 pictures of digits
    ssi_tensor *images = ssi_zeros(SSI_F64, 100, 784);
    w1 = ssi_zeros(SSI_F64, w1_shape[0], w1_shape[1]), b1 = ssi_zeros(SSI_F64, 50);
    w2 = ssi_zeros(SSI_F64, w2_shape[0], w2_shape[1]), b2 = ssi_zeros(SSI_F64, 10);
    print_shape("input", images);
    print_shape("hidden", layer(images, w1, b1));
    print_shape("output", forward(images, w1, b1, w2, b2));
    return ssi_report();
}
