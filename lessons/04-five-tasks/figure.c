#include "figure.h"

static ssi_tensor *pictures; // of MNIST, 0 paper, 255 ink
static ssi_tensor *labels;

static ssi_axes *panel(ssi_figure *figure, int place, const char *title)
{
    return ssi_figure_axes(figure, place / 3, place % 3, .bare = 1, .title = title);
}

static ssi_tensor *picture(int i)
{
    return ssi_at(pictures, "?", i);
}

/* A box round the ink of the picture that stands at this corner of the canvas, and its name above. */
static void detect(ssi_axes *axes, int i, double column, double row)
{
    ssi_tensor *ink = ssi_argwhere(ssi_greater(picture(i), 0));
    double top = row + ssi_item(ssi_min(ssi_at(ink, ":, 0"))) - 1,
           left = column + ssi_item(ssi_min(ssi_at(ink, ":, 1"))) - 1;
    double bottom = row + ssi_item(ssi_max(ssi_at(ink, ":, 0"))) + 1,
           right = column + ssi_item(ssi_max(ssi_at(ink, ":, 1"))) + 1;
    char name[8];
    snprintf(name, sizeof(name), "%.0f", ssi_item(ssi_at(labels, "?", i)));
    lesson_box(axes, left, top, right - left, bottom - top, "C3", NULL);
    ssi_plot_text(axes, right + 1.5, top + 2, name, .color = "C3", .font_size = 12);
}

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    ssi_dataset *mnist = ssi_load_dataset("mnist");
    pictures = ssi_reshape(ssi_dataset_x(mnist), -1, 28, 28);
    labels = ssi_dataset_y(mnist);
    ssi_tensor *four = picture(9);
    char title[64];

    ssi_figure *figure = ssi_figure_new(.rows = 2, .columns = 3, .width = 760, .height = 540);
    snprintf(title, sizeof(title), lesson_say("분류: %.0f", "classification: %.0f"), ssi_item(ssi_at(labels, "9")));
    ssi_plot_image(panel(figure, 0, title), four, .colors = "Greys");

    double ink = 100 * ssi_item(ssi_mean(ssi_cast(ssi_greater(four, 127), SSI_F64)));
    snprintf(title, sizeof(title), lesson_say("회귀: 글씨 %.0f %%", "regression: %.0f %% ink"), ink);
    ssi_plot_image(panel(figure, 1, title), four, .colors = "Greys");

    ssi_axes *axes = panel(figure, 2, lesson_say("물체 검출", "object detection"));
    ssi_tensor *canvas = ssi_zeros(SSI_U8, 64, 64);
    canvas = ssi_set(canvas, "2:30, 1:29", picture(9));
    canvas = ssi_set(canvas, "4:32, 34:62", picture(13));
    canvas = ssi_set(canvas, "34:62, 16:44", picture(4));
    ssi_plot_image(axes, canvas, .colors = "Greys");
    detect(axes, 9, 1, 2);
    detect(axes, 13, 34, 4);
    detect(axes, 4, 16, 34);

    ssi_plot_image(panel(figure, 3, lesson_say("영상 분할", "segmentation")), ssi_cast(ssi_greater(four, 127), SSI_U8),
                   .colors = "coolwarm");

    ssi_tensor *small = ssi_mean(ssi_reshape(ssi_cast(four, SSI_F64), 14, 2, 14, 2), 1, 3);
    ssi_plot_image(panel(figure, 4, lesson_say("초해상도: 14 × 14에서", "super-resolution: from 14 × 14")), small,
                   .colors = "Greys");
    ssi_plot_image(panel(figure, 5, lesson_say("28 × 28로", "to 28 × 28")), four, .colors = "Greys");
    lesson_figure(figure, "tasks");
    ssi_dataset_free(mnist);
    return ssi_report();
}
