/*
 * chain.h - the steps of chains over the float type T, included once for each (chain.isa.c, where it is told how they work).
 *
 * The includer defines T, the integer I of its size, NAME(name), which puts the type's name behind it, FUNCTIONS where there are exp and sigmoid of vectors, and
 * SCARCE where roots, relu, going towards a vector, and steps that load or store as well are not worth their code.
 */

enum { NAME(LANES) = BYTES / sizeof(T), NAME(STRIP) = EIGHT * NAME(LANES) };

typedef T NAME(vector) __attribute__((vector_size(BYTES)));
typedef I NAME(words) __attribute__((vector_size(BYTES)));
typedef T NAME(memory) __attribute__((vector_size(BYTES), aligned(sizeof(T)), may_alias)); /* a vector anywhere */

#define VECTOR NAME(vector)
#define X      VECTOR x0, VECTOR x1, VECTOR x2, VECTOR x3, VECTOR x4, VECTOR x5, VECTOR x6, VECTOR x7
typedef void NAME(step)(const ssi_chain_step *s, size_t at, X);

/* ---- the operations ---- */

INLINE VECTOR NAME(splat)(T x)
{
    return x - (VECTOR){0}; /* GNU C's way; x - 0 is x */
}

#ifndef SCARCE
/* The one operation that GNU C has no word for. */
INLINE VECTOR NAME(root)(VECTOR x)
{
#if defined(__AVX512F__)
    return (VECTOR)_mm512_sqrt_ps((__m512)x);
#elif defined(__AVX2__)
    return (VECTOR)_mm256_sqrt_ps((__m256)x);
#elif defined(__x86_64__)
    return (VECTOR)_mm_sqrt_ps((__m128)x);
#elif defined(__aarch64__)
    return (VECTOR)vsqrtq_f32((float32x4_t)x);
#else
    for (int i = 0; i < NAME(LANES); i++)
        x[i] = sqrtf(x[i]);
    return x;
#endif
}
#endif

INLINE VECTOR NAME(apply)(ssi_chain_code code, VECTOR x, VECTOR a, VECTOR t)
{
    switch (code) {
    case SSI_CHAIN_ADD:
        return x + a;
    case SSI_CHAIN_SUB:
        return x - a;
    case SSI_CHAIN_SUB_FROM:
        return a - x;
    case SSI_CHAIN_MUL:
        return x * a;
    case SSI_CHAIN_DIV:
        return x / a;
    case SSI_CHAIN_DIV_INTO:
        return a / x;
    case SSI_CHAIN_ADD_SCALED:
        return a * t + x;
    case SSI_CHAIN_NEG:
        return -x;
    case SSI_CHAIN_ABS:
        return (VECTOR)((NAME(words))x & ~((NAME(words)) - NAME(splat)(0)));
    case SSI_CHAIN_SQUARE:
        return x * x;
#ifndef SCARCE
    case SSI_CHAIN_TOWARDS:
        IN_REGISTER(a);
        return (x - a) * t + a;
    case SSI_CHAIN_SQRT:
        return NAME(root)(x);
    case SSI_CHAIN_RELU:
        return (VECTOR)((NAME(words))x & ~(x <= 0)); /* NaN stays */
#endif
    default:
        return x;
    }
}

/* ---- the steps ---- */

INLINE VECTOR NAME(load)(const void *from, size_t at, int i)
{
    return ((const NAME(memory) *)((const T *)from + at))[i];
}

/* A step is this, made for one code and form. */
INLINE void NAME(any_step)(const ssi_chain_step *s, size_t at, X, ssi_chain_code code, ssi_chain_form form, bool stores)
{
    const bool loads = form >= SSI_CHAIN_VV, one = code >= SSI_CHAIN_NEG;
    VECTOR x[EIGHT] = {x0, x1, x2, x3, x4, x5, x6, x7}, scalar = NAME(splat)(s->scalar.NAME(as));
    EACH(i)
    {
        if (loads)
            x[i] = NAME(load)(s->from, at, i);
        VECTOR a = one ? x[i] : form == SSI_CHAIN_XS || form == SSI_CHAIN_VS ? scalar : NAME(load)(s->a, at, i);
        x[i] = NAME(apply)(code, x[i], a, scalar);
    }
#ifdef FUNCTIONS
    if (code == SSI_CHAIN_EXP)
        NAME(exp_strip)(x);
    if (code == SSI_CHAIN_SIGMOID)
        NAME(sigmoid_strip)(x);
#endif
    NAME(memory) *to = stores ? (NAME(memory) *)((T *)s->to + at) : NULL;
    EACH(i)
    {
        if (stores)
            to[i] = x[i];
    }
    ((NAME(step) *)s[1].run)(s + 1, at, x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7]);
}

