/*
 * pack.c - the packed form of a product's right operand B.
 *
 *        n columns, the first `from` of which are used as they lie              k block 0:  panel 0 | panel 1 | ...
 *       +--------+--------+--------+---                                          k block 1:  panel 0 | panel 1 | ...
 *     k | panel 0| panel 1| panel 2|          is, in memory,                     ...
 *       +--------+--------+--------+---                                          each panel [steps of the block][nr]
 *
 * Any part of B can be packed by itself: what a kernel has just written is packed where it is still in cache.
 */
#include "run/execute.h"

/* A block's sums are loaded again for the next block, and no tile can hide that. So blocks are long: a tile reads a panel's part from end to end, which the
 * second-level cache is fast enough for. With 256 steps 128x256x784 takes 1 to 2 % longer, where all of it lies there. */
enum { K_BLOCK = 512 };

ssi_packing ssi_packing_of(const ssi_gemm_routines *gemm, size_t size, int64_t k, int64_t n, int64_t from, int64_t row,
                           int64_t column)
{
    int64_t most = K_BLOCK * gemm->together, blocks = k ? (k + most - 1) / most : 1;
    return (ssi_packing){.gemm = gemm,
                         .size = (int64_t)size,
                         .k = k,
                         .n = n,
                         .from = from,
                         .row = row,
                         .column = column,
                         .k_block = ssi_round_up((k + blocks - 1) / blocks, 2)}; /* which cuts no pair */
}

int64_t ssi_packed_columns(const ssi_packing *p)
{
    return ssi_round_up(p->n - p->from, p->gemm->nr);
}

int64_t ssi_panel_steps(const ssi_packing *p, int64_t k)
{
    return (k + p->gemm->together - 1) / p->gemm->together;
}

size_t ssi_packed_bytes(const ssi_packing *p)
{
    return (size_t)(ssi_packed_columns(p) * ssi_panel_steps(p, p->k) * p->size) + 64;
}

void ssi_pack_part(const ssi_packing *p, char *packed, const char *b, int64_t first, int64_t last, int64_t q,
                   int64_t end)
{
    int64_t nr = p->gemm->nr, columns = ssi_packed_columns(p);
    for (int64_t steps; q < end; q += steps) {
        int64_t block = q / p->k_block * p->k_block, next = block + p->k_block < p->k ? block + p->k_block : p->k;
        int64_t in_block = ssi_panel_steps(p, next - block), done = ssi_panel_steps(p, q - block) * nr;
        steps = (next < end ? next : end) - q;
        char *to = packed + (columns * ssi_panel_steps(p, block) + (first - p->from) * in_block + done) * p->size;
        const char *from = b + (first * p->column + q * p->row) * p->gemm->size;
        int64_t at_once = steps == next - block ? last - first : nr; /* of a part of the block, panel by panel */
        for (int64_t lane = 0; lane < last - first; lane += at_once)
            p->gemm->pack(to + lane * in_block * p->size, from + lane * p->column * p->gemm->size, p->column, p->row,
                          last - first - lane < at_once ? last - first - lane : at_once, steps);
    }
}
