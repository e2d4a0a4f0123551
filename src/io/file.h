/*
 * file.h - inside io: whole files in and out of memory. Reading is bounded, writing is atomic.
 */
#ifndef SSI_SRC_FILE_H
#define SSI_SRC_FILE_H

#include "base/base.h"

/* The contents of a regular file of at most `limit` bytes, to be freed with ssi_free; NULL (error recorded, naming
 * `operation` and the path) otherwise. */
void *ssi_file_read(const char *operation, const char *path, size_t limit, size_t *bytes);

/* A regular file of at most `limit` bytes, read piece by piece. Each is to be closed, also when opening it failed. */
typedef struct ssi_file {
    const char *operation, *path;
    int descriptor;
    size_t bytes; /* that have not been taken yet */
} ssi_file;

bool ssi_file_open(ssi_file *file, const char *operation, const char *path, size_t limit);
/* The next bytes; false (error recorded) when there are not so many. */
bool ssi_file_take(ssi_file *file, void *to, size_t bytes);
void ssi_file_close(ssi_file *file);

/* One piece of what is written. */
typedef struct ssi_piece {
    const void *data;
    size_t bytes;
} ssi_piece;

/* Writes the pieces under the name, whole or not at all: a temporary file beside it, synced, renamed, and the folder
 * synced. The target must be a regular file, a link to one, or not exist. Returns 0 or a negative ssi_status. */
int ssi_file_write(const char *operation, const char *path, int count, const ssi_piece *piece);

#endif
