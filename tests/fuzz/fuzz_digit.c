/*
 * Any pixels as a picture of a digit.
 */
#include <string.h>

#include "base/base.h"
#include "ssi/data.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
    static const int64_t channels[] = {1, 3, 4};
    if (count < 4)
        return 0;
    int64_t shape[3] = {1 + bytes[0] % 40, 1 + bytes[1] % 40, channels[bytes[2] % 3]};
    uint8_t pixel[40 * 40 * 4];
    for (size_t i = 0; i < sizeof pixel; i++)
        pixel[i] = bytes[3 + i % (count - 3)];
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *digit = ssi_prepare_digit((ssi_array)(SSI_U8, 3, shape, pixel));
    if (!digit || ssi_size(digit) != 28 * 28 || !ssi_data(digit))
        __builtin_trap();
    ssi_scope_close(scope);
    return 0;
}
