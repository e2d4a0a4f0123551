#include "lesson.h"

long long count(int layers, const int *size);
extern int hidden;

/* A line of a network; what lies behind its last layer, a 1, must not be counted. */
static void line(int layers, int *size)
{
    for (int i = 0; i < layers; i++) {
        printf("%s%d", i ? "-" : "", size[i]);
    }
    size[layers] = 1;
    printf(" = %lld\n", count(layers, size));
}

int main(int argc, char **argv)
{
    int size[10];
    if (lesson_test(argc, argv, "two")) {
        line(2, memcpy(size, (int[]){5, 7}, 2 * sizeof(int)));
        line(2, memcpy(size, (int[]){7, 4}, 2 * sizeof(int)));
    }
    if (lesson_test(argc, argv, "deep")) {
        line(3, memcpy(size, (int[]){5, 7, 4}, 3 * sizeof(int)));
        for (int n = 0; n < 6; n++) {
            int layers = lesson_integer(3, 8);
            for (int i = 0; i < layers; i++) {
                size[i] = lesson_integer(1, 300);
            }
            line(layers, size);
        }
    }
    if (lesson_test(argc, argv, "large")) {
        line(3, memcpy(size, (int[]){100000, 100000, 10}, 3 * sizeof(int)));
    }
    if (lesson_test(argc, argv, "hidden")) {
        printf("5-hidden-4 = %lld\n", count(3, (int[]){5, hidden, 4}));
    }
    if (lesson_test(argc, argv, "values")) {
        long long mnist = count(6, (int[]){784, 256, 256, 256, 256, 10});
        printf("shallow = %lld\n", count(3, (int[]){5, 7, 4}));
        printf("deep = %lld\n", count(6, (int[]){5, 7, 7, 7, 7, 4}));
        printf("mnist = %lld,%03lld\n", mnist / 1000, mnist % 1000);
        printf("first = %lld\n", count(2, (int[]){5, 7}));
        printf("second = %lld\n", count(2, (int[]){7, 4}));
    }
    return 0;
}
