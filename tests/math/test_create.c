/*
 * Creation: sequences to the last bit, grids, diagonals, triangles, as NumPy has them (make_arrange.py).
 */
#include "math/cases.h"

static golden_file file;

static int open_file(void **state)
{
    (void)state;
    file = golden_open(SSI_TESTS "/math/create.txt");
    return file.vectors == 0;
}

static int close_file(void **state)
{
    (void)state;
    golden_close(&file);
    return ssi_report();
}

/* ---- sequences ---- */

typedef struct sequence {
    double start, stop, step; /* or, in place of the step, how many */
} sequence;

/* Makes the sequence for every dtype that the file has it for. Returns how many. */
typedef ssi_tensor *maker(ssi_dtype dtype, const sequence *s);
static void check_sequences(const char *name, int count, const sequence *s, maker *make, double ulp)
{
    int found = 0;
    for (int i = 0; i < count; i++) {
        for (int dtype = 0; dtype < SSI_DTYPES; dtype++) {
            const char *dtype_name = ssi_dtype_name((ssi_dtype)dtype);
            const golden *g = find(&file, "%s%d.%s", name, i, dtype_name);
            if (!g)
                continue;
            ssi_scope scope = ssi_scope_open();
            ssi_tensor *y = make((ssi_dtype)dtype, &s[i]);
            check_values(g->name, dtype_name, y, g, ulp);
            assert_int_equal(ssi_dtype_of(y), dtype);
            ssi_scope_close(scope);
            found++;
        }
    }
    assert_true(found >= 3 * count - 9);
}
#define LENGTH(a) (int)(sizeof(a) / sizeof *(a))

static ssi_tensor *make_arange(ssi_dtype dtype, const sequence *s)
{
    return ssi_arange(dtype, s->start, s->stop, s->step);
}

static void arange_has_numpys_bits(void **state)
{
    (void)state;
    const sequence s[] = {{0, 1, 0.1},
                          {-3, 4, 0.7},
                          {5, -5, -1.25},
                          {1, 1.3, 0.05},
                          {2, 2, 1},
                          {3, 1, 1},
                          {0.1, 0.2, 1},
                          {-0.3, 1.7, 0.3},
                          {0.5, 5, 1.5},
                          {1e-8, 1e-7, 1e-8},
                          {16777215.25, 16777225, 1.1},
                          {7, 8, 3}};
    check_sequences("arange", LENGTH(s), s, make_arange, 0);
}

static void integers_count_up_and_down(void **state)
{
    (void)state;
    for (int dtype = 0; dtype < SSI_DTYPES; dtype++) {
        const golden *down = find(&file, "count_down.%s", ssi_dtype_name((ssi_dtype)dtype));
        const golden *up = find(&file, "count_up.%s", ssi_dtype_name((ssi_dtype)dtype));
        if (!down)
            continue;
        check_values("down", "by integers", ssi_arange((ssi_dtype)dtype, 100, 3, -9), down, 0);
        check_values("up", "by integers", ssi_arange((ssi_dtype)dtype, 3, 100, 9), up, 0);
        check_values("down", "by floats", ssi_arange((ssi_dtype)dtype, 100.0, 3, -9), down, 0);
        check_values("up", "by floats", ssi_arange((ssi_dtype)dtype, 3.0, 100, 9), up, 0);
    }
    check_values("bytes", "u8", ssi_arange(SSI_U8, 0, 300, 1), golden_find(&file, "wrapping.u8"), 0);
    assert_int_equal(ssi_size(ssi_arange(SSI_I64, 3, 3, 1)), 0);
    assert_int_equal(ssi_size(ssi_arange(SSI_I64, 3, 9, -1)), 0);
}

static void integers_are_exact_beyond_doubles(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    const int64_t large = ((int64_t)1 << 53) + 1;
    const int64_t *x = ssi_data_i64(ssi_arange(SSI_I64, large, large + 3, 1));
    assert_true(x[0] == large && x[1] == large + 1 && x[2] == large + 2);
    x = ssi_data_i64(ssi_arange(SSI_I64, INT64_MIN, INT64_MAX, INT64_MAX));
    assert_true(x[0] == INT64_MIN && x[1] == -1 && x[2] == INT64_MAX - 1);
    ssi_scope_close(scope);
}

