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
    [SSI_CHAIN_EXP] = {SSI_MAP_EXP, false},     [SSI_CHAIN_SIGMOID] = {SSI_MAP_SIGMOID, false},
};

/* An instruction set, and one of its float types. */
typedef struct kind {
    const ssi_backend *set;
    ssi_dtype dtype;
    size_t size;
} kind;

/* y = map(a, b), elements apart. */
static void map_alone(const kind *k, int map, char *y, const char *a, const char *b, size_t n)
{
    static char made[LONGEST * sizeof(double)];
    ssi_map_of(k->set, map, k->dtype, SSI_VV)(made, a, b, NULL, n);
    memcpy(y, made, n * k->size);
}

/* Elements of memory, or a scalar n times. */
static void take(const kind *k, char *to, const void *from, const void *scalar, size_t n)
{
    for (size_t i = 0; i < n; i++)
        memcpy(to + i * k->size, from ? (const char *)from + i * k->size : scalar, k->size);
}

/* The same step on all n elements at once; x: what the one before it made. */
static void run_alone(const kind *k, int code, ssi_chain_form form, const ssi_chain_step *s, char *x, size_t n)
{
    static char a[LONGEST * sizeof(double)], t[LONGEST * sizeof(double)];
    if (s->from)
        take(k, x, s->from, NULL, n);
    take(k, a, s->a, &s->scalar, n);
    take(k, t, NULL, &s->scalar, n);
    if (code == SSI_CHAIN_TOWARDS) {
        map_alone(k, SSI_MAP_SUB, x, x, a, n);
        map_alone(k, SSI_MAP_MUL, x, x, t, n);
        map_alone(k, SSI_MAP_ADD, x, x, a, n);
    } else if (code == SSI_CHAIN_ADD_SCALED) {
        map_alone(k, SSI_MAP_MUL, a, a, t, n);
        map_alone(k, SSI_MAP_ADD, x, a, x, n);
    } else if (code == SSI_CHAIN_SQUARE) {
        map_alone(k, SSI_MAP_MUL, x, x, x, n);
    } else if (code != SSI_CHAIN_SAME) {
        map_alone(k, maps[code].map, x, maps[code].swapped ? a : x, maps[code].swapped ? x : a, n);
    }
    if (s->to)
        memcpy(s->to, x, n * k->size);
}

/* A step like many, on places of `memory` and a scalar; its code and form. */
static int random_step(const kind *k, ssi_chain_step *s, ssi_chain_form *form, char *const *memory, const char *scalars,
                       bool first, uint32_t *seed)
{
    const ssi_chain_routines *chain = k->set->chain[k->dtype];
    for (;;) {
        int code = (int)(next(seed) % SSI_CHAIN_CODES), stores = (int)(next(seed) % 2);
        *form = (ssi_chain_form)(next(seed) % SSI_CHAIN_FORMS);
        if (!chain->step[code][*form][stores] || (first && *form < SSI_CHAIN_VV))
            continue;
        *s = (ssi_chain_step){.run = chain->step[code][*form][stores]};
        memcpy(&s->scalar, scalars + next(seed) % PLACES * k->size, k->size);
        if (*form >= SSI_CHAIN_VV)
            s->from = memory[next(seed) % PLACES];
        if (code < SSI_CHAIN_NEG && *form != SSI_CHAIN_XS && *form != SSI_CHAIN_VS)
            s->a = memory[next(seed) % PLACES];
        if (stores)
            s->to = memory[next(seed) % PLACES];
        return code;
    }
}

static void fill_all(const kind *k, char *const *memory, size_t n, uint32_t seed)
{
    for (int p = 0; p < PLACES; p++)
        fill(memory[p], k->dtype, n, seed + (uint32_t)p);
}

/* One chain on one length, and the same steps one at a time; the last one stores. */
static void check(const kind *k, char *const *room, uint32_t seed, size_t n)
{
    static char expected[PLACES][LONGEST * sizeof(double)], x[LONGEST * sizeof(double)];
    const ssi_chain_routines *chain = k->set->chain[k->dtype];
    char *memory[PLACES], scalars[PLACES * sizeof(double)];
    ssi_chain_step steps[SSI_CHAIN_STEPS];
    ssi_chain_form form[SSI_CHAIN_STEPS];
    int code[SSI_CHAIN_STEPS], count = 1 + (int)(next(&seed) % (SSI_CHAIN_STEPS - 2));
    for (int p = 0; p < PLACES; p++)
        memory[p] = placed(room[p], true, n, k->size);
    fill(scalars, k->dtype, PLACES, seed + 77);
    for (int i = 0; i < count; i++)
        code[i] = random_step(k, &steps[i], &form[i], memory, scalars, i == 0, &seed);
    if (!chain->step[code[count - 1]][form[count - 1]][1]) {
        code[count] = SSI_CHAIN_SAME, form[count] = SSI_CHAIN_XV;
        steps[count++] = (ssi_chain_step){0};
    }
    steps[count - 1].to = memory[0];
    steps[count - 1].run = chain->step[code[count - 1]][form[count - 1]][1];
    steps[count] = (ssi_chain_step){.run = chain->end};
    fill_all(k, memory, n, seed);
    for (int i = 0; i < count; i++)
        run_alone(k, code[i], form[i], &steps[i], x, n);
    for (int p = 0; p < PLACES; p++)
        memcpy(expected[p], memory[p], n * k->size);
    fill_all(k, memory, n, seed);
    chain->run(steps, count + 1, n);
    for (int p = 0; p < PLACES; p++)
        assert_same(memory[p], expected[p], k->dtype, n, k->set->name);
}

static void chains_have_the_bits_of_their_steps_run_one_at_a_time(void **state)
{
    char *room[PLACES];
    int kinds = 0;
    for (int p = 0; p < PLACES; p++)
        room[p] = guarded();
    for (const ssi_backend *const *set = ssi_backends(); *set != NULL; set++)
        for (ssi_dtype dtype = SSI_F32; dtype <= SSI_F64; dtype++) {
            const kind k = {*set, dtype, ssi_dtype_size(dtype)};
            if (!(*set)->chain[dtype])
                continue;
            kinds++;
            for (uint32_t trial = 0; trial < TRIALS; trial++)
                check(&k, room, trial, 1 + (size_t)(trial * 37 % LONGEST));
            for (size_t n = 1; n <= LONGEST; n++)
                check(&k, room, 1234, n);
        }
    for (int p = 0; p < PLACES; p++)
        unguarded(room[p]);
    assert_true(kinds > 0 || strcmp(ssi_backends()[0]->name, "portable") == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chains_have_the_bits_of_their_steps_run_one_at_a_time),
    };
    return cmocka_run_group_tests_name("chain", tests, NULL, NULL);
}
