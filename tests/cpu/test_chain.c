/*
 * test_chain.c - chains of every instruction set of this machine, bit for bit against the same operations run one at a time: random steps, all forms, every
 * length around whole strips. Operands end where memory ends, so that a read too far is a crash.
 */
#include "vector.h"

enum { LONGEST = 300, PLACES = 5, TRIALS = 400 };

/* The map that a step is, and whether x is its second operand; of those that are several maps, run_alone knows. */
static const struct {
    int map;
    bool swapped;
} maps[SSI_CHAIN_CODES] = {
    [SSI_CHAIN_ADD] = {SSI_MAP_ADD, false},     [SSI_CHAIN_SUB] = {SSI_MAP_SUB, false},
    [SSI_CHAIN_SUB_FROM] = {SSI_MAP_SUB, true}, [SSI_CHAIN_MUL] = {SSI_MAP_MUL, false},
    [SSI_CHAIN_DIV] = {SSI_MAP_DIV, false},     [SSI_CHAIN_DIV_INTO] = {SSI_MAP_DIV, true},
    [SSI_CHAIN_NEG] = {SSI_MAP_NEG, false},     [SSI_CHAIN_ABS] = {SSI_MAP_ABS, false},
    [SSI_CHAIN_SQRT] = {SSI_MAP_SQRT, false},   [SSI_CHAIN_RELU] = {SSI_MAP_RELU, false},
};

/* y = map(a, b), elements apart. */
static void map_alone(const ssi_backend *set, int map, float *y, const float *a, const float *b, int n)
{
    static float made[LONGEST];
    ssi_map_of(set, map, SSI_F32, SSI_VV)(made, a, b, NULL, (size_t)n);
    memcpy(y, made, (size_t)n * sizeof *y);
}

/* The same step on all n elements at once; x: what the one before it made. */
static void run_alone(const ssi_backend *set, int code, ssi_chain_form form, const ssi_chain_step *s, float *x, int n)
{
    static float a[LONGEST], t[LONGEST];
    for (int i = 0; i < n; i++) {
        x[i] = s->from ? ((const float *)s->from)[i] : form == SSI_CHAIN_SV ? s->scalar : x[i];
        a[i] = s->a ? ((const float *)s->a)[i] : s->scalar;
        t[i] = s->scalar;
    }
    if (code == SSI_CHAIN_TOWARDS) {
        map_alone(set, SSI_MAP_SUB, x, x, a, n);
        map_alone(set, SSI_MAP_MUL, x, x, t, n);
        map_alone(set, SSI_MAP_ADD, x, x, a, n);
    } else if (code == SSI_CHAIN_ADD_SCALED) {
        map_alone(set, SSI_MAP_MUL, a, a, t, n);
        map_alone(set, SSI_MAP_ADD, x, a, x, n);
    } else if (code == SSI_CHAIN_SQUARE) {
        map_alone(set, SSI_MAP_MUL, x, x, x, n);
    } else {
        map_alone(set, maps[code].map, x, maps[code].swapped ? a : x, maps[code].swapped ? x : a, n);
    }
    if (s->to)
        memcpy(s->to, x, (size_t)n * sizeof *x);
}

/* A step like many, on places of `memory` and a scalar; its code and form. */
static int random_step(const ssi_chain_routines *chain, ssi_chain_step *s, ssi_chain_form *form, float *const *memory,
                       const float *scalars, bool first, uint32_t *seed)
{
    for (;;) {
        int code = (int)(next(seed) % SSI_CHAIN_CODES), stores = (int)(next(seed) % 2);
        *form = (ssi_chain_form)(next(seed) % SSI_CHAIN_FORMS);
        if (!chain->step[code][*form][stores] || (first && *form < SSI_CHAIN_VV))
            continue;
        *s = (ssi_chain_step){.run = chain->step[code][*form][stores], .scalar = scalars[next(seed) % PLACES]};
        if (*form >= SSI_CHAIN_VV && *form != SSI_CHAIN_SV)
            s->from = memory[next(seed) % PLACES];
        if (code < SSI_CHAIN_NEG && *form != SSI_CHAIN_XS && *form != SSI_CHAIN_VS)
            s->a = memory[next(seed) % PLACES];
        if (stores)
            s->to = memory[next(seed) % PLACES];
        return code;
    }
}

static void fill_all(float *const *memory, int n, uint32_t seed)
{
    for (int p = 0; p < PLACES; p++)
        fill(memory[p], SSI_F32, (size_t)n, seed + (uint32_t)p);
}

/* One chain on one length, and the same steps one at a time; the last one stores. */
static void check(const ssi_backend *set, char *const *room, uint32_t seed, int n)
{
    static float expected[PLACES][LONGEST], x[LONGEST];
    float *memory[PLACES], scalars[PLACES];
    ssi_chain_step steps[SSI_CHAIN_STEPS];
    ssi_chain_form form[SSI_CHAIN_STEPS];
    int code[SSI_CHAIN_STEPS], count = 1 + (int)(next(&seed) % (SSI_CHAIN_STEPS - 1));
    for (int p = 0; p < PLACES; p++)
        memory[p] = placed(room[p], true, (size_t)n, sizeof(float));
    fill(scalars, SSI_F32, PLACES, seed + 77);
    for (int i = 0; i < count; i++)
        code[i] = random_step(set->chain, &steps[i], &form[i], memory, scalars, i == 0, &seed);
    steps[count - 1].to = memory[0];
    steps[count - 1].run = set->chain->step[code[count - 1]][form[count - 1]][1];
    steps[count] = (ssi_chain_step){.run = set->chain->end};
    fill_all(memory, n, seed);
    for (int i = 0; i < count; i++)
        run_alone(set, code[i], form[i], &steps[i], x, n);
    for (int p = 0; p < PLACES; p++)
        memcpy(expected[p], memory[p], (size_t)n * sizeof(float));
    fill_all(memory, n, seed);
    set->chain->run(steps, count + 1, (size_t)n);
    for (int p = 0; p < PLACES; p++)
        assert_same(memory[p], expected[p], SSI_F32, (size_t)n, set->name);
}

static void chains_have_the_bits_of_their_steps_run_one_at_a_time(void **state)
{
    char *room[PLACES];
    int sets = 0;
    for (int p = 0; p < PLACES; p++)
        room[p] = guarded();
    for (const ssi_backend *const *set = ssi_backends(); *set != NULL; set++) {
        if (!(*set)->chain)
            continue;
        sets++;
        for (uint32_t trial = 0; trial < TRIALS; trial++)
            check(*set, room, trial, 1 + (int)(trial * 37 % LONGEST));
        for (int n = 1; n <= LONGEST; n++)
            check(*set, room, 1234, n);
    }
    for (int p = 0; p < PLACES; p++)
        unguarded(room[p]);
    assert_true(sets > 0 || strcmp(ssi_backends()[0]->name, "portable") == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chains_have_the_bits_of_their_steps_run_one_at_a_time),
    };
    return cmocka_run_group_tests_name("chain", tests, NULL, NULL);
}
