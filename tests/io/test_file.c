/* test_file.c - whole files: what is written is there whole or not at all, whatever happens meanwhile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/file.h"

static char folder[] = "/tmp/ssi-file-XXXXXX";
static const char *const first = "the first contents", *const second = "the second, which are longer";

static const char *in_folder(const char *name)
{
    static char path[4][512];
    static int next;
    next = (next + 1) % 4;
    snprintf(path[next], sizeof path[next], "%s/%s", folder, name);
    return path[next];
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) && chmod(folder, 0777) == 0 ? 0 : -1;
}

static int empty_folder(void **state)
{
    (void)state;
    DIR *open = opendir(folder);
    for (struct dirent *e = readdir(open); e; e = readdir(open)) {
        if (e->d_name[0] != '.')
            remove(in_folder(e->d_name));
    }
    return closedir(open);
}

static int remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

static int files_in_folder(void)
{
    int count = 0;
    DIR *open = opendir(folder);
    for (struct dirent *e = readdir(open); e; e = readdir(open))
        count += e->d_name[0] != '.';
    closedir(open);
    return count;
}

static int write_text(const char *name, const char *text)
{
    const ssi_piece pieces[] = {{text, 3}, {NULL, 0}, {text + 3, strlen(text) - 3}};
    return ssi_file_write("test", in_folder(name), 3, pieces);
}

static void holds(const char *name, const char *text)
{
    size_t bytes;
    char *data = ssi_file_read("test", in_folder(name), 1 << 20, &bytes);
    assert_non_null(data);
    assert_int_equal(bytes, strlen(text));
    assert_memory_equal(data, text, bytes);
    ssi_free(data);
}

static void refused(int status, int code, const char *part)
{
    ssi_error error;
    assert_int_equal(status, code);
    assert_true(ssi_error_take(&error));
    assert_int_equal(error.code, code);
    if (!strstr(error.message, part))
        fail_msg("'%s' does not say '%s'", error.message, part);
}

static mode_t mode_of(const char *name)
{
    struct stat about;
    assert_int_equal(stat(in_folder(name), &about), 0);
    return about.st_mode & 0777;
}

/* ---- tests ---- */

static void a_new_file_has_the_mode_that_the_umask_leaves(void **state)
{
    (void)state;
    mode_t mask = umask(027);
    assert_int_equal(write_text("new", first), SSI_OK);
    assert_int_equal(umask(mask), 027); /* which belongs to the host: it was not touched */
    assert_int_equal(mode_of("new"), 0640);
    holds("new", first);
}

static void an_old_file_keeps_its_mode(void **state)
{
    (void)state;
    assert_int_equal(write_text("old", first), SSI_OK);
    assert_int_equal(chmod(in_folder("old"), 0604), 0);
    assert_int_equal(write_text("old", second), SSI_OK);
    assert_int_equal(mode_of("old"), 0604);
    holds("old", second);
    assert_int_equal(files_in_folder(), 1);
}

static void a_link_stays_and_leads_to_the_new_contents(void **state)
{
    (void)state;
    struct stat about;
    assert_int_equal(write_text("run-5", first), SSI_OK);
    assert_int_equal(symlink("run-5", in_folder("latest")), 0);
    assert_int_equal(write_text("latest", second), SSI_OK);
    assert_int_equal(lstat(in_folder("latest"), &about), 0);
    assert_true(S_ISLNK(about.st_mode));
    holds("run-5", second);
}

static void links_to_nowhere_folders_and_pipes_are_refused(void **state)
{
    (void)state;
    assert_int_equal(symlink("nowhere", in_folder("dangling")), 0);
    assert_int_equal(symlink("/dev/null", in_folder("device")), 0);
    assert_int_equal(mkdir(in_folder("inner"), 0777), 0);
    assert_int_equal(mkfifo(in_folder("pipe"), 0666), 0);
    refused(write_text("dangling", first), SSI_IO, "leads to no file");
    refused(write_text("device", first), SSI_IO, "no regular file");
    refused(write_text("inner", first), SSI_IO, "is a folder");
    refused(write_text("pipe", first), SSI_IO, "no regular file");
    refused(write_text("no-such-folder/file", first), SSI_NOT_FOUND, "no-such-folder/file");
    assert_int_equal(files_in_folder(), 4);
}

static void what_is_protected_stays_as_it_is(void **state)
{
    (void)state;
    bool root = geteuid() == 0;
    assert_int_equal(write_text("protected", first), SSI_OK);
    assert_int_equal(chmod(in_folder("protected"), 0444), 0);
    assert_true(!root || seteuid(65534) == 0); /* root may write anywhere */
    refused(write_text("protected", second), SSI_IO, "Permission denied");
    holds("protected", first);
    assert_true(!root || seteuid(0) == 0);
    assert_int_equal(chmod(folder, 0555), 0);
    assert_true(!root || seteuid(65534) == 0);
    refused(write_text("new", first), SSI_IO, "cannot write beside");
    assert_true(!root || seteuid(0) == 0);
    assert_int_equal(chmod(folder, 0777), 0);
    assert_int_equal(files_in_folder(), 1);
}

