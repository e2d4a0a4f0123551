/*
 * download.h - data sets from the network.
 */
#ifndef SSI_CLI_DOWNLOAD_H
#define SSI_CLI_DOWNLOAD_H

#include "cli.h"

/* ssi data get NAME: fetches a known data set into the cache, unless it is on this machine already. Tells where it lies, or
 * what went wrong. Returns the exit code. */
int download_dataset(const char *name);

#endif
