/*
 * denormal.c - numbers too small to be normal: kept as they are, or taken and given as 0. Where most of a picture is black, moments of gradients
 * decay into them step by step, and many processors are slow to compute with them.
 *
 * The processor has a control word for it in each thread. While a run computes, it says what ssi_set_flush_denormals said, whatever the host's other
 * code has set; the pool's threads follow the caller's word, task by task (thread.c).
 */
#include "base/base.h"

static _Thread_local bool flushes;

int ssi_set_flush_denormals(int on)
{
    int before = flushes;
    flushes = on != 0;
    return before;
}

#if defined(__x86_64__)

enum { FLUSH = 0x8040 }; /* of MXCSR: results to 0, operands as 0 */

uint32_t ssi_float_control(void)
{
    return __builtin_ia32_stmxcsr();
}

void ssi_set_float_control(uint32_t control)
{
    __builtin_ia32_ldmxcsr(control);
}

#elif defined(__aarch64__)

enum { FLUSH = 1 << 24 }; /* of FPCR */

uint32_t ssi_float_control(void)
{
    uint64_t control;
    __asm__ volatile("mrs %0, fpcr" : "=r"(control));
    return (uint32_t)control;
}

void ssi_set_float_control(uint32_t control)
{
    __asm__ volatile("msr fpcr, %0" : : "r"((uint64_t)control));
}

#else /* WebAssembly and others know no other way than to keep them */

enum { FLUSH = 0 };

uint32_t ssi_float_control(void)
{
    return 0;
}

void ssi_set_float_control(uint32_t control)
{
    (void)control;
}

#endif

uint32_t ssi_wanted_control(uint32_t host)
{
    return flushes ? host | FLUSH : host & ~(uint32_t)FLUSH;
}
