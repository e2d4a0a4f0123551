/*
 * subscript.h - NumPy's index notation, "1:3, ::-1, ..., None, 2", read into items. It knows no tensors.
 */
#ifndef SSI_SRC_SUBSCRIPT_H
#define SSI_SRC_SUBSCRIPT_H

#include <stdbool.h>

#include "ssi/ops.h"

enum {
    SSI_SUBSCRIPT_ITEMS = 2 * SSI_MAX_RANK + 1, /* every axis, as many new ones, and an ellipsis */
    SSI_SUBSCRIPT_NUMBERS = 64,                 /* in lists: what a person writes; ssi_take has no limit */
};

typedef enum ssi_subscript_kind {
    SSI_AN_INTEGER,  /* range.start */
    SSI_A_SLICE,     /* range, as ssi_slice takes it */
    SSI_A_LIST,      /* number[first .. first + count) */
    SSI_AN_ELLIPSIS, /* as many whole axes as are left */
    SSI_A_NEW_AXIS,
} ssi_subscript_kind;

typedef struct ssi_subscript_item {
    ssi_subscript_kind kind;
    int at; /* where in the text it begins */
    ssi_range range;
    int first, count;
} ssi_subscript_item;

typedef struct ssi_subscript {
    const char *operation, *text; /* what asks, and what it was given: for errors */
    int items, numbers;
    ssi_subscript_item item[SSI_SUBSCRIPT_ITEMS];
    int64_t number[SSI_SUBSCRIPT_NUMBERS];
    int number_at[SSI_SUBSCRIPT_NUMBERS]; /* where each stands in the text */
} ssi_subscript;

/* Reads `text`; each `?` in it stands for the next of `count` numbers. False, with an error that shows the place, where it is no index. */
bool ssi_read_subscript(ssi_subscript *s, const char *operation, const char *text, int count, const int64_t *numbers);

/* Records an error that shows place `at` of the text, a caret under it. Returns false. */
__attribute__((format(printf, 4, 5))) bool ssi_fail_subscript(const ssi_subscript *s, ssi_status code, int at,
                                                              const char *format, ...);

#endif
