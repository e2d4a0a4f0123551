/*
 * dataset.c - data sets: by name, from a folder, or from one's own tensors.
 */
#include "ssi/data.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/idx.h"
#include "ssi/ops.h"
#include "tensor/tensor.h"

#ifndef SSI_INSTALLED_DATA
#define SSI_INSTALLED_DATA ""
#endif
#ifndef SSI_PROJECT_DATA
#define SSI_PROJECT_DATA ""
#endif

enum { PATH_BYTES = 4096, NAME_BYTES = 64 };

struct ssi_dataset {
    ssi_buffer *x, *y;
    ssi_dtype x_dtype, y_dtype;
    int x_rank, y_rank;
    int64_t x_shape[SSI_MAX_RANK], y_shape[SSI_MAX_RANK], x_stride[SSI_MAX_RANK], y_stride[SSI_MAX_RANK];
    int64_t x_offset, y_offset;
    bool x_strided, y_strided; /* else C order */
    int64_t classes;
    const char *const *class_name; /* NULL: numbers */
    char name[NAME_BYTES];
};

/* ---- what is known by name ---- */

static const ssi_dataset_info known[] = {
    {"mnist", "handwritten digits (LeCun, Cortes, Burges)", "CC BY-SA 3.0", 60000, 10000, 28, 28, 10},
    {"fashion-mnist", "clothes (Zalando Research)", "MIT", 60000, 10000, 28, 28, 10},
};
static const char *const clothes[] = {"T-shirt", "Trouser", "Pullover", "Dress", "Coat",
                                      "Sandal",  "Shirt",   "Sneaker",  "Bag",   "Ankle boot"};
