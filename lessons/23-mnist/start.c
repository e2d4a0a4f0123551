#include <ssi/ssi.h>
#include <stdio.h>

enum { SIDE = 28, PIXELS = SIDE * SIDE };

// 4바이트를 수로: 첫 바이트가 가장 큰 자리입니다 / four bytes as a number, the first being the highest
int big_endian(const unsigned char *bytes)
{
    return bytes[3]; // TODO: 네 바이트 모두 / all four bytes
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
    // TODO: i번째 이미지는 몇 번째 바이트에서 시작할까요? / at which byte does image i begin?
    read = read && fseek(file, 16L, SEEK_SET) == 0 && fread(pixels, 1, PIXELS, file) == PIXELS;
    fclose(file);
    return read ? ssi_array(pixels, SIDE, SIDE) : NULL;
}

// 레이블 파일의 i번째 레이블, 못 읽으면 -1. 머리말은 8바이트, 표시는 2049 / label i, or -1
int read_label(const char *path, int i)
{
    (void)path, (void)i; // TODO: read_image처럼 / as in read_image
    return -1;
}

int main(int argc, char **argv)
{
    const char *images = "train-images-idx3-ubyte", *labels = "train-labels-idx1-ubyte";
    printf("x_train[0] is a %d\n", read_label(labels, 0));
    ssi_print(read_image(images, 0));
    printf("x_train[9] is a %d\n", read_label(labels, 9));

    ssi_figure *figure = ssi_figure_new();
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .title = "x_train[9]");
    (void)axes; // TODO: x_train[9], .colors = "Greys"
    if (argc > 1) {
        ssi_figure_save(figure, argv[1]);
    } else {
        ssi_figure_show(figure, stdout);
    }
    ssi_figure_free(figure);
    return ssi_report();
}
