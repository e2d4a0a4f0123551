/*
 * view.h - what a movement does to strides: the one place that knows.
 */
#ifndef SSI_SRC_RUN_VIEW_H
#define SSI_SRC_RUN_VIEW_H

#include "ops/op.h"

/* Strides (in elements) of a VIEW node's elements in the storage of its input, whose strides are `from`, and the element at which it
 * starts, relative to the input's first. A slice's start depends on its arguments: they are added by `argument[i] * from[i]`, not in *offset. False when
 * no strides can say it (a reshape of scattered elements): then the input must be copied. */
bool ssi_view_strides(const ssi_tensor *view, const ssi_tensor *input, const int64_t *from, int64_t *stride,
                      int64_t *offset);

/* What a value is that another one has already: a view of all of it. */
extern const ssi_op ssi_op_reshape;

#endif
