#include <stdio.h>

// 인사합니다 / says hello
void hello(void)
{
    printf("hello world\n");
}

// 이름을 넣어 인사합니다: Hello cat! / says hello to somebody: Hello cat!
void hello_to(const char *name)
{
    printf("Hello ");
    printf(name);
    printf("!\n");
}

// 화씨를 섭씨로: (f - 32) * 5/9 / Fahrenheit to Celsius
double to_celsius(double f)
{
    return (f - 32) * 5 / 9;
}

// age가 가리키는 수를 1 늘립니다 / adds 1 to the number that age points to
void birthday(int *age)
{
    *age = *age + 1;
}

int main(void)
{
    hello();
    hello_to("cat");
    printf("%.1f\n", to_celsius(212));
    int age = 16;
    birthday(&age);
    printf("%d\n", age);
    return 0;
}
