/*
 * test_vector_map.c - every elementwise routine of every instruction set: against the op table's definition of one element, and against itself in other
 * places, forms and counts.
 */
#include "ops/op.h"
#include "vector.h"

enum { MOST = 700 };

static const ssi_dtype dtypes[] = {SSI_F32, SSI_F64, SSI_BOOL, SSI_U8, SSI_I8, SSI_I16, SSI_I32, SSI_I64};

/* One routine and its operands: a and b of `dtype`; where: a is a condition, b and c of `dtype`. */
typedef struct routine {
    const ssi_backend *backend;
    const ssi_op *op;
    ssi_dtype dtype, result, condition;
    ssi_map_routine *form[SSI_FORMS];
    char what[64];
} routine;

typedef struct operands {
    char *d, *a, *b, *c; /* guarded */
} operands;

typedef void routine_test(const routine *r, const operands *at);

static void for_every_routine(routine_test *test)
{
    operands at = {guarded(), guarded(), guarded(), guarded()};
    for (const ssi_backend *const *backend = ssi_backends(); *backend != NULL; backend++)
        for (int i = 0; ssi_ops[i] != NULL; i++)
            for (size_t t = 0; t < sizeof dtypes / sizeof *dtypes; t++) {
                const ssi_op *op = ssi_ops[i];
                if (op->kind != SSI_KIND_MAP || ssi_map_of(*backend, op->code, dtypes[t], SSI_VV) == NULL)
                    continue;
                bool relation = op->code >= SSI_MAP_EQ && op->code <= SSI_MAP_LE;
                routine r = {*backend,
                             op,
                             dtypes[t],
                             relation ? SSI_BOOL : dtypes[t],
                             op->code == SSI_MAP_WHERE ? SSI_BOOL : dtypes[t],
                             {NULL},
                             ""};
                for (int form = SSI_VV; form < SSI_FORMS; form++)
                    r.form[form] = ssi_map_of(*backend, op->code, dtypes[t], form);
                snprintf(r.what, sizeof r.what, "%s %s %s", r.backend->name, op->name, ssi_dtype_name(r.dtype));
                test(&r, &at);
            }
    unguarded(at.d), unguarded(at.a), unguarded(at.b), unguarded(at.c);
}

static void fill_operands(const routine *r, void *a, void *b, void *c, size_t n)
{
    fill(a, r->condition, n, 1);
    fill(b, r->dtype, n, 2);
    fill(c, r->dtype, n, 3);
}

/* ---- against the definition ---- */

/* `parts`: the size of what the truth is a sum of, of which its places are, where that is larger than itself; else 0. */
static void check_float(const routine *r, const void *d, int64_t i, double truth, double parts)
{
    double seen = ssi_get_f64(d, r->result, i), place;
    bool f32 = r->dtype == SSI_F32;
    if (isnan(truth) || isnan(seen)) {
        if (!isnan(truth) || !isnan(seen))
            fail_msg("%s: element %d is %a, not %a", r->what, (int)i, seen, truth);
        return;
    }
    int exponent = truth == 0 || isinf(truth) ? 0 : ilogb(fmax(fabs(truth), parts)), lowest = f32 ? -126 : -1022;
    place = ldexp(1, (exponent < lowest ? lowest : exponent) - (f32 ? 23 : 52));
    double rounded = f32 ? (double)(float)truth : truth;
    if (seen == rounded && !signbit(seen) == !signbit(rounded))
        return;
    if (!(r->op->words->ulp > 0 && fabs(seen - truth) <= r->op->words->ulp * place))
        fail_msg("%s: element %d is %a, not %a", r->what, (int)i, seen, truth);
}

static void check_definition(const routine *r, const operands *at)
{
    fill_operands(r, at->a, at->b, at->c, MOST);
    r->form[SSI_VV](at->d, at->a, at->b, at->c, MOST);
    for (int64_t i = 0; i < MOST; i++) {
        if (ssi_is_float(r->dtype)) {
            double a = ssi_get_f64(at->a, r->condition, i), b = ssi_get_f64(at->b, r->dtype, i),
                   c = ssi_get_f64(at->c, r->dtype, i);
            bool in_parts = r->op->code == SSI_MAP_LOGADDEXP && r->dtype == SSI_F64 && !isinf(a) && !isinf(b);
            double parts = in_parts ? fmax(fabs(a), fabs(b)) : 0;
            check_float(r, at->d, i, r->op->map_f64(a, b, c), parts);
            continue;
        }
        int64_t a = ssi_get_i64(at->a, r->condition, i), b = ssi_get_i64(at->b, r->dtype, i),
                c = ssi_get_i64(at->c, r->dtype, i), truth;
        ssi_put_i64(&truth, r->result, 0, r->op->map_i64(a, b, c));
        if (ssi_get_i64(at->d, r->result, i) != ssi_get_i64(&truth, r->result, 0))
            fail_msg("%s: of %lld, %lld, %lld: %lld, not %lld", r->what, (long long)a, (long long)b, (long long)c,
                     (long long)ssi_get_i64(at->d, r->result, i), (long long)ssi_get_i64(&truth, r->result, 0));
    }
}

