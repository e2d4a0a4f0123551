/*
 * compare.c - comparisons, logic, and the choice between two values.
 */
#include "ops/build.h"

#include <math.h>

/* equal: a == b */
static double equal_f64(double a, double b, double c)
{
    (void)c;
    return a == b;
}

static int64_t equal_i64(int64_t a, int64_t b, int64_t c)
{
    (void)c;
    return a == b;
}

const ssi_op ssi_op_equal = {.name = "equal",
                             .kind = SSI_KIND_MAP,
                             .code = SSI_MAP_EQ,
                             .signature = "a,b -> y:bool",
                             .doc = "a == b",
                             .numpy = "np.equal(a, b)",
                             .torch = "torch.eq(a, b)",
                             .onnx = "Equal",
                             .map_f64 = equal_f64,
                             .map_i64 = equal_i64,
                             .no_gradient = "piecewise constant",
                             .samples = (const char *const[]){
                                 "a=uniform(-2,2)[3,4] b=uniform(-2,2)[3,4]",
                                 "a=uniform(-2,2)[4,3].T b=uniform(-2,2)[4]", "a=uniform(-2,2)[3,1] b=uniform(-2,2)[4]",
                                 "a=empty[0,4] b=uniform(-2,2)[4]", "a=uniform(-2,2)[] b=uniform(-2,2)[]", NULL}};

ssi_tensor *(ssi_equal)(ssi_tensor *a, ssi_tensor *b)
{
    return ssi_compare(&ssi_op_equal, a, b);
}

/* not_equal: a != b */
static double not_equal_f64(double a, double b, double c)
{
    (void)c;
    return a != b;
}

static int64_t not_equal_i64(int64_t a, int64_t b, int64_t c)
{
    (void)c;
    return a != b;
}

const ssi_op ssi_op_not_equal = {.name = "not_equal",
                                 .kind = SSI_KIND_MAP,
                                 .code = SSI_MAP_NE,
                                 .signature = "a,b -> y:bool",
                                 .doc = "a != b",
                                 .numpy = "np.not_equal(a, b)",
                                 .torch = "torch.ne(a, b)",
                                 .map_f64 = not_equal_f64,
                                 .map_i64 = not_equal_i64,
                                 .no_gradient = "piecewise constant",
                                 .samples = (const char *const[]){"a=uniform(-2,2)[3,4] b=uniform(-2,2)[3,4]",
                                                                  "a=uniform(-2,2)[4,3].T b=uniform(-2,2)[4]",
                                                                  "a=uniform(-2,2)[3,1] b=uniform(-2,2)[4]",
                                                                  "a=empty[0,4] b=uniform(-2,2)[4]",
                                                                  "a=uniform(-2,2)[] b=uniform(-2,2)[]", NULL}};

ssi_tensor *(ssi_not_equal)(ssi_tensor *a, ssi_tensor *b)
{
    return ssi_compare(&ssi_op_not_equal, a, b);
}

/* less: a < b */
static double less_f64(double a, double b, double c)
{
    (void)c;
    return a < b;
}

static int64_t less_i64(int64_t a, int64_t b, int64_t c)
{
    (void)c;
    return a < b;
}

const ssi_op ssi_op_less = {.name = "less",
                            .kind = SSI_KIND_MAP,
                            .code = SSI_MAP_LT,
                            .signature = "a,b -> y:bool",
                            .doc = "a < b",
                            .numpy = "np.less(a, b)",
                            .torch = "torch.lt(a, b)",
                            .onnx = "Less",
                            .map_f64 = less_f64,
                            .map_i64 = less_i64,
                            .no_gradient = "piecewise constant",
                            .samples = (const char *const[]){
                                "a=uniform(-2,2)[3,4] b=uniform(-2,2)[3,4]",
                                "a=uniform(-2,2)[4,3].T b=uniform(-2,2)[4]", "a=uniform(-2,2)[3,1] b=uniform(-2,2)[4]",
                                "a=empty[0,4] b=uniform(-2,2)[4]", "a=uniform(-2,2)[] b=uniform(-2,2)[]", NULL}};

ssi_tensor *(ssi_less)(ssi_tensor *a, ssi_tensor *b)
{
    return ssi_compare(&ssi_op_less, a, b);
}

