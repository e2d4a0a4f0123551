/*
 * random.c - random numbers of other shapes than uniform, and choices: composed of uniform ones.
 */
#include "ssi/random.h"
#include "ops/build.h"
#include "ssi/order.h"

/* A second stream for the same use, where one number takes two. */
#define SECOND ((uint64_t)1 << 63)

uint64_t ssi_split_seed(uint64_t seed, uint64_t part)
{
    uint32_t out[4];
    ssi_philox(seed, part, ~(uint64_t)0, out); /* no element has this counter */
    return (uint64_t)out[1] << 32 | out[0];
}

/* ---- numbers ---- */

ssi_tensor *ssi_uniform_between(double low, double high, ssi_dtype dtype, int rank, const int64_t *shape, uint64_t seed,
                                uint64_t stream)
{
    SSI_CALLED;
    if (!(high - low >= 0 && high - low < 1.0 / 0.0))
        return SSI_FAIL_NULL(SSI_INVALID, "uniform_between", "from %g to %g\ngive a finite range, the lower end first",
                             low, high);
    return ssi_add(ssi_mul(ssi_uniform(dtype, rank, shape, seed, stream), high - low), low);
}

/* 1 - u lies in (0, 1], so the logarithm is finite. */
ssi_tensor *ssi_normal(ssi_dtype dtype, int rank, const int64_t *shape, uint64_t seed, uint64_t stream)
{
    SSI_CALLED;
    ssi_tensor *u = ssi_uniform(dtype, rank, shape, seed, stream),
               *v = ssi_uniform(dtype, rank, shape, seed, stream ^ SECOND);
    ssi_tensor *radius = ssi_sqrt(ssi_mul(ssi_log(ssi_sub(1.0, u)), -2.0));
    return ssi_mul(radius, ssi_cos(ssi_mul(v, 6.283185307179586)));
}

ssi_tensor *ssi_integers(int64_t low, int64_t high, int rank, const int64_t *shape, uint64_t seed, uint64_t stream)
{
    SSI_CALLED;
    uint64_t span = (uint64_t)high - (uint64_t)low;
    if (low >= high || span > (uint64_t)1 << 53)
        return SSI_FAIL_NULL(SSI_INVALID, "integers", "from %lld to %lld\nhigh is above low by 1 to 2^53",
                             (long long)low, (long long)high);
    ssi_tensor *u = ssi_uniform(SSI_F64, rank, shape, seed, stream);
    ssi_tensor *x = ssi_cast(ssi_mul(u, (double)span), SSI_I64);
    return low ? ssi_add(x, ssi_number_int(low)) : x;
}

ssi_tensor *ssi_bernoulli(double p, int rank, const int64_t *shape, uint64_t seed, uint64_t stream)
{
    SSI_CALLED;
    if (!(p >= 0 && p <= 1))
        return SSI_FAIL_NULL(SSI_INVALID, "bernoulli", "probability %g\nit lies between 0 and 1", p);
    return ssi_less(ssi_uniform(SSI_F32, rank, shape, seed, stream), p);
}

/* ---- choices ---- */

/* For element i of n one of the first i + 1, each as likely; u (i + 1) is never rounded up to i + 1, as u < 1. */
static ssi_tensor *partners(int64_t n, uint64_t seed, uint64_t stream)
{
    ssi_tensor *choices = ssi_add(ssi_iota(SSI_I64, 1, &n, 0), 1);
    return ssi_cast(ssi_mul(ssi_uniform(SSI_F64, 1, &n, seed, stream), choices), SSI_I64);
}

ssi_tensor *ssi_permutation(int64_t n, uint64_t seed, uint64_t stream)
{
    if (n < 0)
        return SSI_FAIL_NULL(SSI_INVALID, "permutation", "of %lld things", (long long)n);
    return ssi_swapped(ssi_iota(SSI_I64, 1, &n, 0), partners(n, seed, stream));
}

ssi_tensor *(ssi_shuffle)(ssi_tensor *x, uint64_t seed, uint64_t stream)
{
    if (!x)
        return NULL;
    if (x->rank == 0)
        return SSI_FAIL_NULL(SSI_INVALID, "shuffle", "x has no axes, and so no rows");
    return x->rank == 1 ? ssi_swapped(x, partners(x->shape[0], seed, stream))
                        : ssi_gather(x, ssi_permutation(x->shape[0], seed, stream));
}

