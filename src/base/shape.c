/*
 * shape.c - shapes and strides: counting, C order, broadcasting, and their text.
 */
#include <inttypes.h>

#include "base/base.h"

bool ssi_shape_count(int rank, const int64_t *shape, size_t item, int64_t *count)
{
    size_t bytes = item;
    bool empty = false;
    for (int i = 0; i < rank; i++) {
        if (shape[i] < 0 || (uint64_t)shape[i] > (uint64_t)PTRDIFF_MAX)
            return false;
        /* (0, 2^40, 2^40) holds nothing, and is refused: its strides would be no numbers (so in NumPy, too) */
        if (!ssi_size_mul(bytes, shape[i] ? (size_t)shape[i] : 1, &bytes))
            return false;
        empty |= shape[i] == 0;
    }
    *count = empty ? 0 : (int64_t)(bytes / item);
    return true;
}

void ssi_shape_strides(int rank, const int64_t *shape, int64_t *stride)
{
    int64_t step = 1;
    for (int i = rank - 1; i >= 0; i--) {
        stride[i] = step;
        step *= shape[i];
    }
}

int ssi_shape_broadcast(int ra, const int64_t *a, int rb, const int64_t *b, int64_t *out)
{
    int rank = ra > rb ? ra : rb;
    for (int i = 0; i < rank; i++) { /* from the last axis */
        int64_t in_a = i < ra ? a[ra - 1 - i] : 1, in_b = i < rb ? b[rb - 1 - i] : 1;
        if (in_a != in_b && in_a != 1 && in_b != 1)
            return -1;
        out[rank - 1 - i] = in_a == 1 ? in_b : in_a;
    }
    return rank;
}

char *ssi_shape_text(int rank, const int64_t *shape, char text[SSI_SHAPE_TEXT])
{
    size_t used = 1;
    text[0] = '(';
    text[1] = '\0';
    for (int i = 0; i < rank && used + 24 < SSI_SHAPE_TEXT; i++)
        used += (size_t)snprintf(text + used, SSI_SHAPE_TEXT - used, "%s%" PRId64, i ? "," : "", shape[i]);
    snprintf(text + used, SSI_SHAPE_TEXT - used, rank == 1 ? ",)" : ")");
    return text;
}
