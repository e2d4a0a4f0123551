#include <stdio.h>

// 지도 학습, 비지도 학습, 강화 학습 / what the machine gets: answers, no answers, a reward later
enum { UNKNOWN, SUPERVISED, UNSUPERVISED, REINFORCEMENT };

int kind[12] = {
    SUPERVISED,   // 0 메일 1만 통, 통마다 스팸인지 표시 / ten thousand mails, each marked as spam or not
    UNSUPERVISED, // 1 집의 넓이와 팔린 값 / sizes of houses, with the prices they sold at
    UNSUPERVISED, // 2 손님들의 영수증, 비슷한 손님끼리 묶기 / receipts of shoppers: find those who are alike
    REINFORCEMENT, // 3 걸음마를 배우는 로봇 개, 간 거리만큼 점수 / a robot dog that gets points for how far it walked
    SUPERVISED, // 4 엑스레이 사진과 의사의 진단 / X-rays, each with a doctor's finding
    UNSUPERVISED, // 5 제목 없는 기사 1만 편을 주제별로 나누기 / articles without headings, to be sorted by topic
    REINFORCEMENT, // 6 혼자 두는 바둑, 다 두면 이겼는지 졌는지 / Go against itself: won or lost, after the last stone
    SUPERVISED,   // 7 손글씨 사진과 그 숫자 / pictures of handwritten digits, each with its digit
    UNSUPERVISED, // 8 별의 밝기와 색, 비슷한 별끼리 / brightness and color of stars: which are of a kind?
    REINFORCEMENT, // 9 광고를 골라 보여 주고, 눌렀는지는 나중에 / choosing an advertisement; clicked or not, later
    UNSUPERVISED, // 10 지난날의 기온과 그날 쓴 전기 / temperatures of past days, with the electricity used
    REINFORCEMENT, // 11 엘리베이터 운행, 저녁에 기다린 시간의 합 / running a lift: in the evening, the sum of all waiting
};

int main(void)
{
    int count[4] = {0};
    for (int i = 0; i < 12; i++) {
        count[kind[i]]++;
    }
    printf("with answers: %d\n", count[SUPERVISED]);
    printf("without answers: %d\n", count[UNSUPERVISED]);
    printf("with a reward: %d\n", count[REINFORCEMENT]);
    printf("to do: %d\n", count[UNKNOWN]);
    return 0;
}
