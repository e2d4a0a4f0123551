#include "lesson_array.h"

extern const int w1_shape[2], w2_shape[2];
ssi_tensor *layer(ssi_tensor *x, ssi_tensor *w, ssi_tensor *b);
ssi_tensor *forward(ssi_tensor *x, ssi_tensor *w1, ssi_tensor *b1, ssi_tensor *w2, ssi_tensor *b2);

static ssi_tensor *matrix(int rows, int columns)
{
    return ssi_cast(ssi_reshape(lesson_integers(rows * columns, -2, 2), rows, columns), SSI_F64);
}

static ssi_tensor *vector(int count)
{
    return ssi_cast(lesson_integers(count, -2, 2), SSI_F64);
}

static void xor_network(void)
{
    ssi_tensor *x = ssi_array(((double[]){0, 0, 0, 1, 1, 0, 1, 1}), 4, 2);
    ssi_tensor *w1 = ssi_array(((double[]){-1, 1, -1, 1}), 2, 2), *b1 = ssi_array(((double[]){1.5, -0.5}), 2);
    ssi_tensor *w2 = ssi_array(((double[]){1, 1}), 2, 1), *b2 = ssi_array(((double[]){-1.5}), 1);
    lesson_array("hidden layer of XOR", layer(x, w1, b1));
    lesson_array("output of XOR", forward(x, w1, b1, w2, b2));
}

/* Layers of any size, with whole numbers, so that sums of exactly 0 are among them. */
static void any_layers(int both)
{
    for (int i = 0; i < 8; i++) {
        int n = lesson_integer(1, 4), d = lesson_integer(1, 4), k = lesson_integer(1, 4), m = lesson_integer(1, 4);
        ssi_tensor *x = matrix(n, d), *w1 = matrix(d, k), *b1 = vector(k), *w2 = matrix(k, m), *b2 = vector(m);
        char what[80];
        snprintf(what, sizeof(what), both ? "%d examples through %d-%d-%d" : "%d examples through %d-%d", n, d, k, m);
        lesson_array(what, both ? forward(x, w1, b1, w2, b2) : layer(x, w1, b1));
    }
}

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "xor")) {
        xor_network();
    }
    if (lesson_test(argc, argv, "layer")) {
        any_layers(0);
    }
    if (lesson_test(argc, argv, "forward")) {
        any_layers(1);
    }
    if (lesson_test(argc, argv, "shapes")) {
        lesson_holds("w1", w1_shape[0] == 784 && w1_shape[1] == 50);
        lesson_holds("w2", w2_shape[0] == 50 && w2_shape[1] == 10);
    }
    if (lesson_test(argc, argv, "summary")) {
        char text[2048];
        ssi_model *net = ssi_model_from_spec("784-50-10");
        ssi_summary(net, text, sizeof(text));
        printf("%s", text);
        ssi_model_free(net);
    }
    if (lesson_test(argc, argv, "values")) {
        int first = w1_shape[0] * w1_shape[1] + w1_shape[1], second = w2_shape[0] * w2_shape[1] + w2_shape[1];
        printf("first = %d\nsecond = %d\nall = %d\n", first, second, first + second);
    }
    return 0;
}
