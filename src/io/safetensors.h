/*
 * safetensors.h - inside io: what reading and writing safetensors share.
 */
#ifndef SSI_SRC_SAFETENSORS_H
#define SSI_SRC_SAFETENSORS_H

#include "base/base.h"
#include "ssi/io.h"

enum { SSI_SAFETENSORS_LENGTH = 8 }; /* bytes of the header's length */

extern const char *const ssi_safetensors_dtype[SSI_DTYPES]; /* "F32", ... */

bool ssi_is_little_endian(void);

/* Reading, in the order of a file of `count` bytes called `what`. First its length: how long the header is, or 0 (error
 * recorded). */
size_t ssi_safetensors_length(const void *first, size_t count, const char *what);
/* Then the header: the tensors, with room for their data, which is still to be filled (`*data`). */
ssi_tensors *ssi_safetensors_header(const char *json, size_t length, size_t data_bytes, const char *what, void **data);
/* When it has been: bool is one byte, 0 or 1, but a file may hold anything. */
void ssi_safetensors_filled(ssi_tensors *tensors);

#endif
