/*
 * float.c - functions of real numbers.
 */
#include "ops/build.h"

#include <math.h>

/* exp: e to the power x */
static double exp_f64(double a, double b, double c)
{
    (void)b, (void)c;
    return exp(a);
}

static ssi_tensor *exp_gradient(const ssi_vjp *g)
{
    return (ssi_mul)(g->dy, g->y);
}

const ssi_op ssi_op_exp = {.name = "exp",
                           .kind = SSI_KIND_MAP,
                           .code = SSI_MAP_EXP,
                           .signature = "x:float -> y",
                           .doc = "e to the power x",
                           .numpy = "np.exp(x)",
                           .torch = "torch.exp(x)",
                           .onnx = "Exp",
                           .map_f64 = exp_f64,
                           .gradient = exp_gradient,
                           .ulp = 2,
                           .samples = (const char *const[]){"x=uniform(-2,2)[3,4]", "x=uniform(-1,1)[4,3].T",
                                                            "x=empty[0,4]", "x=uniform(-2,2)[]", NULL}};

ssi_tensor *(ssi_exp)(ssi_tensor *x)
{
    return ssi_unary(&ssi_op_exp, SSI_REAL, x);
}

/* log: the natural logarithm */
static double log_f64(double a, double b, double c)
{
    (void)b, (void)c;
    return log(a);
}

static ssi_tensor *log_gradient(const ssi_vjp *g)
{
    return (ssi_div)(g->dy, g->x[0]);
}

const ssi_op ssi_op_log = {.name = "log",
                           .kind = SSI_KIND_MAP,
                           .code = SSI_MAP_LOG,
                           .signature = "x:float -> y",
                           .doc = "the natural logarithm",
                           .numpy = "np.log(x)",
                           .torch = "torch.log(x)",
                           .onnx = "Log",
                           .map_f64 = log_f64,
                           .gradient = log_gradient,
                           .ulp = 2,
                           .samples = (const char *const[]){"x=uniform(0.5,3)[3,4]", "x=uniform(0.5,3)[4,3].T",
                                                            "x=empty[0,4]", "x=uniform(0.5,3)[]", NULL}};

ssi_tensor *(ssi_log)(ssi_tensor *x)
{
    return ssi_unary(&ssi_op_log, SSI_REAL, x);
}

/* sqrt: the square root */
static double sqrt_f64(double a, double b, double c)
{
    (void)b, (void)c;
    return sqrt(a);
}

static ssi_tensor *sqrt_gradient(const ssi_vjp *g)
{
    return (ssi_div)((ssi_mul)(g->dy, ssi_number(0.5)), g->y);
}

const ssi_op ssi_op_sqrt = {.name = "sqrt",
                            .kind = SSI_KIND_MAP,
                            .code = SSI_MAP_SQRT,
                            .signature = "x:float -> y",
                            .doc = "the square root",
                            .numpy = "np.sqrt(x)",
                            .torch = "torch.sqrt(x)",
                            .onnx = "Sqrt",
                            .map_f64 = sqrt_f64,
                            .gradient = sqrt_gradient,
                            .samples = (const char *const[]){"x=uniform(0.5,3)[3,4]", "x=uniform(0.5,3)[4,3].T",
                                                             "x=empty[0,4]", "x=uniform(0.5,3)[]", NULL}};

ssi_tensor *(ssi_sqrt)(ssi_tensor *x)
{
    return ssi_unary(&ssi_op_sqrt, SSI_REAL, x);
}

/* sin: the sine, x in radians */
static double sin_f64(double a, double b, double c)
{
    (void)b, (void)c;
    return sin(a);
}

static ssi_tensor *sin_gradient(const ssi_vjp *g)
{
    return (ssi_mul)(g->dy, (ssi_cos)(g->x[0]));
}

const ssi_op ssi_op_sin = {.name = "sin",
                           .kind = SSI_KIND_MAP,
                           .code = SSI_MAP_SIN,
                           .signature = "x:float -> y",
                           .doc = "the sine, x in radians",
                           .numpy = "np.sin(x)",
                           .torch = "torch.sin(x)",
                           .onnx = "Sin",
                           .map_f64 = sin_f64,
                           .gradient = sin_gradient,
                           .ulp = 2,
                           .samples = (const char *const[]){"x=uniform(-2,2)[3,4]", "x=uniform(-1,1)[4,3].T",
                                                            "x=empty[0,4]", "x=uniform(-2,2)[]", NULL}};

ssi_tensor *(ssi_sin)(ssi_tensor *x)
{
    return ssi_unary(&ssi_op_sin, SSI_REAL, x);
}

/* cos: the cosine, x in radians */
static double cos_f64(double a, double b, double c)
{
    (void)b, (void)c;
    return cos(a);
}

static ssi_tensor *cos_gradient(const ssi_vjp *g)
{
    return (ssi_neg)((ssi_mul)(g->dy, (ssi_sin)(g->x[0])));
}

