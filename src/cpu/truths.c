/*
 * truths.c - products of truths, eight steps of the sum at a time: as the bits of a byte for each row of A and each column of B.
 *
 *     whether row i and column j have a true pair among the eight:   a[i] & b[j] != 0
 *
 * sixteen columns an instruction. Rows that are all true are done, and when all are, the rest of A and B is not looked at: of random truths after some
 * fifty steps. A row by a column, which lie side by side, are compared as they are.
 */
#include "cpu/call.h"
#include "ops/build.h"

/* The bytes' truth as bits. */
static uint8_t eight_bits(const uint8_t *x, int64_t step, int64_t n)
{
    uint8_t bits = 0;
    if (step == 1 && n == 8)
        return (uint8_t)(ssi_eight_true(x) * 0x0102040810204080 >> 56);
    for (int64_t q = 0; q < n; q++)
        bits |= (uint8_t)((x[q * step] != 0) << q);
    return bits;
}

/* Of `n` rows of `cols` columns of B. */
static void pack(uint8_t *restrict bits, const ssi_view *b, const uint8_t *from, int64_t n, int64_t cols)
{
    int64_t row = b->stride[b->rank - 2], step = b->stride[b->rank - 1];
    memset(bits, 0, (size_t)cols);
    for (int64_t q = 0; q < n; q++) {
        const uint8_t *x = from + q * row;
        uint8_t bit = (uint8_t)(1 << q);
        if (step == 1) {
            for (int64_t j = 0; j < cols; j++)
                bits[j] |= x[j] ? bit : 0;
        } else {
            for (int64_t j = 0; j < cols; j++)
                bits[j] |= x[j * step] ? bit : 0;
        }
    }
}

/* Adds what eight steps say; whether all of the row is true. */
static bool add_row(uint8_t *restrict to, uint8_t a, const uint8_t *restrict bits, int64_t cols)
{
    uint8_t all = 1;
    for (int64_t j = 0; j < cols; j++) {
        to[j] |= (a & bits[j]) != 0;
        all &= to[j];
    }
    return all;
}

static bool any_pair(const uint8_t *x, const uint8_t *y, int64_t k)
{
    int64_t q = 0;
    for (; q + 8 <= k; q += 8)
        if (ssi_eight_true(x + q) & ssi_eight_true(y + q))
            return true;
    for (; q < k; q++)
        if (x[q] && y[q])
            return true;
    return false;
}

static void multiply(uint8_t *to, const ssi_view *a, const uint8_t *x, const ssi_view *b, const uint8_t *y,
                     uint8_t *bits)
{
    int row = a->rank - 2, column = a->rank - 1;
    int64_t rows = a->shape[row], k = a->shape[column], cols = b->shape[column], left = rows;
    uint8_t *open = bits + cols;
    if (cols == 1 && a->stride[column] == 1 && b->stride[row] == 1) {
        for (int64_t i = 0; i < rows; i++)
            to[i] = any_pair(x + i * a->stride[row], y, k);
        return;
    }
    memset(to, 0, (size_t)(rows * cols));
    memset(open, 1, (size_t)rows);
    for (int64_t q = 0; q < k && left && cols; q += 8) {
        int64_t n = k - q < 8 ? k - q : 8;
        pack(bits, b, y + q * b->stride[row], n, cols);
        for (int64_t i = 0; i < rows; i++) {
            uint8_t here =
                open[i] ? eight_bits(x + i * a->stride[row] + q * a->stride[column], a->stride[column], n) : 0;
            if (here && add_row(to + i * cols, here, bits, cols)) {
                open[i] = 0;
                left--;
            }
        }
    }
}

int ssi_cpu_truths(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    const ssi_view *a = &call->in[0], *b = &call->in[1], *out = call->out;
    for (int64_t unit = first; unit < last; unit++)
        multiply((uint8_t *)out->data + ssi_unit_offset(call, out, unit), a,
                 (const uint8_t *)a->data + ssi_unit_offset(call, a, unit), b,
                 (const uint8_t *)b->data + ssi_unit_offset(call, b, unit), work);
    return SSI_OK;
}
