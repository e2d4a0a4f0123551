/*
 * build.h - inside the ops room: how a builder turns operands into a node. Dtypes promote, shapes broadcast, C numbers stay weak.
 */
#ifndef SSI_SRC_OPS_BUILD_H
#define SSI_SRC_OPS_BUILD_H

#include "ops/op.h"

/* Which dtypes an elementwise operation takes, and what becomes of the others. */
typedef enum ssi_domain {
    SSI_ANY,     /* every dtype, as it is */
    SSI_NUMERIC, /* every dtype but bool */
    SSI_REAL,    /* floats; integers become the float NumPy gives them */
    SSI_DIVIDE,  /* floats; integers become f64 */
    SSI_TRUTH,   /* bool: everything else is compared with zero */
} ssi_domain;

ssi_tensor *ssi_build_map(const ssi_op *op, ssi_domain domain, int inputs, ssi_tensor *const *x, bool to_bool);
ssi_tensor *ssi_build_view(const ssi_op *op, ssi_tensor *x, int rank, const int64_t *shape, int attributes,
                           const int64_t *attribute, int arguments, const int64_t *argument);

static inline ssi_tensor *ssi_unary(const ssi_op *op, ssi_domain domain, ssi_tensor *x)
{
    return ssi_build_map(op, domain, 1, &x, false);
}
static inline ssi_tensor *ssi_binary(const ssi_op *op, ssi_domain domain, ssi_tensor *a, ssi_tensor *b)
{
    return ssi_build_map(op, domain, 2, (ssi_tensor *[]){a, b}, false);
}
static inline ssi_tensor *ssi_compare(const ssi_op *op, ssi_tensor *a, ssi_tensor *b)
{
    return ssi_build_map(op, SSI_ANY, 2, (ssi_tensor *[]){a, b}, true);
}

#endif
