/*
 * mistakes.c - the picture of a model at work: the first test examples as it reads them, and some that it reads wrongly.
 */
#include "mistakes.h"

enum { FIRST = 30, WRONG = 10 };

/* The numbers of a tensor (count); to be freed. NULL with the library's error waiting. */
static int64_t *read_all(ssi_tensor *x, int64_t count)
{
    int64_t *value = malloc((size_t)count * sizeof(int64_t));
    if (value != NULL && ssi_read(x, SSI_I64, value, count) != 0) {
        free(value);
        value = NULL;
    }
    return value;
}

/* The first examples, then the first that are taken for something else. Returns how many. */
static int choose(const int64_t *prediction, const int64_t *label, int64_t count, int64_t index[FIRST + WRONG])
{
    int chosen = 0;
    for (int64_t i = 0; i < count && chosen < FIRST; i++) {
        index[chosen++] = i;
    }
    for (int64_t i = FIRST; i < count && chosen < FIRST + WRONG; i++) {
        if (prediction[i] != label[i]) {
            index[chosen++] = i;
        }
    }
    return chosen;
}

/* The chosen examples with what the model takes them for. */
static bool load_chosen(ssi_model *model, const ssi_dataset *data, grid *out)
{
    ssi_scope scope = ssi_scope_open();
    int64_t count = ssi_dataset_count(data), index[FIRST + WRONG];
    int64_t *label = read_all(ssi_dataset_y(data), count);
    int64_t *prediction = read_all(ssi_argmax(ssi_predict(model, ssi_dataset_x(data)), -1), count);
    bool loaded = false;
    if (prediction != NULL && label != NULL) {
        int chosen = choose(prediction, label, count, index);
        loaded = load_pictures(data, chosen, index, out);
        for (int i = 0; loaded && i < chosen; i++) {
            out->cell[i].prediction = prediction[index[i]];
            out->cell[i].prediction_name = class_name(data, prediction[index[i]]);
        }
    }
    free(prediction);
    free(label);
    ssi_scope_close(scope);
    return loaded;
}

int mistakes_plot(ssi_model *model, const ssi_dataset *data, const char *path)
{
    grid pictures = {0};
    const char *title = T("predictions; wrong ones red, with the label", "예측. 틀린 것은 빨간색, 괄호 안이 정답");
    int status = load_chosen(model, data, &pictures) ? grid_plot(&pictures, title, path) : -1;
    free_pictures(&pictures);
    return status;
}
