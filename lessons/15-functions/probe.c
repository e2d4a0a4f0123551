#include "lesson.h"

void hello_to(const char *name);
double to_celsius(double f);
void birthday(int *age);

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "hello")) {
        const char *names[] = {"cat", "Mina", "world", "100%", "고양이"};
        for (int i = 0; i < 5; i++) {
            printf("hello_to(\"%s\") = ", names[i]);
            hello_to(names[i]);
        }
        char name[9] = "";
        for (int i = 0; i < 8; i++) {
            name[i] = (char)('a' + lesson_integer(0, 25));
        }
        printf("hello_to(\"%s\") = ", name);
        hello_to(name);
    }
    if (lesson_test(argc, argv, "celsius")) {
        double first[] = {32, 212, 50, 33, -40};
        for (int i = 0; i < 12; i++) {
            double f = i < 5 ? first[i] : lesson_integer(-100, 300);
            printf("to_celsius(%g) = %.9g\n", f, to_celsius(f));
        }
    }
    if (lesson_test(argc, argv, "birthday")) {
        for (int i = 0; i < 5; i++) {
            int ages[] = {500, lesson_integer(1, 99), 700}, before = ages[1];
            birthday(&ages[1]);
            printf("age %d, after birthday = %d\n", before, ages[1]);
        }
        int age = 16;
        birthday(&age);
        birthday(&age);
        printf("age 16, after two birthdays = %d\n", age);
    }
    if (lesson_test(argc, argv, "values")) {
        printf("half = %g\n", 1.0 / 2);
    }
    return 0;
}
