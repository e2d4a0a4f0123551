/*
 * Any bytes as a safetensors file: an error, or tensors that can be read to their last element.
 */
#include <stdlib.h>

#include "base/base.h"
#include "ssi/io.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
    ssi_scope scope = ssi_scope_open();
    ssi_tensors *file = ssi_load_tensors_memory(bytes, count, "fuzz");
    if (!file && !ssi_error_take(NULL))
        __builtin_trap();
    for (int i = 0; i < ssi_tensors_count(file); i++) {
        ssi_tensor *x = ssi_tensors_get(file, ssi_tensors_name(file, i));
        if (!x)
            __builtin_trap();
        double *out = malloc((size_t)ssi_size(x) * sizeof *out + 1);
        if (out && ssi_read(x, SSI_F64, out, ssi_size(x)) != SSI_OK)
            __builtin_trap();
        free(out);
    }
    ssi_tensors_text(file, "format");
    ssi_tensors_free(file);
    ssi_scope_close(scope);
    return 0;
}
