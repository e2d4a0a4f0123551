/*
 * system.c - the library as a whole: its version, its environment, its end.
 */
#if defined(__linux__)
#define _GNU_SOURCE 1 /* secure_getenv */
#endif
#include <pthread.h>
#include <stdlib.h>

#include "base/inside.h"

enum { HOOKS = 8 };

static struct {
    pthread_mutex_t lock;
    void (*hook[HOOKS])(void);
    int hooks;
} at_shutdown = {.lock = PTHREAD_MUTEX_INITIALIZER};

const char *ssi_version(void)
{
    return SSI_VERSION;
}

const char *ssi_getenv(const char *name)
{
#if defined(__linux__)
    return secure_getenv(name);
#else
    return getenv(name);
#endif
}

void ssi_at_shutdown(void (*hook)(void))
{
    pthread_mutex_lock(&at_shutdown.lock);
    int i = 0;
    while (i < at_shutdown.hooks && at_shutdown.hook[i] != hook)
        i++;
    if (i == at_shutdown.hooks && i < HOOKS)
        at_shutdown.hook[at_shutdown.hooks++] = hook;
    pthread_mutex_unlock(&at_shutdown.lock);
}

void ssi_shutdown(void)
{
    ssi_threads_stop();
    pthread_mutex_lock(&at_shutdown.lock);
    int hooks = at_shutdown.hooks;
    pthread_mutex_unlock(&at_shutdown.lock);
    while (hooks > 0) /* the highest room first: it may hold what lower ones manage */
        at_shutdown.hook[--hooks]();
    ssi_buffer_trim();
}
