/*
 * poison.h - tells AddressSanitizer which of our own memory nobody may touch now, so that a use after release is reported
 * although the memory never went back to the system. Nothing without the sanitizer.
 */
#ifndef SSI_SRC_BASE_POISON_H
#define SSI_SRC_BASE_POISON_H

#if defined(__SANITIZE_ADDRESS__)
#define SSI_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SSI_ASAN 1
#endif
#endif

#ifdef SSI_ASAN
#include <sanitizer/asan_interface.h>
#define SSI_POISON(p, n)   ASAN_POISON_MEMORY_REGION((p), (n))
#define SSI_UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
#else
#define SSI_POISON(p, n)   ((void)(p), (void)(n))
#define SSI_UNPOISON(p, n) ((void)(p), (void)(n))
#endif

#endif
