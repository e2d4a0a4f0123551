/* A learner's program that means harm, or merely has a mistake, is held, and what it did is told in words; nothing outside its folder changes. */
#include "course.h"

/* What the kernel lacks, as `ssi info` says. */
static bool kernel_lacks(const char *what)
{
    expect_exit(0, "ssi info");
    const char *line = strstr(out, "sandbox");
    char told[256] = "";
    snprintf(told, sizeof(told), "%.*s", line != NULL ? (int)strcspn(line, "\n") : 0, line != NULL ? line : "");
    bool lacks = strstr(told, "without") != NULL && strstr(told, what) != NULL;
    if (lacks) {
        print_message("not tried: this kernel has no %s\n", what);
    }
    return lacks;
}

/* The program with this in main (after <stdio.h> and others) is graded; its result and its message must be these. */
static void expect_result(const char *body, const char *result, const char *message)
{
    char source[8192];
    snprintf(source, sizeof(source),
             "#define _GNU_SOURCE\n#include <errno.h>\n#include <fcntl.h>\n#include <pthread.h>\n#include "
             "<sched.h>\n#include <signal.h>\n"
             "#include <spawn.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include "
             "<sys/mman.h>\n#include <sys/ptrace.h>\n"
             "#include <sys/resource.h>\n#include <sys/socket.h>\n#include <sys/stat.h>\n#include "
             "<sys/syscall.h>\n#include <time.h>\n"
             "#include <unistd.h>\nint main(int argc, char **argv)\n{\n(void)argc, (void)argv;\n%s\nreturn 0;\n}\n",
             body);
    write_file("hostile.c", source);
    json_t *said = check_with("", 1, "hostile.c");
    if (strcmp(said_text(said, "result"), result) != 0 || strstr(said_text(said, "message"), message) == NULL) {
        fail_msg("'%s' and '%s' expected of:\n%s\nbut: %s", result, message, body, out);
    }
    json_decref(said);
}

/* A file outside stays as it is, whatever the program does with `canary`, its path. */
static void expect_untouched(const char *attack)
{
    struct stat before, after;
    char program[4096], now[64] = "";
    write_file("canary", "alive\n");
    assert_int_equal(stat("canary", &before), 0);
    snprintf(program, sizeof(program),
             "#define _GNU_SOURCE\n#include <fcntl.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include "
             "<sys/stat.h>\n#include <sys/syscall.h>\n"
             "#include <sys/time.h>\n#include <sys/xattr.h>\n#include <unistd.h>\nint main(void)\n{\nconst char "
             "*canary = \"%s/canary\";\n%s\n"
             "return 0;\n}\n",
             getenv("HERE"), attack);
    write_file("hostile.c", program);
    json_t *said = check_with("", 1, "hostile.c");
    assert_string_not_equal(said_text(said, "result"), "compile");
    json_decref(said);
    slurp("canary", now, sizeof(now));
    assert_string_equal(now, "alive\n");
    assert_int_equal(stat("canary", &after), 0);
    assert_int_equal(after.st_mode, before.st_mode);
    assert_int_equal(after.st_mtim.tv_sec, before.st_mtim.tv_sec);
    assert_int_equal(after.st_mtim.tv_nsec, before.st_mtim.tv_nsec);
    expect_exit(1, "test -e evidence");
}

static void a_right_program_passes(void **state)
{
    (void)state;
    expect_result("puts(\"ok\");", "passed", "");
}

static void threads_may_be_used(void **state)
{
    (void)state;
    write_file("threads.c", "#include <pthread.h>\n#include <stdio.h>\nstatic void *work(void *p) { return p; }\n"
                            "int main(void) { pthread_t t; if (pthread_create(&t, NULL, work, NULL) == 0) { "
                            "pthread_join(t, NULL); puts(\"ok\"); } }\n");
    json_t *said = check_with("", 1, "threads.c");
    assert_string_equal(said_text(said, "result"), "passed");
    json_decref(said);
}

