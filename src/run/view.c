/*
 * view.c - what a movement does to strides.
 */
#include "run/view.h"

/* NumPy's rule: axes of the two shapes are matched in groups of equal size; inside a group the input must lie like one axis. */
static bool reshape_strides(const ssi_tensor *view, const ssi_tensor *input, const int64_t *from, int64_t *stride)
{
    int64_t size[SSI_MAX_RANK], step[SSI_MAX_RANK];
    int axes = 0;
    for (int i = 0; i < input->rank; i++) { /* the input without axes of one element, neighbours merged */
        if (input->shape[i] == 1)
            continue;
        if (axes && step[axes - 1] == from[i] * input->shape[i]) {
            size[axes - 1] *= input->shape[i];
            step[axes - 1] = from[i];
        } else {
            size[axes] = input->shape[i];
            step[axes++] = from[i];
        }
    }
    int at = axes - 1;
    int64_t left = at >= 0 ? size[at] : 1, inner = at >= 0 ? step[at] : 1;
    for (int i = view->rank - 1; i >= 0; i--) {
        int64_t n = view->shape[i];
        if (n == 1) {
            stride[i] = 0;
            continue;
        }
        if (left == 1 && at > 0) {
            left = size[--at];
            inner = step[at];
        }
        if (left % n)
            return false;
        stride[i] = inner;
        inner *= n;
        left /= n;
    }
    return true;
}

bool ssi_view_strides(const ssi_tensor *view, const ssi_tensor *input, const int64_t *from, int64_t *stride,
                      int64_t *offset)
{
    *offset = 0;
    switch ((ssi_view_code)view->op->code) {
    case SSI_VIEW_RESHAPE:
        if (ssi_count(view) == 0) {
            ssi_shape_strides(view->rank, view->shape, stride);
            return true;
        }
        return reshape_strides(view, input, from, stride);
    case SSI_VIEW_PERMUTE:
        for (int i = 0; i < view->rank; i++)
            stride[i] = from[view->attribute[i]];
        return true;
    case SSI_VIEW_EXPAND:
        for (int i = 0; i < view->rank; i++) {
            int axis = i - (view->rank - input->rank);
            stride[i] = axis < 0 || input->shape[axis] == 1 ? 0 : from[axis];
        }
        return true;
    case SSI_VIEW_SLICE:
        for (int i = 0; i < view->rank; i++)
            stride[i] = from[i] * view->attribute[i];
        return true;
    case SSI_VIEW_FLIP:
        for (int i = 0; i < view->rank; i++) {
            bool flipped = view->attribute[0] >> i & 1;
            stride[i] = flipped ? -from[i] : from[i];
            *offset += flipped && view->shape[i] ? from[i] * (view->shape[i] - 1) : 0;
        }
        return true;
    case SSI_VIEW_COPY:
        break;
    }
    return false;
}
