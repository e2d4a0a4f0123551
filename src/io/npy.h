/*
 * npy.h - inside io: the header of a .npy file, which npz holds too.
 *
 *     93 'NUMPY' major minor | length of the text, 2 bytes (version 1) or 4 | text, padded with spaces, a newline | elements
 *
 * The text is a Python dictionary: {'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }. NumPy, "numpy.lib.format".
 */
#ifndef SSI_SRC_NPY_H
#define SSI_SRC_NPY_H

#include "tensor/tensor.h"

typedef struct ssi_npy_header {
    ssi_dtype dtype; /* of the tensor */
    size_t item;     /* bytes of an element in the file: fewer where it is widened */
    bool swapped;    /* the other byte order */
    bool fortran;    /* the first axis lies closest */
    int rank;
    int64_t shape[SSI_MAX_RANK];
    int64_t count;
    size_t length; /* bytes before the elements */
} ssi_npy_header;

enum {
    SSI_NPY_START = 12,
    SSI_NPY_TEXT = 65536
}; /* bytes that tell the header's length; the longest text that is read */

/* Bytes of the whole header, from its first SSI_NPY_START; 0 (error recorded) when this is no .npy file. */
size_t ssi_npy_length(const char *start, size_t count, const char *what);
/* Reads the header from `count` bytes, at least as many as ssi_npy_length says. 0 or a negative ssi_status. */
int ssi_npy_read_header(const char *bytes, size_t count, const char *what, ssi_npy_header *header);
/* A buffer for the tensor's elements, and where in it those of the file are to be put, header->count * header->item bytes. */
ssi_buffer *ssi_npy_buffer(const ssi_npy_header *header, char **elements);
/* When they are there: makes them the tensor, which owns the buffer. */
ssi_tensor *ssi_npy_finish(const ssi_npy_header *header, ssi_buffer *buffer);

/* Writes version 1.0, byte for byte as numpy.save does; returns its bytes. `room` holds SSI_NPY_ROOM. */
enum { SSI_NPY_ROOM = 1024 };
size_t ssi_npy_write_header(const ssi_tensor *x, char room[SSI_NPY_ROOM]);
/* The tensor with its elements at hand, if npy has its dtype; NULL with an error otherwise. */
const void *ssi_npy_elements(const char *operation, ssi_tensor *x, size_t *bytes);

#endif