const ssi_op ssi_op_cos = {.name = "cos",
                           .kind = SSI_KIND_MAP,
                           .code = SSI_MAP_COS,
                           .signature = "x:float -> y",
                           .doc = "the cosine, x in radians",
                           .numpy = "np.cos(x)",
                           .torch = "torch.cos(x)",
                           .onnx = "Cos",
                           .map_f64 = cos_f64,
                           .gradient = cos_gradient,
                           .ulp = 2,
                           .samples = (const char *const[]){"x=uniform(-2,2)[3,4]", "x=uniform(-1,1)[4,3].T",
                                                            "x=empty[0,4]", "x=uniform(-2,2)[]", NULL}};

ssi_tensor *(ssi_cos)(ssi_tensor *x)
{
    return ssi_unary(&ssi_op_cos, SSI_REAL, x);
}

/* tanh: (e^x - e^-x)/(e^x + e^-x) */
static double tanh_f64(double a, double b, double c)
{
    (void)b, (void)c;
    return tanh(a);
}

static ssi_tensor *tanh_gradient(const ssi_vjp *g)
{
    return (ssi_mul)(g->dy, (ssi_sub)(ssi_number(1), (ssi_mul)(g->y, g->y)));
}

const ssi_op ssi_op_tanh = {.name = "tanh",
                            .kind = SSI_KIND_MAP,
                            .code = SSI_MAP_TANH,
                            .signature = "x:float -> y",
                            .doc = "(e^x - e^-x)/(e^x + e^-x)",
                            .numpy = "np.tanh(x)",
                            .torch = "torch.tanh(x)",
                            .onnx = "Tanh",
                            .map_f64 = tanh_f64,
                            .gradient = tanh_gradient,
                            .ulp = 2,
                            .samples = (const char *const[]){"x=uniform(-2,2)[3,4]", "x=uniform(-1,1)[4,3].T",
                                                             "x=empty[0,4]", "x=uniform(-2,2)[]", NULL}};

ssi_tensor *(ssi_tanh)(ssi_tensor *x)
{
    return ssi_unary(&ssi_op_tanh, SSI_REAL, x);
}

/* erf: the error function */
static double erf_f64(double a, double b, double c)
{
    (void)b, (void)c;
    return erf(a);
}

static ssi_tensor *erf_gradient(const ssi_vjp *g)
{
    ssi_tensor *bell = (ssi_exp)((ssi_neg)((ssi_mul)(g->x[0], g->x[0])));
    return (ssi_mul)(g->dy, (ssi_mul)(bell, ssi_number(1.1283791670955126))); /* 2/sqrt(pi) */
}

const ssi_op ssi_op_erf = {.name = "erf",
                           .kind = SSI_KIND_MAP,
                           .code = SSI_MAP_ERF,
                           .signature = "x:float -> y",
                           .doc = "the error function",
                           .numpy = "scipy.special.erf(x)",
                           .torch = "torch.erf(x)",
                           .onnx = "Erf",
                           .map_f64 = erf_f64,
                           .gradient = erf_gradient,
                           .ulp = 2,
                           .samples = (const char *const[]){"x=uniform(-2,2)[3,4]", "x=uniform(-1,1)[4,3].T",
                                                            "x=empty[0,4]", "x=uniform(-2,2)[]", NULL}};

ssi_tensor *(ssi_erf)(ssi_tensor *x)
{
    return ssi_unary(&ssi_op_erf, SSI_REAL, x);
}

/* sigmoid: 1/(1 + e^-x) */
static double sigmoid_f64(double a, double b, double c)
{
    (void)b, (void)c;
    return 1 / (1 + exp(-a));
}

static ssi_tensor *sigmoid_gradient(const ssi_vjp *g)
{
    return (ssi_mul)(g->dy, (ssi_mul)(g->y, (ssi_sub)(ssi_number(1), g->y)));
}

const ssi_op ssi_op_sigmoid = {.name = "sigmoid",
                               .kind = SSI_KIND_MAP,
                               .code = SSI_MAP_SIGMOID,
                               .signature = "x:float -> y",
                               .doc = "1/(1 + e^-x)",
                               .numpy = "1/(1 + np.exp(-x))",
                               .torch = "torch.sigmoid(x)",
                               .onnx = "Sigmoid",
                               .map_f64 = sigmoid_f64,
                               .gradient = sigmoid_gradient,
                               .ulp = 2,
                               .samples = (const char *const[]){"x=uniform(-2,2)[3,4]", "x=uniform(-1,1)[4,3].T",
                                                                "x=empty[0,4]", "x=uniform(-2,2)[]", NULL}};

ssi_tensor *(ssi_sigmoid)(ssi_tensor *x)
{
    return ssi_unary(&ssi_op_sigmoid, SSI_REAL, x);
}