/* less_equal: a <= b */
static double less_equal_f64(double a, double b, double c)
{
    (void)c;
    return a <= b;
}

static int64_t less_equal_i64(int64_t a, int64_t b, int64_t c)
{
    (void)c;
    return a <= b;
}

const ssi_op ssi_op_less_equal = {.name = "less_equal",
                                  .kind = SSI_KIND_MAP,
                                  .code = SSI_MAP_LE,
                                  .signature = "a,b -> y:bool",
                                  .doc = "a <= b",
                                  .numpy = "np.less_equal(a, b)",
                                  .torch = "torch.le(a, b)",
                                  .onnx = "LessOrEqual",
                                  .map_f64 = less_equal_f64,
                                  .map_i64 = less_equal_i64,
                                  .no_gradient = "piecewise constant",
                                  .samples = (const char *const[]){"a=uniform(-2,2)[3,4] b=uniform(-2,2)[3,4]",
                                                                   "a=uniform(-2,2)[4,3].T b=uniform(-2,2)[4]",
                                                                   "a=uniform(-2,2)[3,1] b=uniform(-2,2)[4]",
                                                                   "a=empty[0,4] b=uniform(-2,2)[4]",
                                                                   "a=uniform(-2,2)[] b=uniform(-2,2)[]", NULL}};

ssi_tensor *(ssi_less_equal)(ssi_tensor *a, ssi_tensor *b)
{
    return ssi_compare(&ssi_op_less_equal, a, b);
}

ssi_tensor *(ssi_greater)(ssi_tensor *a, ssi_tensor *b)
{
    return (ssi_less)(b, a);
}

ssi_tensor *(ssi_greater_equal)(ssi_tensor *a, ssi_tensor *b)
{
    return (ssi_less_equal)(b, a);
}

/* logical_and: and, of nonzeros */
static int64_t logical_and_i64(int64_t a, int64_t b, int64_t c)
{
    (void)c;
    return a & b;
}

const ssi_op ssi_op_logical_and = {.name = "logical_and",
                                   .kind = SSI_KIND_MAP,
                                   .code = SSI_MAP_AND,
                                   .signature = "a,b -> y:bool",
                                   .doc = "and, of nonzeros",
                                   .numpy = "np.logical_and(a, b)",
                                   .torch = "torch.logical_and(a, b)",
                                   .onnx = "And",
                                   .map_i64 = logical_and_i64,
                                   .no_gradient = "piecewise constant",
                                   .samples = (const char *const[]){"a=uniform(-2,2)[3,4] b=uniform(-2,2)[3,4]",
                                                                    "a=uniform(-2,2)[4,3].T b=uniform(-2,2)[4]",
                                                                    "a=uniform(-2,2)[3,1] b=uniform(-2,2)[4]",
                                                                    "a=empty[0,4] b=uniform(-2,2)[4]",
                                                                    "a=uniform(-2,2)[] b=uniform(-2,2)[]", NULL}};

ssi_tensor *(ssi_logical_and)(ssi_tensor *a, ssi_tensor *b)
{
    return ssi_binary(&ssi_op_logical_and, SSI_TRUTH, a, b);
}

/* logical_or: or, of nonzeros */
static int64_t logical_or_i64(int64_t a, int64_t b, int64_t c)
{
    (void)c;
    return a | b;
}

const ssi_op ssi_op_logical_or = {.name = "logical_or",
                                  .kind = SSI_KIND_MAP,
                                  .code = SSI_MAP_OR,
                                  .signature = "a,b -> y:bool",
                                  .doc = "or, of nonzeros",
                                  .numpy = "np.logical_or(a, b)",
                                  .torch = "torch.logical_or(a, b)",
                                  .onnx = "Or",
                                  .map_i64 = logical_or_i64,
                                  .no_gradient = "piecewise constant",
                                  .samples = (const char *const[]){"a=uniform(-2,2)[3,4] b=uniform(-2,2)[3,4]",
                                                                   "a=uniform(-2,2)[4,3].T b=uniform(-2,2)[4]",
                                                                   "a=uniform(-2,2)[3,1] b=uniform(-2,2)[4]",
                                                                   "a=empty[0,4] b=uniform(-2,2)[4]",
                                                                   "a=uniform(-2,2)[] b=uniform(-2,2)[]", NULL}};

