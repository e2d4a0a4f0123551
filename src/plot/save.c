/*
 * save.c - a figure as a file: which form the name asks for, and the file, whole or not at all.
 */
#include "plot/figure.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

static int refused(const char *path, const char *what)
{
    return ssi_fail(SSI_IO, "figure_save", "%s: %s", path, what);
}

/* The name's ending without the point: "png", ...; NULL when pictures are not written so. */
static const char *form_of(const char *path)
{
    static const char *const forms[] = {"png", "svg", "pdf", "gp"};
    const char *point = strrchr(path, '.');
    for (size_t i = 0; point != NULL && i < sizeof(forms) / sizeof(forms[0]); i++) {
        if (strcasecmp(point + 1, forms[i]) == 0) {
            return forms[i];
        }
    }
    ssi_fail(SSI_INVALID, "figure_save",
             "%s: pictures are written as .png, .svg, .pdf or .gp\n.gp is the gnuplot script with its data", path);
    return NULL;
}

/* "folder/of/path", or "."; to be freed. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return ssi_strdup(".");
    }
    char *folder = ssi_strdup(path);
    if (folder != NULL) {
        folder[slash == path ? 1 : slash - path] = '\0';
    }
    return folder;
}

/* What a rename would replace must be a plain file or nothing: never a device, a folder or a pipe. */
static int check_target(const char *path)
{
    struct stat existing;
    if (stat(path, &existing) == 0) {
        return S_ISREG(existing.st_mode) ? 0 : refused(path, "is not a plain file");
    }
    return errno == ENOENT ? 0 : refused(path, strerror(errno));
}

static bool write_all(int fd, const text *contents)
{
    for (size_t done = 0; done < contents->length;) {
        ssize_t n = write(fd, contents->bytes + done, contents->length - done);
        if (n < 0 && errno != EINTR) {
            return false;
        }
        done += n > 0 ? (size_t)n : 0;
    }
    return fsync(fd) == 0;
}

/* A new file beside the target, in `name`: "path.PID-N.part". Its descriptor, or -1. */
static int open_beside(const char *path, text *name)
{
    for (int n = 0; n < 100; n++) {
        ssi_text_free(name);
        ssi_text_bytes(name, path, strlen(path));
        ssi_text_add(name, ".%ld-%d.part", (long)getpid(), n);
        int fd = name->failed ? -1 : open(name->bytes, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0 || name->failed || errno != EEXIST) {
            return fd;
        }
    }
    return -1;
}

/* Writes the contents beside the target and renames them into its place; on failure nothing is left behind. */
static int write_and_rename(const char *path, const text *contents, text *name)
{
    int fd = open_beside(path, name);
    if (fd < 0) {
        return name->failed ? SSI_NO_MEMORY : refused(path, strerror(errno));
    }
    bool written = write_all(fd, contents);
    int error = errno;
    if (close(fd) != 0 && written) {
        written = false;
        error = errno;
    }
    if (written && rename(name->bytes, path) != 0) {
        written = false;
        error = errno;
    }
    if (!written) {
        unlink(name->bytes);
        return refused(path, strerror(error));
    }
    return 0;
}

static void sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
}

static int write_whole(const char *path, const text *contents)
{
    if (check_target(path) != 0) {
        return SSI_IO;
    }
    char *folder = folder_of(path);
    if (folder == NULL) {
        return SSI_NO_MEMORY;
    }
    text name = {0};
    int status = write_and_rename(path, contents, &name);
    if (status == 0) {
        sync_folder(folder);
    }
    ssi_text_free(&name);
    ssi_free(folder);
    return status;
}

int ssi_figure_check(const char *path)
{
    if (path == NULL) {
        return SSI_INVALID;
    }
    const char *form = form_of(path);
    if (form == NULL) {
        return SSI_INVALID;
    }
    if (check_target(path) != 0) {
        return SSI_IO;
    }
    char *folder = folder_of(path);
    if (folder == NULL) {
        return SSI_NO_MEMORY;
    }
    int status = access(folder, W_OK | X_OK) == 0 ? 0 : refused(path, strerror(errno));
    ssi_free(folder);
    return status != 0 || strcmp(form, "gp") == 0 ? status : ssi_gnuplot_find();
}

int ssi_figure_save(const ssi_figure *figure, const char *path)
{
    if (figure == NULL || path == NULL) {
        return SSI_INVALID;
    }
    const char *form = form_of(path);
    if (form == NULL) {
        return SSI_INVALID;
    }
    bool script_only = strcmp(form, "gp") == 0;
    text script = {0}, picture = {0};
    ssi_figure_script(figure, script_only ? "png" : form, &script);
    int status = script.failed ? SSI_NO_MEMORY : script_only ? 0 : ssi_gnuplot(&script, &picture);
    if (status == 0) {
        status = write_whole(path, script_only ? &script : &picture);
    }
    ssi_text_free(&script);
    ssi_text_free(&picture);
    return status;
}