#define PLAIN(code, form)                                                                                              \
    static void NAME(code##_##form)(const ssi_chain_step *s, size_t at, X)                                             \
    {                                                                                                                  \
        NAME(any_step)(s, at, x0, x1, x2, x3, x4, x5, x6, x7, SSI_CHAIN_##code, SSI_CHAIN_##form, false);              \
    }
#define STORING(code, form)                                                                                            \
    static void NAME(code##_##form##_stores)(const ssi_chain_step *s, size_t at, X)                                    \
    {                                                                                                                  \
        NAME(any_step)(s, at, x0, x1, x2, x3, x4, x5, x6, x7, SSI_CHAIN_##code, SSI_CHAIN_##form, true);               \
    }

/* What there is of all codes and forms. Where x is loaded, operands are exchanged rather than the operation turned round. */
#define OF_X(f, code)   f(code, XV) f(code, XS)
#define BY_TWO(f, code) OF_X(f, code) f(code, VV) f(code, VS)
#ifdef SCARCE
#define STEPS(plain, both)                                                                                             \
    OF_X(plain, ADD)                                                                                                   \
    OF_X(plain, SUB)                                                                                                   \
    OF_X(plain, SUB_FROM)                                                                                              \
    OF_X(plain, MUL)                                                                                                   \
    OF_X(plain, DIV)                                                                                                   \
    OF_X(plain, DIV_INTO)                                                                                              \
    plain(ADD_SCALED, XV) plain(SQUARE, XV)
#else
#define STEPS(plain, both)                                                                                             \
    BY_TWO(both, ADD)                                                                                                  \
    BY_TWO(both, SUB)                                                                                                  \
    OF_X(both, SUB_FROM)                                                                                               \
    BY_TWO(both, MUL)                                                                                                  \
    BY_TWO(both, DIV)                                                                                                  \
    OF_X(both, DIV_INTO)                                                                                               \
    both(ADD_SCALED, XV) both(TOWARDS, XV) both(TOWARDS, VV) both(SQUARE, XV) both(SQUARE, VV) both(SQRT, XV)          \
        both(RELU, XV)
#endif
#ifdef FUNCTIONS
#define LONG_STEPS(plain) plain(EXP, XV) plain(SIGMOID, XV)
#else
#define LONG_STEPS(plain)
#endif
#define ALL_STEPS(plain, storing, both)                                                                                \
    STEPS(plain, both)                                                                                                 \
    LONG_STEPS(plain) plain(NEG, XV) plain(ABS, XV) plain(SAME, VV) storing(SAME, XV)
#define BOTH(code, form) PLAIN(code, form) STORING(code, form)
ALL_STEPS(PLAIN, STORING, BOTH)

static void NAME(end)(const ssi_chain_step *s, size_t at, X)
{
    (void)s, (void)at, (void)x0, (void)x1, (void)x2, (void)x3, (void)x4, (void)x5, (void)x6, (void)x7;
}

/* ---- all strips ---- */

static void NAME(run_strip)(const ssi_chain_step *steps, size_t at)
{
    const VECTOR zero = {0};
    ((NAME(step) *)steps->run)(steps, at, zero, zero, zero, zero, zero, zero, zero, zero);
}

/* Rooms of a strip, for the elements after the last whole one. What lies in one place has one room: what is stored there is loaded again. */
typedef struct NAME(rooms) {
    int count;
    void *place[3 * SSI_CHAIN_LENGTH];
    T room[3 * SSI_CHAIN_LENGTH][NAME(STRIP)];
} NAME(rooms);

static void *NAME(room_of)(NAME(rooms) * r, void *place, size_t at, size_t rest)
{
    int i = 0;
    while (i < r->count && r->place[i] != place)
        i++;
    if (i == r->count) {
        r->place[r->count++] = place;
        memset(r->room[i], 0, sizeof r->room[i]);
        memcpy(r->room[i], (const T *)place + at, rest * sizeof(T));
    }
    return r->room[i];
}

static void NAME(run_rest)(const ssi_chain_step *steps, int count, size_t at, size_t rest)
{
    ssi_chain_step local[SSI_CHAIN_STEPS];
    NAME(rooms) r;
    r.count = 0;
    memcpy(local, steps, (size_t)count * sizeof *steps);
    for (int i = 0; i < count; i++) {
        if (steps[i].from)
            local[i].from = NAME(room_of)(&r, steps[i].from, at, rest);
        if (steps[i].a)
            local[i].a = NAME(room_of)(&r, steps[i].a, at, rest);
        if (steps[i].to)
            local[i].to = NAME(room_of)(&r, steps[i].to, at, rest);
    }
    NAME(run_strip)(local, 0);
    for (int i = 0; i < count; i++) {
        if (steps[i].to)
            memcpy((T *)steps[i].to + at, local[i].to, rest * sizeof(T));
    }
}

static void NAME(run)(const ssi_chain_step *steps, int count, size_t n)
{
    size_t at = 0;
    for (; at + NAME(STRIP) <= n; at += NAME(STRIP))
        NAME(run_strip)(steps, at);
    if (at < n)
        NAME(run_rest)(steps, count, at, n - at);
}

#define PLAIN_ENTRY(code, form) [SSI_CHAIN_##code][SSI_CHAIN_##form][0] = (ssi_chain_routine *)NAME(code##_##form),
#define STORING_ENTRY(code, form)                                                                                      \
    [SSI_CHAIN_##code][SSI_CHAIN_##form][1] = (ssi_chain_routine *)NAME(code##_##form##_stores),
#define BOTH_ENTRIES(code, form) PLAIN_ENTRY(code, form) STORING_ENTRY(code, form)

extern const ssi_chain_routines SSI_ISA_NAME(NAME(ssi_chain));
const ssi_chain_routines SSI_ISA_NAME(NAME(ssi_chain)) = {.step = {ALL_STEPS(PLAIN_ENTRY, STORING_ENTRY, BOTH_ENTRIES)},
                                                          .end = (ssi_chain_routine *)NAME(end),
                                                          .run = NAME(run)};

#undef PLAIN
#undef STORING
#undef BOTH
#undef PLAIN_ENTRY
#undef STORING_ENTRY
#undef BOTH_ENTRIES
#undef OF_X
#undef BY_TWO
#undef STEPS
#undef LONG_STEPS
#undef ALL_STEPS
#undef X
#undef VECTOR
