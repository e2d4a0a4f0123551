/*
 * file.c - whole files in and out of memory.
 */
#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int failed(const char *operation, const char *verb, const char *path)
{
    return ssi_fail(errno == ENOENT ? SSI_NOT_FOUND : SSI_IO, operation, "cannot %s '%s': %s%s", verb, path,
                    strerror(errno),
                    errno == ENOENT   ? "\nis the name right, and the folder?"
                    : errno == ENOSPC ? "\nthe disk is full; nothing was changed"
                                      : "");
}

/* ---- reading ---- */

static bool read_all(int descriptor, char *to, size_t bytes)
{
    while (bytes) {
        ssize_t got = read(descriptor, to, bytes);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            errno = got < 0 ? errno : EIO; /* it shrank under our hands */
            return false;
        }
        to += got;
        bytes -= (size_t)got;
    }
    return true;
}

void *ssi_file_read(const char *operation, const char *path, size_t limit, size_t *bytes)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe without a writer must not hang us */
    if (descriptor < 0) {
        failed(operation, "open", path);
        return NULL;
    }
    struct stat about;
    void *data = NULL;
    if (fstat(descriptor, &about) != 0) {
        failed(operation, "look at", path);
    } else if (!S_ISREG(about.st_mode)) {
        ssi_fail(SSI_IO, operation, "'%s' is %s, not a file", path,
                 S_ISDIR(about.st_mode) ? "a folder" : "something special");
    } else if ((uintmax_t)about.st_size > limit) {
        ssi_fail(SSI_FORMAT, operation, "'%s' has %lld bytes; at most %zu are read", path, (long long)about.st_size,
                 limit);
    } else if ((data = ssi_alloc((size_t)about.st_size + 1)) && !read_all(descriptor, data, (size_t)about.st_size)) {
        failed(operation, "read", path);
        ssi_free(data);
        data = NULL;
    }
    *bytes = data ? (size_t)about.st_size : 0;
    close(descriptor);
    return data;
}

/* ---- writing ---- */

static bool write_all(int descriptor, const char *from, size_t bytes)
{
    while (bytes) {
        ssize_t put = write(descriptor, from, bytes);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        from += put;
        bytes -= (size_t)put;
    }
    return true;
}

/* Makes the renaming itself last: the folder's entry reaches the disk. */
static void sync_folder(const char *path)
{
    char folder[4096];
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) : 0;
    if (length >= sizeof folder)
        return;
    memcpy(folder, path, length);
    strcpy(folder + length, slash ? (length ? "" : "/") : ".");
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        fsync(descriptor); /* some file systems refuse: then there is nothing more to be done */
        close(descriptor);
    }
}

static int write_temporary(const char *operation, const char *temporary, const char *path, mode_t mode, int count,
                           const ssi_piece *piece)
{
    int descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return failed(operation, "write beside", path);
    bool written = true;
    for (int i = 0; i < count && written; i++)
        written = write_all(descriptor, piece[i].data, piece[i].bytes);
    written = written && fchmod(descriptor, mode) == 0 && fsync(descriptor) == 0;
    int problem = errno;
    written = close(descriptor) == 0 && written;
    if (written && rename(temporary, path) == 0)
        return SSI_OK;
    errno = problem ? problem : errno;
    int status = failed(operation, "write", path);
    unlink(temporary);
    return status;
}

int ssi_file_write(const char *operation, const char *path, int count, const ssi_piece *piece)
{
    struct stat about;
    mode_t mask = umask(0);
    umask(mask);
    mode_t mode = 0666 & ~mask;
    if (lstat(path, &about) == 0) {
        if (S_ISLNK(about.st_mode) && (stat(path, &about) != 0 || !S_ISREG(about.st_mode)))
            return ssi_fail(SSI_IO, operation, "'%s' is a link that leads to no file\ngive another name", path);
        if (!S_ISREG(about.st_mode))
            return ssi_fail(SSI_IO, operation, "'%s' is %s\ngive the name of a file", path,
                            S_ISDIR(about.st_mode) ? "a folder" : "no regular file");
        mode = about.st_mode & 0777;
    }
    char temporary[4096];
    uint32_t random[4];
    static _Atomic uint64_t counter;
    ssi_philox((uint64_t)getpid(), counter++, (uint64_t)(uintptr_t)&about, random);
    int length = snprintf(temporary, sizeof temporary, "%s.%08x.tmp", path, random[0]);
    if (length < 0 || (size_t)length >= sizeof temporary)
        return ssi_fail(SSI_INVALID, operation, "the name of the file has more than %zu characters",
                        sizeof temporary - 16);
    errno = 0;
    int status = write_temporary(operation, temporary, path, mode, count, piece);
    if (status == SSI_OK)
        sync_folder(path);
    return status;
}
