/*
 * source.h - a C source without its comments and texts, for looking at what it really does.
 */
#ifndef SSI_CLI_COURSE_SOURCE_H
#define SSI_CLI_COURSE_SOURCE_H

/* Replaces comments by spaces and empties texts and characters, in place; the lines stay. */
void source_strip(char *source);

#endif
