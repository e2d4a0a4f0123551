/*
 * table.c - the list of all primitives.
 */
#include <string.h>

#include "ops/op.h"

#define OP(name) extern const ssi_op ssi_op_##name;
#include "ops/ops.def"
#undef OP

const ssi_op *const ssi_ops[] = {
#define OP(name) &ssi_op_##name,
#include "ops/ops.def"
#undef OP
    NULL};

const ssi_op *ssi_op_named(const char *name)
{
    for (int i = 0; ssi_ops[i]; i++) {
        if (!strcmp(ssi_ops[i]->name, name))
            return ssi_ops[i];
    }
    return NULL;
}