/* Weights as f64, read and found fit to be chosen by: how many are positive, or -1 with an error. */
static int64_t positive_weights(const char *operation, ssi_tensor *weights)
{
    char text[SSI_SHAPE_TEXT];
    if (!weights)
        return -1;
    if (weights->rank != 1)
        return ssi_fail(SSI_INVALID, operation, "weights %s\ngive one axis of them",
                        ssi_shape_text(weights->rank, weights->shape, text));
    const double *w = ssi_data_f64(weights);
    double sum = 0;
    int64_t positive = 0;
    for (int64_t i = 0; w && i < weights->shape[0]; i++) {
        if (!(w[i] >= 0))
            return ssi_fail(SSI_INVALID, operation, "weight %lld is %g\nweights are not negative", (long long)i, w[i]);
        sum += w[i];
        positive += w[i] > 0;
    }
    if (w && !(sum > 0 && sum < 1.0 / 0.0))
        return ssi_fail(SSI_INVALID, operation, "the weights sum to %g\ngive a positive one, and none that is infinite",
                        sum);
    return w ? positive : -1;
}

/* Where uniform numbers fall among the running sums of the weights. The last sum is not reached: u < 1 and one rounding. */
static ssi_tensor *fall_among(ssi_tensor *weights, int rank, const int64_t *shape, uint64_t seed, uint64_t stream)
{
    ssi_tensor *sums = ssi_cumsum(weights, 0);
    ssi_range last = {-1, SSI_END, 1};
    ssi_tensor *u = ssi_mul(ssi_uniform(SSI_F64, rank, shape, seed, stream), ssi_slice(sums, 1, &last));
    return ssi_minimum(ssi_searchsorted(sums, u, 1), weights->shape[0] - 1);
}

ssi_tensor *ssi_choice(ssi_tensor *weights, int64_t count, int no_repeats, uint64_t seed, uint64_t stream)
{
    weights = weights ? ssi_cast(weights, SSI_F64) : NULL;
    int64_t positive = positive_weights("choice", weights);
    if (positive < 0)
        return NULL;
    if (count < 0 || (no_repeats && count > positive))
        return SSI_FAIL_NULL(SSI_INVALID, "choice",
                             "%lld chosen among %lld\nwithout repeats no more can be chosen than have a weight",
                             (long long)count, (long long)positive);
    if (!no_repeats)
        return fall_among(weights, 1, &count, seed, stream);
    ssi_tensor *u = ssi_uniform(SSI_F64, 1, weights->shape, seed, stream); /* the race: who has the least -log(1-u)/w */
    ssi_tensor *arrival = ssi_div(ssi_neg(ssi_log(ssi_sub(1.0, u))), weights);
    ssi_range first = {0, count, 1};
    return ssi_slice(ssi_argsort(ssi_where(ssi_greater(weights, 0), arrival, 1.0 / 0.0), 0), 1, &first);
}

ssi_tensor *ssi_multinomial(int64_t trials, ssi_tensor *weights, int64_t rows, uint64_t seed, uint64_t stream)
{
    weights = weights ? ssi_cast(weights, SSI_F64) : NULL;
    if (positive_weights("multinomial", weights) < 0)
        return NULL;
    int64_t n = weights->shape[0], shape[] = {rows, trials}, all, room[] = {rows, n};
    if (trials < 0 || rows < 0 || !ssi_shape_count(2, shape, sizeof(int64_t), &all) ||
        !ssi_shape_count(2, room, sizeof(int64_t), &all))
        return SSI_FAIL_NULL(SSI_INVALID, "multinomial", "%lld rows of %lld trials", (long long)rows,
                             (long long)trials);
    ssi_tensor *outcome = fall_among(weights, 2, shape, seed, stream);
    ssi_tensor *place = ssi_add(outcome, ssi_mul(ssi_iota(SSI_I64, 2, (int64_t[]){rows, 1}, 0), n));
    ssi_tensor *none = (ssi_zeros)(SSI_I64, 1, &(int64_t){rows * n});
    ssi_tensor *count =
        ssi_scatter_add(none, ssi_reshape(place, -1), (ssi_ones)(SSI_I64, 1, &(int64_t){rows * trials}));
    return ssi_reshape(count, rows, n);
}
