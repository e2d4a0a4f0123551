/*
 * dispatch.c - which instruction set's back end to use. What the machine can run is asked once; afterwards a choice costs one load.
 *
 * On x86-64 all sets are built in and the processor decides; elsewhere the one set that the compiler was told to build for is.
 */
#include <stdatomic.h>
#include <string.h>

#include "cpu/isa.h"
#include "run/backend.h"

#if defined(__x86_64__) && !defined(SSI_CORE)

extern const ssi_backend ssi_backend_avx512, ssi_backend_avx2, ssi_backend_portable;

static bool has_avx2(void) /* F16C, for which clang has no name, is older than AVX2 */
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

static bool has_avx512(void)
{
    return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
}

const ssi_backend *const *ssi_backends(void)
{
    static const ssi_backend *const best_first[] = {&ssi_backend_avx512, &ssi_backend_avx2, &ssi_backend_portable,
                                                    NULL};
    __builtin_cpu_init();
    return best_first + (has_avx512() ? 0 : has_avx2() ? 1 : 2);
}

#else

extern const ssi_backend SSI_ISA_NAME(ssi_backend);

const ssi_backend *const *ssi_backends(void)
{
    static const ssi_backend *const only[] = {&SSI_ISA_NAME(ssi_backend), NULL};
    return only;
}

#endif

/* The one of `backends` that SSI_CPU names, else, which is said, the first. */
__attribute__((noinline)) static const ssi_backend *chosen(const ssi_backend *const *backends)
{
    const char *name = ssi_getenv("SSI_CPU");
    if (name == NULL || *name == '\0')
        return backends[0];
    char all[64] = "";
    for (int i = 0; backends[i] != NULL; i++) {
        if (strcmp(backends[i]->name, name) == 0)
            return backends[i];
        size_t used = strlen(all);
        snprintf(all + used, sizeof all - used, "%s%s", i ? ", " : "", backends[i]->name);
    }
    ssi_say("ssi: SSI_CPU is \"%s\", which this machine does not have (%s); %s is used\n", name, all,
            backends[0]->name);
    return backends[0];
}

const ssi_backend *ssi_backend_cpu(void)
{
    static _Atomic(const ssi_backend *) choice;
    const ssi_backend *backend = atomic_load_explicit(&choice, memory_order_relaxed);
    if (backend == NULL) { /* two threads may both choose: they choose the same */
        backend = chosen(ssi_backends());
        atomic_store_explicit(&choice, backend, memory_order_relaxed);
    }
    return backend;
}
