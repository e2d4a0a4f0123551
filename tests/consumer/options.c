/* Options by name, in every way in which they are written: compiled only, to prove that no compiler says a word about them. */
#include <ssi/ssi.h>

int main(void)
{
    ssi_dataset *mnist = ssi_load_dataset("mnist");
    ssi_model *net = ssi_sequential(ssi_flatten(), ssi_dense(256, .activation = SSI_RELU),
                                    ssi_dense(.units = 64, .no_bias = 1, .initializer = SSI_INIT_GLOROT),
                                    ssi_activation(SSI_LEAKY_RELU, .slope = 0.1), ssi_dropout(0.2), ssi_dense(10));
    ssi_fit(net, mnist);
    ssi_fit(net, mnist, .epochs = 5, .batch = 128, .optimizer = ssi_adam(.lr = 1e-3));
    ssi_fit(net, mnist, .optimizer = ssi_sgd(.lr = 0.1, .momentum = 0.9));
    ssi_tensor *x = ssi_zeros(SSI_F32, 1, 784);
    ssi_tensor *logits = ssi_forward(net, x), *dropped = ssi_forward(net, x, .training = 1, .step = 7);
    ssi_tensor *y = ssi_where(ssi_greater(logits, 0), ssi_mul(dropped, 0.5), ssi_sub(1, logits));
    ssi_assign(y, ssi_add(ssi_sum(y), ssi_sum(y, 0)));
    ssi_figure *figure = ssi_figure_new(.columns = 2);
    ssi_plot_line(ssi_figure_axes(figure, 0, 0, .title = "loss"), NULL, y, .label = "train");
    ssi_figure_free(figure);
    ssi_save(net, "net.safetensors");
    ssi_model_free(net);
    return ssi_report();
}