static void an_endless_loop_is_stopped(void **state)
{
    (void)state;
    expect_result("for (volatile int i = 0;; i++) { }", "time", "loop without an end");
    expect_result("signal(SIGXCPU, SIG_IGN); for (volatile int i = 0;; i++) { }", "time", "loop without an end");
}

static void waiting_for_ever_is_stopped(void **state)
{
    (void)state;
    expect_result("fclose(stdout); fclose(stderr); close(1); close(2); sleep(1000);", "time", "did not end");
    expect_result("sleep(1000);", "time", "did not end");
}

static void endless_output_is_stopped(void **state)
{
    (void)state;
    expect_result("for (;;) puts(\"again and again\");", "output", "too much");
    expect_result("static char block[1 << 20]; memset(block, 'x', sizeof(block)); for (int i = 0; i < 1024; i++) "
                  "write(1, block, sizeof(block));",
                  "output", "too much");
    expect_result("for (;;) fputs(\"again\", stderr);", "output", "too much");
}

static void a_file_without_an_end_is_stopped(void **state)
{
    (void)state;
    expect_result("static char block[1 << 20]; FILE *f = fopen(\"big\", \"w\"); while (f != NULL) fwrite(block, 1, "
                  "sizeof(block), f);",
                  "output", "too much to the disk");
}

static void files_without_an_end_are_stopped(void **state)
{
    (void)state;
    expect_result(
        "static char block[1 << 20]; for (int i = 0;; i++) { char name[32]; snprintf(name, sizeof(name), \"f%d\", "
        "i / 10); FILE *f = fopen(name, \"a\"); if (f != NULL) { fwrite(block, 1, sizeof(block), f); fclose(f); } "
        "}",
        "output", "all together 64 MB");
    expect_result(
        "for (int i = 0;; i++) { char name[64]; snprintf(name, sizeof(name), \"d%d\", i % 50); mkdir(name, 0700); "
        "snprintf(name, sizeof(name), \"d%d/f%d\", i % 50, i); FILE *f = fopen(name, \"w\"); if (f != NULL) "
        "fclose(f); usleep(500); }",
        "output", "1000 of them");
}

static void memory_without_an_end_is_stopped(void **state)
{
    (void)state;
    expect_result("for (;;) { char *p = malloc(1 << 24); memset(p, 1, 4096); }", "memory", "512 MB");
    expect_result("for (;;) { volatile char *p = malloc(1 << 24); if (p == NULL) return 1; *p = 1; }", "memory",
                  "512 MB");
}

static void a_crash_is_told_with_its_line(void **state)
{
    (void)state;
    if (!has_command("addr2line")) {
        return;
    }
    write_file("crash.c", "#include <stdio.h>\n#include <string.h>\n\nint main(void)\n{\n    int *p = NULL;\n    "
                          "printf(\"before\\n\");\n    *p = 1;\n    return 0;\n}\n");
    json_t *said = check_with("", 1, "crash.c");
    assert_string_equal(said_text(said, "result"), "crash");
    assert_int_equal(json_integer_value(json_object_get(said, "line")), 8);
    expect_text(said_text(said, "message"), "NULL");
    expect_text(said_text(said, "got"), "before"); /* what was printed before is not lost */
    json_decref(said);
    write_file("crash.c", "#include <string.h>\n\nint main(int argc, char **argv)\n{\n    (void)argv;\n    const char "
                          "*nothing = argc > 5 ? \"\" : NULL;\n"
                          "    return (int)strlen(nothing);\n}\n");
    said = check_with("", 1, "crash.c");
    assert_int_equal(json_integer_value(json_object_get(said, "line")), 7); /* within the C library, but called here */
    json_decref(said);
}

