#include "lesson.h"

unsigned long long total(unsigned n, unsigned seed);
extern int milliseconds[3];

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "total")) {
        printf("total(0, 1) = %llu\ntotal(1, 7) = %llu\ntotal(2, 7) = %llu\n", total(0, 1), total(1, 7), total(2, 7));
        for (int i = 0; i < 4; i++) {
            unsigned n = (unsigned)lesson_integer(100, 100000), seed = (unsigned)lesson_integer(1, 1000000);
            printf("total(%u, %u) = %llu\n", n, seed, total(n, seed));
        }
    }
    if (lesson_test(argc, argv, "times")) {
        lesson_holds("measured", milliseconds[0] > 0 && milliseconds[1] > 0 && milliseconds[2] > 0);
        lesson_holds("optimized", milliseconds[1] <= milliseconds[0]);
    }
    return 0;
}
