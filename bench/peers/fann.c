/*
 * fann.c - the lecture's network by FANN: a prediction, and an epoch of training, example by example, which is FANN's way (it has neither batches of 128 nor
 * Adam nor threads). FANN knows no ReLU; a piecewise linear function takes its place. An epoch is reckoned from its first examples, for it takes minutes.
 *
 *     build/peer_fann train|predict          one line of JSON for the epoch, or each picture
 */
#include <floatfann.h>

#include "bench/clock.h"
#include "bench/peers/pictures.h"

enum { EPOCH = 60000, PART = 500 };

static void say(const char *group, const char *name, double seconds)
{
    printf("{\"group\": \"%s\", \"name\": \"%s\", \"peer\": \"FANN\", \"version\": \"2\", \"precision\": \"highest\", "
           "\"seconds\": %.9g}\n",
           group, name, seconds);
}

static void predict(struct fann *net, float *picture, const char *name)
{
    enum { RUNS = 500 };
    double spent[RUNS];
    for (int i = 0; i < RUNS; i++) {
        double start = seconds_now();
        fann_run(net, picture);
        spent[i] = seconds_now() - start;
    }
    qsort(spent, RUNS, sizeof *spent, by_size);
    say("predict", name, spent[RUNS / 2]);
    free(picture);
}

static void train(struct fann *net)
{
    float *answer, *picture = digits(SSI_TRAIN, PART, &answer);
    double start = seconds_now();
    for (size_t i = 0; i < PART; i++)
        fann_train(net, picture + i * INPUTS, answer + i * CLASSES);
    say("train", "network", (seconds_now() - start) * EPOCH / PART);
    free(picture);
    free(answer);
}

int main(int argc, char **argv)
{
    struct fann *net = fann_create_standard(6, INPUTS, 256, 256, 256, 256, CLASSES);
    if (net == NULL)
        return 1;
    fann_set_activation_function_hidden(net, FANN_LINEAR_PIECE);
    if (argc > 1 && strcmp(argv[1], "train") == 0) {
        train(net);
    } else {
        predict(net, digits(SSI_TEST, 1, NULL), "network, batch 1");
        predict(net, dense(1), "network, batch 1, dense");
    }
    fann_destroy(net);
    return 0;
}
