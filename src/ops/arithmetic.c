/*
 * arithmetic.c - elementwise arithmetic and what follows from the order of numbers.
 */
#include "ops/build.h"

#include <math.h>

/* add: a + b; of bool: or */
static double add_f64(double a, double b, double c)
{
    (void)c;
    return a + b;
}

static int64_t add_i64(int64_t a, int64_t b, int64_t c)
{
    (void)c;
    return (int64_t)((uint64_t)a + (uint64_t)b);
}

static ssi_tensor *add_gradient(const ssi_vjp *g)
{
    return g->dy;
}

const ssi_op ssi_op_add = {.name = "add",
                           .kind = SSI_KIND_MAP,
                           .code = SSI_MAP_ADD,
                           .signature = "a,b -> y",
                           .doc = "a + b; of bool: or",
                           .numpy = "np.add(a, b)",
                           .torch = "torch.add(a, b)",
                           .onnx = "Add",
                           .map_f64 = add_f64,
                           .map_i64 = add_i64,
                           .gradient = add_gradient,
                           .samples = (const char *const[]){
                               "a=uniform(-2,2)[3,4] b=uniform(-2,2)[3,4]", "a=uniform(-2,2)[4,3].T b=uniform(-2,2)[4]",
                               "a=uniform(-2,2)[3,1] b=uniform(-2,2)[4]", "a=empty[0,4] b=uniform(-2,2)[4]",
                               "a=uniform(-2,2)[] b=uniform(-2,2)[]", NULL}};

ssi_tensor *(ssi_add)(ssi_tensor *a, ssi_tensor *b)
{
    return ssi_binary(&ssi_op_add, SSI_ANY, a, b);
}

/* sub: a - b */
static double sub_f64(double a, double b, double c)
{
    (void)c;
    return a - b;
}

static int64_t sub_i64(int64_t a, int64_t b, int64_t c)
{
    (void)c;
    return (int64_t)((uint64_t)a - (uint64_t)b);
}

static ssi_tensor *sub_gradient(const ssi_vjp *g)
{
    return g->which == 0 ? g->dy : (ssi_neg)(g->dy);
}

const ssi_op ssi_op_sub = {.name = "sub",
                           .kind = SSI_KIND_MAP,
                           .code = SSI_MAP_SUB,
                           .signature = "a,b -> y",
                           .doc = "a - b",
                           .numpy = "np.subtract(a, b)",
                           .torch = "torch.sub(a, b)",
                           .onnx = "Sub",
                           .map_f64 = sub_f64,
                           .map_i64 = sub_i64,
                           .gradient = sub_gradient,
                           .samples = (const char *const[]){
                               "a=uniform(-2,2)[3,4] b=uniform(-2,2)[3,4]", "a=uniform(-2,2)[4,3].T b=uniform(-2,2)[4]",
                               "a=uniform(-2,2)[3,1] b=uniform(-2,2)[4]", "a=empty[0,4] b=uniform(-2,2)[4]",
                               "a=uniform(-2,2)[] b=uniform(-2,2)[]", NULL}};

ssi_tensor *(ssi_sub)(ssi_tensor *a, ssi_tensor *b)
{
    return ssi_binary(&ssi_op_sub, SSI_NUMERIC, a, b);
}

/* mul: a * b; of bool: and */
static double mul_f64(double a, double b, double c)
{
    (void)c;
    return a * b;
}

static int64_t mul_i64(int64_t a, int64_t b, int64_t c)
{
    (void)c;
    return (int64_t)((uint64_t)a * (uint64_t)b);
}

static ssi_tensor *mul_gradient(const ssi_vjp *g)
{
    return (ssi_mul)(g->dy, g->x[1 - g->which]);
}

