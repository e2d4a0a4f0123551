#include <ssi/ssi.h>
#include <stdio.h>

// 계단 함수: 0보다 크면 1, 아니면 0 / The step: 1 above 0, else 0
double step(double x)
{
    return (int)(x + 0.5) > 0 ? 1 : 0;
}

// 배열의 원소마다 계단 함수, 정수로 / The step of each element of an array, as whole numbers
ssi_tensor *step_all(ssi_tensor *x)
{
    return ssi_cast(ssi_greater(x, 0), SSI_I64);
}

int main(int argc, char **argv)
{
    printf("%g %g %g\n", step(-1), step(0), step(1));
    ssi_print(step_all(ssi_array(((double[]){-1, 1, 2, 0}), 4)));

    // -5부터 5 앞까지 0.1마다, 점 100개 / from -5 to before 5 in steps of 0.1: 100 points
    ssi_tensor *x = ssi_arange(SSI_F64, -5, 5, 0.1);
    ssi_figure *figure = ssi_figure_new();
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .title = "step", .xlabel = "x", .ylabel = "y", .ylim = {-0.1, 1.1});
    ssi_plot_line(axes, x, step_all(x));
    if (argc > 1) {
        ssi_figure_save(figure, argv[1]); // ssi run 35 step.png
    }
    ssi_figure_free(figure);
    return ssi_report();
}
