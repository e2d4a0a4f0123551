/*
 * batch.c - batches: gathered from the data by an order of its examples, bytes scaled. Nothing is copied before a step needs it.
 */
#include "nn/batch.h"

#define SHUFFLE_STREAM ((uint64_t)3 << 56) /* see model.c */

bool ssi_batches_make(ssi_batches *batches, const ssi_dataset *data, int64_t batch, bool shuffled, uint64_t seed)
{
    *batches = (ssi_batches){.data = data, .examples = ssi_dataset_count(data), .batch = batch, .seed = seed};
    if (batches->examples < 1)
        return ssi_fail(SSI_INVALID, "data", "the data set has no examples") == 0;
    if (batch < 1)
        return ssi_fail(SSI_INVALID, "data", "a batch of %lld examples", (long long)batch) == 0;
    if (batch > batches->examples)
        batches->batch = batches->examples;
    if (!shuffled)
        return true;
    if (batches->examples >= (int64_t)1 << 32)
        return ssi_fail(SSI_UNSUPPORTED, "data", "%lld examples are too many to shuffle\nuse .no_shuffle",
                        (long long)batches->examples) == 0;
    batches->order = ssi_handle_full(SSI_I64, 1, &batches->examples, 0);
    return batches->order != NULL;
}

void ssi_batches_free(ssi_batches *batches)
{
    ssi_handle_free(batches->order);
    *batches = (ssi_batches){0};
}

int64_t ssi_batches_count(const ssi_batches *batches)
{
    return (batches->examples + batches->batch - 1) / batches->batch;
}

/* A whole number below n < 2^32: the upper part of n times a 64-bit fraction. */
static int64_t below(int64_t n, const uint32_t random[2])
{
    uint64_t high = random[0] * (uint64_t)n, low = random[1] * (uint64_t)n;
    return (int64_t)((high + (low >> 32)) >> 32);
}

/* Fisher and Yates (1938), from the natural order, so that no epoch depends on those before. */
void ssi_batches_shuffle(ssi_batches *batches, uint64_t epoch)
{
    if (!batches->order)
        return;
    int64_t *order = batches->order->buffer->data;
    for (int64_t i = 0; i < batches->examples; i++)
        order[i] = i;
    uint32_t random[4];
    for (int64_t i = batches->examples - 1; i > 0; i--) {
        ssi_philox(batches->seed, (uint64_t)i, SHUFFLE_STREAM + epoch, random);
        int64_t j = below(i + 1, random), swap = order[i];
        order[i] = order[j];
        order[j] = swap;
    }
}

static ssi_tensor *rows(ssi_tensor *x, ssi_tensor *index, int64_t from, int64_t to)
{
    return index ? ssi_gather(x, index) : ssi_slice(x, 1, &(ssi_range){from, to, 1});
}

ssi_tensor *ssi_scaled(ssi_tensor *x)
{
    return x && ssi_dtype_of(x) == SSI_U8 ? ssi_div(ssi_cast(x, SSI_F32), 255) : x;
}

bool ssi_batches_get(const ssi_batches *batches, int64_t at, ssi_tensor **x, ssi_tensor **y)
{
    int64_t from = at * batches->batch, to = from + batches->batch;
    if (to > batches->examples)
        to = batches->examples;
    ssi_tensor *index = batches->order ? ssi_slice(batches->order, 1, &(ssi_range){from, to, 1}) : NULL;
    if (batches->order && !index)
        return false;
    *x = ssi_label(ssi_scaled(rows(ssi_dataset_x(batches->data), index, from, to)), "the batch");
    *y = rows(ssi_dataset_y(batches->data), index, from, to);
    return *x && *y;
}