const ssi_op ssi_op_mul = {.name = "mul",
                           .kind = SSI_KIND_MAP,
                           .code = SSI_MAP_MUL,
                           .signature = "a,b -> y",
                           .doc = "a * b; of bool: and",
                           .numpy = "np.multiply(a, b)",
                           .torch = "torch.mul(a, b)",
                           .onnx = "Mul",
                           .map_f64 = mul_f64,
                           .map_i64 = mul_i64,
                           .gradient = mul_gradient,
                           .samples = (const char *const[]){
                               "a=uniform(-2,2)[3,4] b=uniform(-2,2)[3,4]", "a=uniform(-2,2)[4,3].T b=uniform(-2,2)[4]",
                               "a=uniform(-2,2)[3,1] b=uniform(-2,2)[4]", "a=empty[0,4] b=uniform(-2,2)[4]",
                               "a=uniform(-2,2)[] b=uniform(-2,2)[]", NULL}};

ssi_tensor *(ssi_mul)(ssi_tensor *a, ssi_tensor *b)
{
    return ssi_binary(&ssi_op_mul, SSI_ANY, a, b);
}

/* div: a / b; of integers: f64 */
static double div_f64(double a, double b, double c)
{
    (void)c;
    return a / b;
}

static ssi_tensor *div_gradient(const ssi_vjp *g)
{
    return g->which == 0 ? (ssi_div)(g->dy, g->x[1]) : (ssi_neg)((ssi_div)((ssi_mul)(g->dy, g->y), g->x[1]));
}

const ssi_op ssi_op_div = {.name = "div",
                           .kind = SSI_KIND_MAP,
                           .code = SSI_MAP_DIV,
                           .signature = "a,b:float -> y",
                           .doc = "a / b; of integers: f64",
                           .numpy = "np.divide(a, b)",
                           .torch = "torch.div(a, b)",
                           .onnx = "Div",
                           .map_f64 = div_f64,
                           .gradient = div_gradient,
                           .samples = (const char *const[]){
                               "a=uniform(-2,2)[3,4] b=uniform(0.5,3)[3,4]",
                               "a=uniform(-2,2)[4,3].T b=uniform(0.5,3)[4]", "a=uniform(-2,2)[3,1] b=uniform(0.5,3)[4]",
                               "a=empty[0,4] b=uniform(0.5,3)[4]", "a=uniform(-2,2)[] b=uniform(0.5,3)[]", NULL}};

ssi_tensor *(ssi_div)(ssi_tensor *a, ssi_tensor *b)
{
    return ssi_binary(&ssi_op_div, SSI_DIVIDE, a, b);
}

/* a multiplied b times, wrapping. A negative power is 0, a fraction cut off, but of 1 and -1. */
static int64_t integer_power(int64_t a, int64_t b)
{
    if (b < 0)
        return a == 1 ? 1 : a == -1 ? (b & 1 ? -1 : 1) : 0;
    uint64_t result = 1, base = (uint64_t)a;
    for (; b; b >>= 1, base *= base)
        result *= b & 1 ? base : 1;
    return (int64_t)result;
}

/* pow: a to the power b */
static double pow_f64(double a, double b, double c)
{
    (void)c;
    return pow(a, b);
}

static int64_t pow_i64(int64_t a, int64_t b, int64_t c)
{
    (void)c;
    return integer_power(a, b);
}

static ssi_tensor *pow_gradient(const ssi_vjp *g)
{
    ssi_tensor *a = g->x[0], *b = g->x[1];
    if (g->which == 0) { /* b a^(b-1); nothing where b is 0, also at a = 0 */
        ssi_tensor *slope = (ssi_mul)(b, (ssi_pow)(a, (ssi_sub)(b, ssi_number(1))));
        return (ssi_mul)(g->dy, (ssi_where)((ssi_equal)(b, ssi_number(0)), ssi_number(0), slope));
    }
    /* y log a; at a = 0 the limit 0 for b >= 0 */
    ssi_tensor *flat = (ssi_logical_and)((ssi_equal)(a, ssi_number(0)), (ssi_greater_equal)(b, ssi_number(0)));
    return (ssi_mul)(g->dy,
                     (ssi_where)(flat, ssi_number(0), (ssi_mul)(g->y, (ssi_log)((ssi_where)(flat, ssi_number(1), a)))));
}

