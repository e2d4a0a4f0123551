/*
 * ssi/io.h - files: named tensors (safetensors), NumPy's arrays (.npy, .npz), tables of text (CSV), and pictures (PNG, JPEG).
 *
 * A file is data, never a program: whatever its bytes, reading it ends in an error or a right answer, in bounded memory
 * and time. Saving is atomic: under the name there is the old file or the new one, whole. Text and numbers do not
 * depend on the locale.
 */
#ifndef SSI_IO_H
#define SSI_IO_H

#include "ssi/tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- named tensors: safetensors ---------------------------------------------------------------------------------- */

/* Saves tensors under their names, in safetensors (bool, u8, i8, i16, i32, i64, f16, bf16, f32, f64), with pairs of
 * text as metadata: text[2*i] is a key, text[2*i + 1] its value. Names are distinct, not "__metadata__", UTF-8. `path`
 * must be no file yet, a regular one, or a link to one. Returns 0 or a negative ssi_status; the old file is then
 * untouched. safetensors.torch.save_file */
SSI_API int ssi_save_tensors(const char *path, int count, const char *const *name, ssi_tensor *const *tensor, int texts,
                             const char *const *text);

/* A file of named tensors, read and checked. */
typedef struct ssi_tensors ssi_tensors;
/* Of another format, truncated, or with anything in it that safetensors forbids: SSI_FORMAT. NULL on failure. */
SSI_API ssi_tensors *ssi_load_tensors(const char *path);
/* The same from memory, which may be freed afterwards. `what` names it in errors. */
SSI_API ssi_tensors *ssi_load_tensors_memory(const void *bytes, size_t count, const char *what);
SSI_API void ssi_tensors_free(ssi_tensors *tensors); /* NULL is allowed */
SSI_API int ssi_tensors_count(const ssi_tensors *tensors);
SSI_API const char *ssi_tensors_name(const ssi_tensors *tensors, int i); /* in the order of the file's data */
/* The tensor of that name, as a tensor of the innermost scope; no copy is made. SSI_NOT_FOUND names the nearest. */
SSI_API ssi_tensor *ssi_tensors_get(const ssi_tensors *tensors, const char *name);
/* A text of the metadata; NULL, without an error, if there is none. Valid until the file is freed. */
SSI_API const char *ssi_tensors_text(const ssi_tensors *tensors, const char *key);

/* ---- one array: NumPy's .npy ---------------------------------------------------------------------------------------- */

/* The array in a .npy file of version 1.0, 2.0 or 3.0, of either byte order, in C or Fortran order. Elements are bool, u8, i8, i16, i32, i64, f16, f32 or
 * f64; u16 and u32 are read as i32 and i64. Anything else, objects above all, is SSI_UNSUPPORTED, with a way out; a file that is not what it says
 * SSI_FORMAT. No memory is taken before the file has as many bytes as it promises. numpy.load */
SSI_API ssi_tensor *ssi_load_npy(const char *path);
/* The same from memory, which may be freed afterwards. `what` names it in errors. */
SSI_API ssi_tensor *ssi_load_npy_memory(const void *bytes, size_t count, const char *what);
/* Saves an array as .npy 1.0 in C order, byte for byte as NumPy does, atomically. bf16, which NumPy has not: SSI_UNSUPPORTED. Returns 0 or a negative
 * ssi_status. numpy.save */
SSI_API int ssi_save_npy(const char *path, ssi_tensor *x);

/* A .npy file too large for memory, in C order, of which rows are read. */
typedef struct ssi_npy ssi_npy;
SSI_API ssi_npy *ssi_npy_open(const char *path);
SSI_API void ssi_npy_close(ssi_npy *npy);                  /* NULL is allowed */
SSI_API int64_t ssi_npy_dim(const ssi_npy *npy, int axis); /* as ssi_dim */
/* The rows [first, first + count), (count, ...). Outside: SSI_RANGE. numpy.load(path, mmap_mode="r")[first : first + count] */
SSI_API ssi_tensor *ssi_npy_rows(ssi_npy *npy, int64_t first, int64_t count);

/* ---- several named arrays: NumPy's .npz --------------------------------------------------------------------------------- */

/* Needs libzip (SSI_NPZ); without it everything here is SSI_UNSUPPORTED. Arrays are read when they are asked for; each is checked as ssi_load_npy does, and
 * against the size that the archive tells, before it is inflated. One thread at a time. numpy.load */
typedef struct ssi_npz ssi_npz;
SSI_API ssi_npz *ssi_npz_open(const char *path);
/* From memory, which must stay until the file is closed. `what` names it in errors. */
SSI_API ssi_npz *ssi_npz_open_memory(const void *bytes, size_t count, const char *what);
SSI_API void ssi_npz_close(ssi_npz *npz); /* NULL is allowed */
SSI_API int ssi_npz_count(const ssi_npz *npz);
SSI_API const char *ssi_npz_name(const ssi_npz *npz, int i);
/* The array of that name. SSI_NOT_FOUND names the nearest. */
SSI_API ssi_tensor *ssi_npz_get(ssi_npz *npz, const char *name);
/* The rows [first, first + count) of that array, (count, ...), for one too large for memory, in C order. Rows are read fastest one part after the other:
 * for those that have passed the array is read from its beginning again. The archive's checksum is looked at with the last row. Outside: SSI_RANGE. */
