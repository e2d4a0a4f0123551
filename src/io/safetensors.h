/*
 * safetensors.h - inside io: what reading and writing safetensors share.
 */
#ifndef SSI_SRC_SAFETENSORS_H
#define SSI_SRC_SAFETENSORS_H

#include "base/base.h"

enum { SSI_SAFETENSORS_LENGTH = 8 }; /* bytes of the header's length */

extern const char *const ssi_safetensors_dtype[SSI_DTYPES]; /* "F32", ... */

bool ssi_is_little_endian(void);

#endif
