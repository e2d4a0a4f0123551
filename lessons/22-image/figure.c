#include "sketch.h"

/* The picture of cat.pgm, a letter a pixel: . white, + fur, * and o nose, # outline. */
static const char *const cat[] = {
    "....................", "..#..............#..", "..##............##..", "..#+#..........#+#..",
    "..#++##########++#..", "..#++++++++++++++#..", ".#++++++++++++++++#.", ".#+++##++++++##+++#.",
    ".#+++##++++++##+++#.", ".#++++++++++++++++#.", "#+++++++*oo*+++++++#", ".#++++++*oo*++++++#.",
    "..#+++++#++#+++++#..", "..#++++++##++++++#..", "...##++++++++++##...", ".....##########.....",
};

static int brightness(char letter)
{
    return letter == '.' ? 255 : letter == '+' ? 190 : letter == '*' ? 150 : letter == 'o' ? 90 : 30;
}

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    unsigned char pixels[16 * 20];
    for (int i = 0; i < 16 * 20; i++) {
        pixels[i] = (unsigned char)brightness(cat[i / 20][i % 20]);
    }
    ssi_figure *figure = ssi_figure_new(.columns = 2, .width = 900, .height = 400);
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .title = "cat.pgm");
    ssi_plot_image(axes, ssi_array(pixels, 16, 20), .low = 0, .high = 255);
    double across[] = {-0.5, 7.5, 7.5, -0.5, -0.5}, down[] = {0.5, 0.5, 6.5, 6.5, 0.5};
    ssi_plot_line(axes, ssi_array(across, 5), ssi_array(down, 5), .color = "C3");

    axes = ssi_figure_axes(figure, 0, 1, .title = lesson_say("테두리 안의 수", "the numbers in the frame"));
    ssi_tensor *part = ssi_at(ssi_array(pixels, 16, 20), "1:7, :8");
    ssi_plot_image(axes, part, .low = 0, .high = 255, .extent = {-0.5, 7.5, 6.5, 0.5});
    for (int i = 0; i < 6 * 8; i++) {
        char text[8];
        int value = pixels[(1 + i / 8) * 20 + i % 8];
        snprintf(text, sizeof(text), "%d", value);
        ssi_plot_text(axes, i % 8, 1 + i / 8, text, .align = 'c', .color = value < 128 ? "white" : "black");
    }
    lesson_figure(figure, "cat");
    return ssi_report();
}
