#include <stdio.h>

// 순서가 뒤섞인 아홉 사건 / nine events, out of order
const char *event[9] = {
    /* 0 */ "AlphaGo beats Lee Sedol at Go",
    /* 1 */ "Rosenblatt builds the perceptron",
    /* 2 */ "Deep Blue beats the world champion at chess",
    /* 3 */ "Turing asks whether machines can think",
    /* 4 */ "backpropagation trains networks of several layers",
    /* 5 */ "Minsky and Papert show what a perceptron cannot do",
    /* 6 */ "a car without a driver crosses the desert (DARPA)",
    /* 7 */ "a summer workshop gives artificial intelligence its name",
    /* 8 */ "Watson wins a quiz show",
};

// 먼저 일어난 사건의 번호부터 / the numbers of the events, the earliest first
int order[9] = {8, 2, 5, 0, 4, 3, 6, 1, 7};

int main(void)
{
    for (int i = 0; i < 9; i++) {
        printf("%d. %s\n", i + 1, event[order[i]]);
    }
    return 0;
}
