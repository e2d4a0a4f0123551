/*
 * Any bytes as a table: an error, or rows and columns of numbers. The first byte says how the table is written.
 */
#include "ssi/io.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
    if (count == 0)
        return 0;
    static const char delimiters[] = {0, ';', '\t', ' '};
    ssi_csv_options how = {.size = sizeof how,
                           .delimiter = delimiters[bytes[0] & 3],
                           .header = bytes[0] >> 2 & 1,
                           .decimal_comma = bytes[0] >> 3 & 1,
                           .comment = bytes[0] & 16 ? '#' : 0,
                           .dtype = bytes[0] & 32 ? SSI_I16 : SSI_F64,
                           .skip = bytes[0] >> 6 & 1};
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = (ssi_load_csv_memory)((const char *)bytes + 1, count - 1, &how);
    if (x)
        ssi_data(x);
    else if (!ssi_error_take(NULL))
        __builtin_trap(); /* failed without saying why */
    ssi_scope_close(scope);
    return 0;
}