static ssi_tensor *make_linspace(ssi_dtype dtype, const sequence *s)
{
    return ssi_linspace(dtype, s->start, s->stop, (int64_t)s->step);
}
static ssi_tensor *make_linspace_open(ssi_dtype dtype, const sequence *s)
{
    return ssi_linspace(dtype, s->start, s->stop, (int64_t)s->step, .no_endpoint = 1);
}
static ssi_tensor *make_logspace(ssi_dtype dtype, const sequence *s)
{
    return ssi_logspace(dtype, s->start, s->stop, (int64_t)s->step);
}
static ssi_tensor *make_logspace_open(ssi_dtype dtype, const sequence *s)
{
    return ssi_logspace(dtype, s->start, s->stop, (int64_t)s->step, .no_endpoint = 1, .base = 2);
}
static ssi_tensor *make_geomspace(ssi_dtype dtype, const sequence *s)
{
    return ssi_geomspace(dtype, s->start, s->stop, (int64_t)s->step);
}
static ssi_tensor *make_geomspace_open(ssi_dtype dtype, const sequence *s)
{
    return ssi_geomspace(dtype, s->start, s->stop, (int64_t)s->step, .no_endpoint = 1);
}

static void spaces_have_numpys_values(void **state)
{
    (void)state;
    const sequence line[] = {{0, 1, 7}, {-1, 1, 4}, {3, -5, 6},     {0.1, 0.7, 11},     {2, 5, 1},
                             {2, 5, 0}, {1, 1, 5},  {0, 5e-324, 3}, {1e300, -1e300, 5}, {0, 100, 17}};
    check_sequences("linspace", LENGTH(line), line, make_linspace, 0);
    check_sequences("linspace_open", LENGTH(line), line, make_linspace_open, 0);
    const sequence powers[] = {{0, 2, 5}, {-2, 1, 4}, {2, 3, 1}, {1, 2, 0}, {0.3, 1.7, 6}};
    check_sequences("logspace", LENGTH(powers), powers, make_logspace, 2);
    check_sequences("logspace_open", LENGTH(powers), powers, make_logspace_open, 2);
    const sequence multiples[] = {{1, 1000, 4}, {1, 256, 9}, {-1, -1000, 4}, {1000, 1, 7},
                                  {3, 5, 1},    {3, 5, 0},   {0.3, 1.7, 6}};
    check_sequences("geomspace", LENGTH(multiples), multiples, make_geomspace, 2);
    check_sequences("geomspace_open", LENGTH(multiples), multiples, make_geomspace_open, 2);
}

static void the_ends_of_spaces_are_exact(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    for (int64_t n = 2; n < 60; n++) {
        const double *line = ssi_data_f64(ssi_linspace(SSI_F64, 0.1, 0.7, n));
        const double *multiples = ssi_data_f64(ssi_geomspace(SSI_F64, -0.3, -7.7, n));
        assert_true(line[0] == 0.1 && line[n - 1] == 0.7);
        assert_true(multiples[0] == -0.3 && multiples[n - 1] == -7.7);
    }
    ssi_scope_close(scope);
}

/* ---- matrices ---- */

static void eye_and_tri_are_numpys_for_every_shape_and_diagonal(void **state)
{
    (void)state;
    const int shape[][2] = {{3, 3}, {2, 5}, {5, 2}, {0, 3}, {3, 0}, {1, 1}}, diagonal[] = {-7, -2, -1, 0, 1, 2, 4, 9};
    for (int i = 0; i < LENGTH(shape); i++) {
        for (int d = 0; d < LENGTH(diagonal); d++) {
            ssi_scope scope = ssi_scope_open();
            int n = shape[i][0], m = shape[i][1], k = diagonal[d];
            for (int dtype = 0; dtype < SSI_DTYPES; dtype++) {
                const char *dtype_name = ssi_dtype_name((ssi_dtype)dtype);
                check_values("eye", dtype_name, ssi_eye((ssi_dtype)dtype, n, m, k),
                             find(&file, "eye.%d.%d.%d", n, m, k), 0);
                check_values("tri", dtype_name, ssi_tri((ssi_dtype)dtype, n, m, k),
                             find(&file, "tri.%d.%d.%d", n, m, k), 0);
            }
            ssi_scope_close(scope);
        }
    }
    check_values("identity", "f32", ssi_identity(SSI_F32, 3), golden_find(&file, "eye.3.3.0"), 0);
}

