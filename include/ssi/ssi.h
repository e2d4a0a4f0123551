/*
 * ssi/ssi.h - all of ssi, from the ground up. Each header behind it is the manual of its room.
 */
#ifndef SSI_SSI_H
#define SSI_SSI_H

/* clang-format off */
#include "ssi/base.h"   /* errors, memory, dtypes, threads */
#include "ssi/tensor.h" /* what a value is, and how long it lives */
#include "ssi/ops.h"    /* the primitives */
#include "ssi/math.h"   /* what is composed of them */
#include "ssi/create.h"  /* tensors from nothing: sequences, grids, diagonals */
#include "ssi/arrange.h" /* joining, repeating, turning, padding, signals */
#include "ssi/order.h"  /* sorting, quantiles, counting */
#include "ssi/random.h" /* random numbers */
#include "ssi/index.h"  /* parts of tensors, in NumPy's notation */
#include "ssi/linalg.h" /* linear algebra */
#include "ssi/grad.h"   /* gradients */
#include "ssi/data.h"   /* data sets */
#include "ssi/io.h"     /* files and pictures */
#include "ssi/nn.h"     /* layers, losses, optimisers, training */
#include "ssi/plot.h"   /* figures */
#include "ssi/graph.h"  /* the computation graph, drawn */
/* clang-format on */

#endif
