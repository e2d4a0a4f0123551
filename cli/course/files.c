/*
 * files.c - files and folders of the course.
 */
#define _XOPEN_SOURCE 700 /* nftw */
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

char *path_join(char *out, const char *folder, const char *name)
{
    snprintf(out, PATH_MAX, "%s/%s", folder, name);
    return out;
}

const char *path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

bool file_exists(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISREG(found.st_mode);
}

bool folder_exists(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

/* All of a plain file that is open: a pipe or a device could hold us up for ever. */
static char *read_open(int descriptor, size_t most, size_t *length)
{
    struct stat found;
    if (fstat(descriptor, &found) != 0) {
        return NULL;
    }
    if (!S_ISREG(found.st_mode) || (size_t)found.st_size > most) {
        errno = S_ISREG(found.st_mode) ? EFBIG : EINVAL;
        return NULL;
    }
    size_t size = (size_t)found.st_size, got = 0;
    char *bytes = malloc(size + 1);
    for (ssize_t n = 1; bytes != NULL && got < size && n > 0; got += n > 0 ? (size_t)n : 0) {
        n = read(descriptor, bytes + got, size - got);
    }
    if (bytes != NULL) {
        bytes[got] = '\0';
        *length = got;
    }
    return bytes;
}

char *file_read(const char *path, size_t most, size_t *length)
{
    size_t unused;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        return NULL;
    }
    char *bytes = read_open(descriptor, most, length != NULL ? length : &unused);
    int problem = errno;
    close(descriptor);
    errno = problem;
    return bytes;
}

static bool write_all(int descriptor, const char *text, size_t length)
{
    while (length > 0) {
        ssize_t n = write(descriptor, text, length);
        if (n < 0 && errno != EINTR) {
            return false;
        }
        text += n > 0 ? n : 0;
        length -= n > 0 ? (size_t)n : 0;
    }
    return true;
}

bool file_write(const char *path, const char *text, size_t length)
{
    char temporary[PATH_MAX];
    snprintf(temporary, sizeof(temporary), "%.*s.%ld", PATH_MAX - 24, path, (long)getpid());
    int descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor < 0) {
        return false;
    }
    bool good = write_all(descriptor, text, length) && fsync(descriptor) == 0;
    good = close(descriptor) == 0 && good;
    if (good && rename(temporary, path) == 0) {
        return true;
    }
    int problem = errno;
    unlink(temporary);
    errno = problem;
    return false;
}

bool file_copy_new(const char *from, const char *to)
{
    size_t length;
    char *bytes = file_read(from, (size_t)64 << 20, &length);
    int descriptor = bytes != NULL ? open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666) : -1;
    bool good = descriptor >= 0 && write_all(descriptor, bytes, length);
    if (descriptor >= 0) {
        good = close(descriptor) == 0 && good;
    }
    int problem = errno;
    if (descriptor >= 0 && !good) {
        unlink(to); /* half a file would stand in the way of the next try */
    }
    free(bytes);
    errno = problem;
    return good;
}

bool folder_make(const char *path)
{
    char above[PATH_MAX];
    if (mkdir(path, 0777) == 0 || folder_exists(path)) {
        return true;
    }
    snprintf(above, sizeof(above), "%s", path);
    char *slash = strrchr(above, '/');
    if (errno != ENOENT || slash == NULL || slash == above) {
        return false;
    }
    *slash = '\0';
    return folder_make(above) && mkdir(path, 0777) == 0;
}

bool folder_temporary(char *out)
{
    const char *where = getenv("TMPDIR");
    char folder[PATH_MAX];
    if (where == NULL || realpath(where, folder) == NULL || !folder_exists(folder)) {
        strcpy(folder, "/tmp");
    }
    return mkdtemp(path_join(out, folder, "ssi-XXXXXX")) != NULL;
}

static struct {
    unsigned long long bytes;
    long files;
} left; /* nftw hands nothing of the caller's on */

/* Ends the walk when more has been found than may be. What is gone meanwhile counts nothing. */
static int count_one(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)path, (void)walk;
    unsigned long long bytes = kind == FTW_F ? 512ULL * (unsigned long long)status->st_blocks : 0;
    bool more = bytes > left.bytes || left.files == 0;
    left.bytes -= more ? 0 : bytes;
    left.files -= more ? 0 : 1;
    return more;
}

bool folder_within(const char *path, unsigned long long bytes, long files)
{
    left.bytes = bytes;
    left.files = files + 1; /* the folder itself */
    return nftw(path, count_one, 32, FTW_PHYS) <= 0;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status, (void)kind, (void)walk;
    remove(path);
    return 0;
}

/* A program may have taken the right to enter a folder from itself; it is given back on the way down. */
static int open_one(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status, (void)walk;
    if (kind == FTW_DNR) {
        chmod(path, 0700);
    }
    return 0;
}

void folder_remove(const char *path)
{
    nftw(path, open_one, 32, FTW_PHYS);
    nftw(path, remove_one, 32, FTW_PHYS | FTW_DEPTH);
}
