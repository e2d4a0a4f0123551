/*
 * pthread.h - POSIX threads where nothing can run beside the caller: WebAssembly without threads, whose C library comes without this header.
 *
 * A lock is always free, no thread can be started (ssi's pool then runs every task on the caller), and nothing forks. Only what ssi uses is here.
 */
#ifndef SSI_WASM_PTHREAD_H
#define SSI_WASM_PTHREAD_H

#include <errno.h>

#define NOTHING static inline __attribute__((unused)) int

typedef char pthread_t, pthread_mutex_t, pthread_cond_t, pthread_once_t, pthread_attr_t;
typedef const void *pthread_key_t;
#define PTHREAD_MUTEX_INITIALIZER 0
#define PTHREAD_COND_INITIALIZER  0
#define PTHREAD_ONCE_INIT         0

/* clang-format off */
NOTHING pthread_mutex_init(pthread_mutex_t *m, const void *attributes) { (void)m, (void)attributes; return 0; }
NOTHING pthread_mutex_lock(pthread_mutex_t *m) { (void)m; return 0; }
NOTHING pthread_mutex_trylock(pthread_mutex_t *m) { (void)m; return 0; }
NOTHING pthread_mutex_unlock(pthread_mutex_t *m) { (void)m; return 0; }
NOTHING pthread_cond_init(pthread_cond_t *c, const void *attributes) { (void)c, (void)attributes; return 0; }
NOTHING pthread_cond_signal(pthread_cond_t *c) { (void)c; return 0; }
NOTHING pthread_cond_broadcast(pthread_cond_t *c) { (void)c; return 0; }
NOTHING pthread_atfork(void (*before)(void), void (*parent)(void), void (*child)(void)) { (void)before, (void)parent, (void)child; return 0; }

/* Nor are there signals to mask. */
typedef unsigned char sigset_t;
enum { SIG_SETMASK };
NOTHING sigfillset(sigset_t *set) { *set = 0; return 0; }
NOTHING pthread_sigmask(int how, const sigset_t *set, sigset_t *before) { (void)how, (void)set, (void)before; return 0; }
/* clang-format on */

/* Who would wake the waiting one? */
NOTHING pthread_cond_wait(pthread_cond_t *c, pthread_mutex_t *m)
{
    (void)c, (void)m;
    __builtin_trap();
}

NOTHING pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*work)(void *), void *argument)
{
    (void)thread, (void)attributes, (void)work, (void)argument;
    return EAGAIN;
}

NOTHING pthread_join(pthread_t thread, void **result)
{
    (void)thread, (void)result;
    return ESRCH;
}

/* The one thread's end is the program's, where keys' destructors are not called. */
NOTHING pthread_key_create(pthread_key_t *key, void (*destructor)(void *))
{
    (void)destructor;
    *key = key;
    return 0;
}

NOTHING pthread_setspecific(pthread_key_t key, const void *value)
{
    (void)key, (void)value;
    return 0;
}

NOTHING pthread_once(pthread_once_t *once, void (*work)(void))
{
    if (!*once)
        work();
    *once = 1;
    return 0;
}

#undef NOTHING
#endif
