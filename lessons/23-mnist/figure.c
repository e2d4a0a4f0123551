#include "figure.h"

/* The first twenty test images, with their labels above. */
static void draw_digits(ssi_dataset *test)
{
    char text[20][8];
    const char *titles[20];
    for (int i = 0; i < 20; i++) {
        snprintf(text[i], sizeof(text[i]), "%d", (int)ssi_item(ssi_at(ssi_dataset_y(test), "?", i)));
        titles[i] = text[i];
    }
    ssi_figure *figure = ssi_figure_images(ssi_at(ssi_dataset_x(test), ":20"), .columns = 10, .titles = titles,
                                           .colors = "Greys", .width = 800, .height = 220);
    lesson_figure(figure, "digits");
}

static void draw_counts(ssi_dataset *train)
{
    ssi_figure *figure = ssi_figure_new();
    ssi_axes *axes =
        ssi_figure_axes(figure, 0, 0, .title = lesson_say("훈련용 60,000장", "60,000 training images"),
                        .xlabel = lesson_say("숫자", "digit"), .ylabel = lesson_say("장", "images"), .ylim = {0, 7500});
    ssi_plot_bar(axes, ssi_bincount(ssi_dataset_y(train), 10), .values = 1,
                 .names = (const char *[]){"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"});
    lesson_figure(figure, "counts");
}

static void draw_nine(ssi_dataset *train)
{
    ssi_figure *figure = ssi_figure_new(.width = 480, .height = 480);
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .title = "x_train[9]");
    ssi_plot_image(axes, ssi_at(ssi_dataset_x(train), "9"), .colors = "Greys");
    lesson_figure(figure, "nine");
}

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    ssi_dataset *train = ssi_load_dataset("mnist"), *test = ssi_load_dataset("mnist", .split = SSI_TEST);
    draw_digits(test);
    draw_counts(train);
    draw_nine(train);
    ssi_dataset_free(train);
    ssi_dataset_free(test);
    return ssi_report();
}
