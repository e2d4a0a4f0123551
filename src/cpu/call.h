/*
 * call.h - the fast routines of operations that run alone (SSI_KIND_CALL), the same for every instruction set. Each gives the bits of its
 * operation's definition, which stands beside the record in src/ops/.
 */
#ifndef SSI_SRC_CPU_CALL_H
#define SSI_SRC_CPU_CALL_H

#include "ops/op.h"

ssi_call_routine ssi_cpu_scan, ssi_cpu_sort, ssi_cpu_argsort, ssi_cpu_argranks, ssi_cpu_partition;
ssi_call_routine ssi_cpu_take_along, ssi_cpu_put_along, ssi_cpu_search, ssi_cpu_count_between, ssi_cpu_masked,
    ssi_cpu_truths;

/* turn.c */
void ssi_turn(void *d, int64_t d_step, const void *s, int64_t s_step, int64_t rows, int64_t cols, size_t size,
              bool past);

/* stream.c */
void ssi_stream(void *d, const void *s, size_t bytes);

/* masked.c; masked.isa.c */
int64_t ssi_masked_plain(void *d, int64_t room, const void *x, const uint8_t *mask, int64_t n, size_t size);
int64_t ssi_masked_avx512(void *d, int64_t room, const void *x, const uint8_t *mask, int64_t n, size_t size);

/* network.isa.c */
void ssi_sort_few_u32_avx512(uint32_t *a, size_t n);
void ssi_sort_few_u64_avx512(uint64_t *a, size_t n);

/* scan.isa.c */
uint64_t ssi_running_sum_avx512(uint64_t *y, const uint64_t *x, int64_t n, uint64_t sum);

/* select.isa.c */
void ssi_keys_f64_avx512(uint64_t *key, const uint64_t *bits, int64_t n, uint64_t minus_zero);
int64_t ssi_keys_between_avx512(uint64_t *to, const uint64_t *key, int64_t n, uint64_t low, uint64_t high,
                                int64_t *less);
void ssi_part_avx512(void *to, const void *from, size_t size, const uint64_t *key, int64_t n, int64_t kth,
                     uint64_t at_kth, int64_t which);

/* clang-format off */
#define SSI_CPU_CALLS                                                                                                  \
    [SSI_CALL_CUMSUM] = ssi_cpu_scan, [SSI_CALL_CUMPROD] = ssi_cpu_scan,                                               \
    [SSI_CALL_SORT] = ssi_cpu_sort, [SSI_CALL_ARGSORT] = ssi_cpu_argsort,                                              \
    [SSI_CALL_ARGRANKS] = ssi_cpu_argranks,                                                                            \
    [SSI_CALL_PARTITION] = ssi_cpu_partition, [SSI_CALL_ARGPARTITION] = ssi_cpu_partition,                             \
    [SSI_CALL_TAKE_ALONG] = ssi_cpu_take_along, [SSI_CALL_PUT_ALONG] = ssi_cpu_put_along,                              \
    [SSI_CALL_ADD_ALONG] = ssi_cpu_put_along,                                                                          \
    [SSI_CALL_SEARCH] = ssi_cpu_search, [SSI_CALL_COUNT_BETWEEN] = ssi_cpu_count_between,                              \
    [SSI_CALL_MASKED] = ssi_cpu_masked, [SSI_CALL_TRUTHS] = ssi_cpu_truths
/* clang-format on */

#endif
