/*
 * confusion.h - a confusion matrix, and how it is shown.
 */
#ifndef SSI_CLI_CONFUSION_H
#define SSI_CLI_CONFUSION_H

#include "cli.h"

typedef struct confusion {
    int64_t classes;
    int64_t *count; /* (classes, classes): row the label, column the prediction */
} confusion;

/* The table where the terminal has room for it, and the commonest mistakes. */
void confusion_print(const confusion *of);
json_t *confusion_json(const confusion *of);
/* A heat map, titled with the data's name. 0, or a negative ssi_status. */
int confusion_plot(const confusion *of, const char *data, double accuracy, const char *path);

#endif