static const char *const digits[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
static const char *const file_of[2][2] = {{"train-images-idx3-ubyte", "train-labels-idx1-ubyte"},
                                          {"t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"}};

const ssi_dataset_info *ssi_dataset_known(int i)
{
    return i >= 0 && (size_t)i < sizeof known / sizeof *known ? &known[i] : NULL;
}

/* ---- where it lies ---- */

static bool is_file(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

/* FOLDER/FILE or FOLDER/FILE.gz, whichever there is. */
static bool file_in(const char *folder, const char *file, char path[PATH_BYTES])
{
    for (int packed = 0; packed < 2; packed++) {
        int length = snprintf(path, PATH_BYTES, "%s/%s%s", folder, file, packed ? ".gz" : "");
        if (length > 0 && length < PATH_BYTES && is_file(path))
            return true;
    }
    return false;
}

static bool holds(const char *folder)
{
    char path[PATH_BYTES];
    return file_in(folder, file_of[0][0], path) || file_in(folder, file_of[1][0], path);
}

int ssi_dataset_cache(const char *name, char *path, size_t capacity)
{
    const char *cache = ssi_getenv("XDG_CACHE_HOME"), *home = ssi_getenv("HOME");
    int length = -1;
    if (cache && cache[0] == '/')
        length = snprintf(path, capacity, "%s/ssi/%s", cache, name);
    else if (home && home[0] == '/')
        length = snprintf(path, capacity, "%s/.cache/ssi/%s", home, name);
    if (length < 0 || (size_t)length >= capacity) {
        if (capacity)
            path[0] = '\0';
        return 0;
    }
    return 1;
}

/* The i-th folder in which a data set may lie; false after the last. An empty path: there is none at this place. */
static bool candidate(int i, const char *name, char path[PATH_BYTES])
{
    const char *own = ssi_getenv("SSI_DATA");
    const char *fixed[] = {own ? own : "", SSI_PROJECT_DATA, SSI_INSTALLED_DATA};
    path[0] = '\0';
    if (i < 3) {
        if (fixed[i][0] && snprintf(path, PATH_BYTES, "%s/%s", fixed[i], name) >= PATH_BYTES)
            path[0] = '\0';
        return true;
    }
    if (i == 3)
        return ssi_dataset_cache(name, path, PATH_BYTES), true;
    if (i == 4)
        return snprintf(path, PATH_BYTES, "/usr/share/datasets/%s", name), true;
    return false;
}

int ssi_dataset_find(const char *name, char *path, size_t capacity)
{
    char folder[PATH_BYTES];
    for (int i = 0; candidate(i, name, folder); i++) {
        if (folder[0] && holds(folder) && strlen(folder) < capacity) {
            strcpy(path, folder);
            return 1;
        }
    }
    if (capacity)
        path[0] = '\0';
    return 0;
}

static int not_found(const char *name)
{
    const char *names[sizeof known / sizeof *known + 1] = {NULL};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        names[i] = known[i].name;
        if (!strcmp(name, known[i].name))
            return ssi_fail(SSI_NOT_FOUND, "load_dataset",
                            "'%s' is not on this machine\nget it with: ssi data get %s; without a network, put its "
                            "four idx files into a folder and give "
                            "the folder's name, or set SSI_DATA",
                            name, name);
    }
    const char *near = ssi_nearest_name(name, names);
    return ssi_fail(SSI_NOT_FOUND, "load_dataset",
                    "no data set and no folder is called '%s'\n%s%s%sknown are mnist and fashion-mnist", name,
                    near ? "did you mean '" : "", near ? near : "", near ? "'? " : "");
}

/* ---- making ---- */

static void take_value(const ssi_tensor *from, ssi_buffer **buffer, ssi_dtype *dtype, int *rank, int64_t *shape,
                       int64_t *stride, int64_t *offset, bool *strided)
{
    ssi_view view;
    ssi_view_of(from, &view);
    *buffer = ssi_buffer_retain(from->buffer);
    *dtype = (ssi_dtype)from->dtype;
    *rank = from->rank;
    *offset = from->offset;
    *strided = from->stride != NULL;
    memcpy(shape, view.shape, (size_t)from->rank * sizeof *shape);
    memcpy(stride, view.stride, (size_t)from->rank * sizeof *stride);
}

/* The largest label must be below `classes`, the smallest 0 at least; classes 0: found out. */
static int check_labels(ssi_tensor *y, int64_t *classes)
{
    int64_t low, high;
    if (ssi_item_int(ssi_min(y), &low) != SSI_OK || ssi_item_int(ssi_max(y), &high) != SSI_OK)
        return ssi_failed() ? ssi_error_peek()->code : SSI_INVALID;
    *classes = *classes ? *classes : high + 1;
    if (low < 0 || high >= *classes)
        return ssi_fail(SSI_RANGE, "dataset_new", "label %lld is outside the %lld classes\nlabels are counted from 0",
                        (long long)(low < 0 ? low : high), (long long)*classes);
    return SSI_OK;
}

ssi_dataset *ssi_dataset_new(ssi_tensor *x, ssi_tensor *y, int64_t classes)
{
    char a[SSI_SHAPE_TEXT], b[SSI_SHAPE_TEXT];
    if (!x || !y)
        return NULL;
    if (x->rank < 1 || y->rank < 1 || x->shape[0] != y->shape[0] || x->shape[0] == 0)
        return SSI_FAIL_NULL(SSI_INVALID, "dataset_new",
                             "x %s and y %s\nboth have one row per example, and at least one", ssi_describe(x, a),
                             ssi_describe(y, b));
    bool labels = ssi_is_integer((ssi_dtype)y->dtype);
    if ((x->dtype != SSI_U8 && !ssi_is_float((ssi_dtype)x->dtype)) || (labels && y->rank != 1) ||
        (!labels && !ssi_is_float((ssi_dtype)y->dtype)))
        return SSI_FAIL_NULL(SSI_INVALID, "dataset_new",
                             "x %s and y %s\nx is u8 or float; y integer labels (N) or float targets",
                             ssi_describe(x, a), ssi_describe(y, b));
    ssi_scope scope = ssi_scope_open();
    ssi_dataset *data = ssi_calloc(1, sizeof *data);
    int status = data ? ssi_eval_all(2, (ssi_tensor *[]){x, y}) : SSI_NO_MEMORY;
    if (status == SSI_OK && labels)
        status = check_labels(y, &classes);
    if (status == SSI_OK) {
        take_value(ssi_present(x), &data->x, &data->x_dtype, &data->x_rank, data->x_shape, data->x_stride,
                   &data->x_offset, &data->x_strided);
        take_value(ssi_present(y), &data->y, &data->y_dtype, &data->y_rank, data->y_shape, data->y_stride,
                   &data->y_offset, &data->y_strided);
        data->classes = labels ? classes : 0;
        strcpy(data->name, "data");
    }
    ssi_scope_close(scope);
    if (status != SSI_OK) {
        ssi_free(data);
        return NULL;
    }
    return data;
}

void ssi_dataset_free(ssi_dataset *data)
{
    if (!data)
        return;
    ssi_buffer_release(data->x);
    ssi_buffer_release(data->y);
    ssi_free(data);
}

/* ---- loading ---- */

static ssi_tensor *leaf_of(const ssi_idx *idx)
{
    return ssi_leaf(SSI_U8, idx->rank, idx->shape, ssi_buffer_retain(idx->buffer), 0, NULL);
}

static ssi_dataset *load_folder(const char *folder, ssi_split split, int64_t classes)
{
    char pictures[PATH_BYTES], labels[PATH_BYTES];
    ssi_idx x = {0}, y = {0};
    ssi_dataset *data = NULL;
    if (!file_in(folder, file_of[split][0], pictures) || !file_in(folder, file_of[split][1], labels))
        return SSI_FAIL_NULL(
            SSI_NOT_FOUND, "load_dataset",
            "the folder '%s' has no %s and %s (or the same with .gz)\nname one's own idx files as MNIST's are", folder,
            file_of[split][0], file_of[split][1]);
    if (ssi_read_idx(pictures, 3, &x) == SSI_OK && ssi_read_idx(labels, 1, &y) == SSI_OK) {
        ssi_scope scope = ssi_scope_open();
        data = ssi_dataset_new(leaf_of(&x), leaf_of(&y), classes);
        ssi_scope_close(scope);
    }
    ssi_buffer_release(x.buffer);
    ssi_buffer_release(y.buffer);
    return data;
}

static bool is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

ssi_dataset *(ssi_load_dataset)(const ssi_load_dataset_options *options)
{
    char folder[PATH_BYTES];
    const char *name = options->name;
    if (!name || !*name || (options->split != SSI_TRAIN && options->split != SSI_TEST))
        return SSI_FAIL_NULL(SSI_INVALID, "load_dataset", "no %s was given\nfor example \"mnist\"",
                             name && *name ? "split" : "name");
    const ssi_dataset_info *info = NULL;
    for (int i = 0; ssi_dataset_known(i); i++)
        info = strcmp(ssi_dataset_known(i)->name, name) ? info : ssi_dataset_known(i);
    if (info ? !ssi_dataset_find(name, folder, sizeof folder) : !is_folder(name))
        return not_found(name), NULL;
    ssi_dataset *data = load_folder(info ? folder : name, options->split, info ? info->classes : 0);
    if (data) {
        snprintf(data->name, sizeof data->name, "%.63s", name);
        data->class_name = info && info == &known[1] ? clothes : info ? digits : NULL;
    }
    return data;
}

/* ---- asking ---- */

ssi_tensor *ssi_dataset_x(const ssi_dataset *data)
{
    return data ? ssi_leaf(data->x_dtype, data->x_rank, data->x_shape, ssi_buffer_retain(data->x), data->x_offset,
                           data->x_strided ? data->x_stride : NULL)
                : NULL;
}

ssi_tensor *ssi_dataset_y(const ssi_dataset *data)
{
    return data ? ssi_leaf(data->y_dtype, data->y_rank, data->y_shape, ssi_buffer_retain(data->y), data->y_offset,
                           data->y_strided ? data->y_stride : NULL)
                : NULL;
}

int64_t ssi_dataset_count(const ssi_dataset *data)
{
    return data ? data->x_shape[0] : -1;
}

int64_t ssi_dataset_classes(const ssi_dataset *data)
{
    return data ? data->classes : 0;
}

const char *ssi_dataset_name(const ssi_dataset *data)
{
    return data ? data->name : "";
}

const char *ssi_dataset_class_name(const ssi_dataset *data, int64_t label)
{
    static _Thread_local char number[32];
    if (!data || label < 0 || label >= data->classes)
        return NULL;
    if (data->class_name)
        return data->class_name[label];
    snprintf(number, sizeof number, "%lld", (long long)label);
    return number;
}