CASE(diag_in, ssi_diag(x[0], 0))
CASE(diag_up, ssi_diag(x[0], 2))
CASE(diag_down, ssi_diag(x[0], -1))
CASE(diag_far_down, ssi_diag(x[0], -5))
CASE(diag_of_none, ssi_diag(x[0], 0))
CASE(diag_of_none_up, ssi_diag(x[0], 2))
CASE(diag_out, ssi_diag(x[0], 0))
CASE(diag_out_up, ssi_diag(x[0], 2))
CASE(diag_out_down, ssi_diag(x[0], -1))
CASE(diag_out_past, ssi_diag(x[0], 9))
CASE(diag_out_empty, ssi_diag(x[0], 0))
CASE(diag_turned, ssi_diag(ssi_transpose(x[0]), 1))
CASE(diagflat, ssi_diagflat(x[0], 1))
CASE(diagflat_of_one, ssi_diagflat(x[0], 0))
CASE(diagonal, ssi_diagonal(x[0], 0, 0, 1))
CASE(diagonal_ends, ssi_diagonal(x[0], 1, 0, 2))
CASE(diagonal_back, ssi_diagonal(x[0], -1, -1, 0))
CASE(diagonal_six, ssi_diagonal(x[0], 0, 2, 5))
CASE(tril, ssi_tril(x[0], 0))
CASE(tril_up, ssi_tril(x[0], 1))
CASE(tril_row, ssi_tril(x[0], 0))
CASE(tril_many, ssi_tril(x[0], -1))
CASE(tril_empty, ssi_tril(x[0], 0))
CASE(triu, ssi_triu(x[0], 0))
CASE(triu_down, ssi_triu(x[0], -1))
CASE(triu_row, ssi_triu(x[0], 1))
CASE(triu_past, ssi_triu(x[0], 9))
CASE(tril_past, ssi_tril(x[0], 9))
CASES(meshgrid_xy, 3, ssi_meshgrid(3, x, SSI_XY, y))
CASES(meshgrid_ij, 3, ssi_meshgrid(3, x, SSI_IJ, y))
CASES(meshgrid_one, 1, ssi_meshgrid(1, x, SSI_XY, y))
CASES(meshgrid_flat, 2, ssi_meshgrid(2, x, SSI_XY, y))
CASES(meshgrid_empty, 2, ssi_meshgrid(2, x, SSI_XY, y))
CASE(zeros_like, ssi_zeros_like(x[0]))
CASE(ones_like, ssi_ones_like(x[0]))
CASE(full_like, ssi_full_like(x[0], 3))
CASE(vander, ssi_vander(x[0], 4, 0))
CASE(vander_narrow, ssi_vander(x[0], 2, 0))
CASE(vander_up, ssi_vander(x[0], 5, 1))
CASE(vander_none, ssi_vander(x[0], 0, 0))
CASE(vander_one, ssi_vander(x[0], 1, 0))
CASE(vander_empty, ssi_vander(x[0], 3, 0))

/* clang-format off */
static const named cases[] = {
    NAMED(diag_in), NAMED(diag_up), NAMED(diag_down), NAMED(diag_far_down), NAMED(diag_of_none), NAMED(diag_of_none_up), NAMED(diag_out),
    NAMED(diag_out_up), NAMED(diag_out_down), NAMED(diag_out_past), NAMED(diag_out_empty), NAMED(diag_turned), NAMED(diagflat), NAMED(diagflat_of_one),
    NAMED(diagonal), NAMED(diagonal_ends), NAMED(diagonal_back), NAMED(diagonal_six), NAMED(tril), NAMED(tril_up), NAMED(tril_row),
    NAMED(tril_many), NAMED(tril_empty), NAMED(triu), NAMED(triu_down), NAMED(triu_row), NAMED(triu_past), NAMED(tril_past), NAMED(meshgrid_xy),
    NAMED(meshgrid_ij), NAMED(meshgrid_one), NAMED(meshgrid_flat), NAMED(meshgrid_empty),
};
static const named likes[] = {NAMED(zeros_like), NAMED(ones_like), NAMED(full_like)};
static const named powers[] = {
    NAMED(vander), NAMED(vander_narrow), NAMED(vander_up), NAMED(vander_none), NAMED(vander_one), NAMED(vander_empty),
};
/* clang-format on */

static void diagonals_triangles_and_grids_are_numpys_in_every_dtype(void **state)
{
    (void)state;
    for (int i = 0; i < LENGTH(cases); i++)
        check_same(&file, &cases[i]);
    for (int i = 0; i < LENGTH(likes); i++)
        check_same(&file, &likes[i]);
    for (int i = 0; i < LENGTH(powers); i++)
        assert_int_equal(check_typed(&file, &powers[i], 0), 9);
}

