/*
 * ssi/data.h - data sets: examples x with their answers y.
 *
 *     ssi_dataset *mnist = ssi_load_dataset("mnist");                             // 60,000 pictures to learn from
 *     ssi_dataset *test  = ssi_load_dataset("mnist", .split = SSI_TEST);          // 10,000 to be judged by
 *
 * A data set owns its memory and may be read by many threads. The library never touches the network: `ssi data get`
 * does.
 */
#ifndef SSI_DATA_H
#define SSI_DATA_H

#include "ssi/tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ssi_dataset ssi_dataset;

typedef enum ssi_data_split { SSI_TRAIN = 0, SSI_TEST } ssi_data_split;

typedef struct ssi_load_dataset_options {
    size_t size;
    const char
        *name; /* "mnist", "fashion-mnist", or a folder of one's own with idx files named as MNIST's, gzipped or not */
    ssi_data_split split;
} ssi_load_dataset_options;

/* Loads a data set by name or from a folder. A name is looked for in the folder SSI_DATA names, the project's or
 * installation's data/, the user's cache (XDG_CACHE_HOME/ssi, else ~/.cache/ssi), and where the system's packages put
 * it; a folder of one's own by its path, or by its name in those places. Pictures are x u8 (N,H,W), labels y u8 (N).
 * NULL: SSI_NOT_FOUND (with where it was looked for, and what to do), SSI_FORMAT, SSI_IO. */
SSI_API ssi_dataset *(ssi_load_dataset)(const ssi_load_dataset_options *options);

/* A data set of one's own: x (N,...) u8 or float; y (N) integer labels in [0, classes), or (N,...) float targets
 * (classes 0). Both are computed and their values shared, not copied. Labels outside the classes: SSI_RANGE. classes 0
 * with integer y: the largest label plus one. */
SSI_API ssi_dataset *ssi_dataset_new(ssi_tensor *x, ssi_tensor *y, int64_t classes);
SSI_API void ssi_dataset_free(ssi_dataset *data); /* NULL is allowed */

/* Examples and answers as tensors of the innermost scope; no copy is made. */
SSI_API ssi_tensor *ssi_dataset_x(const ssi_dataset *data);
SSI_API ssi_tensor *ssi_dataset_y(const ssi_dataset *data);
SSI_API int64_t ssi_dataset_count(const ssi_dataset *data);   /* N; -1 for NULL */
SSI_API int64_t ssi_dataset_classes(const ssi_dataset *data); /* 0: y are targets */
SSI_API const char *ssi_dataset_name(const ssi_dataset *data);
/* "7", "Sneaker", ...; NULL outside the classes. */
SSI_API const char *ssi_dataset_class_name(const ssi_dataset *data, int64_t label);

/* The data sets known by name, one after another from i = 0; NULL after the last. */
typedef struct ssi_dataset_info {
    const char *name, *title, *license;
    int64_t train, test, height, width, classes;
} ssi_dataset_info;
SSI_API const ssi_dataset_info *ssi_dataset_known(int i);
/* Where a known data set lies on this machine: its folder in `path` (always terminated). False, without an error, if it
 * is nowhere. */
SSI_API int ssi_dataset_find(const char *name, char *path, size_t capacity);
/* The folder a download belongs in: XDG_CACHE_HOME/ssi/NAME, else ~/.cache/ssi/NAME. Not created. False if there is no
 * home. */
SSI_API int ssi_dataset_cache(const char *name, char *path, size_t capacity);

/* A picture of one digit, of any size, made like those of MNIST: image u8 (H,W) or (H,W,1|3|4), dark on light or light
 * on dark -> u8 (28,28), the digit light, its longer side 20 pixels, its centre of mass in the middle. An empty picture
 * stays empty. */
SSI_API ssi_tensor *ssi_prepare_digit(ssi_tensor *image);

#ifndef __cplusplus
#define ssi_load_dataset(...)                                                                                          \
    (ssi_load_dataset)(&(ssi_load_dataset_options){.size = sizeof(ssi_load_dataset_options), __VA_ARGS__})
#endif

#ifdef __cplusplus
}
#endif
#endif
