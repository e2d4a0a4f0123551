/*
 * numbers.h - what the tests of networks share: the same numbers as make_torch.py's, and comparing with its vectors.
 */
#ifndef SSI_TESTS_NN_NUMBERS_H
#define SSI_TESTS_NN_NUMBERS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "nn/nn.h"
#include "ssi/grad.h"
#include "ssi/math.h"

typedef struct numbers {
    uint32_t x;
} numbers;

/* Each representable in f32; in [-scale/2, scale/2). The tensor belongs to the innermost scope. */
static inline ssi_tensor *take_numbers(numbers *n, ssi_dtype dtype, int rank, const int64_t *shape, double scale)
{
    double values[4096];
    int64_t count = 1;
    for (int i = 0; i < rank; i++)
        count *= shape[i];
    assert_true(count <= 4096);
    for (int64_t i = 0; i < count; i++) {
        n->x = (n->x * 1103515245u + 12345u) & 0x7FFFFFFFu;
        values[i] = ((n->x >> 15) / 65536.0 - 0.5) * scale;
    }
    return ssi_cast((ssi_array)(SSI_F64, rank, shape, values), dtype);
}
#define TAKE(n, dtype, scale, ...) take_numbers((n), (dtype), SSI_SHAPE(__VA_ARGS__), (scale))

/* Labels as make_torch.py's labels_of. */
static inline ssi_tensor *make_labels(int64_t n, int64_t classes)
{
    int64_t labels[256];
    for (int64_t i = 0; i < n; i++)
        labels[i] = (7 * i + i / 3) % classes;
    return (ssi_array)(SSI_I64, 1, &n, labels);
}

/* Each element within `tolerance` of PyTorch's, relative to the largest of them. */
static inline void assert_near(ssi_tensor *x, const double *expected, size_t count, double tolerance)
{
    double values[4096], largest = 0;
    ssi_report();
    assert_non_null(x);
    assert_int_equal(ssi_size(x), count);
    assert_int_equal(ssi_read(x, SSI_F64, values, (int64_t)count), SSI_OK);
    for (size_t i = 0; i < count; i++)
        largest = fmax(largest, fabs(expected[i]));
    for (size_t i = 0; i < count; i++) {
        if (!(fabs(values[i] - expected[i]) <= tolerance * largest))
            fail_msg("element %zu is %.17g, PyTorch's %.17g", i, values[i], expected[i]);
    }
}
#define ASSERT_TORCH(x, name, tolerance)                                                                               \
    assert_near((x), torch_##name, sizeof torch_##name / sizeof *torch_##name, (tolerance))

/* Gives a built model the generator's parameters, in their order, and the given scales for weights and biases. */
static inline void set_parameters(ssi_model *model, uint32_t seed, double weights, double biases)
{
    numbers n = {seed};
    ssi_tensor *w[SSI_MAX_PARAMETERS];
    int count = ssi_parameters(model, SSI_MAX_PARAMETERS, w);
    ssi_scope scope = ssi_scope_open();
    for (int i = 0; i < count; i++)
        ssi_assign(w[i], take_numbers(&n, ssi_dtype_of(w[i]), w[i]->rank, w[i]->shape, i % 2 ? biases : weights));
    assert_int_equal(ssi_scope_close(scope), SSI_OK);
}

/* The waiting error must be this one; takes it. */
static inline void assert_error(ssi_status code, const char *part)
{
    ssi_error error;
    assert_true(ssi_error_take(&error));
    if (error.code != code || (!strstr(error.message, part) && !strstr(error.hint, part)))
        fail_msg("code %d, '%s: %s\n%s' has no '%s'", error.code, error.operation, error.message, error.hint, part);
}

#endif
