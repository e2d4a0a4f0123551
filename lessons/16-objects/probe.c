#include "lesson.h"

typedef struct neuron neuron;
struct neuron {
    int charge, threshold;
    int (*receive)(neuron *self, int signal);
};

int gather(neuron *self, int signal);
int leak(neuron *self, int signal);
neuron neuron_new(int threshold, int (*receive)(neuron *self, int signal));

static void feed(const char *name, neuron *cell, int signal)
{
    int before = cell->charge;
    int fired = cell->receive(cell, signal);
    printf("%s (threshold %d, charge %d) receives %d = fires %d, charge %d\n", name, cell->threshold, before, signal,
           fired, cell->charge);
}

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "new")) {
        for (int i = 0; i < 3; i++) {
            int threshold = lesson_integer(1, 50);
            neuron made = neuron_new(threshold, i ? leak : gather);
            printf("neuron_new(%d, %s) = charge %d, threshold %d, receive %s\n", threshold, i ? "leak" : "gather",
                   made.charge, made.threshold,
                   made.receive == gather ? "gather"
                   : made.receive == leak ? "leak"
                                          : "unknown");
        }
    }
    if (lesson_test(argc, argv, "gather")) {
        neuron cell = {.threshold = 5, .receive = gather};
        feed("cell", &cell, 5);
        feed("cell", &cell, 1);
        cell = (neuron){.threshold = 5, .receive = gather};
        for (int i = 0; i < 8; i++) {
            feed("cell", &cell, 3);
        }
    }
    if (lesson_test(argc, argv, "own")) {
        neuron a = {.threshold = lesson_integer(10, 20), .receive = gather};
        neuron b = {.threshold = lesson_integer(30, 60), .receive = gather};
        for (int i = 0; i < 20; i++) {
            feed("a", &a, lesson_integer(0, 9));
            feed("b", &b, lesson_integer(0, 9));
        }
    }
    if (lesson_test(argc, argv, "leak")) {
        neuron cell = {.charge = 9, .threshold = 20, .receive = leak};
        for (int i = 0; i < 20; i++) {
            feed("leaky cell", &cell, lesson_integer(0, 15));
        }
    }
    return 0;
}