const ssi_op ssi_op_pow = {.name = "pow",
                           .kind = SSI_KIND_MAP,
                           .code = SSI_MAP_POW,
                           .signature = "a,b -> y",
                           .doc = "a to the power b",
                           .numpy = "np.power(a, b)",
                           .torch = "torch.pow(a, b)",
                           .onnx = "Pow",
                           .map_f64 = pow_f64,
                           .map_i64 = pow_i64,
                           .gradient = pow_gradient,
                           .ulp = 2,
                           .samples = (const char *const[]){
                               "a=uniform(0.5,3)[3,4] b=uniform(-2,2)[3,4]",
                               "a=uniform(0.5,3)[4,3].T b=uniform(-2,2)[4]", "a=uniform(0.5,3)[3,1] b=uniform(-2,2)[4]",
                               "a=empty[0,4] b=uniform(-2,2)[4]", "a=uniform(0.5,3)[] b=uniform(-2,2)[]", NULL}};

ssi_tensor *(ssi_pow)(ssi_tensor *a, ssi_tensor *b)
{
    return ssi_binary(&ssi_op_pow, SSI_NUMERIC, a, b);
}

/* maximum: the larger; NaN if either is */
static double maximum_f64(double a, double b, double c)
{
    (void)c;
    return isnan(a) || isnan(b) ? NAN : a > b ? a : b;
}

static int64_t maximum_i64(int64_t a, int64_t b, int64_t c)
{
    (void)c;
    return a > b ? a : b;
}

static ssi_tensor *maximum_gradient(const ssi_vjp *g)
{
    ssi_tensor *mine = g->x[g->which], *other = g->x[1 - g->which];
    ssi_tensor *half = (ssi_mul)(g->dy, ssi_number(0.5)); /* a tie is shared */
    ssi_tensor *rest = (ssi_where)((ssi_greater)(mine, other), g->dy, (ssi_mul)(g->dy, ssi_number(0)));
    return (ssi_where)((ssi_equal)(mine, other), half, rest);
}

const ssi_op ssi_op_maximum = {.name = "maximum",
                               .kind = SSI_KIND_MAP,
                               .code = SSI_MAP_MAX,
                               .signature = "a,b -> y",
                               .doc = "the larger; NaN if either is",
                               .numpy = "np.maximum(a, b)",
                               .torch = "torch.maximum(a, b)",
                               .onnx = "Max",
                               .map_f64 = maximum_f64,
                               .map_i64 = maximum_i64,
                               .gradient = maximum_gradient,
                               .samples = (const char *const[]){"a=uniform(-2,2)[3,4] b=uniform(-2,2)[3,4]",
                                                                "a=uniform(-2,2)[4,3].T b=uniform(-2,2)[4]",
                                                                "a=uniform(-2,2)[3,1] b=uniform(-2,2)[4]",
                                                                "a=empty[0,4] b=uniform(-2,2)[4]",
                                                                "a=uniform(-2,2)[] b=uniform(-2,2)[]", NULL}};

ssi_tensor *(ssi_maximum)(ssi_tensor *a, ssi_tensor *b)
{
    return ssi_binary(&ssi_op_maximum, SSI_ANY, a, b);
}

/* minimum: the smaller; NaN if either is */
static double minimum_f64(double a, double b, double c)
{
    (void)c;
    return isnan(a) || isnan(b) ? NAN : a < b ? a : b;
}

static int64_t minimum_i64(int64_t a, int64_t b, int64_t c)
{
    (void)c;
    return a < b ? a : b;
}

static ssi_tensor *minimum_gradient(const ssi_vjp *g)
{
    ssi_tensor *mine = g->x[g->which], *other = g->x[1 - g->which];
    ssi_tensor *half = (ssi_mul)(g->dy, ssi_number(0.5)); /* a tie is shared */
    ssi_tensor *rest = (ssi_where)((ssi_less)(mine, other), g->dy, (ssi_mul)(g->dy, ssi_number(0)));
    return (ssi_where)((ssi_equal)(mine, other), half, rest);
}

