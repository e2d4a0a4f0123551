/*
 * inside.h - inside the base room: what its own files share.
 */
#ifndef SSI_SRC_BASE_INSIDE_H
#define SSI_SRC_BASE_INSIDE_H

#include "base/base.h"

/* Joins the pool's threads, once it is idle. The next ssi_parallel starts them again. (thread.c) */
void ssi_threads_stop(void);

#endif
