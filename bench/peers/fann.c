/*
 * fann.c - the lecture's network by FANN: a prediction, and an epoch of training, example by example, which is FANN's way (it has neither batches of 128 nor
 * Adam nor threads). FANN knows no ReLU; a piecewise linear function takes its place. FANN's time depends on no value, so pictures are made up, and an epoch
 * is reckoned from a part of one.
 *
 *     build/peer_fann train|predict          one line of JSON
 */
#include <floatfann.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/clock.h"

enum { INPUTS = 784, CLASSES = 10, EPOCH = 60000, PART = 500 };

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void say(const char *group, const char *name, double seconds)
{
    printf("{\"group\": \"%s\", \"name\": \"%s\", \"peer\": \"FANN\", \"version\": \"2\", \"precision\": \"highest\", "
           "\"seconds\": %.9g}\n",
           group, name, seconds);
}

static void predict(struct fann *net, float *picture)
{
    enum { RUNS = 500 };
    double spent[RUNS];
    for (int i = 0; i < RUNS; i++) {
        double start = seconds_now();
        fann_run(net, picture);
        spent[i] = seconds_now() - start;
    }
    qsort(spent, RUNS, sizeof *spent, by_size);
    say("predict", "network, batch 1", spent[RUNS / 2]);
}

static void train(struct fann *net, float *picture)
{
    float answer[CLASSES] = {1};
    double start = seconds_now();
    for (int i = 0; i < PART; i++)
        fann_train(net, picture, answer);
    say("train", "network", (seconds_now() - start) * EPOCH / PART);
}

int main(int argc, char **argv)
{
    struct fann *net = fann_create_standard(6, INPUTS, 256, 256, 256, 256, CLASSES);
    if (net == NULL)
        return 1;
    fann_set_activation_function_hidden(net, FANN_LINEAR_PIECE);
    float picture[INPUTS];
    for (int i = 0; i < INPUTS; i++)
        picture[i] = (float)(i % 7) / 7;
    (argc > 1 && strcmp(argv[1], "train") == 0 ? train : predict)(net, picture);
    fann_destroy(net);
    return 0;
}
