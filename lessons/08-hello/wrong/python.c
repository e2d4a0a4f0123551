#include <stdio.h>

int main(void)
{
    print("Hello World");
    return 0;
}
