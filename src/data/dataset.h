/*
 * dataset.h - inside data: what a data set holds.
 */
#ifndef SSI_SRC_DATASET_H
#define SSI_SRC_DATASET_H

#include "base/base.h"
#include "ssi/data.h"

enum { SSI_DATASET_NAME = 64 };

struct ssi_dataset {
    ssi_buffer *x, *y;
    ssi_dtype x_dtype, y_dtype;
    int x_rank, y_rank;
    int64_t x_shape[SSI_MAX_RANK], y_shape[SSI_MAX_RANK], x_stride[SSI_MAX_RANK], y_stride[SSI_MAX_RANK];
    int64_t x_offset, y_offset;
    bool x_strided, y_strided; /* else C order */
    int64_t classes;
    const char *const *class_name; /* NULL: numbers */
    char name[SSI_DATASET_NAME];
};

#endif