static void a_crash_that_spoils_the_stack_has_its_line_all_the_same(void **state)
{
    (void)state;
    if (!has_command("addr2line")) {
        return;
    }
    write_file("crash.c", "int main(void)\n{\n    volatile int a[3];\n    for (int i = 0; i < 100000000; i++) {\n      "
                          "  a[i] = i;\n    }\n    return a[0];\n}\n");
    json_t *said = check_with("", 1, "crash.c");
    assert_string_equal(said_text(said, "result"), "crash");
    assert_int_equal(json_integer_value(json_object_get(said, "line")), 5);
    json_decref(said);
}

static void crashes_are_told_apart(void **state)
{
    (void)state;
    expect_result("volatile int zero = 0; return 7 / zero;", "crash", "divided by 0");
    expect_result("abort();", "crash", "abort");
    write_file("deep.c", "#include <stdio.h>\nint deep(int n);\nint deep(int n) { volatile char room[100]; room[0] = "
                         "(char)n; return deep(n + 1) + room[0]; }\n"
                         "int main(void) { printf(\"%d\\n\", deep(0)); return 0; }\n");
    json_t *said = check_with("", 1, "deep.c");
    assert_string_equal(said_text(said, "result"), "crash");
    expect_text(said_text(said, "message"), "called each other without end");
    json_decref(said);
}

static void a_fork_bomb_does_not_go_off(void **state)
{
    (void)state;
    if (kernel_lacks("seccomp")) {
        return;
    }
    expect_result("for (;;) fork();", "forbidden", "another process");
    expect_result("for (;;) syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);", "forbidden", "another process");
    expect_result("for (;;) if (syscall(435, NULL, 0) < 0 && errno == ENOSYS) { puts(\"ok\"); return 0; }", "passed",
                  "");
#ifdef SYS_vfork
    expect_result("for (;;) syscall(SYS_vfork);", "forbidden", "another process");
#endif
}

static void no_program_is_started(void **state)
{
    (void)state;
    if (kernel_lacks("seccomp")) {
        return;
    }
    expect_result("char *a[] = {\"/bin/sh\", \"-c\", \"echo ok\", NULL}; execve(a[0], a, NULL);", "forbidden",
                  "another program");
    expect_result(
        "char *a[] = {\"sh\", \"-c\", \"echo ok\", NULL}; syscall(SYS_execveat, AT_FDCWD, \"/bin/sh\", a, NULL, 0);",
        "forbidden", "another program");
    expect_result("if (system(\"echo ok\") != 0) return 1;", "forbidden", "another program");
    expect_result(
        "pid_t p; char *a[] = {\"sh\", \"-c\", \"echo ok\", NULL}; posix_spawn(&p, \"/bin/sh\", NULL, NULL, a, NULL);",
        "forbidden", "another program");
    /* the one descriptor by which it was started itself is out of reach */
    expect_result(
        "int f = open(\"/bin/sh\", O_RDONLY); if (dup2(f, 200) < 0 && fcntl(f, F_DUPFD, 200) < 0) puts(\"ok\");",
        "passed", "");
    expect_result("char *a[] = {\"sh\", \"-c\", \"echo ok\", NULL}; if (syscall(SYS_execveat, 200, \"\", a, NULL, "
                  "AT_EMPTY_PATH) < 0) puts(\"ok\");",
                  "passed", "");
    expect_result("struct rlimit more = {4096, 4096}; setrlimit(RLIMIT_NOFILE, &more);", "forbidden", "limits");
}

static void no_socket_is_opened(void **state)
{
    (void)state;
    if (kernel_lacks("seccomp")) {
        return;
    }
    expect_result("socket(AF_INET, SOCK_STREAM, 0);", "forbidden", "network");
    expect_result("socket(AF_UNIX, SOCK_STREAM, 0);", "forbidden", "network");
    expect_result("int pair[2]; socketpair(AF_UNIX, SOCK_STREAM, 0, pair);", "forbidden", "network");
    expect_result("syscall(425, 8, NULL);", "forbidden",
                  "may not do"); /* io_uring_setup, by which sockets can be had, too */
}

