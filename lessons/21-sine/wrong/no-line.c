#include <ssi/ssi.h>
#include <stdio.h>

// 0부터 6 전까지, 같은 간격으로 rate개의 점 / rate points from 0 to below 6, in equal steps
ssi_tensor *points(int rate)
{
    return ssi_arange(SSI_F64, 0, 6, 6.0 / rate);
}

// y가 가장 큰 곳의 번호 / the index at which y is largest
int peak(ssi_tensor *y)
{
    return (int)ssi_item(ssi_argmax(y, 0));
}

int main(int argc, char **argv)
{
    int rates[] = {6, 12, 60, 600};
    for (int i = 0; i < 4; i++) {
        ssi_tensor *some = points(rates[i]);
        printf("%d points, peak at %d\n", (int)ssi_size(some), peak(ssi_sin(some)));
    }

    ssi_tensor *x = ssi_arange(SSI_F64, 0, 6, 0.1);
    ssi_tensor *y = ssi_sin(x);
    ssi_figure *figure = ssi_figure_new();
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .title = "sin", .xlabel = "x", .ylabel = "y");
    (void)axes, (void)y;
    if (argc > 1) {
        ssi_figure_save(figure, argv[1]); // 파일로 / into a file
    } else {
        ssi_figure_show(figure, stdout); // 화면에 / on the screen
    }
    ssi_figure_free(figure);
    return ssi_report();
}
