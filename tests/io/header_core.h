/*
 * header_core.h - the device's reader of safetensors headers, beside the one by jansson, under another name.
 */
#ifndef SSI_TESTS_IO_HEADER_CORE_H
#define SSI_TESTS_IO_HEADER_CORE_H

#define SSI_CORE
#define ssi_header_read ssi_header_read_core
#include "io/header.core.c"
#undef ssi_header_read
#undef SSI_CORE

int ssi_header_read(const char *json, size_t length, const ssi_header_listener *listener);

#endif
