/*
 * Any bytes as a picture, and the digit in it: an error, or pixels that can be read.
 */
#include "base/base.h"
#include "ssi/data.h"
#include "ssi/io.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
    if (count > 24 && bytes[0] == 0x89 &&
        (bytes[16] | bytes[17] | bytes[20] | bytes[21])) /* wider than 65,535: too slow to be worth it */
        return 0;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *image = ssi_read_image_memory(bytes, count, "fuzz");
    if (!image && !ssi_error_take(NULL))
        __builtin_trap();
    if (image && ssi_size(image) < 1 << 20) {
        ssi_tensor *digit = ssi_prepare_digit(image);
        if (!digit || !ssi_data(digit))
            __builtin_trap();
    }
    ssi_scope_close(scope);
    return 0;
}
