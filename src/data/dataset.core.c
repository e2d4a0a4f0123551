/*
 * dataset.core.c - data sets of one's own tensors: made, asked, freed. Those with names are dataset.c's.
 */
#include <string.h>

#include "data/dataset.h"
#include "ssi/ops.h"
#include "tensor/tensor.h"

/* ---- making ---- */

static void take_value(const ssi_tensor *from, ssi_buffer **buffer, ssi_dtype *dtype, int *rank, int64_t *shape,
                       int64_t *stride, int64_t *offset, bool *strided)
{
    ssi_view view;
    ssi_view_of(from, &view);
    *buffer = ssi_buffer_retain(from->buffer);
    *dtype = (ssi_dtype)from->dtype;
    *rank = from->rank;
    *offset = from->offset;
    *strided = from->stride != NULL;
    memcpy(shape, view.shape, (size_t)from->rank * sizeof *shape);
    memcpy(stride, view.stride, (size_t)from->rank * sizeof *stride);
}

/* The largest label must be below `classes`, the smallest 0 at least; classes 0: found out. */
static int check_labels(ssi_tensor *y, int64_t *classes)
{
    int64_t low, high;
    if (ssi_item_int(ssi_min(y), &low) != SSI_OK || ssi_item_int(ssi_max(y), &high) != SSI_OK)
        return ssi_failed() ? ssi_error_peek()->code : SSI_INVALID;
    *classes = *classes || high == INT64_MAX ? *classes : high + 1;
    if (low < 0 || high >= *classes)
        return ssi_fail(SSI_RANGE, "dataset_new", "label %lld is outside the %lld classes\nlabels are counted from 0",
                        (long long)(low < 0 ? low : high), (long long)*classes);
    return SSI_OK;
}

ssi_dataset *ssi_dataset_new(ssi_tensor *x, ssi_tensor *y, int64_t classes)
{
    char a[SSI_SHAPE_TEXT], b[SSI_SHAPE_TEXT];
    if (!x || !y)
        return NULL;
    if (x->rank < 1 || y->rank < 1 || x->shape[0] != y->shape[0] || x->shape[0] == 0)
        return SSI_FAIL_NULL(SSI_INVALID, "dataset_new",
                             "x %s and y %s\nboth have one row per example, and at least one", ssi_describe(x, a),
                             ssi_describe(y, b));
    bool labels = ssi_is_integer((ssi_dtype)y->dtype);
    if ((x->dtype != SSI_U8 && !ssi_is_float((ssi_dtype)x->dtype)) || (labels && y->rank != 1) ||
        (!labels && !ssi_is_float((ssi_dtype)y->dtype)))
        return SSI_FAIL_NULL(SSI_INVALID, "dataset_new",
                             "x %s and y %s\nx is u8 or float; y integer labels (N) or float targets",
                             ssi_describe(x, a), ssi_describe(y, b));
    ssi_scope scope = ssi_scope_open();
    ssi_dataset *data = ssi_calloc(1, sizeof *data);
    int status = data ? ssi_eval_all(2, (ssi_tensor *[]){x, y}) : SSI_NO_MEMORY;
    if (status == SSI_OK && labels)
        status = check_labels(y, &classes);
    if (status == SSI_OK) {
        take_value(ssi_present(x), &data->x, &data->x_dtype, &data->x_rank, data->x_shape, data->x_stride,
                   &data->x_offset, &data->x_strided);
        take_value(ssi_present(y), &data->y, &data->y_dtype, &data->y_rank, data->y_shape, data->y_stride,
                   &data->y_offset, &data->y_strided);
        data->classes = labels ? classes : 0;
        strcpy(data->name, "data");
    }
    ssi_scope_close(scope);
    if (status != SSI_OK) {
        ssi_free(data);
        return NULL;
    }
    return data;
}

void ssi_dataset_free(ssi_dataset *data)
{
    if (!data)
        return;
    ssi_buffer_release(data->x);
    ssi_buffer_release(data->y);
    ssi_free(data);
}

/* ---- asking ---- */

ssi_tensor *ssi_dataset_x(const ssi_dataset *data)
{
    return data ? ssi_leaf(data->x_dtype, data->x_rank, data->x_shape, ssi_buffer_retain(data->x), data->x_offset,
                           data->x_strided ? data->x_stride : NULL)
                : NULL;
}

ssi_tensor *ssi_dataset_y(const ssi_dataset *data)
{
    return data ? ssi_leaf(data->y_dtype, data->y_rank, data->y_shape, ssi_buffer_retain(data->y), data->y_offset,
                           data->y_strided ? data->y_stride : NULL)
                : NULL;
}

int64_t ssi_dataset_count(const ssi_dataset *data)
{
    return data ? data->x_shape[0] : -1;
}

int64_t ssi_dataset_classes(const ssi_dataset *data)
{
    return data ? data->classes : 0;
}

const char *ssi_dataset_name(const ssi_dataset *data)
{
    return data ? data->name : "";
}

const char *ssi_dataset_class_name(const ssi_dataset *data, int64_t label)
{
    static _Thread_local char number[32];
    if (!data || label < 0 || label >= data->classes)
        return NULL;
    if (data->class_name)
        return data->class_name[label];
    snprintf(number, sizeof number, "%lld", (long long)label);
    return number;
}
