/*
 * sets.h - little data sets for the tests of training.
 */
#ifndef SSI_TESTS_NN_SETS_H
#define SSI_TESTS_NN_SETS_H

#include "nn/numbers.h"

/* n points of 6 numbers in 3 classes, by which of the first three is largest. */
static inline ssi_dataset *make_points(int64_t n, uint32_t seed)
{
    numbers generator = {seed};
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = TAKE(&generator, SSI_F32, 2.0, n, 6);
    ssi_tensor *y = ssi_argmax(ssi_slice(x, 2, (ssi_range[]){{0, SSI_END, 1}, {0, 3, 1}}), 1);
    ssi_dataset *data = ssi_dataset_new(x, y, 3);
    ssi_report();
    assert_non_null(data);
    ssi_scope_close(scope);
    return data;
}

/* All parameters of a model, one after another. */
enum { MOST_VALUES = 512 };
typedef struct values {
    float at[MOST_VALUES];
    int64_t count;
} values;

static inline values values_of(const ssi_model *model)
{
    values all = {.count = 0};
    ssi_tensor *w[SSI_MAX_PARAMETERS];
    int n = ssi_parameters(model, SSI_MAX_PARAMETERS, w);
    ssi_scope scope = ssi_scope_open();
    for (int i = 0; i < n; i++) {
        assert_true(all.count + ssi_size(w[i]) <= MOST_VALUES);
        ssi_read(w[i], SSI_F32, all.at + all.count, ssi_size(w[i]));
        all.count += ssi_size(w[i]);
    }
    ssi_scope_close(scope);
    return all;
}

static inline bool same_values(const values *a, const values *b)
{
    return a->count == b->count && memcmp(a->at, b->at, (size_t)a->count * sizeof(float)) == 0;
}

#endif
