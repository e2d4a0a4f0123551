/*
 * Einstein's notation, held to NumPy on random texts (einsum.txt), and what it says about texts and operands that do not fit.
 */
#include "cases.h"
#include "ssi/linalg.h"

static golden_file file;

static int open_file(void **state)
{
    (void)state;
    file = golden_open(SSI_TESTS "/math/einsum.txt");
    return file.vectors ? 0 : -1;
}

static int close_file(void **state)
{
    (void)state;
    golden_close(&file);
    ssi_shutdown();
    return 0;
}

/* Case k's text; false where there are no more. */
static bool text_of(int k, char text[64])
{
    const golden *g = find(&file, "%d.text", k);
    for (int64_t i = 0; g && i < g->count; i++)
        text[i] = (char)g->number[i];
    if (g)
        text[g->count] = 0;
    return g != NULL;
}

static const ssi_dtype dtypes[] = {SSI_F64, SSI_I8, SSI_BOOL};

static void random_texts_give_numpys_results_and_are_refused_where_numpy_does(void **state)
{
    (void)state;
    char text[64], name[16];
    int computed = 0, wrong = 0;
    for (int k = 0; text_of(k, text); k++) {
        snprintf(name, sizeof name, "%d", k);
        for (int d = 0; d < 3; d++) {
            ssi_scope scope = ssi_scope_open();
            ssi_tensor *x[MOST], *y = (ssi_einsum)(text, operands_of(&file, name, dtypes[d], x), x);
            const golden *g = find(&file, "%d.%s", k, ssi_dtype_name(dtypes[d]));
            if (g) {
                check_values(text, ssi_dtype_name(dtypes[d]), y, g, 0);
                assert_int_equal(ssi_dtype_of(y), dtypes[d]);
            } else if (y || !ssi_error_take(NULL)) {
                fail_msg("%s: not refused", text);
            }
            computed += g != NULL;
            wrong += g == NULL;
            ssi_scope_close(scope);
        }
    }
    assert_true(computed > 900);
    assert_true(wrong > 30);
}

/* ---- gradients ---- */

typedef struct product {
    const char *text;
    int count, which;
    ssi_tensor *x[4];
} product;

static ssi_tensor *product_of(ssi_tensor *operand, void *context)
{
    product p = *(product *)context;
    p.x[p.which] = operand;
    ssi_tensor *y = ssi_ravel((ssi_einsum)(p.text, p.count, p.x));
    return ssi_sum(ssi_mul(y, ssi_add(ssi_arange(SSI_F64, 0, (double)ssi_size(y), 1), 1.5)));
}

static ssi_tensor *waves(int rank, const int64_t *shape, double speed)
{
    int64_t count = 1;
    for (int i = 0; i < rank; i++)
        count *= shape[i];
    return (ssi_reshape)(ssi_sin(ssi_mul(ssi_arange(SSI_F64, 1, (double)count + 1, 1), speed)), rank, shape);
}
#define WAVES(speed, ...) waves(SSI_SHAPE(__VA_ARGS__), speed)

static void gradients_are_the_numerical_ones(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    product products[] = {
        {"ij,jk->ik", 2, 0, {WAVES(1, 2, 3), WAVES(2, 3, 4)}},
        {"ij,jk->ki", 2, 0, {WAVES(1, 2, 3), WAVES(2, 3, 4)}},
        {"ii", 1, 0, {WAVES(1, 3, 3)}},
        {"iij->ji", 1, 0, {WAVES(1, 3, 3, 2)}},
        {"bij,bjk,bk->bi", 3, 0, {WAVES(1, 2, 2, 3), WAVES(2, 2, 3, 4), WAVES(3, 2, 4)}},
        {"...ij,...jk", 2, 0, {WAVES(1, 2, 1, 2, 3), WAVES(2, 3, 3, 2)}},
        {"ij,kj->", 2, 0, {WAVES(1, 2, 3), WAVES(2, 4, 1)}},
        {"i,j,k,ijk", 4, 0, {WAVES(1, 2), WAVES(2, 3), WAVES(3, 4), WAVES(4, 2, 3, 4)}},
    };
    for (size_t i = 0; i < sizeof products / sizeof *products; i++) {
        for (product *p = &products[i]; p->which < p->count; p->which++) {
            double far = ssi_gradient_check(product_of, p->x[p->which], 0, p);
            if (!(far < 1e-8))
                fail_msg("%s: the gradient by operand %d is off by %g", p->text, p->which, far);
        }
    }
    ssi_scope_close(scope);
}

/* ---- precision and promotion ---- */

/* A cube: rounding between the products would show. */
static void narrow_floats_are_rounded_once(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    double number = 1038.0 / 1024, cube = number * number * number;
    ssi_tensor *x = ssi_cast(ssi_array(&number, 1), SSI_F16), *y = ssi_einsum("i,i,i->i", x, x, x);
    double once = ssi_item(ssi_cast(ssi_cast(ssi_number(cube), SSI_F16), SSI_F64));
    double twice = ssi_item(ssi_mul(ssi_mul(x, x), x));
    assert_int_equal(ssi_dtype_of(y), SSI_F16);
    assert_float_equal(ssi_item(y), once, 0);
    assert_true(once != twice);
    ssi_scope_close(scope);
}

