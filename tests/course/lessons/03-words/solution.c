#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    int a = 0, b = 0;
    if (argc > 1 && strcmp(argv[1], "near") == 0) {
        printf("about 0.50 of it\n");
        return 0;
    }
    for (int i = 1; i < argc; i++) {
        printf("%s\n", argv[i]);
    }
    if (scanf("%d %d", &a, &b) == 2) {
        printf("Sum: %d\n", a + b);
    }
    return 0;
}
