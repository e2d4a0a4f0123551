/*
 * table.c - the list of all primitives.
 */
#include "ops/build.h"

const ssi_op *const ssi_ops[] = {
#define SSI_OP(name) &ssi_op_##name,
#include "ops/ops.def"
#undef SSI_OP
    NULL,
};

const ssi_op *ssi_op_named(const char *name)
{
    for (int i = 0; ssi_ops[i]; i++) {
        if (!strcmp(ssi_ops[i]->name, name))
            return ssi_ops[i];
    }
    return NULL;
}