static void no_other_process_is_touched(void **state)
{
    (void)state;
    if (kernel_lacks("seccomp")) {
        return;
    }
    expect_result("kill(getppid(), SIGKILL);", "forbidden", "signal");
    expect_result("kill(-1, SIGKILL);", "forbidden", "signal");
    expect_result("kill(0, SIGKILL);", "forbidden", "signal");
    expect_result("ptrace(PTRACE_ATTACH, getppid(), 0, 0);", "forbidden", "may not do");
    expect_result("raise(SIGTERM);", "crash", "crashed");
}

static void what_lies_outside_is_not_deleted(void **state)
{
    (void)state;
    if (kernel_lacks("seccomp")) {
        return;
    }
    expect_untouched("remove(canary);");
    expect_untouched("unlink(canary);");
    expect_untouched("unlinkat(AT_FDCWD, canary, 0);");
    expect_untouched("rename(canary, \"mine\");");
    expect_result("remove(\"/tmp/nothing\");", "forbidden", "delete");
}

static void what_lies_outside_is_not_written(void **state)
{
    (void)state;
    if (kernel_lacks("Landlock")) {
        return;
    }
    expect_untouched("FILE *f = fopen(canary, \"w\"); if (f) { fputs(\"dead\", f); fclose(f); }");
    expect_untouched("FILE *f = fopen(canary, \"a\"); if (f) { fputs(\"dead\", f); fclose(f); }");
    expect_untouched("if (truncate(canary, 0) != 0) puts(\"no\");");
    expect_untouched("if (link(canary, \"mine\") == 0) { FILE *f = fopen(\"mine\", \"w\"); if (f) fclose(f); }");
    expect_untouched("if (symlink(canary, \"mine\") == 0) { FILE *f = fopen(\"mine\", \"w\"); if (f) fclose(f); }");
    expect_untouched("char path[512]; snprintf(path, sizeof(path), \"%s/../evidence\", canary); mkdir(path, 0777);");
    expect_untouched("if (chdir(\"/\") == 0) { int f = open(canary + 1, O_WRONLY | O_TRUNC); if (f >= 0) close(f); }");
}

static void rights_and_times_outside_stay(void **state)
{
    (void)state;
    if (kernel_lacks("seccomp")) {
        return;
    }
    expect_untouched("chmod(canary, 0);");
    expect_untouched("fchmodat(AT_FDCWD, canary, 0, 0);");
    expect_untouched("if (chown(canary, 1, 1) != 0) puts(\"no\");");
    expect_untouched("utimes(canary, NULL);");
    expect_untouched("utimensat(AT_FDCWD, canary, NULL, 0);");
    expect_untouched("setxattr(canary, \"user.evil\", \"x\", 1, 0);");
    expect_untouched("int f = open(canary, O_RDONLY); if (f >= 0) fchmod(f, 0);");
}

static void what_lies_outside_is_not_read(void **state)
{
    (void)state;
    if (kernel_lacks("Landlock")) {
        return;
    }
    write_file("secret", "the-secret\n");
    char source[2048];
    snprintf(source, sizeof(source),
             "#include <stdio.h>\nint main(void) { char t[100] = \"\"; FILE *f = fopen(\"%s/secret\", \"r\"); if (f) "
             "fgets(t, 100, f); puts(t); return 0; }\n",
             getenv("HERE"));
    write_file("hostile.c", source);
    json_decref(check_with("", 1, "hostile.c"));
    assert_null(strstr(out, "the-secret"));
    expect_result("FILE *f = fopen(\"/etc/passwd\", \"r\"); if (f == NULL) puts(\"ok\");", "passed", "");
    expect_result(
        "char p[64]; snprintf(p, 64, \"/proc/%d/environ\", getppid()); if (fopen(p, \"r\") == NULL) puts(\"ok\");",
        "passed", "");
}

