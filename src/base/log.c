/*
 * log.c - messages for people, to the handler that the host has set; without one nothing is written.
 */
#include <stdarg.h>
#include <stdatomic.h>

#include "base/base.h"

enum { USUAL = 1024 }; /* longer texts are allocated */

static _Atomic(ssi_log_handler *) handler;
static _Atomic(void *) handler_context;

void ssi_set_log(ssi_log_handler *new_handler, void *context)
{
    atomic_store(&handler, NULL);
    atomic_store(&handler_context, context);
    atomic_store(&handler, new_handler);
}

void ssi_log_to_stderr(const char *text, void *context)
{
    (void)context;
    fputs(text, stderr);
}

bool ssi_saying(void)
{
    return atomic_load_explicit(&handler, memory_order_relaxed) != NULL;
}

void ssi_say(const char *format, ...)
{
    ssi_log_handler *say = atomic_load(&handler);
    if (!say)
        return;
    char usual[USUAL], *text = usual;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(usual, sizeof usual, format, arguments);
    va_end(arguments);
    if (length < 0)
        return;
    if (length >= USUAL && (text = ssi_alloc((size_t)length + 1))) {
        va_start(arguments, format);
        vsnprintf(text, (size_t)length + 1, format, arguments);
        va_end(arguments);
    }
    say(text ? text : usual, atomic_load(&handler_context)); /* cut rather than silent when memory ran out */
    if (text != usual)
        ssi_free(text);
}
