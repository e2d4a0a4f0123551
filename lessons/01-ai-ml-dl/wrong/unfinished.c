#include <stdio.h>

// 가장 안쪽 고리의 이름을 쓰세요. 바깥부터 AI, ML(머신러닝), DL(딥러닝).
// Write the name of the innermost ring: AI outside, then ML (machine learning), DL (deep learning).
enum { UNKNOWN, AI, ML, DL };

int kind[12] = {
    AI, // 0 1997년의 체스: 전문가의 점수표로 수를 계산 / chess of 1997: looks ahead, scored by experts' rules
    ML, // 1 스팸 메일 거르기: 스팸에 나온 단어를 세어 배움 / spam filter: learnt by counting the words of spam
    DL, // 2 음성 받아쓰기: 층이 많은 신경망 / dictation: a network of many layers
    AI, // 3 병원의 전문가 시스템: 의사가 쓴 규칙 500개 / a hospital's expert system: 500 rules written by doctors
    ML, // 4 집값: 팔린 집들에 맞춘 직선 하나 / house prices: one straight line, fitted to houses sold
    DL, // 5 사진에서 얼굴 찾기: 깊은 합성곱 신경망 / faces in photos: a deep convolutional network
    AI, // 6 길 찾기: 지도에서 가장 짧은 길을 탐색 / navigation: searches the map for the shortest way
    DL, // 7 알파고: 기보와 자기 대국으로 배운 깊은 신경망 / AlphaGo: deep networks, learnt from games
    ML, // 8 고객 묶기: 산 물건이 비슷한 사람끼리 (k-평균) / grouping customers by what they bought (k-means)
    UNKNOWN, // 9 번역: 층을 수십 개 쌓은 트랜스포머 / translation: a transformer of dozens of layers
    UNKNOWN, // 10 게임의 유령: "가까우면 쫓아간다"는 규칙 / a game's ghost: the rule "if near, follow"
    UNKNOWN, // 11 대출 심사: 지난 기록에서 배운 결정 나무 / loans: a decision tree learnt from past records
};

// 기온(도)과, 그날 아이스크림이 팔렸는지(1) / degrees, and whether ice cream was sold that day (1)
int degrees[20] = {8, 10, 12, 13, 15, 16, 17, 18, 19, 20, 21, 21, 22, 23, 24, 25, 26, 28, 30, 33};
int sold[20] = {0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1};

// "threshold도부터 팔린다"는 규칙이 틀리는 날의 수 / on how many days the rule "sold from threshold on" is wrong
int mistakes(int threshold)
{
    int wrong = 0;
    for (int day = 0; day < 20; day++) {
        wrong += (degrees[day] >= threshold) != sold[day];
    }
    return wrong;
}

int main(void)
{
    int by_hand = 25, learnt = 0;
    for (int threshold = 0; threshold <= 40; threshold++) {
        learnt = mistakes(threshold) < mistakes(learnt) ? threshold : learnt;
    }
    printf("by hand: from %d degrees, %d of 20 days wrong\n", by_hand, mistakes(by_hand));
    printf("learnt:  from %d degrees, %d of 20 days wrong\n", learnt, mistakes(learnt));

    int count[4] = {0};
    for (int i = 0; i < 12; i++) {
        count[kind[i]]++;
    }
    printf("AI %d, ML %d, DL %d, to do %d\n", count[AI], count[ML], count[DL], count[UNKNOWN]);
    return 0;
}
