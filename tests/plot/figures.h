/* One figure of every kind that there is, with words of the caller's everywhere; for tests that look at all of them. */
#ifndef SSI_TESTS_FIGURES_H
#define SSI_TESTS_FIGURES_H

#include "ssi/plot.h"

enum { FIGURES = 13 };

/* Figure i from 0; to be freed. Needs an open scope. NULL, with the error recorded, when a call fails. */
ssi_figure *test_figure(int i, const char *words);

#endif
