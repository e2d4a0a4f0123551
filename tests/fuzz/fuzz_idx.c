/*
 * Any bytes as an idx file, packed or not: an error, or an array of the size that was said.
 */
#include "data/idx.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
    for (int rank = 1; rank <= 3; rank += 2) {
        ssi_idx idx;
        if (ssi_read_idx_memory(bytes, count, "fuzz", rank, &idx) == SSI_OK) {
            volatile uint8_t sum = 0;
            for (size_t i = 0; i < idx.buffer->bytes; i++)
                sum = (uint8_t)(sum + ((const uint8_t *)idx.buffer->data)[i]);
            ssi_buffer_release(idx.buffer);
        } else if (!ssi_error_take(NULL)) {
            __builtin_trap(); /* failed without saying why */
        }
    }
    return 0;
}
