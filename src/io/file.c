/*
 * file.c - whole files in and out of memory.
 */
#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_BYTES = PATH_MAX + 16 };

static int failed(const char *operation, const char *verb, const char *path)
{
    return ssi_fail(errno == ENOENT ? SSI_NOT_FOUND : SSI_IO, operation, "cannot %s '%s': %s%s", verb, path,
                    strerror(errno),
                    errno == ENOENT   ? "\nis the name right, and the folder?"
                    : errno == ENOSPC ? "\nthe disk is full; nothing was changed"
                                      : "");
}

/* ---- reading ---- */

bool ssi_file_open(ssi_file *file, const char *operation, const char *path, size_t limit)
{
    struct stat about;
    *file = (ssi_file){operation, path, open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), 0}; /* a pipe must not hang us */
    if (file->descriptor < 0)
        return failed(operation, "open", path), false;
    if (fstat(file->descriptor, &about) != 0)
        return failed(operation, "look at", path), false;
    if (!S_ISREG(about.st_mode))
        return ssi_fail(SSI_IO, operation, "'%s' is %s, not a file", path,
                        S_ISDIR(about.st_mode) ? "a folder" : "something special"),
               false;
    if ((uintmax_t)about.st_size > limit)
        return ssi_fail(SSI_FORMAT, operation, "'%s' has %lld bytes; at most %zu are read", path,
                        (long long)about.st_size, limit),
               false;
    file->bytes = (size_t)about.st_size;
    return true;
}

bool ssi_file_take(ssi_file *file, void *to, size_t bytes)
{
    for (size_t done = 0; done < bytes;) {
        ssize_t got = read(file->descriptor, (char *)to + done, bytes - done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            errno = got < 0 ? errno : EIO; /* it is shorter, or has become so under our hands */
            return failed(file->operation, "read", file->path), false;
        }
        done += (size_t)got;
    }
    file->bytes -= bytes;
    return true;
}

void ssi_file_close(ssi_file *file)
{
    if (file->descriptor >= 0)
        close(file->descriptor);
}

void *ssi_file_read(const char *operation, const char *path, size_t limit, size_t *bytes)
{
    ssi_file file;
    bool open = ssi_file_open(&file, operation, path, limit);
    size_t count = file.bytes;
    void *data = open ? ssi_alloc(count + 1) : NULL;
    if (data && !ssi_file_take(&file, data, count)) {
        ssi_free(data);
        data = NULL;
    }
    *bytes = data ? count : 0;
    ssi_file_close(&file);
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
    char folder[PATH_BYTES];
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

/* A new file beside the target. Its mode is what the umask leaves of 0666, or `mode` where an old file has one. */
static int open_temporary(const char *path, mode_t mode, char temporary[PATH_BYTES])
{
    static _Atomic uint64_t counter;
    for (int attempt = 0; attempt < 100; attempt++) { /* one that a crash left behind may bear the name */
        uint32_t random[4];
        ssi_philox((uint64_t)getpid(), counter++, (uint64_t)(uintptr_t)temporary, random);
        int length = snprintf(temporary, PATH_BYTES, "%s.%08x.tmp", path, random[0]);
        if (length < 0 || length >= PATH_BYTES) {
            errno = ENAMETOOLONG;
            return -1;
        }
        int descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode ? 0600 : 0666);
        if (descriptor >= 0 || errno != EEXIST)
            return descriptor;
    }
    return -1;
}

static int write_beside(const char *operation, const char *path, mode_t mode, int count, const ssi_piece *piece)
{
    char temporary[PATH_BYTES];
    int descriptor = open_temporary(path, mode, temporary);
    if (descriptor < 0)
        return failed(operation, "write beside", path);
    bool written = true;
    for (int i = 0; i < count && written; i++)
        written = write_all(descriptor, piece[i].data, piece[i].bytes);
    written = written && (!mode || fchmod(descriptor, mode) == 0) && fsync(descriptor) == 0;
    int problem = written ? 0 : errno;
    if (close(descriptor) != 0 && !problem)
        problem = errno;
    if (!problem && rename(temporary, path) == 0)
        return SSI_OK;
    errno = problem ? problem : errno;
    int status = failed(operation, "write", path);
    unlink(temporary);
    return status;
}

int ssi_file_write(const char *operation, const char *path, int count, const ssi_piece *piece)
{
    struct stat about;
    char target[PATH_MAX];
    mode_t mode = 0;
    if (lstat(path, &about) == 0) {
        bool link = S_ISLNK(about.st_mode);
        if (link && (!realpath(path, target) || stat(target, &about) != 0))
            return ssi_fail(SSI_IO, operation, "'%s' is a link that leads to no file\ngive another name", path);
        if (!S_ISREG(about.st_mode))
            return ssi_fail(SSI_IO, operation, "'%s' is %s\ngive the name of a file", path,
                            S_ISDIR(about.st_mode) ? "a folder" : "no regular file");
        if (faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0)
            return failed(operation, "write", path);
        mode = about.st_mode & 0777;
        path = link ? target : path; /* the link stays, and leads to the new contents */
    }
    int status = write_beside(operation, path, mode, count, piece);
    if (status == SSI_OK)
        sync_folder(path);
    return status;
}
