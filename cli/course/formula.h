/*
 * formula.h - the mathematics of the lessons: a part of LaTeX as a tree, and the tree as a line of Unicode or as MathML.
 *
 * Read are: letters, numbers, signs; ^ and _; \frac, \sqrt, \text, \mathrm, \mathbf, \hat, \bar, \vec; \left( ... \right); the environments matrix, pmatrix, bmatrix, vmatrix, cases
 * and aligned; Greek letters, functions (\sin, \exp, ...), sums and products with limits, and the signs of `signs` in formula.c. A command that is not known
 * stands as its name, so nothing is lost.
 */
#ifndef SSI_CLI_FORMULA_H
#define SSI_CLI_FORMULA_H

#include "text.h"

#include <stdio.h>

typedef enum formula_kind {
    FORMULA_ROW,      /* parts one after another */
    FORMULA_NAME,     /* a variable */
    FORMULA_NUMBER,   /* 0.5 */
    FORMULA_SIGN,     /* + = ( ... */
    FORMULA_FUNCTION, /* sin, upright */
    FORMULA_TEXT,     /* words */
    FORMULA_FRACTION, /* part 0 over part 1 */
    FORMULA_ROOT,     /* of part 0 */
    FORMULA_SCRIPT,   /* part 0 with part 1 below and part 2 above; either may be NULL */
    FORMULA_LIMITS,   /* the same of a sum: below and above, not behind */
    FORMULA_ACCENT,   /* text over part 0 */
    FORMULA_TABLE,    /* (rows, columns) parts between the signs `text` and `close` */
} formula_kind;

typedef struct formula {
    formula_kind kind;
    const char *text;
    const char *close; /* table: the sign behind it, "" for none */
    bool bold, grows;  /* grows: a bracket as high as what it holds */
    size_t rows, columns, count;
    struct formula **part; /* count */
} formula;

/* The tree lies in the arena. Never NULL, unless memory ran out. */
const formula *formula_read(arena *pool, const char *latex);

/* Prints it as one line: x², w₁x₁ + b, (a + b)/2, √2, [a b; c d]. */
void formula_print(FILE *out, const formula *of);
/* Whether part i of a row stands apart from what is before and behind it. */
void formula_spaces(const formula *row, size_t i, bool *in_front, bool *behind);

/* Several lines under each other, of which line `base` is that of the formula itself; all of one width. */
typedef struct drawing {
    const char **line; /* count, in the arena */
    int count, base, width;
} drawing;
/* Draws it (formula_draw.c): fractions, matrices and cases higher than a line. */
drawing formula_draw(arena *pool, const formula *of);

/* Prints it as a <math> element; `display`: on a line of its own. */
void formula_print_mathml(FILE *out, const formula *of, bool display);

#endif
