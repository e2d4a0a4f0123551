/*
 * lapack.c - LAPACK, opened when it is first needed, so that programs which need it not start without it.
 */
#include "ops/lapack.h"

#ifdef SSI_HAVE_LAPACK

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

static ssi_lapack f32_routines, f64_routines;
static bool opened;

/* Each routine by its name behind the dtype's letter, and where it belongs. */
#define ROUTINE(name)                                                                                                  \
    {                                                                                                                  \
#name, offsetof(ssi_lapack, name)                                                                              \
    }
static const struct {
    const char *name;
    size_t place;
} routines[] = {ROUTINE(getrf), ROUTINE(gesv),  ROUTINE(potrf), ROUTINE(geqrf),
                ROUTINE(orgqr), ROUTINE(gesdd), ROUTINE(syevd), ROUTINE(gelsd)};

static bool find_routines(void *library, char letter, ssi_lapack *table)
{
    for (size_t i = 0; i < sizeof routines / sizeof *routines; i++) {
        char symbol[16];
        snprintf(symbol, sizeof symbol, "%c%s_", letter, routines[i].name);
        void *routine = dlsym(library, symbol);
        if (!routine)
            return false;
        memcpy((char *)table + routines[i].place, &routine, sizeof routine); /* C has no cast from data to function */
    }
    return true;
}

/* The library stays open: it may have threads of its own. */
static void open_library(void)
{
    void *library = dlopen(SSI_LAPACK_PATH, RTLD_NOW | RTLD_LOCAL);
    opened = library && find_routines(library, 's', &f32_routines) && find_routines(library, 'd', &f64_routines);
}

const ssi_lapack *ssi_lapack_for(const char *operation, ssi_dtype dtype)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, open_library);
    if (!opened)
        return SSI_FAIL_NULL(SSI_UNSUPPORTED, operation, "LAPACK cannot be opened: %s\ninstall liblapack3",
                             SSI_LAPACK_PATH);
    return dtype == SSI_F32 ? &f32_routines : &f64_routines;
}

#else

const ssi_lapack *ssi_lapack_for(const char *operation, ssi_dtype dtype)
{
    (void)dtype;
    return SSI_FAIL_NULL(SSI_UNSUPPORTED, operation,
                         "this build has no LAPACK\ninstall liblapack-dev and build again with -DSSI_LAPACK=ON");
}

#endif
