#include <stdio.h>

// 신호를 모으다가 문턱을 넘으면 켜지는 세포: 정보와 기능을 한데 묶습니다
// A cell that gathers signals until they are beyond a threshold: data and behaviour in one
typedef struct neuron neuron;
struct neuron {
    int charge;                               // 지금까지 모은 것 / gathered so far
    int threshold;                            // 문턱 / the threshold
    int (*receive)(neuron *self, int signal); // 기능: 함수의 주소 / behaviour: a function's address
};

// 신호를 모읍니다. 문턱보다 커지면 charge를 0으로 비우고 1을, 아니면 0을 돌려줍니다
// Gathers a signal. If charge is greater than the threshold: empties it and returns 1, else 0
int gather(neuron *self, int signal)
{
    self->charge += signal;
    if (self->charge > self->threshold) {
        return 1;
    }
    return 0;
}

// 새는 세포: 먼저 모은 것의 절반을 잃고, 그다음은 gather와 같습니다
// A leaky cell: first loses half of what it has, then does as gather does
int leak(neuron *self, int signal)
{
    self->charge /= 2;
    return gather(self, signal);
}

// 새 세포: charge는 0입니다. 파이썬의 __init__ / a new cell, charge 0; Python's __init__
neuron neuron_new(int threshold, int (*receive)(neuron *self, int signal))
{
    neuron made = {.charge = 0, .threshold = threshold, .receive = receive};
    return made;
}

int main(void)
{
    neuron a = neuron_new(5, gather), b = neuron_new(5, leak);
    int signals[] = {3, 3, 3, 3, 4, 4};
    for (int i = 0; i < 6; i++) {
        int fired_a = a.receive(&a, signals[i]);
        int fired_b = b.receive(&b, signals[i]);
        printf("+%d: a %d (%d), b %d (%d)\n", signals[i], fired_a, a.charge, fired_b, b.charge);
    }
    return 0;
}