static void every_routine_keeps_to_its_definition(void **state)
{
    (void)state;
    for_every_routine(check_definition);
}

/* ---- against itself ---- */

static char whole[MOST * 8], source[3][MOST * 8];

/* Copies the routine's operands [first, first + n) to where they cannot be left. */
static void place_operands(const routine *r, const operands *at, bool at_end, size_t first, size_t n,
                           void *placed_at[3])
{
    char *memory[3] = {at->a, at->b, at->c};
    for (int k = 0; k < 3; k++) {
        size_t size = ssi_dtype_size(k == 0 ? r->condition : r->dtype);
        placed_at[k] = placed(memory[k], at_end, n, size);
        memcpy(placed_at[k], source[k] + first * size, n * size);
    }
}

static void check_places(const routine *r, const operands *at)
{
    fill_operands(r, source[0], source[1], source[2], MOST);
    r->form[SSI_VV](whole, source[0], source[1], source[2], MOST);
    size_t size = ssi_dtype_size(r->result);
    for (size_t n = 1; n <= 70; n++)
        for (int at_end = 0; at_end < 2; at_end++) {
            size_t first = n * 5;
            void *x[3], *d = placed(at->d, at_end, n, size);
            place_operands(r, at, at_end, first, n, x);
            memset(at->d, 0x5a, PAGE);
            r->form[SSI_VV](d, x[0], x[1], x[2], n);
            assert_same(d, whole + first * size, r->result, n, r->what);
            for (char *p = at->d; p < at->d + PAGE; p++)
                if ((p < (char *)d || p >= (char *)d + n * size) && *p != 0x5a)
                    fail_msg("%s: n = %zu: wrote outside", r->what, n);
        }
}

static void bits_depend_on_neither_place_nor_count_and_nothing_beyond_is_touched(void **state)
{
    (void)state;
    for_every_routine(check_places);
}

static void check_in_place(const routine *r, const operands *at)
{
    fill_operands(r, source[0], source[1], source[2], MOST);
    for (int form = SSI_VV; form < SSI_FORMS; form++) {
        if (r->form[form] == NULL)
            continue;
        r->form[form](whole, source[0], source[1], source[2], MOST);
        for (int k = 0; k < 3; k++) {
            ssi_dtype dtype = k == 0 ? r->condition : r->dtype;
            bool where = r->op->code == SSI_MAP_WHERE;
            bool scalar = (form == SSI_SV && k == where) || (form == SSI_VS && k == 1 + where);
            if (dtype != r->result || scalar)
                continue;
            fill_operands(r, at->a, at->b, at->c, MOST);
            char *x[3] = {at->a, at->b, at->c};
            r->form[form](x[k], x[0], x[1], x[2], MOST);
            bool unused = k == 2 ? !where : k == 1 && r->op->code < SSI_MAP_ADD;
            if (!unused)
                assert_same(x[k], whole, r->result, MOST, r->what);
        }
    }
}

static void the_result_may_be_an_operand(void **state)
{
    (void)state;
    for_every_routine(check_in_place);
}

static void check_forms(const routine *r, const operands *at)
{
    bool where = r->op->code == SSI_MAP_WHERE;
    size_t size = ssi_dtype_size(r->dtype);
    for (int form = SSI_SV; form < SSI_FORMS && r->form[form] != NULL; form++)
        for (size_t s = 0; s < 40; s++) {
            fill_operands(r, source[0], source[1], source[2], MOST);
            int k = (form == SSI_VS) + where; /* the scalar */
            char *scalar = placed((k == 0 ? at->a : k == 1 ? at->b : at->c), true, 1, size);
            memcpy(scalar, source[k] + s * size, size);
            void *x[3] = {source[0], source[1], source[2]};
            x[k] = scalar;
            r->form[form](at->d, x[0], x[1], x[2], MOST - s);
            for (size_t i = 0; i < MOST; i++)
                memcpy(source[k] + i * size, scalar, size);
            r->form[SSI_VV](whole, source[0], source[1], source[2], MOST);
            assert_same(at->d, whole, r->result, MOST - s, r->what);
        }
}

