#include "lesson_array.h"

ssi_tensor *read_pgm(const char *path);
int brightness(ssi_tensor *image, int row, int column);

/* An image of random brightness in the file; the last `missing` numbers are left out. */
static void write_pgm(const char *path, int width, int height, int missing)
{
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        return;
    }
    fprintf(file, "P2\n%d %d\n255\n", width, height);
    for (int i = 0; i < width * height - missing; i++) {
        fprintf(file, "%d%c", lesson_integer(0, 255), i % width == width - 1 ? '\n' : ' ');
    }
    fclose(file);
}

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "read")) {
        int sizes[][2] = {{3, 2}, {2, 4}, {5, 1}, {0, 0}};
        sizes[3][0] = lesson_integer(6, 9), sizes[3][1] = lesson_integer(2, 5);
        for (int i = 0; i < 4; i++) {
            char what[80];
            write_pgm("hidden.pgm", sizes[i][0], sizes[i][1], 0);
            snprintf(what, sizeof(what), "an image %d wide, %d high", sizes[i][0], sizes[i][1]);
            lesson_array(what, read_pgm("hidden.pgm"));
        }
        write_pgm("hidden.pgm", 4, 3, 1);
        lesson_array("an image whose last number is missing", read_pgm("hidden.pgm"));
        lesson_array("no such file", read_pgm("no-such-file.pgm"));
    }
    if (lesson_test(argc, argv, "brightness")) {
        ssi_tensor *image = ssi_reshape(lesson_integers(24, 0, 255), 4, 6);
        for (int i = 0; i < 9; i++) {
            int row = i < 8 ? lesson_integer(0, 3) : 3, column = i < 8 ? lesson_integer(0, 3) : 5;
            printf("brightness(%s, %d, %d) = %d\n", lesson_text(image), row, column, brightness(image, row, column));
        }
    }
    return 0;
}
