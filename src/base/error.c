/*
 * error.c - the first error of a thread, kept until someone takes it.
 *
 * A chain of calls fails because of its first failure; whatever follows is an echo. So later errors are dropped, and nothing here
 * allocates: running out of memory must be reportable.
 */
#include <stdarg.h>
#include <string.h>

#include "base/base.h"

static _Thread_local ssi_error first;    /* code SSI_OK: none */
static _Thread_local const char *called; /* the outermost that says SSI_CALLED; NULL: none */

/* ---- whose error it is ---- */

const char *ssi_enter_function(const char *name)
{
    const char *outer = called;
    if (!outer)
        called = name;
    return outer;
}

void ssi_leave_function(const char **outer)
{
    called = *outer;
}

const char *ssi_called(void)
{
    return called;
}

const char *ssi_set_called(const char *name)
{
    const char *before = called;
    called = name;
    return before;
}

/* The length of what users write, from *name on: mean of ssi_mean_axes, which the macro ssi_mean calls. */
static size_t written_length(const char **name)
{
    static const char prefix[] = "ssi_", suffix[] = "_axes";
    *name += strncmp(*name, prefix, sizeof prefix - 1) ? 0 : sizeof prefix - 1;
    size_t length = strlen(*name), end = sizeof suffix - 1;
    return length > end && !strcmp(*name + length - end, suffix) ? length - end : length;
}

/* ---- the error ---- */

/* Copies at most `room` - 1 bytes, never half a UTF-8 character. */
static void copy_cut(char *to, size_t room, const char *from, size_t length)
{
    if (length >= room) {
        length = room - 1;
        while (length && ((unsigned char)from[length] & 0xC0) == 0x80)
            length--;
    }
    memcpy(to, from, length);
    to[length] = '\0';
}

int ssi_fail(ssi_status code, const char *operation, const char *format, ...)
{
    if (first.code != SSI_OK)
        return code;
    char text[sizeof first.message + sizeof first.hint];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length < 0)
        text[0] = '\0';
    size_t message = strcspn(text, "\n");
    const char *hint = text[message] ? text + message + 1 : "";
    const char *name = called ? called : operation;
    size_t written = called ? written_length(&name) : strlen(name);
    copy_cut(first.operation, sizeof first.operation, name, written);
    copy_cut(first.message, sizeof first.message, text, message);
    copy_cut(first.hint, sizeof first.hint, hint, strlen(hint));
    first.file = NULL;
    first.line = 0;
    first.code = code;
    return code;
}

bool ssi_failed(void)
{
    return first.code != SSI_OK;
}

void ssi_error_locate(const char *file, int line)
{
    if (first.code != SSI_OK && !first.file) {
        first.file = file;
        first.line = line;
    }
}

const ssi_error *ssi_error_peek(void)
{
    return first.code != SSI_OK ? &first : NULL;
}

int ssi_error_take(ssi_error *out)
{
    if (first.code == SSI_OK)
        return 0;
    if (out)
        *out = first;
    first.code = SSI_OK;
    return 1;
}

int ssi_report(void)
{
    ssi_error error;
    if (!ssi_error_take(&error))
        return 0;
    char place[256] = "";
    if (error.file)
        snprintf(place, sizeof place, " (%s:%d)", error.file, error.line);
    fprintf(stderr, "%s: %s%s%s%s\n", error.operation, error.message, *error.hint ? "; " : "", error.hint, place);
    return 1;
}