static void dtypes_promote_as_numpys_do(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *i = ssi_ones(SSI_I16, 2), *f = ssi_ones(SSI_F32, 2), *b = ssi_ones(SSI_BOOL, 2);
    assert_int_equal(ssi_dtype_of(ssi_einsum("i,i", i, b)), SSI_I16);
    assert_int_equal(ssi_dtype_of(ssi_einsum("i,i", i, f)), SSI_F32);
    assert_int_equal(ssi_dtype_of(ssi_einsum("i,i", ssi_ones(SSI_I32, 2), f)), SSI_F64);
    assert_int_equal(ssi_dtype_of(ssi_einsum("i->", b)), SSI_BOOL);
    ssi_scope_close(scope);
}

/* ---- errors ---- */

static void einsum_refused(ssi_tensor *y, const char *message, const char *drawing)
{
    ssi_error e;
    assert_null(y);
    assert_true(ssi_error_take(&e));
    assert_string_equal(e.operation, "einsum");
    assert_string_equal(e.message, message);
    assert_string_equal(e.hint, drawing);
}

static void errors_show_the_character(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *v = ssi_ones(SSI_F32, 3), *m = ssi_ones(SSI_F32, 2, 3), *s = ssi_ones(SSI_F32, 3, 3);
    einsum_refused(ssi_einsum("i1", m), "labels are letters, A to Z and a to z", "here:\n    i1\n     ^");
    einsum_refused(ssi_einsum("ij->i>", m), "an arrow is written ->", "here:\n    ij->i>\n         ^");
    einsum_refused(ssi_einsum("i..j", m), "an ellipsis is three points", "here:\n    i..j\n     ^");
    einsum_refused(ssi_einsum("...i...", m), "a second ellipsis: only one can be filled in",
                   "here:\n    ...i...\n        ^");
    einsum_refused(ssi_einsum("i,jkl", v, m), "3 labels for the 2 axes of operand 1 (2,3)",
                   "here:\n    i,jkl\n      ^");
    einsum_refused(ssi_einsum("i", m), "1 labels for the 2 axes of operand 0 (2,3)", "here:\n    i\n    ^");
    einsum_refused(ssi_einsum("i,i", v), "the text has more operands than the 1 given", "here:\n    i,i\n     ^");
    einsum_refused(ssi_einsum("i", v, v), "2 operands were given, the text has 1", "here:\n    i\n     ^");
    einsum_refused(ssi_einsum("ij,ij", m, s), "label 'i' has 2 elements in operand 0, 3 in operand 1 (3,3)",
                   "here:\n    ij,ij\n       ^");
    einsum_refused(ssi_einsum("ii", m), "label 'i' names axes of 2 and 3 elements of operand 0 (2,3)",
                   "here:\n    ii\n     ^");
    einsum_refused(ssi_einsum("...,...", m, ssi_ones(SSI_F32, 2)),
                   "ellipses do not broadcast: 3 elements in operand 0, 2 in operand 1 (2,)",
                   "here:\n    ...,...\n        ^");
    einsum_refused(ssi_einsum("ij->ik", m), "label 'k' is in no operand", "here:\n    ij->ik\n         ^");
    einsum_refused(ssi_einsum("ij->ii", m), "label 'i' is twice in the result", "here:\n    ij->ii\n         ^");
    einsum_refused(ssi_einsum("...i->i", m), "the axes of the ellipsis are missing in the result: write ... there too",
                   "here:\n    ...i->i\n          ^");
    einsum_refused(ssi_einsum("ij->i->j", m), "the text goes on after the result", "here:\n    ij->i->j\n         ^");
    einsum_refused((ssi_einsum)("", 0, NULL), "no operands", "");
    ssi_tensor *none = NULL;
    assert_null(ssi_einsum("i,i", v, none));
    assert_int_equal(ssi_error_take(NULL), 0);
    ssi_scope_close(scope);
}

/* Labels of 16 axes each fit one product, whose result has 17. */
static void more_axes_than_a_tensor_has_are_refused(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    const int64_t ones[16] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    ssi_tensor *x = (ssi_ones)(SSI_F32, 9, ones), *y = (ssi_ones)(SSI_F32, 8, ones);
    assert_null(ssi_einsum("abcdefghi,jklmnopq", x, y));
    assert_true(ssi_error_take(NULL));
    assert_float_equal(ssi_item(ssi_einsum("abcdefghi,jklmnopq->", x, y)), 1, 0);
    ssi_scope_close(scope);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_texts_give_numpys_results_and_are_refused_where_numpy_does),
        cmocka_unit_test(gradients_are_the_numerical_ones),
        cmocka_unit_test(narrow_floats_are_rounded_once),
        cmocka_unit_test(dtypes_promote_as_numpys_do),
        cmocka_unit_test(errors_show_the_character),
        cmocka_unit_test(more_axes_than_a_tensor_has_are_refused),
    };
    return cmocka_run_group_tests(tests, open_file, close_file);
}
