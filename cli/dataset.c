/*
 * dataset.c - data sets by what a user types, and their single examples.
 */
#include "dataset.h"

void free_data(loaded_data *data)
{
    ssi_dataset_free(data->train);
    ssi_dataset_free(data->test);
    *data = (loaded_data){0};
}

bool load_data(const char *name, loaded_data *out)
{
    *out = (loaded_data){.train = ssi_load_dataset(name)};
    out->test = out->train != NULL ? ssi_load_dataset(name, .split = SSI_TEST) : NULL;
    if (out->test == NULL) {
        free_data(out);
        return false;
    }
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_dataset_x(out->train);
    out->train_count = ssi_dataset_count(out->train);
    out->test_count = ssi_dataset_count(out->test);
    out->inputs = ssi_size(x) / (out->train_count > 0 ? out->train_count : 1);
    out->classes = ssi_dataset_classes(out->train);
    ssi_scope_close(scope);
    return true;
}

const char *class_name(const ssi_dataset *data, int64_t label)
{
    const char *name = ssi_dataset_class_name(data, label);
    return name != NULL ? name : "?";
}

void free_pictures(grid *pictures)
{
    for (int i = 0; pictures->cell != NULL && i < pictures->count; i++) {
        free(pictures->cell[i].pixel);
    }
    free(pictures->cell);
    *pictures = (grid){0};
}

/* Row `index` of x (N,H,W) into pixel (H,W); bytes as fractions of 255. */
static bool read_pixels(ssi_tensor *x, int64_t index, float *pixel, int64_t count)
{
    ssi_tensor *row = ssi_slice(x, 1, &(ssi_range){index, index + 1, 1});
    if (ssi_read(row, SSI_F32, pixel, count) != 0) {
        return false;
    }
    for (int64_t i = 0; ssi_dtype_of(x) == SSI_U8 && i < count; i++) {
        pixel[i] /= 255;
    }
    return true;
}

static bool load_picture(const ssi_dataset *data, ssi_tensor *x, ssi_tensor *y, int64_t index, grid_cell *out)
{
    int64_t count = ssi_dim(x, 1) * ssi_dim(x, 2);
    *out = (grid_cell){.pixel = malloc((size_t)count * sizeof(float)), .prediction = -1};
    if (out->pixel == NULL || !read_pixels(x, index, out->pixel, count) ||
        ssi_read(ssi_slice(y, 1, &(ssi_range){index, index + 1, 1}), SSI_I64, &out->label, 1) != 0) {
        return false;
    }
    out->label_name = class_name(data, out->label);
    return true;
}

bool load_pictures(const ssi_dataset *data, int count, const int64_t *index, grid *out)
{
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_dataset_x(data), *y = ssi_dataset_y(data);
    *out = (grid){.height = ssi_dim(x, 1), .width = ssi_dim(x, 2), .count = count};
    bool made = ssi_rank(x) == 3 && (out->cell = calloc((size_t)count, sizeof(grid_cell))) != NULL;
    for (int i = 0; made && i < count; i++) {
        made = index[i] >= 0 && index[i] < ssi_dim(x, 0) && load_picture(data, x, y, index[i], &out->cell[i]);
    }
    ssi_scope_close(scope);
    if (!made) {
        free_pictures(out);
    }
    return made;
}
