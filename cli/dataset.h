/*
 * dataset.h - data sets by what a user types, and their single examples.
 */
#ifndef SSI_CLI_DATASET_H
#define SSI_CLI_DATASET_H

#include "cli.h"
#include "grid.h"

/* A data set's two parts, and what one asks of them. */
typedef struct loaded_data {
    ssi_dataset *train, *test;
    int64_t train_count, test_count;
    int64_t inputs, classes; /* numbers of one example; labels are in [0, classes) */
} loaded_data;

/* A data set by name, or a folder of idx files. False with the library's error waiting. */
bool load_data(const char *name, loaded_data *out);
void free_data(loaded_data *data);

/* What the data set calls a class; "?" outside the classes. Belongs to the data set. */
const char *class_name(const ssi_dataset *data, int64_t label);

/* Examples as pictures, with pixels from 0 to 1, by their indices; predictions are -1. To be freed by free_pictures. False with the library's
 * error waiting: they are no pictures, or there is no such index. */
bool load_pictures(const ssi_dataset *data, int count, const int64_t *index, grid *out);
void free_pictures(grid *pictures);

#endif