const ssi_op ssi_op_minimum = {.name = "minimum",
                               .kind = SSI_KIND_MAP,
                               .code = SSI_MAP_MIN,
                               .signature = "a,b -> y",
                               .doc = "the smaller; NaN if either is",
                               .numpy = "np.minimum(a, b)",
                               .torch = "torch.minimum(a, b)",
                               .onnx = "Min",
                               .map_f64 = minimum_f64,
                               .map_i64 = minimum_i64,
                               .gradient = minimum_gradient,
                               .samples = (const char *const[]){"a=uniform(-2,2)[3,4] b=uniform(-2,2)[3,4]",
                                                                "a=uniform(-2,2)[4,3].T b=uniform(-2,2)[4]",
                                                                "a=uniform(-2,2)[3,1] b=uniform(-2,2)[4]",
                                                                "a=empty[0,4] b=uniform(-2,2)[4]",
                                                                "a=uniform(-2,2)[] b=uniform(-2,2)[]", NULL}};

ssi_tensor *(ssi_minimum)(ssi_tensor *a, ssi_tensor *b)
{
    return ssi_binary(&ssi_op_minimum, SSI_ANY, a, b);
}

/* neg: -x */
static double neg_f64(double a, double b, double c)
{
    (void)b, (void)c;
    return -a;
}

static int64_t neg_i64(int64_t a, int64_t b, int64_t c)
{
    (void)b, (void)c;
    return (int64_t)(0 - (uint64_t)a);
}

static ssi_tensor *neg_gradient(const ssi_vjp *g)
{
    return (ssi_neg)(g->dy);
}

const ssi_op ssi_op_neg = {.name = "neg",
                           .kind = SSI_KIND_MAP,
                           .code = SSI_MAP_NEG,
                           .signature = "x -> y",
                           .doc = "-x",
                           .numpy = "np.negative(x)",
                           .torch = "torch.neg(x)",
                           .onnx = "Neg",
                           .map_f64 = neg_f64,
                           .map_i64 = neg_i64,
                           .gradient = neg_gradient,
                           .samples = (const char *const[]){"x=uniform(-2,2)[3,4]", "x=uniform(-1,1)[4,3].T",
                                                            "x=empty[0,4]", "x=uniform(-2,2)[]", NULL}};

ssi_tensor *(ssi_neg)(ssi_tensor *x)
{
    return ssi_unary(&ssi_op_neg, SSI_NUMERIC, x);
}

/* abs: the distance from 0; slope 0 at 0 */
static double abs_f64(double a, double b, double c)
{
    (void)b, (void)c;
    return fabs(a);
}

static int64_t abs_i64(int64_t a, int64_t b, int64_t c)
{
    (void)b, (void)c;
    return a < 0 ? (int64_t)(0 - (uint64_t)a) : a;
}

static ssi_tensor *abs_gradient(const ssi_vjp *g)
{
    return (ssi_mul)(g->dy, (ssi_sign)(g->x[0]));
}

const ssi_op ssi_op_abs = {.name = "abs",
                           .kind = SSI_KIND_MAP,
                           .code = SSI_MAP_ABS,
                           .signature = "x -> y",
                           .doc = "the distance from 0; slope 0 at 0",
                           .numpy = "np.abs(x)",
                           .torch = "torch.abs(x)",
                           .onnx = "Abs",
                           .map_f64 = abs_f64,
                           .map_i64 = abs_i64,
                           .gradient = abs_gradient,
                           .samples = (const char *const[]){"x=uniform(-2,2)[3,4]", "x=uniform(-1,1)[4,3].T",
                                                            "x=empty[0,4]", "x=uniform(-2,2)[]", NULL}};

ssi_tensor *(ssi_abs)(ssi_tensor *x)
{
    return ssi_unary(&ssi_op_abs, SSI_ANY, x);
}