static void scalar_operands_give_the_bits_of_equal_elements(void **state)
{
    (void)state;
    for_every_routine(check_forms);
}

static void a_routine_has_both_scalar_forms_or_none(void **state)
{
    (void)state;
    for (const ssi_backend *const *backend = ssi_backends(); *backend != NULL; backend++)
        for (int code = 0; code < SSI_MAP_CODES; code++)
            for (int t = 0; t < SSI_DTYPES; t++) {
                bool scalar = ssi_map_of(*backend, code, (ssi_dtype)t, SSI_SV) != NULL;
                assert_true(scalar == (ssi_map_of(*backend, code, (ssi_dtype)t, SSI_VS) != NULL));
                assert_true(!scalar || ssi_map_of(*backend, code, (ssi_dtype)t, SSI_VV) != NULL);
            }
}

static void both_and_either_are_the_logic_of_truths(void **state)
{
    (void)state;
    enum { MOST = 200 };
    static const ssi_dtype whole[] = {SSI_U8, SSI_I8, SSI_I16, SSI_I32, SSI_I64};
    int64_t a[MOST], b[MOST];
    bool x[MOST], y[MOST], wanted[MOST], got[MOST];
    for (const ssi_backend *const *backend = ssi_backends(); *backend != NULL; backend++)
        for (size_t t = 0; t < sizeof whole / sizeof *whole; t++)
            for (int code = SSI_MAP_BOTH; code <= SSI_MAP_EITHER; code++) {
                ssi_map_routine *routine = ssi_map_of(*backend, code, whole[t], SSI_VV);
                if (routine == NULL) /* a spare set has casts alone */
                    continue;
                for (int64_t i = 0; i < MOST; i++) { /* zeros, and a single bit anywhere */
                    ssi_put_i64(a, whole[t], i, i % 3 ? 0 : (int64_t)(1ull << i % 64));
                    ssi_put_i64(b, whole[t], i, i % 5 ? 0 : (int64_t)(1ull << i * 7 % 64));
                }
                (*backend)->cast[whole[t]][SSI_BOOL](x, a, NULL, NULL, MOST);
                (*backend)->cast[whole[t]][SSI_BOOL](y, b, NULL, NULL, MOST);
                int logic = code == SSI_MAP_BOTH ? SSI_MAP_AND : SSI_MAP_OR;
                ssi_map_of(*backend, logic, SSI_BOOL, SSI_VV)(wanted, x, y, NULL, MOST);
                routine(got, a, b, NULL, MOST);
                assert_memory_equal(got, wanted, sizeof got);
            }
}

/* By whatever way: powers of two and their neighbours, among them those whose inverse is no normal number. */
static void a_quotient_by_a_number_is_that_by_a_vector_of_it_for_every_power_of_two(void **state)
{
    (void)state;
    enum { MOST = 97 };
    static const double sizes[] = {0, 1, 3, 0x1.fffffffffffffp0, 0x1.5555555555555p-1, INFINITY, NAN};
    double a[MOST], by[MOST], wanted[MOST], got[MOST];
    for (const ssi_backend *const *backend = ssi_backends(); *backend != NULL; backend++) {
        ssi_map_routine *scalar = ssi_map_of(*backend, SSI_MAP_DIV, SSI_F64, SSI_VS);
        if (scalar == NULL)
            continue;
        for (int power = -1074; power <= 1023; power++)
            for (int form = 0; form < 4; form++) {
                double divisor = form == 1 ? nextafter(ldexp(1, power), 2) : ldexp(form == 2 ? -1 : 1, power);
                for (int i = 0; i < MOST; i++) {
                    a[i] = ldexp(sizes[i % 7], form == 3 ? power + i - 50 : i * 23 - 1100) * (i % 2 ? 1 : -1);
                    by[i] = divisor;
                }
                ssi_map_of(*backend, SSI_MAP_DIV, SSI_F64, SSI_VV)(wanted, a, by, NULL, MOST);
                scalar(got, a, &divisor, NULL, MOST);
                assert_memory_equal(got, wanted, sizeof got);
            }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_routine_has_both_scalar_forms_or_none),
        cmocka_unit_test(every_routine_keeps_to_its_definition),
        cmocka_unit_test(bits_depend_on_neither_place_nor_count_and_nothing_beyond_is_touched),
        cmocka_unit_test(the_result_may_be_an_operand),
        cmocka_unit_test(both_and_either_are_the_logic_of_truths),
        cmocka_unit_test(scalar_operands_give_the_bits_of_equal_elements),
        cmocka_unit_test(a_quotient_by_a_number_is_that_by_a_vector_of_it_for_every_power_of_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
