/*
 * Any bytes as a saved model: an error, or a model that can be summarised and used.
 */
#include "base/base.h"
#include "ssi/nn.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
    ssi_set_memory_limit((size_t)256 << 20);
    ssi_model *model = ssi_load_memory(bytes, count);
    if (!model && !ssi_error_take(NULL))
        __builtin_trap();
    ssi_model_free(model);
    return 0;
}
