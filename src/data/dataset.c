/*
 * dataset.c - data sets by name, or from a folder.
 */
#include "ssi/data.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/dataset.h"
#include "data/idx.h"
#include "ssi/ops.h"
#include "tensor/tensor.h"

#ifndef SSI_INSTALLED_DATA
#define SSI_INSTALLED_DATA ""
#endif
#ifndef SSI_PROJECT_DATA
#define SSI_PROJECT_DATA ""
#endif

enum { PATH_BYTES = 4096 };

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
    for (int i = 0; name && candidate(i, name, folder); i++) {
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

/* ---- loading ---- */

static ssi_tensor *leaf_of(const ssi_idx *idx)
{
    return ssi_leaf(SSI_U8, idx->rank, idx->shape, ssi_buffer_retain(idx->buffer), 0, NULL);
}

static ssi_dataset *load_folder(const char *folder, ssi_data_split split, int64_t classes)
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
    const char *name = options ? options->name : NULL;
    if (!name || !*name || (options->split != SSI_TRAIN && options->split != SSI_TEST))
        return SSI_FAIL_NULL(SSI_INVALID, "load_dataset", "no %s was given\nfor example \"mnist\"",
                             name && *name ? "split" : "name");
    const ssi_dataset_info *info = NULL;
    for (int i = 0; ssi_dataset_known(i); i++)
        info = strcmp(ssi_dataset_known(i)->name, name) ? info : ssi_dataset_known(i);
    if (!info && is_folder(name))
        snprintf(folder, sizeof folder, "%s", name);
    else if (!ssi_dataset_find(name, folder, sizeof folder))
        return not_found(name), NULL;
    ssi_dataset *data = load_folder(folder, options->split, info ? info->classes : 0);
    if (data) {
        snprintf(data->name, sizeof data->name, "%.63s", name);
        data->class_name = info && info == &known[1] ? clothes : info ? digits : NULL;
    }
    return data;
}
