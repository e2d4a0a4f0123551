/*
 * map_any.h - the loops of elementwise routines over one type T, included once for each: a loop is written once, and a routine is a loop
 * around an inline function of one element.
 *
 * The includer defines T and NAME(op), which puts the type's name behind op. UNARY(op), BINARY(op) and RELATION(op) then make the
 * routines NAME(op_vv), _sv and _vs out of the element function NAME(op); FUNCTION(op) is for long ones.
 */

typedef T NAME(unary)(T);
typedef T NAME(binary)(T, T);

INLINE void NAME(each1)(NAME(unary) * f, T *d, const T *a, size_t n, size_t group)
{
    GROUPS(n, group) d[AT] = f(a[AT]);
}

INLINE void NAME(each2)(NAME(binary) * f, T *d, const T *a, const T *b, size_t n, size_t group, int form)
{
    const T x = *a, y = *b;
    GROUPS(n, group) d[AT] = f(form == SSI_SV ? x : a[AT], form == SSI_VS ? y : b[AT]);
}

/* A relation is known by its code. */
enum {
    NAME(eq) = SSI_MAP_EQ,
    NAME(ne) = SSI_MAP_NE,
    NAME(lt) = SSI_MAP_LT,
    NAME(le) = SSI_MAP_LE,
    NAME(both) = SSI_MAP_BOTH,
    NAME(either) = SSI_MAP_EITHER
};

#ifdef __AVX512BW__ /* where one vector is written out: by themselves, compilers compare by vectors of 16 bytes */
typedef T NAME(lanes) __attribute__((vector_size(64)));
typedef uint8_t NAME(truths) __attribute__((vector_size(64 / sizeof(T))));
#define COMPARED (64 / sizeof(T))

INLINE NAME(truths) NAME(holds)(NAME(lanes) x, NAME(lanes) y, int code)
{
    return __builtin_convertvector(code == SSI_MAP_EQ       ? x == y
                                   : code == SSI_MAP_NE     ? x != y
                                   : code == SSI_MAP_LT     ? x < y
                                   : code == SSI_MAP_LE     ? x <= y
                                   : code == SSI_MAP_EITHER ? (x != 0) | (y != 0)
                                                            : (x != 0) & (y != 0),
                                   NAME(truths)) &
           1;
}

INLINE void NAME(compare)(int code, bool *d, const T *a, const T *b, size_t n, size_t group, int form)
{
    NAME(lanes) x = *a + (NAME(lanes)){0}, y = *b + (NAME(lanes)){0};
    ROLLED for (size_t i = 0; i + group <= n; i += group)
    {
        if (form != SSI_SV)
            memcpy(&x, a + i, sizeof x);
        if (form != SSI_VS)
            memcpy(&y, b + i, sizeof y);
        NAME(truths) truths = NAME(holds)(x, y, code);
        memcpy(d + i, &truths, sizeof truths);
    }
}
#else
#define COMPARED GROUP_OF(bool, T)

INLINE bool NAME(holds)(T a, T b, int code)
{
    return code == SSI_MAP_EQ       ? a == b
           : code == SSI_MAP_NE     ? a != b
           : code == SSI_MAP_LT     ? a < b
           : code == SSI_MAP_LE     ? a <= b
           : code == SSI_MAP_EITHER ? (a != 0) | (b != 0)
                                    : (a != 0) & (b != 0);
}

INLINE void NAME(compare)(int code, bool *d, const T *a, const T *b, size_t n, size_t group, int form)
{
    const T x = *a, y = *b;
    GROUPS(n, group) d[AT] = NAME(holds)(form == SSI_SV ? x : a[AT], form == SSI_VS ? y : b[AT], code);
}
#endif

typedef bool NAME(refusal)(T, T);

enum { NAME(together) = 64 };

/* d = f(a, b), or, where refused(a, b), slow(a, b): groups of elements take the fast way together, and those few that it does not serve are done
 * over, one by one. */
