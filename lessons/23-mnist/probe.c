#include "lesson_array.h"

int big_endian(const unsigned char *bytes);
ssi_tensor *read_image(const char *path, int i);
int read_label(const char *path, int i);

static const char *const images = "train-images-idx3-ubyte", *const labels = "train-labels-idx1-ubyte";

/* A file of `length` bytes drawn from the seed (small ones, so that a label stays a digit) behind a header. */
static void write_file(const char *path, const unsigned char *header, int size, int length, int high)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL) {
        return;
    }
    fwrite(header, 1, (size_t)size, file);
    for (int i = 0; i < length; i++) {
        fputc(lesson_integer(0, high), file);
    }
    fclose(file);
}

/* What is read as image i, by its sum, and by its first and last pixel. */
static void image(const char *path, int i)
{
    ssi_tensor *x = read_image(path, i);
    if (x == NULL) {
        printf("read_image(\"%s\", %d) = NULL\n", path, i);
    } else {
        printf("read_image(\"%s\", %d): sum = %.0f\n", path, i, ssi_item(ssi_sum(x)));
        printf("read_image(\"%s\", %d): pixel (14, 14) = %.0f\n", path, i, ssi_item(ssi_at(x, "14, 14")));
    }
    ssi_error_take(NULL);
}

static void values(void)
{
    static unsigned char pixels[60000];
    FILE *file = fopen(labels, "rb");
    size_t n = file && fseek(file, 8, SEEK_SET) == 0 ? fread(pixels, 1, 60000, file) : 0;
    int counts[10] = {0};
    for (size_t i = 0; i < n; i++) {
        counts[pixels[i]]++;
    }
    if (file) {
        fclose(file);
    }
    printf("ones = %d\nfives = %d\n", counts[1], counts[5]);
    double sum = 0, squares = 0, count = 0;
    file = fopen(images, "rb");
    if (file == NULL || fseek(file, 16, SEEK_SET) != 0) {
        return;
    }
    while ((n = fread(pixels, 1, sizeof(pixels), file)) > 0) {
        for (size_t i = 0; i < n; i++) {
            double x = pixels[i] / 255.0;
            sum += x, squares += x * x;
        }
        count += (double)n;
    }
    fclose(file);
    double mean = sum / count;
    printf("mean = %.4f\nstd = %.4f\n", mean, sqrt(squares / count - mean * mean));
}

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "bytes")) {
        unsigned char known[][4] = {{0, 0, 8, 3}, {0, 0, 0xEA, 0x60}, {0, 0, 0, 28}, {0, 0, 8, 1}, {1, 2, 3, 4}};
        for (int i = 0; i < 8; i++) {
            unsigned char drawn[4] = {0, (unsigned char)lesson_integer(0, 255), (unsigned char)lesson_integer(0, 255),
                                      (unsigned char)lesson_integer(0, 255)};
            unsigned char *b = i < 5 ? known[i] : drawn;
            printf("big_endian(%02x %02x %02x %02x) = %d\n", b[0], b[1], b[2], b[3], big_endian(b));
        }
    }
    if (lesson_test(argc, argv, "images")) {
        image(images, 0);
        image(images, 9);
        image(images, lesson_integer(1, 59998));
        image(images, 59999);
        image(images, 60000);
        image(images, -1);
        image(labels, 0);
        image("no-such-file", 0);
    }
    if (lesson_test(argc, argv, "labels")) {
        for (int i = 0; i < 12; i++) {
            int at = i < 10 ? i : lesson_integer(10, 59998);
            printf("read_label(\"%s\", %d) = %d\n", labels, at, read_label(labels, at));
        }
        printf("read_label(\"%s\", 60000) = %d\n", labels, read_label(labels, 60000));
        printf("read_label(\"%s\", -1) = %d\n", labels, read_label(labels, -1));
        printf("read_label(\"%s\", 0) = %d\n", images, read_label(images, 0));
        printf("read_label(\"no-such-file\", 0) = %d\n", read_label("no-such-file", 0));
        unsigned char header[8] = {0, 0, 8, 1, 0, 0, 0, 9}; // promises 9 labels, has 5
        write_file("hidden-labels", header, 8, 5, 9);
        for (int i = 3; i < 7; i++) {
            printf("read_label(\"hidden-labels\", %d) = %d\n", i, read_label("hidden-labels", i));
        }
    }
    if (lesson_test(argc, argv, "values")) {
        values();
    }
    return 0;
}
