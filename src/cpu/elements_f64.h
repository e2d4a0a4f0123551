/*
 * elements_f64.h - functions of one double. Each is within 2.5 ulp of the truth, denormals included; tests/cpu/test_vector_accuracy.c measures them all.
 */
#ifndef SSI_SRC_ELEMENTS_F64_H
#define SSI_SRC_ELEMENTS_F64_H

#include "cpu/elements_angle_f64.h"
#include "cpu/elements_exp_f64.h"
#include "cpu/elements_log_f64.h"

#endif
