#include <ssi/ssi.h>
#include <stdio.h>

enum { SIDE = 28, PIXELS = SIDE * SIDE };

// 4바이트를 수로: 첫 바이트가 가장 큰 자리입니다 / four bytes as a number, the first being the highest
int big_endian(const unsigned char *bytes)
{
    return bytes[0] + bytes[1] + bytes[2] + bytes[3];
}

// 이미지 파일의 i번째 이미지 (28,28), 못 읽으면 NULL / image i of the file, or NULL
ssi_tensor *read_image(const char *path, int i)
{
    unsigned char header[16], pixels[PIXELS];
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    int read = fread(header, 1, 16, file) == 16 && big_endian(header) == 2051 && i >= 0 && i < big_endian(header + 4);
    read = read && fseek(file, 16 + (long)i * PIXELS, SEEK_SET) == 0 && fread(pixels, 1, PIXELS, file) == PIXELS;
    fclose(file);
    return read ? ssi_array(pixels, SIDE, SIDE) : NULL;
}

// 레이블 파일의 i번째 레이블, 못 읽으면 -1. 머리말은 8바이트, 표시는 2049 / label i, or -1
int read_label(const char *path, int i)
{
    unsigned char header[8], label;
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return -1;
    }
    int read = fread(header, 1, 8, file) == 8 && big_endian(header) == 2049 && i >= 0 && i < big_endian(header + 4);
    read = read && fseek(file, 8 + (long)i, SEEK_SET) == 0 && fread(&label, 1, 1, file) == 1;
    fclose(file);
    return read ? label : -1;
}

int main(int argc, char **argv)
{
    const char *images = "train-images-idx3-ubyte", *labels = "train-labels-idx1-ubyte";
    printf("x_train[0] is a %d\n", read_label(labels, 0));
    ssi_print(read_image(images, 0));
    printf("x_train[9] is a %d\n", read_label(labels, 9));

    ssi_figure *figure = ssi_figure_new();
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .title = "x_train[9]");
    ssi_plot_image(axes, read_image(images, 9), .colors = "Greys");
    if (argc > 1) {
        ssi_figure_save(figure, argv[1]);
    } else {
        ssi_figure_show(figure, stdout);
    }
    ssi_figure_free(figure);
    return ssi_report();
}
