/*
 * Any bytes as a .npy file: an error, or an array as large as was said.
 */
#include "ssi/io.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_load_npy_memory(bytes, count, "fuzz");
    if (x) {
        volatile uint8_t sum = 0;
        const uint8_t *data = ssi_data(x);
        for (int64_t i = 0; data && i < ssi_size(x) * (int64_t)ssi_dtype_size(ssi_dtype_of(x)); i++)
            sum = (uint8_t)(sum + data[i]);
    } else if (!ssi_error_take(NULL)) {
        __builtin_trap(); /* failed without saying why */
    }
    ssi_scope_close(scope);
    return 0;
}