ssi_tensor *(ssi_logical_or)(ssi_tensor *a, ssi_tensor *b)
{
    return ssi_binary(&ssi_op_logical_or, SSI_TRUTH, a, b);
}

/* logical_xor: xor, of nonzeros */
static int64_t logical_xor_i64(int64_t a, int64_t b, int64_t c)
{
    (void)c;
    return a ^ b;
}

const ssi_op ssi_op_logical_xor = {.name = "logical_xor",
                                   .kind = SSI_KIND_MAP,
                                   .code = SSI_MAP_XOR,
                                   .signature = "a,b -> y:bool",
                                   .doc = "xor, of nonzeros",
                                   .numpy = "np.logical_xor(a, b)",
                                   .torch = "torch.logical_xor(a, b)",
                                   .onnx = "Xor",
                                   .map_i64 = logical_xor_i64,
                                   .no_gradient = "piecewise constant",
                                   .samples = (const char *const[]){"a=uniform(-2,2)[3,4] b=uniform(-2,2)[3,4]",
                                                                    "a=uniform(-2,2)[4,3].T b=uniform(-2,2)[4]",
                                                                    "a=uniform(-2,2)[3,1] b=uniform(-2,2)[4]",
                                                                    "a=empty[0,4] b=uniform(-2,2)[4]",
                                                                    "a=uniform(-2,2)[] b=uniform(-2,2)[]", NULL}};

ssi_tensor *(ssi_logical_xor)(ssi_tensor *a, ssi_tensor *b)
{
    return ssi_binary(&ssi_op_logical_xor, SSI_TRUTH, a, b);
}

/* logical_not: true where x is zero */
static int64_t logical_not_i64(int64_t a, int64_t b, int64_t c)
{
    (void)b, (void)c;
    return !a;
}

const ssi_op ssi_op_logical_not = {.name = "logical_not",
                                   .kind = SSI_KIND_MAP,
                                   .code = SSI_MAP_NOT,
                                   .signature = "x -> y:bool",
                                   .doc = "true where x is zero",
                                   .numpy = "np.logical_not(x)",
                                   .torch = "torch.logical_not(x)",
                                   .onnx = "Not",
                                   .map_i64 = logical_not_i64,
                                   .no_gradient = "piecewise constant",
                                   .samples = (const char *const[]){"x=uniform(-2,2)[3,4]", "x=uniform(-1,1)[4,3].T",
                                                                    "x=empty[0,4]", "x=uniform(-2,2)[]", NULL}};

ssi_tensor *(ssi_logical_not)(ssi_tensor *x)
{
    return ssi_unary(&ssi_op_logical_not, SSI_TRUTH, x);
}

/* where: a where the condition holds, else b. */
static double where_f64(double c, double a, double b)
{
    return c != 0 ? a : b;
}

static int64_t where_i64(int64_t c, int64_t a, int64_t b)
{
    return c ? a : b;
}

static ssi_tensor *where_gradient(const ssi_vjp *g)
{
    if (g->which == 0)
        return NULL;
    ssi_tensor *zero = ssi_number(0);
    return g->which == 1 ? (ssi_where)(g->x[0], g->dy, zero) : (ssi_where)(g->x[0], zero, g->dy);
}

const ssi_op ssi_op_where = {
    .name = "where",
    .kind = SSI_KIND_MAP,
    .code = SSI_MAP_WHERE,
    .signature = "condition:bool,a,b -> y",
    .doc = "a where the condition holds, else b",
    .numpy = "np.where(condition, a, b)",
    .torch = "torch.where(condition, a, b)",
    .onnx = "Where",
    .map_f64 = where_f64,
    .map_i64 = where_i64,
    .gradient = where_gradient,
    .samples = (const char *const[]){"condition=bool[3,4] a=uniform(-2,2)[3,4] b=uniform(-2,2)[4]",
                                     "condition=bool[4] a=uniform(-2,2)[3,1] b=uniform(-2,2)[]", NULL}};

ssi_tensor *(ssi_where)(ssi_tensor *condition, ssi_tensor *a, ssi_tensor *b)
{
    if (condition && condition->dtype != SSI_BOOL)
        condition = (ssi_not_equal)(condition, ssi_number_int(0));
    return ssi_build_map(&ssi_op_where, SSI_ANY, 3, (ssi_tensor *[]){condition, a, b}, false);
}
