/*
 * header.h - inside io: what the JSON header of a safetensors file says, told piece by piece.
 *
 * Two readers stand behind it: jansson (header.c), and where there is no library, one of our own (header.core.c).
 */
#ifndef SSI_SRC_HEADER_H
#define SSI_SRC_HEADER_H

#include "base/base.h"

/* What is said of one tensor; of the right types, but otherwise unchecked. */
typedef struct ssi_header_entry {
    const char *name, *dtype;
    int rank;
    int64_t shape[SSI_MAX_RANK];
    int64_t begin, end;
} ssi_header_entry;

/* Told each tensor and each text of the metadata. Strings last for the call. A result other than 0 ends the reading. */
typedef struct ssi_header_listener {
    int (*tensor)(const ssi_header_entry *entry, void *context);
    int (*text)(const char *key, const char *value, void *context);
    const char *what; /* the file's name, for errors */
    void *context;
} ssi_header_listener;

/* Reads the header; 0, the listener's result, or SSI_FORMAT for what is not {name: {dtype, shape, data_offsets},
 * "__metadata__": {key: text}}. A name given twice may be told twice. */
int ssi_header_read(const char *json, size_t length, const ssi_header_listener *listener);

/* "'file' is no safetensors file: PROBLEM in 'name'"; name may be NULL. */
int ssi_header_wrong(const char *what, const char *problem, const char *name);

#endif