static void every_gradient_is_the_numerical_one(void **state)
{
    (void)state;
    for (int i = 0; i < LENGTH(cases); i++) {
        for (int which = 0; which < 3; which++)
            check_gradient(&file, &cases[i], which);
    }
    check_gradient(&file, &powers[0], 0);
    check_gradient(&file, &powers[2], 0);
}

/* 10 row + column, + what the context says */
static ssi_tensor *place(ssi_tensor *const *index, void *context)
{
    return ssi_add(ssi_add(ssi_mul(index[0], 10), index[1]), *(int *)context);
}

static ssi_tensor *nothing(ssi_tensor *const *index, void *context)
{
    (void)index;
    (void)context;
    return NULL;
}

static void fromfunction_hands_over_the_indices(void **state)
{
    (void)state;
    int offset = 5;
    ssi_tensor *x = ssi_fromfunction(place, SSI_I16, 2, (int64_t[]){2, 3}, &offset);
    const int64_t expected[] = {5, 6, 7, 15, 16, 17};
    int64_t out[6];
    assert_int_equal(ssi_dtype_of(x), SSI_I16);
    assert_int_equal(ssi_read(x, SSI_I64, out, 6), SSI_OK);
    assert_memory_equal(out, expected, sizeof out);
    refused(ssi_fromfunction(NULL, SSI_I16, 0, NULL, NULL), SSI_INVALID, "fromfunction", "no function");
    refused(ssi_fromfunction(nothing, SSI_I16, 0, NULL, NULL), SSI_INVALID, "fromfunction",
            "the function returned NULL");
    refused(ssi_fromfunction(place, SSI_I16, 1, (int64_t[]){-1}, &offset), SSI_INVALID, "fromfunction",
            "shape (-1,) of i16 has a negative size or is larger than memory can be");
}

/* A triangle chooses; it does not multiply by 0. */
static void what_is_cut_off_may_be_nan(void **state)
{
    (void)state;
    ssi_tensor *x = ssi_full(SSI_F64, NAN, 2, 2);
    const double *y = ssi_data_f64(ssi_tril(x, -1));
    assert_true(y[0] == 0 && y[1] == 0 && isnan(y[2]) && y[3] == 0);
}

/* ---- errors ---- */

static void what_cannot_be_made_is_refused_with_the_numbers(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_ones(SSI_F32, 2, 3);
    refused(ssi_arange(SSI_F64, 0.0, 1, 0), SSI_INVALID, "arange", "from 0 to 1 by 0");
    refused(ssi_arange(SSI_I64, 0, 1, 0), SSI_INVALID, "arange", "from 0 to 1 by 0");
    refused(ssi_arange(SSI_F64, 0, INFINITY, 1), SSI_INVALID, "arange", "from 0 to inf by 1");
    refused(ssi_arange(SSI_F64, 0, NAN, 1), SSI_INVALID, "arange", "from 0 to nan by 1");
    refused(ssi_arange(SSI_U8, 300, 310, 1), SSI_INVALID, "arange", "300, 301, ... of u8");
    refused(ssi_arange(SSI_U8, 3, -4, -6.0), SSI_INVALID, "arange", "3, -3, ... of u8");
    refused(ssi_arange(SSI_I64, 1e30, 2e30, 1e30), SSI_INVALID, "arange", "1e+30, 2e+30, ... of i64");
    refused(ssi_arange(SSI_I64, INT64_MIN, INT64_MAX, 1), SSI_INVALID, "arange",
            "from -9223372036854775808 to 9223372036854775807 by 1 are more elements than can be");
    refused(ssi_arange(SSI_BOOL, 0, 3, 1), SSI_INVALID, "arange", "3 elements of bool, which has two values");
    refused(ssi_linspace(SSI_F64, 0, 1, -1), SSI_INVALID, "linspace", "-1 elements");
    refused(ssi_linspace(SSI_F64, 0, INFINITY, 3), SSI_INVALID, "linspace", "from 0 to inf");
    refused(ssi_logspace(SSI_F64, NAN, 1, 3), SSI_INVALID, "logspace", "from nan to 1");
    refused(ssi_geomspace(SSI_F64, 0, 1, 3), SSI_INVALID, "geomspace", "from 0 to 1");
    refused(ssi_geomspace(SSI_F64, -1, 1, 3), SSI_INVALID, "geomspace", "from -1 to 1");
    refused(ssi_eye(SSI_F32, -1, 3, 0), SSI_INVALID, "eye",
            "shape (-1,3) of f32 has a negative size or is larger than memory can be");
    refused(ssi_tri(SSI_F32, 3, INT64_MAX, 0), SSI_INVALID, "tri",
            "shape (3,9223372036854775807) of f32 has a negative size or is larger than memory can be");
    refused(ssi_diag(ssi_sum(x), 0), SSI_INVALID, "diag", "a tensor with 0 axes");
    refused(
        ssi_diag(ssi_ones(SSI_F32, 2), INT64_MIN), SSI_INVALID, "diag",
        "shape (4611686018427387905,4611686018427387905) of f32 has a negative size or is larger than memory can be");
    refused(ssi_diagonal(x, 0, 0, 2), SSI_INVALID, "diagonal", "axis 2 of a tensor with 2 axes");
    refused(ssi_diagonal(x, 0, 1, -1), SSI_INVALID, "diagonal", "axis 1 is named twice");
    refused(ssi_diagonal(ssi_ones(SSI_F32, 2), 0, 0, 1), SSI_INVALID, "diagonal", "a tensor with 1 axes");
    refused(ssi_tril(ssi_sum(x), 0), SSI_INVALID, "tril", "a tensor of no axes");
    refused(ssi_vander(x, 2, 0), SSI_INVALID, "vander", "x of 2 axes into 2 columns");
    refused(ssi_vander(ssi_ones(SSI_F32, 2), -2, 0), SSI_INVALID, "vander", "x of 1 axes into -2 columns");
    refused(ssi_full_like(x, x), SSI_INVALID, "full_like", "the value has 2 axes");
    ssi_scope_close(scope);
}

