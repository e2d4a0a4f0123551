/* On a kernel without Landlock or seccomp, programs are still held by what there is, and the learner and the teacher are told. */
#include "course.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#endif

/* Runs a line as run() does, on a kernel that does not know this call. */
static int run_without(long call, const char *line)
{
    char whole[4096];
    snprintf(whole, sizeof(whole), "{ %s\n} >.out 2>.err </dev/null", line);
    pid_t child = fork();
    if (child == 0) {
        struct sock_filter rule[] = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
                                     BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)call, 0, 1),
                                     BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
                                     BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
        struct sock_fprog program = {sizeof(rule) / sizeof(rule[0]), rule};
        if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
            _exit(99);
        }
        execl("/bin/sh", "sh", "-c", whole, (char *)NULL);
        _exit(98);
    }
    int status = 0;
    waitpid(child, &status, 0);
    slurp(".out", out, sizeof(out));
    slurp(".err", err, sizeof(err));
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static bool cannot_pretend(void)
{
    bool cannot = run_without(SYS_landlock_create_ruleset, "true") != 0;
    if (cannot) {
        print_message("not tried: a call cannot be taken away here\n");
    }
    return cannot;
}

static void right_programs_pass_all_the_same(void **state)
{
    (void)state;
    static const long calls[] = {SYS_landlock_create_ruleset, SYS_seccomp};
    static const char *const names[] = {"Landlock", "seccomp"};
    for (int i = 0; i < 2 && !cannot_pretend(); i++) {
        assert_int_equal(run_without(calls[i], "ssi check 1 --lessons $LESSONS --file $LESSONS/01-run/solution.c"), 0);
        expect_text(out, "All right!");
        expect_text(err, "this system lacks");
        expect_text(err, names[i]);
        assert_int_equal(run_without(calls[i], "ssi info"), 0);
        expect_text(out, names[i]);
        expect_text(out, "without");
    }
}

static void what_is_left_still_holds(void **state)
{
    (void)state;
    if (cannot_pretend()) {
        return;
    }
    write_file("bomb.c", "#include <unistd.h>\nint main(void) { fork(); return 0; }\n");
    run_without(SYS_landlock_create_ruleset, "ssi check 1 --lessons $LESSONS --file bomb.c --json");
    expect_text(out, "\"forbidden\"");
    write_file("loop.c", "int main(void) { for (volatile int i = 0;; i++) { } }\n");
    run_without(SYS_seccomp, "ssi check 1 --lessons $LESSONS --file loop.c --json");
    expect_text(out, "\"time\"");
    char source[1024];
    snprintf(source, sizeof(source),
             "#include <stdio.h>\nint main(void) { FILE *f = fopen(\"%s/canary\", \"w\"); puts(f ? \"open\" : \"ok\"); "
             "return 0; }\n",
             getenv("HERE"));
    write_file("write.c", source);
    assert_int_equal(run_without(SYS_seccomp, "ssi check 1 --lessons $LESSONS --file write.c"),
                     0); /* Landlock is there */
}

static void a_teacher_is_warned(void **state)
{
    (void)state;
    if (cannot_pretend()) {
        return;
    }
    expect_exit(0, "mkdir -p class/ann/01 && cp $LESSONS/01-run/solution.c class/ann/01/start.c");
    assert_int_equal(run_without(SYS_seccomp, "ssi check --all class --lessons $LESSONS"), 0);
    expect_text(err, "grade on another one");
    assert_string_equal(out, "student,01,passed\nann,passed,1\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(right_programs_pass_all_the_same),
        cmocka_unit_test(what_is_left_still_holds),
        cmocka_unit_test(a_teacher_is_warned),
    };
    return cmocka_run_group_tests(tests, enter_course, leave_folder);
}
