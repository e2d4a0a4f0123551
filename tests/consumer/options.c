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
    ssi_tensor *t = ssi_linspace(SSI_F64, 0, 1, 5), *open = ssi_linspace(SSI_F32, 0.5, 1, 5, .no_endpoint = 1);
    ssi_tensor *powers = ssi_logspace(SSI_F64, 0, 3, 4, .base = 2), *count = ssi_arange(SSI_I64, 0, 10, 1);
    ssi_tensor *slope = ssi_gradient(t, 0), *bent = ssi_gradient(t, -1, .at = powers, .second_ends = 1);
    ssi_tensor *area = ssi_trapezoid(t, 0, .spacing = 0.25), *between = ssi_interp(0.5, t, powers, .period = 1);
    ssi_vstack(ssi_roll(slope, 1, 0), ssi_squeeze(bent), ssi_squeeze(ssi_expand_dims(open, 0, -1), 0, 1));
    ssi_append(ssi_delete(ssi_tile(count, 2, 3), 0, 1), ssi_add(area, between), SSI_ALL_AXES);
    ssi_assign(y, ssi_add(ssi_sum(y), ssi_sum(y, 0)));
    ssi_figure *figure = ssi_figure_new(.columns = 2);
    ssi_plot_line(ssi_figure_axes(figure, 0, 0, .title = "loss"), NULL, y, .label = "train");
    ssi_figure_free(figure);
    ssi_save(net, "net.safetensors");
    ssi_model_free(net);
    return ssi_report();
}
