#include <stdbool.h>
#include <stdio.h>

// 실행하기 전에 답하세요: main의 if는 몇 줄을 출력할까요?
// Answer before you run it: how many lines does the if in main print?
int prediction = 2;

// 물: 0도 미만은 "ice", 0도 이상 100도 미만은 "water", 그 밖은 "steam"
// Water: "ice" below 0 degrees, "water" from 0 to below 100, otherwise "steam"
const char *state(int celsius)
{
    if (celsius < 0) {
        return "ice";
    } else if (0 <= celsius < 100) {
        return "water";
    } else {
        return "steam";
    }
}

// 18도 이상 26도 이하이면 참 / true from 18 to 26 degrees, both included
bool comfortable(int celsius)
{
    return celsius >= 18 && celsius <= 26;
}

int main(void)
{
    bool hungry = true;
    hungry = !hungry;
    if (hungry) {
        printf("i'm hungry\n");
    } else {
        printf("i'm not hungry\n");
        printf("i'm sleepy\n");
    }
    printf("-5: %s, 20: %s, 130: %s\n", state(-5), state(20), state(130));
    printf("20 %d, 30 %d\n", comfortable(20), comfortable(30));
    return 0;
}
