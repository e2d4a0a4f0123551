/*
 * files.h - files and folders of the course: read whole, copied, made and removed as trees.
 */
#ifndef SSI_CLI_COURSE_FILES_H
#define SSI_CLI_COURSE_FILES_H

#include <stdbool.h>
#include <stddef.h>

/* "FOLDER/NAME" into out (PATH_MAX bytes); returns out. Too long a path is cut, and then no file has it. */
char *path_join(char *out, const char *folder, const char *name);
/* What stands after the last slash. */
const char *path_name(const char *path);

bool file_exists(const char *path); /* a plain file */
bool folder_exists(const char *path);

/* The file's bytes and a 0 after them, to be freed; NULL (errno says why; EFBIG: more than `most` bytes). */
char *file_read(const char *path, size_t most, size_t *length);
/* Writes the file whole or not at all: a temporary beside it, flushed and renamed. */
bool file_write(const char *path, const char *text, size_t length);
/* Whole or not at all; false (EEXIST) when `to` exists. */
bool file_copy_new(const char *from, const char *to);

/* What the gzip file holds, as a file; whole or not at all (unpack.c). */
bool file_unpack(const char *from, const char *to);

/* Makes the folder and those above it. */
bool folder_make(const char *path);
/* A new folder for work, readable by nobody else, in TMPDIR or /tmp, into out (PATH_MAX). */
bool folder_temporary(char *out);
/* Whether no more lies in the folder, with all below it, than so many bytes of the disk and so many files and folders. Others may be writing there. */
bool folder_within(const char *path, unsigned long long bytes, long files);
/* Removes the folder and all in it; follows no link. */
void folder_remove(const char *path);

#endif
