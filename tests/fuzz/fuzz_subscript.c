/*
 * Any text as an index: refused with an error, or a part that put back where it came from changes nothing.
 */
#include <string.h>

#include "base/base.h"
#include "ssi/index.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
    enum { ELEMENTS = 3 * 4 * 2 };
    static const int64_t shape[] = {3, 4, 2}, given[] = {1, -3, INT64_MIN, INT64_MAX};
    char text[256];
    count = count < sizeof text ? count : sizeof text - 1;
    memcpy(text, bytes, count);
    text[count] = '\0';
    int numbers = 0;
    for (const char *at = text; numbers < 4 && (at = strchr(at, '?')); at++)
        numbers++;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *a = ssi_reshape(ssi_iota(SSI_I64, 1, (int64_t[]){ELEMENTS}, 0), shape[0], shape[1], shape[2]);
    ssi_tensor *part = (ssi_at)(a, text, numbers, given);
    if (!part && !ssi_error_take(NULL))
        __builtin_trap();
    if (part) {
        const int64_t *data = ssi_data_i64((ssi_set)(a, text, part, numbers, given));
        for (int64_t i = 0; i < ELEMENTS; i++) {
            if (!data || data[i] != i)
                __builtin_trap();
        }
        if (ssi_report())
            __builtin_trap();
    }
    ssi_scope_close(scope);
    return 0;
}