/* sign: -1, 0 or 1; NaN stays */
static double sign_f64(double a, double b, double c)
{
    (void)b, (void)c;
    return isnan(a) ? a : (a > 0) - (a < 0);
}

static int64_t sign_i64(int64_t a, int64_t b, int64_t c)
{
    (void)b, (void)c;
    return (a > 0) - (a < 0);
}

const ssi_op ssi_op_sign = {.name = "sign",
                            .kind = SSI_KIND_MAP,
                            .code = SSI_MAP_SIGN,
                            .signature = "x -> y",
                            .doc = "-1, 0 or 1; NaN stays",
                            .numpy = "np.sign(x)",
                            .torch = "torch.sign(x)",
                            .onnx = "Sign",
                            .map_f64 = sign_f64,
                            .map_i64 = sign_i64,
                            .no_gradient = "piecewise constant",
                            .samples = (const char *const[]){"x=uniform(-2,2)[3,4]", "x=uniform(-1,1)[4,3].T",
                                                             "x=empty[0,4]", "x=uniform(-2,2)[]", NULL}};

ssi_tensor *(ssi_sign)(ssi_tensor *x)
{
    return ssi_unary(&ssi_op_sign, SSI_NUMERIC, x);
}

/* floor: the largest whole number not above x */
static double floor_f64(double a, double b, double c)
{
    (void)b, (void)c;
    return floor(a);
}

static int64_t floor_i64(int64_t a, int64_t b, int64_t c)
{
    (void)b, (void)c;
    return a;
}

const ssi_op ssi_op_floor = {.name = "floor",
                             .kind = SSI_KIND_MAP,
                             .code = SSI_MAP_FLOOR,
                             .signature = "x -> y",
                             .doc = "the largest whole number not above x",
                             .numpy = "np.floor(x)",
                             .torch = "torch.floor(x)",
                             .onnx = "Floor",
                             .map_f64 = floor_f64,
                             .map_i64 = floor_i64,
                             .no_gradient = "piecewise constant",
                             .samples = (const char *const[]){"x=uniform(-2,2)[3,4]", "x=uniform(-1,1)[4,3].T",
                                                              "x=empty[0,4]", "x=uniform(-2,2)[]", NULL}};

ssi_tensor *(ssi_floor)(ssi_tensor *x)
{
    if (x && !ssi_is_float((ssi_dtype)x->dtype))
        return x;
    return ssi_unary(&ssi_op_floor, SSI_ANY, x);
}

/* relu: max(x, 0); slope 0 at 0, NaN stays */
static double relu_f64(double a, double b, double c)
{
    (void)b, (void)c;
    return a < 0 ? 0 : a;
}

static int64_t relu_i64(int64_t a, int64_t b, int64_t c)
{
    (void)b, (void)c;
    return a < 0 ? 0 : a;
}

static ssi_tensor *relu_gradient(const ssi_vjp *g)
{
    return (ssi_where)((ssi_greater)(g->x[0], ssi_number(0)), g->dy, ssi_number(0));
}

const ssi_op ssi_op_relu = {.name = "relu",
                            .kind = SSI_KIND_MAP,
                            .code = SSI_MAP_RELU,
                            .signature = "x:float -> y",
                            .doc = "max(x, 0); slope 0 at 0, NaN stays",
                            .numpy = "np.maximum(x, 0)",
                            .torch = "torch.relu(x)",
                            .onnx = "Relu",
                            .map_f64 = relu_f64,
                            .map_i64 = relu_i64,
                            .gradient = relu_gradient,
                            .samples = (const char *const[]){"x=uniform(-2,2)[3,4]", "x=uniform(-1,1)[4,3].T",
                                                             "x=empty[0,4]", "x=uniform(-2,2)[]", NULL}};

ssi_tensor *(ssi_relu)(ssi_tensor *x)
{
    return x && ssi_is_float((ssi_dtype)x->dtype) ? ssi_unary(&ssi_op_relu, SSI_ANY, x)
                                                  : (ssi_maximum)(x, ssi_number_int(0));
}