static void a_grid_that_fails_leaves_nothing(void **state)
{
    (void)state;
    ssi_tensor *x = ssi_ones(SSI_F32, 2), *none = NULL, *out[2] = {x, x};
    assert_int_equal(ssi_meshgrid(2, (ssi_tensor *[]){x, none}, SSI_XY, out), SSI_INVALID);
    assert_null(out[0]);
    assert_int_equal(ssi_error_take(NULL), 0);
    assert_int_equal(ssi_meshgrid(17, NULL, SSI_XY, out), SSI_INVALID);
    refused(out[1], SSI_INVALID, "meshgrid", "17 coordinates; a grid has 0 to 16 axes");
    assert_int_equal(ssi_meshgrid(0, NULL, SSI_XY, NULL), SSI_OK);
}

static void given_null_everything_returns_null_and_says_nothing(void **state)
{
    (void)state;
    ssi_tensor *none = NULL;
    assert_null(ssi_zeros_like(none));
    assert_null(ssi_ones_like(none));
    assert_null(ssi_full_like(ssi_ones(SSI_F32, 1), none));
    assert_null(ssi_diag(none, 0));
    assert_null(ssi_diagflat(none, 0));
    assert_null(ssi_diagonal(none, 0, 0, 1));
    assert_null(ssi_tril(none, 0));
    assert_null(ssi_triu(none, 0));
    assert_null(ssi_vander(none, 2, 0));
    assert_null(ssi_one_hot(none, 2, SSI_F32));
    assert_int_equal(ssi_error_take(NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arange_has_numpys_bits),
        cmocka_unit_test(integers_count_up_and_down),
        cmocka_unit_test(integers_are_exact_beyond_doubles),
        cmocka_unit_test(spaces_have_numpys_values),
        cmocka_unit_test(the_ends_of_spaces_are_exact),
        cmocka_unit_test(eye_and_tri_are_numpys_for_every_shape_and_diagonal),
        cmocka_unit_test(diagonals_triangles_and_grids_are_numpys_in_every_dtype),
        cmocka_unit_test(every_gradient_is_the_numerical_one),
        cmocka_unit_test(fromfunction_hands_over_the_indices),
        cmocka_unit_test(what_is_cut_off_may_be_nan),
        cmocka_unit_test(what_cannot_be_made_is_refused_with_the_numbers),
        cmocka_unit_test(a_grid_that_fails_leaves_nothing),
        cmocka_unit_test(given_null_everything_returns_null_and_says_nothing),
    };
    return cmocka_run_group_tests(tests, open_file, close_file);
}