static void a_file_that_grows_too_large_leaves_the_old_one(void **state)
{
    (void)state;
    static char large[1 << 16];
    struct rlimit before, small = {1 << 12, RLIM_INFINITY};
    assert_int_equal(write_text("model", first), SSI_OK);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small.rlim_max = before.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    int status = ssi_file_write("test", in_folder("model"), 1, &(ssi_piece){large, sizeof large});
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    refused(status, SSI_IO, "File too large");
    holds("model", first);
    assert_int_equal(files_in_folder(), 1);
}

static void a_full_disk_leaves_the_old_file(void **state)
{
    (void)state;
    static char large[1 << 17];
    assert_int_equal(mkdir(in_folder("disk"), 0777), 0);
    if (mount("tmpfs", in_folder("disk"), "tmpfs", 0, "size=64k") != 0) {
        print_message("skipped: a small disk cannot be mounted here\n");
        skip();
    }
    int made = write_text("disk/model", first);
    int status = ssi_file_write("test", in_folder("disk/model"), 1, &(ssi_piece){large, sizeof large});
    ssi_error error;
    bool told = ssi_error_take(&error);
    size_t bytes = 0;
    void *data = ssi_file_read("test", in_folder("disk/model"), 100, &bytes);
    int umounted = umount(in_folder("disk"));
    assert_int_equal(umounted, 0);
    assert_int_equal(made, SSI_OK);
    assert_int_equal(status, SSI_IO);
    assert_true(told && strstr(error.hint, "disk is full"));
    assert_int_equal(bytes, strlen(first));
    assert_memory_equal(data, first, bytes);
    ssi_free(data);
}

/* Writes file after file, each of one letter, until it is killed. */
static void write_until_killed(void)
{
    static char letters[200000];
    for (int i = 0;; i = (i + 1) % 26) {
        memset(letters, 'a' + i, sizeof letters);
        ssi_file_write("test", in_folder("model"), 1, &(ssi_piece){letters, sizeof letters});
    }
}

static void a_writer_that_is_killed_leaves_a_whole_file(void **state)
{
    (void)state;
    assert_int_equal(write_text("model", first), SSI_OK);
    for (int round = 0; round < 20; round++) {
        pid_t writer = fork();
        assert_true(writer >= 0);
        if (writer == 0)
            write_until_killed();
        usleep((useconds_t)(500 + 1370 * round));
        assert_int_equal(kill(writer, SIGKILL), 0);
        assert_int_equal(waitpid(writer, NULL, 0), writer);
        size_t bytes;
        char *data = ssi_file_read("test", in_folder("model"), 1 << 20, &bytes);
        assert_non_null(data);
        assert_true(bytes == strlen(first) || bytes == 200000);
        for (size_t i = 1; bytes == 200000 && i < bytes; i++)
            assert_int_equal(data[i], data[0]);
        ssi_free(data);
    }
}

static void reading_is_bounded_and_never_waits(void **state)
{
    (void)state;
    size_t bytes;
    assert_int_equal(write_text("file", first), SSI_OK);
    assert_int_equal(mkfifo(in_folder("pipe"), 0666), 0);
    assert_null(ssi_file_read("test", in_folder("file"), strlen(first) - 1, &bytes));
    refused(SSI_FORMAT, SSI_FORMAT, "at most 17 are read");
    assert_null(ssi_file_read("test", in_folder("pipe"), 100, &bytes));
    refused(SSI_IO, SSI_IO, "something special");
    assert_null(ssi_file_read("test", folder, 100, &bytes));
    refused(SSI_IO, SSI_IO, "a folder");
    assert_null(ssi_file_read("test", in_folder("missing"), 100, &bytes));
    refused(SSI_NOT_FOUND, SSI_NOT_FOUND, "missing");
}

static void a_file_of_no_bytes_is_a_file(void **state)
{
    (void)state;
    size_t bytes = 1;
    assert_int_equal(ssi_file_write("test", in_folder("empty"), 0, NULL), SSI_OK);
    void *data = ssi_file_read("test", in_folder("empty"), 0, &bytes);
    assert_non_null(data);
    assert_int_equal(bytes, 0);
    ssi_free(data);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, empty_folder)
    const struct CMUnitTest tests[] = {
        TEST(a_new_file_has_the_mode_that_the_umask_leaves),
        TEST(an_old_file_keeps_its_mode),
        TEST(a_link_stays_and_leads_to_the_new_contents),
        TEST(links_to_nowhere_folders_and_pipes_are_refused),
        TEST(what_is_protected_stays_as_it_is),
        TEST(a_file_that_grows_too_large_leaves_the_old_one),
        TEST(a_full_disk_leaves_the_old_file),
        TEST(a_writer_that_is_killed_leaves_a_whole_file),
        TEST(reading_is_bounded_and_never_waits),
        TEST(a_file_of_no_bytes_is_a_file),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
