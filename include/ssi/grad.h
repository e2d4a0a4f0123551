/*
 * ssi/grad.h - gradients of any expression, as expressions: they are written in the same primitives, so they fuse, and differentiate again.
 *
 *     ssi_tensor *x = ssi_array(((double[]){1, 2, 3}), 3);
 *     ssi_tensor *y = ssi_sum(ssi_mul(ssi_mul(x, x), x));
 *     ssi_print(ssi_grad(y, x));                        // expect: [ 3. 12. 27.]
 */
#ifndef SSI_GRAD_H
#define SSI_GRAD_H

#include "ssi/tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The gradient of `loss` (one float element) by w, of w's shape and dtype. Reverse mode. SSI_INVALID when the loss does not depend on w, or only
 * through operations without a gradient. torch.autograd.grad */
SSI_API ssi_tensor *ssi_grad(ssi_tensor *loss, ssi_tensor *w);

/* Several at once, in one walk: gradient[i] by parameter[i]. Returns 0 or a negative ssi_status (then all are NULL). */
SSI_API int ssi_gradients(ssi_tensor *loss, int count, ssi_tensor *const *parameter, ssi_tensor **gradient);

/* The same for a y of any shape, weighted by `dy` (y's shape): the vector-Jacobian product. */
SSI_API int ssi_gradients_from(ssi_tensor *y, ssi_tensor *dy, int count, ssi_tensor *const *parameter,
                               ssi_tensor **gradient);

/* A function of one tensor, for the two below; `context` is passed through. */
typedef ssi_tensor *ssi_function(ssi_tensor *x, void *context);

/* The gradient of sum(f(x)) by finite differences of f at x - 2h, x - h, x + h, x + 2h, for each element of x in turn; f64. x should be f64; h
 * 0 means 1e-3. Slow: four evaluations an element. f must not depend on anything but x. */
SSI_API ssi_tensor *ssi_numerical_gradient(ssi_function *f, ssi_tensor *x, double h, void *context);

/* How far the gradient of f's elements, each weighted otherwise, is from the numerical one: the largest difference, relative to the largest
 * element of both. NaN on failure. Below 1e-8 is good in f64, where f is smooth. torch.autograd.gradcheck */
SSI_API double ssi_gradient_check(ssi_function *f, ssi_tensor *x, double h, void *context);

#ifndef __cplusplus
#define ssi_grad(loss, w) SSI_AT((ssi_grad)((loss), (w)))
#endif

#ifdef __cplusplus
}
#endif
#endif