SSI_API ssi_tensor *ssi_npz_rows(ssi_npz *npz, const char *name, int64_t first, int64_t count);
/* Saves arrays under their names, atomically; deflated if `compressed`. The archive is made in memory. Returns 0 or a negative ssi_status. numpy.savez,
 * numpy.savez_compressed */
SSI_API int ssi_save_npz(const char *path, int count, const char *const *name, ssi_tensor *const *tensor,
                         int compressed);

/* ---- tables of text: CSV --------------------------------------------------------------------------------------------- */

/* How a table is written. Zero is what is usual: fields between commas, no line of names, everything wanted. */
typedef struct ssi_csv_options {
    size_t size;              /* filled by the macro */
    const char *path;         /* required */
    ssi_dtype dtype;          /* of the elements */
    char delimiter;           /* between fields; 0: ','; ' ': any run of spaces and tabs */
    char comment;             /* what follows it on a line is passed over; 0: nothing */
    int header;               /* the first line holds the columns' names */
    int decimal_comma;        /* 1,5 is 3/2; the delimiter is then another */
    int64_t skip;             /* lines to pass over first */
    int64_t rows;             /* at most; 0: all */
    int columns;              /* how many of the columns are wanted; 0: all. They come in the order asked for: */
    const int *column;        /* their numbers, from 0; or */
    const char *const *named; /* their names, with .header */
    const double
        *missing; /* for fields that are empty, NA, N/A, NaN or null; NULL: NaN (with an integer dtype: an error) */
} ssi_csv_options;

/* The numbers of a table, (rows, columns). Empty lines are passed over; fields may stand in double quotes; a byte order mark, CRLF and a last line
 * without an end are fine. Every decimal number becomes the nearest double, whatever the locale. A line of another length, a field that is no
 * number, or none of the dtype: SSI_FORMAT, naming line and column. ssi_load_csv("x.csv", .header = 1). numpy.loadtxt, numpy.genfromtxt */
SSI_API ssi_tensor *(ssi_load_csv)(const ssi_csv_options *options);

/* The same from text in memory, of `count` bytes; .path is passed over. ssi_load_csv_memory(text, count, .delimiter = ';', .decimal_comma = 1) */
SSI_API ssi_tensor *(ssi_load_csv_memory)(const char *text, size_t count, const ssi_csv_options *options);

/* A table read in parts, for one larger than memory. */
typedef struct ssi_csv ssi_csv;
SSI_API ssi_csv *(ssi_csv_open)(const ssi_csv_options *options); /* a copy is kept */
SSI_API void ssi_csv_close(ssi_csv *csv);                        /* NULL is allowed */
SSI_API int ssi_csv_columns(const ssi_csv *csv);                 /* that are wanted; NULL: -1 */
SSI_API const char *ssi_csv_name(const ssi_csv *csv, int i);     /* of the i-th of them; NULL without a header */
/* The next rows, at most `most`: (n, columns), n = 0 at the end. NULL on failure. */
SSI_API ssi_tensor *ssi_csv_rows(ssi_csv *csv, int64_t most);

/* Saves x (rows, columns) or (rows), of any dtype, atomically: fields between commas, a line of names if there are any (columns of them), numbers by the
 * fewest digits that tell them apart. Returns 0 or a negative ssi_status. numpy.savetxt */
SSI_API int ssi_save_csv(const char *path, ssi_tensor *x, const char *const *name);

#ifndef __cplusplus
#define ssi_load_csv(...)                      SSI_AT((ssi_load_csv)(&(ssi_csv_options){.size = sizeof(ssi_csv_options), __VA_ARGS__}))
#define ssi_load_csv_memory(text, ...)         SSI_AT(SSI_LOAD_CSV_MEMORY_(text, __VA_ARGS__, .size = sizeof(ssi_csv_options)))
#define SSI_LOAD_CSV_MEMORY_(text, count, ...) (ssi_load_csv_memory)((text), (count), &(ssi_csv_options){__VA_ARGS__})
#define ssi_csv_open(...)                      (ssi_csv_open)(&(ssi_csv_options){.size = sizeof(ssi_csv_options), __VA_ARGS__})
#endif

/* ---- pictures ---------------------------------------------------------------------------------------------------- */

/* The picture in a PNG or JPEG file, by its first bytes, not its name: u8 (H,W,C), C = 1 (grey), 3 (RGB) or 4 (RGB and
 * alpha). At most 64 million pixels. SSI_UNSUPPORTED when the build lacks the format. */
SSI_API ssi_tensor *ssi_read_image(const char *path);
SSI_API ssi_tensor *ssi_read_image_memory(const void *bytes, size_t count, const char *what);

/* Saves u8 (H,W) or (H,W,1|3|4) as PNG, atomically. Returns 0 or a negative ssi_status. */
SSI_API int ssi_write_png(const char *path, ssi_tensor *image);

#ifdef __cplusplus
}
#endif
#endif
