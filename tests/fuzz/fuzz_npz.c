/*
 * Any bytes as a .npz file: an error, or arrays as large as was said.
 */
#include "ssi/io.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
    ssi_set_memory_limit((size_t)256 << 20);
    ssi_npz *npz = ssi_npz_open_memory(bytes, count, "fuzz");
    if (!npz && !ssi_error_take(NULL))
        __builtin_trap(); /* failed without saying why */
    for (int i = 0; i < ssi_npz_count(npz) && i < 8; i++) {
        ssi_scope scope = ssi_scope_open();
        if (!ssi_npz_get(npz, ssi_npz_name(npz, i)) && !ssi_error_take(NULL))
            __builtin_trap();
        if (!ssi_npz_rows(npz, ssi_npz_name(npz, i), i & 1, 1) && !ssi_error_take(NULL))
            __builtin_trap();
        ssi_scope_close(scope);
    }
    ssi_npz_close(npz);
    return 0;
}
