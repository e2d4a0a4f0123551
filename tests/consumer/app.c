/* What a program of a user looks like: learns exclusive-or from arrays up, with nothing but the public headers. */
#include <ssi/ssi.h>

#include <math.h>
#include <stdio.h>

static double train(ssi_tensor *const *parameter, ssi_tensor *x, ssi_tensor *y)
{
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *hidden = ssi_tanh(ssi_add(ssi_matmul(x, parameter[0]), parameter[1]));
    ssi_tensor *error = ssi_sub(ssi_matmul(hidden, parameter[2]), y);
    ssi_tensor *loss = ssi_mean(ssi_mul(error, error)), *gradient[3];
    ssi_gradients(loss, 3, parameter, gradient);
    for (int i = 0; i < 3; i++)
        ssi_assign(parameter[i], ssi_sub(parameter[i], ssi_mul(gradient[i], 0.3)));
    double value = ssi_item(loss);
    ssi_scope_close(scope);
    return value;
}

int main(void)
{
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_array(((float[]){0, 0, 0, 1, 1, 0, 1, 1}), 4, 2);
    ssi_tensor *y = ssi_array(((float[]){0, 1, 1, 0}), 4, 1);
    ssi_tensor *parameter[] = {ssi_sub(ssi_uniform(SSI_F32, SSI_SHAPE(2, 8), 1, 0), 0.5), ssi_zeros(SSI_F32, 8),
                               ssi_sub(ssi_uniform(SSI_F32, SSI_SHAPE(8, 1), 1, 1), 0.5)};
    double loss = 1;
    for (int step = 0; step < 2000; step++)
        loss = train(parameter, x, y);
    ssi_scope_close(scope);
    printf("ssi %s, loss %.4f\n", ssi_version(), loss);
    return ssi_report() || !(loss < 0.01);
}
