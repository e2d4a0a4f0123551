/*
 * openloop.c - training with nothing hidden: products, an activation and an optimiser of one's own, on MNIST.
 *
 * What ssi_fit does is no more than this, and runs no faster: whatever is written in array arithmetic is fused.
 *
 *     ninja -C build example_openloop && build/example_openloop
 */
#include <math.h>
#include <ssi/ssi.h>
#include <stdio.h>

enum { LAYERS = 5, N = 2 * LAYERS, BATCH = 128, STEPS = 1500 };
static const int64_t size[LAYERS + 1] = {784, 256, 256, 256, 256, 10};

/* An activation of our own: "squared softsign", which ssi does not know. */
static ssi_tensor *bend(ssi_tensor *x)
{
    return ssi_div(ssi_mul(x, ssi_maximum(x, 0)), ssi_add(ssi_abs(x), 1));
}

/* An optimiser of our own: sign of the momentum (Chen et al. 2023). */
static void lion(ssi_tensor *w, ssi_tensor *m, ssi_tensor *dw, double lr)
{
    ssi_tensor *direction = ssi_sign(ssi_add(ssi_mul(m, 0.9), ssi_mul(dw, 0.1)));
    ssi_assign(w, ssi_sub(w, ssi_mul(direction, lr)));
    ssi_assign(m, ssi_add(ssi_mul(m, 0.99), ssi_mul(dw, 0.01)));
}

static ssi_tensor *logits(ssi_tensor *const *w, ssi_tensor *x)
{
    x = ssi_div(ssi_cast(ssi_reshape(x, -1, 784), SSI_F32), 255);
    for (int i = 0; i < LAYERS; i++) {
        x = ssi_add(ssi_matmul(x, w[2 * i]), w[2 * i + 1]);
        x = i < LAYERS - 1 ? bend(x) : x;
    }
    return x;
}

int main(void)
{
    ssi_scope whole = ssi_scope_open();
    ssi_dataset *train = ssi_load_dataset("mnist"), *test = ssi_load_dataset("mnist", .split = SSI_TEST);
    ssi_tensor *x = ssi_dataset_x(train), *y = ssi_dataset_y(train), *w[N], *m[N], *dw[N];
    for (int i = 0; i < LAYERS; i++) {
        ssi_tensor *normal = ssi_normal(SSI_F32, 2, (int64_t[]){size[i], size[i + 1]}, 1, (uint64_t)i);
        w[2 * i] = ssi_mul(normal, sqrt(2.0 / (double)size[i]));
        w[2 * i + 1] = ssi_zeros(SSI_F32, size[i + 1]);
        m[2 * i] = ssi_zeros(SSI_F32, size[i], size[i + 1]);
        m[2 * i + 1] = ssi_zeros(SSI_F32, size[i + 1]);
    }
    for (int step = 0; step < STEPS; step++) {
        ssi_scope scope = ssi_scope_open();
        ssi_tensor *random = ssi_uniform(SSI_F64, 1, (int64_t[]){BATCH}, 2, (uint64_t)step);
        ssi_tensor *rows = ssi_cast(ssi_mul(random, (double)ssi_dim(x, 0)), SSI_I64);
        ssi_tensor *loss = ssi_cross_entropy(logits(w, ssi_gather(x, rows)), ssi_gather(y, rows));
        ssi_gradients(loss, N, w, dw);
        for (int i = 0; i < N; i++)
            lion(w[i], m[i], dw[i], 3e-4 * (1 - step / (double)STEPS));
        if (step % 250 == 0)
            printf("step %4d: loss %.4f\n", step, ssi_item(loss));
        if (ssi_scope_close(scope) != SSI_OK)
            break;
    }
    double accuracy = ssi_item(ssi_accuracy(logits(w, ssi_dataset_x(test)), ssi_dataset_y(test)));
    printf("accuracy on the test digits: %.4f\n", accuracy);
    ssi_dataset_free(train);
    ssi_dataset_free(test);
    ssi_scope_close(whole);
    return ssi_report() || !(accuracy > 0.95);
}
