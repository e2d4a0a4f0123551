/*
 * wide_loops.h - loops over the functions of wide_f32.h or wide_f64.h, whose type is T: included once for each.
 */

typedef T NAME(wide) __attribute__((vector_size(64)));

INLINE NAME(wide) NAME(wide_at)(const T *x, size_t i)
{
    NAME(wide) v;
    memcpy(&v, x + i, sizeof v);
    return v;
}

#ifndef WIDE_LOOP
#define WIDE_LOOP(op, group, b_size, body)                                                                             \
    static void NAME(op##_vv)(void *d, const void *a, const void *b, const void *c, size_t n)                          \
    {                                                                                                                  \
        static const ending end = {NAME(op##_vv), (group), sizeof(T), sizeof(T), (b_size), 0};                         \
        ROLLED for (size_t i = 0; i + (group) <= n; i += (group))                                                      \
        {                                                                                                              \
            NAME(wide) x[2], y[2];                                                                                     \
            body;                                                                                                      \
            memcpy((T *)d + i, y, (group) * sizeof(T));                                                                \
        }                                                                                                              \
        finish(d, a, b, c, n, &end);                                                                                   \
    }
#define WIDE_UNARY(op) WIDE_LOOP(op, GROUP(T), 0, x[0] = NAME(wide_at)(a, i); y[0] = NAME(op##s)(x[0]))
#define WIDE_BINARY(op)                                                                                                \
    WIDE_LOOP(op, GROUP(T), sizeof(T), x[0] = NAME(wide_at)(a, i); x[1] = NAME(wide_at)(b, i);                         \
              y[0] = NAME(op##s)(x[0], x[1]))
/* of functions that work on two vectors at once */
#define WIDE_PAIRS(op)                                                                                                 \
    WIDE_LOOP(op, 2 * GROUP(T), 0, x[0] = NAME(wide_at)(a, i); x[1] = NAME(wide_at)(a, i + GROUP(T));                  \
              NAME(op##s)(y, x, 2))
#endif

WIDE_UNARY(log)
WIDE_UNARY(log2)
WIDE_UNARY(log10)
WIDE_UNARY(log1p)
WIDE_UNARY(asinh)
WIDE_UNARY(acosh)
WIDE_UNARY(cbrt)
WIDE_UNARY(atan)
WIDE_BINARY(pow)
WIDE_BINARY(atan2)
#ifdef WIDE_FLOATS
WIDE_UNARY(exp)
WIDE_UNARY(sigmoid)
WIDE_UNARY(tanh)
#else
WIDE_PAIRS(exp)
WIDE_PAIRS(sigmoid)

/* log(e^a + e^b): from the larger one, to which the other adds log(1 + e^-distance). First all powers of a strip, then all logarithms: a processor keeps some two
 * hundred operations waiting, of which one vector's would be fifty. */
static void logaddexp_vv_f64(void *d, const void *a, const void *b, const void *c, size_t n)
{
    enum { STRIP = 64, VECTORS = STRIP / GROUP(double) };
    static const ending end = {logaddexp_vv_f64, STRIP, sizeof(double), sizeof(double), sizeof(double), 0};
    double *to = d;
    const double *x = a, *y = b;
    for (size_t at = 0; at + STRIP <= n; at += STRIP) {
        doubles power[VECTORS];
        ROLLED for (size_t v = 0, i = at; v < VECTORS; v++, i += GROUP(double)) power[v] =
            powers_of_distance_f64(_mm512_loadu_pd(x + i), _mm512_loadu_pd(y + i));
        ROLLED for (size_t v = 0, i = at; v < VECTORS; v++, i += GROUP(double))
        {
            doubles larger = _mm512_max_pd(_mm512_loadu_pd(x + i), _mm512_loadu_pd(y + i));
            _mm512_storeu_pd(to + i, larger + log1ps_of_part_f64(power[v]));
        }
    }
    finish(d, a, b, c, n, &end);
}
#endif
