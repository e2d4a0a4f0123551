/*
 * pager.h - long texts on a terminal go through `less`.
 */
#ifndef SSI_CLI_COURSE_PAGER_H
#define SSI_CLI_COURSE_PAGER_H

/* Shows the text on stdout: page by page when stdout is a terminal with fewer lines and `less` is there, and PAGER does not name something else (as `cat`);
 * at once otherwise. */
void pager_show(const char *text);

#endif
