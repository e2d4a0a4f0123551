/*
 * html.h - text in HTML.
 */
#ifndef SSI_CLI_HTML_H
#define SSI_CLI_HTML_H

#include <stdio.h>

/* Prints text so that it stands as it is, in an element or in a quoted attribute. */
void html_print(FILE *out, const char *text);

#endif