static void the_compiler_reads_no_more_than_the_program(void **state)
{
    (void)state;
    if (kernel_lacks("Landlock")) {
        return;
    }
    write_file("secret", "the-secret\n");
    char source[1024];
    snprintf(source, sizeof(source), "#include \"%s/secret\"\nint main(void) { return 0; }\n", getenv("HERE"));
    write_file("hostile.c", source);
    json_t *said = check_with("", 1, "hostile.c");
    assert_string_equal(said_text(said, "result"), "compile");
    assert_null(strstr(out, "the-secret"));
    json_decref(said);
    snprintf(source, sizeof(source), "#include \"%s/course/lessons/01-run/solution.c\"\n", SSI_TESTS);
    write_file("hostile.c", source);
    said = check_with("", 1, "hostile.c"); /* the answer itself */
    assert_string_equal(said_text(said, "result"), "compile");
    json_decref(said);
    snprintf(source, sizeof(source),
             "#include <stdio.h>\n__asm__(\".global s\\ns: .incbin \\\"%s/secret\\\"\\n.byte 0\");\nextern char "
             "s[];\nint main(void) { puts(s); }\n",
             getenv("HERE"));
    write_file("hostile.c", source);
    json_decref(check_with("", 1, "hostile.c"));
    assert_null(strstr(out, "the-secret"));
}

static void a_source_that_keeps_the_compiler_busy_is_stopped(void **state)
{
    (void)state;
    write_file("hostile.c", "#define A(x) x x x x x x x x x x\n#define B(x) A(A(A(A(A(A(A(A(A(A(x))))))))))\nB(B(B(int "
                            "i;)))\nint main(void) { return 0; }\n");
    json_t *said = check_with("", 1, "hostile.c");
    assert_string_equal(said_text(said, "result"), "compile");
    json_decref(said);
    write_file("hostile.c", "#include \"/dev/zero\"\nint main(void) { return 0; }\n");
    said = check_with("", 1, "hostile.c");
    assert_string_equal(said_text(said, "result"), "compile");
    json_decref(said);
}

static void nothing_is_left_behind(void **state)
{
    (void)state;
    expect_exit(0, "mkdir -p scratch && printf '#include <sys/stat.h>\\n#include <stdio.h>\\nint main(void) { "
                   "mkdir(\"a\", 0700); FILE *f = "
                   "fopen(\"a/b\", \"w\"); if (f) fclose(f); puts(\"ok\"); }\\n' >leaves.c && "
                   "TMPDIR=$PWD/scratch ssi check 1 --lessons $LESSONS --file leaves.c && rmdir scratch");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_right_program_passes),
        cmocka_unit_test(threads_may_be_used),
        cmocka_unit_test(an_endless_loop_is_stopped),
        cmocka_unit_test(waiting_for_ever_is_stopped),
        cmocka_unit_test(endless_output_is_stopped),
        cmocka_unit_test(a_file_without_an_end_is_stopped),
        cmocka_unit_test(files_without_an_end_are_stopped),
        cmocka_unit_test(memory_without_an_end_is_stopped),
        cmocka_unit_test(a_crash_is_told_with_its_line),
        cmocka_unit_test(a_crash_that_spoils_the_stack_has_its_line_all_the_same),
        cmocka_unit_test(crashes_are_told_apart),
        cmocka_unit_test(a_fork_bomb_does_not_go_off),
        cmocka_unit_test(no_program_is_started),
        cmocka_unit_test(no_socket_is_opened),
        cmocka_unit_test(no_other_process_is_touched),
        cmocka_unit_test(what_lies_outside_is_not_deleted),
        cmocka_unit_test(what_lies_outside_is_not_written),
        cmocka_unit_test(rights_and_times_outside_stay),
        cmocka_unit_test(what_lies_outside_is_not_read),
        cmocka_unit_test(the_compiler_reads_no_more_than_the_program),
        cmocka_unit_test(a_source_that_keeps_the_compiler_busy_is_stopped),
        cmocka_unit_test(nothing_is_left_behind),
    };
    return cmocka_run_group_tests(tests, enter_course, leave_folder);
}
