#include <stdio.h>

const char *task[5] = {"classification", "regression", "detection", "segmentation", "super-resolution"};

// 28 x 28 픽셀 흑백 사진이 들어갑니다. 나오는 것의 {행, 열}을 쓰세요. 한 줄로 늘어선 수는 {1, 개수}.
// A grey picture of 28 x 28 pixels goes in. Write {rows, columns} of what comes out; numbers in one row are {1, how many}.
int shape[5][2] = {
    {1, 10}, // 0 분류: 숫자 0~9마다 점수 하나 / classification: a score for each of the digits 0 to 9
    {1, 1},  // 1 회귀: 사진의 몇 %가 글씨인지 / regression: how many percent of the picture are ink
    {3,
     5}, // 2 검출: 물체가 셋, 행마다 하나씩 x, y, 너비, 높이, 종류 / detection: three things; x, y, width, height, kind
    {28, 28}, // 3 분할: 픽셀마다 글씨(1)인지 바탕(0)인지 / segmentation: ink (1) or paper (0), for every pixel
    {28, 56}, // 4 초해상도: 가로세로 두 배로 또렷하게 / super-resolution: twice as wide and as high, and sharp
};

int main(void)
{
    for (int i = 0; i < 5; i++) {
        int rows = shape[i][0], columns = shape[i][1];
        printf("%-16s %2d x %2d: %d numbers\n", task[i], rows, columns, rows * columns);
    }
    return 0;
}