INLINE void NAME(each_or)(T *d, const T *a, const T *b, size_t n, NAME(binary) * f, NAME(refusal) * refused,
                          NAME(binary) * slow)
{
    for (size_t i = 0; i + NAME(together) <= n; i += NAME(together)) {
        T y[NAME(together)];
        unsigned rare = 0;
        SIMD for (size_t j = 0; j < NAME(together); j++)
        {
            y[j] = f(a[i + j], b[i + j]);
            rare |= refused(a[i + j], b[i + j]);
        }
        for (size_t j = 0; rare && j < NAME(together); j++)
            if (refused(a[i + j], b[i + j]))
                y[j] = slow(a[i + j], b[i + j]);
        memcpy(d + i, y, sizeof y);
    }
}

#ifndef UNARY
#define ROUTINE(name) IN_TABLE void NAME(name)(void *d, const void *a, const void *b, const void *c, size_t n)

#define UNARY_OF(op, group)                                                                                            \
    ROUTINE(op##_vv)                                                                                                   \
    {                                                                                                                  \
        static const ending end = {NAME(op##_vv), group, sizeof(T), sizeof(T), 0, 0};                                  \
        NAME(each1)(NAME(op), d, a, n, group);                                                                         \
        finish(d, a, b, c, n, &end);                                                                                   \
    }
#define UNARY(op)    UNARY_OF(op, GROUP(T))
#define FUNCTION(op) UNARY_OF(op, LONG_GROUP(T))

#define TWO(op, suffix, form, loop, R, group)                                                                          \
    ROUTINE(op##suffix)                                                                                                \
    {                                                                                                                  \
        static const ending end = {NAME(op##suffix),                                                                   \
                                   group,                                                                              \
                                   sizeof(R),                                                                          \
                                   (form) == SSI_SV ? 0 : sizeof(T),                                                   \
                                   (form) == SSI_VS ? 0 : sizeof(T),                                                   \
                                   0};                                                                                 \
        NAME(loop)(NAME(op), d, a, b, n, group, form);                                                                 \
        finish(d, a, b, c, n, &end);                                                                                   \
    }
#define THREE_FORMS(op, loop, R, group)                                                                                \
    TWO(op, _vv, SSI_VV, loop, R, group) TWO(op, _sv, SSI_SV, loop, R, group) TWO(op, _vs, SSI_VS, loop, R, group)
#define BINARY(op)   THREE_FORMS(op, each2, T, GROUP(T))
#define RELATION(op) THREE_FORMS(op, compare, bool, COMPARED)
/* Integers, and rare functions, are not worth code for their scalar forms. */
#define BINARY_VV(op)   TWO(op, _vv, SSI_VV, each2, T, GROUP(T))
#define FUNCTION_VV(op) TWO(op, _vv, SSI_VV, each2, T, LONG_GROUP(T))
#define RELATION_VV(op) TWO(op, _vv, SSI_VV, compare, bool, COMPARED)

/* To bool. */
#define TRUTH                                                                                                          \
    ROUTINE(truth)                                                                                                     \
    {                                                                                                                  \
        static const ending end = {NAME(truth), COMPARED, sizeof(bool), sizeof(T), 0, 0};                              \
        const T zero = 0;                                                                                              \
        NAME(compare)(NAME(ne), d, a, &zero, n, COMPARED, SSI_VS);                                                     \
        finish(d, a, b, c, n, &end);                                                                                   \
    }

#define BINARY_OR(op, refused)                                                                                         \
    ROUTINE(op##_vv)                                                                                                   \
    {                                                                                                                  \
        static const ending end = {NAME(op##_vv), NAME(together), sizeof(T), sizeof(T), sizeof(T), 0};                 \
        NAME(each_or)(d, a, b, n, NAME(op), NAME(refused), NAME(op##_slow));                                           \
        finish(d, a, b, c, n, &end);                                                                                   \
    }
#endif
