#include <stdio.h>

int main(void)
{
    printf("\n"); // TODO
    return 0;
}
