/*
 * Any elements of any dtype, in any style: the text is as long as is said, and where there is less room, its beginning.
 */
#include <string.h>

#include "tensor/print.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
    enum { HEAD = 10, ELEMENTS = 6 * 6 * 6, TEXT = 1 << 17 };
    static char text[TEXT], cut[TEXT];
    uint64_t data[ELEMENTS];
    if (count <= HEAD)
        return 0;
    for (size_t i = 0; i < sizeof data; i++)
        ((uint8_t *)data)[i] = bytes[HEAD + i % (count - HEAD)];
    ssi_view view = {.data = data, .dtype = (ssi_dtype)(bytes[0] % SSI_DTYPES), .rank = bytes[1] % 4};
    for (int i = 0; i < view.rank; i++)
        view.shape[i] = bytes[2 + i] % 7;
    ssi_shape_strides(view.rank, view.shape, view.stride);
    ssi_print_options options = {.size = sizeof options,
                                 .repr = bytes[5] & 1,
                                 .suppress = bytes[5] >> 1 & 1,
                                 .floatmode = (ssi_float_mode)(bytes[5] >> 2 & 3),
                                 .sign = " +-"[(bytes[5] >> 4) % 3],
                                 .precision = bytes[6] % (SSI_MOST_PRECISION + 2) - 1,
                                 .linewidth = bytes[7],
                                 .edgeitems = bytes[8] % 4,
                                 .threshold = bytes[9]};
    int64_t length = ssi_format_view(&view, &options, text, sizeof text);
    if (length <= 0 || length >= TEXT || strlen(text) != (size_t)length)
        __builtin_trap();
    size_t room = (size_t)length * bytes[HEAD] / 256 + 1;
    if (ssi_format_view(&view, &options, cut, room) != length || strlen(cut) != room - 1 ||
        memcmp(cut, text, room - 1) != 0)
        __builtin_trap();
    return 0;
}
