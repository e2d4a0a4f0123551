#include <stdio.h>

// 한 주의 날수. 상수라서 바뀌지 않습니다.
// The days of a week: a constant, which never changes.
const int days_in_week = 7;

// 변수: 내용이 바뀌는 상자 두 개
// Variables: two boxes whose contents change.
int left = 1, right = 2;

// 두 상자의 내용을 맞바꿉니다. / Exchanges what is in the two boxes.
void swap(void)
{
    int kept = left;
    left = right;
    right = kept;
}

// weeks주와 days일은 모두 며칠인가요? / How many days are so many weeks and days?
int total_days(int weeks, int days)
{
    return weeks + days_in_week * days;
}

#ifdef REFUSED
// -DREFUSED일 때만 컴파일됩니다. 컴파일러가 거절해야 합니다. / Compiled with -DREFUSED only, and to be refused.
void refused(void)
{
    days_in_week = 8;
}
#endif

int main(void)
{
    double height = 1.5; // 소수 / a number with a fraction
    char grade = 'A';    // 글자 하나 / one character
    printf("height %.1f, grade %c\n", height, grade);
    printf("before: left %d, right %d\n", left, right);
    swap();
    printf("after:  left %d, right %d\n", left, right);
    printf("3 weeks and 4 days: %d days\n", total_days(3, 4));
    return 0;
}
