#include <ssi/ssi.h>
#include <stdio.h>

enum { MOST = 256 * 256 };

// PGM 이미지(P2)를 읽어 (세로, 가로) 텐서로. 못 읽으면 NULL
// Reads a PGM image (P2) into a tensor (height, width); NULL if it cannot be read
ssi_tensor *read_pgm(const char *path)
{
    unsigned char pixels[MOST];
    int width = 0, height = 0, most = 0, count = 0;
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return NULL;
    }
    int header = fscanf(file, "P2 %d %d %d", &width, &height, &most);
    int sound = header == 3 && width > 0 && height > 0 && width <= MOST / height && most <= 255;
    int value;
    if (sound && fscanf(file, "%d", &value) == 1) {
        pixels[count] = (unsigned char)value;
    }
    fclose(file);
    if (!sound || count < width * height) {
        return NULL;
    }
    return ssi_array(pixels, height, width);
}

// 위에서 row번째 줄, 왼쪽에서 column번째 점의 밝기 / the brightness in that row and column
int brightness(ssi_tensor *image, int row, int column)
{
    return (int)ssi_item(ssi_at(image, "?, ?", row, column));
}

int main(int argc, char **argv)
{
    ssi_tensor *image = read_pgm("cat.pgm");
    printf("%d rows, %d columns\n", (int)ssi_dim(image, 0), (int)ssi_dim(image, 1));
    printf("(1, 2) is %d, mean %.1f\n", brightness(image, 1, 2), ssi_item(ssi_mean(image)));
    ssi_print(ssi_at(image, "1:5, :8"));

    ssi_figure *figure = ssi_figure_new();
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .title = "cat");
    ssi_plot_image(axes, image);
    if (argc > 1) {
        ssi_figure_save(figure, argv[1]);
    } else {
        ssi_figure_show(figure, stdout);
    }
    ssi_figure_free(figure);
    return ssi_report();
}
