/*
 * fence.c - what a process can no longer do: files by Landlock, system calls by seccomp.
 *
 * A learner's program gets its one exec through descriptor FENCE_PROGRAM, which closes with it; the limit of open files, below that
 * number, keeps it from ever having such a descriptor again. What is refused is refused by a signal (SIGSYS), not an error code: the
 * witness (witness/witness.c) writes down which call it was, so that it can be explained.
 */
#define _GNU_SOURCE /* O_PATH, CLONE_THREAD */
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- files: the numbers of linux/landlock.h, whose newer ones older headers lack ---- */

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule       445
#define SYS_landlock_restrict_self  446
#endif

enum {
    EXECUTE = 1 << 0,
    READ_FILE = 1 << 2,
    READ_DIR = 1 << 3,
    ALL_OF_VERSION_1 = (1 << 13) - 1,
    REFER = 1 << 13,     /* version 2: renaming between folders */
    TRUNCATE = 1 << 14,  /* 3 */
    IOCTL_DEV = 1 << 15, /* 5 */
    READ = EXECUTE | READ_FILE | READ_DIR,
    OF_FILES = EXECUTE | 1 << 1 | READ_FILE | TRUNCATE | IOCTL_DEV
};

struct ruleset {
    uint64_t files, net, scoped;
};

struct beneath {
    uint64_t allowed;
    int32_t parent;
} __attribute__((packed));

static long landlock_version(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, 1 /* LANDLOCK_CREATE_RULESET_VERSION */);
}

/* Where a system keeps programs, libraries and what they read at start. */
static const char *const readable[] = {"/usr",
                                       "/lib",
                                       "/lib64",
                                       "/bin",
                                       "/etc/ld.so.cache",
                                       "/etc/alternatives",
                                       "/etc/localtime",
                                       "/dev/zero",
                                       "/dev/urandom",
                                       "/sys/devices/system",
                                       "/proc/cpuinfo",
                                       "/proc/meminfo",
                                       "/etc/fonts",
                                       "/var/cache/fontconfig",
                                       "/nix/store",
                                       "/gnu/store",
                                       NULL};

/* What is not there needs no rule. */
static void allow(int rules, uint64_t access, const char *path)
{
    struct stat found;
    struct beneath rule = {access, open(path, O_PATH | O_CLOEXEC)};
    if (rule.parent >= 0 && fstat(rule.parent, &found) == 0) {
        rule.allowed &= S_ISDIR(found.st_mode) ? rule.allowed : OF_FILES;
        syscall(SYS_landlock_add_rule, rules, 1 /* LANDLOCK_RULE_PATH_BENEATH */, &rule, 0);
        close(rule.parent);
    }
}

bool fence_files(const sandbox_job *job)
{
    long version = landlock_version();
    if (version < 1) {
        return true; /* sandbox_lacks() says so */
    }
    uint64_t all =
        ALL_OF_VERSION_1 | (version >= 2 ? REFER : 0) | (version >= 3 ? TRUNCATE : 0) | (version >= 5 ? IOCTL_DEV : 0);
    struct ruleset kinds = {all, version >= 4 ? 3 : 0 /* binding and connecting */,
                            version >= 6 ? 3 : 0 /* abstract sockets and signals */};
    size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
    int rules = (int)syscall(SYS_landlock_create_ruleset, &kinds, size, 0);
    if (rules < 0) {
        return false;
    }
    for (const char *const *path = readable; *path != NULL; path++) {
        allow(rules, READ, *path);
    }
    for (const char *const *path = job->readable; path != NULL && *path != NULL; path++) {
        allow(rules, READ, *path);
    }
    allow(rules, READ, job->program);
    if (job->witness != NULL) {
        allow(rules, READ, job->witness);
    }
    allow(rules, all & ~(uint64_t)EXECUTE & ~(uint64_t)IOCTL_DEV, "/dev/null");
    allow(rules, all & ~(uint64_t)EXECUTE & ~(uint64_t)IOCTL_DEV, job->folder);
    bool closed = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return closed;
}

/* ---- calls ---- */

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define ARCHITECTURE AUDIT_ARCH_RISCV64
#endif

static bool has_seccomp(void)
{
#ifdef ARCHITECTURE
    uint32_t action = SECCOMP_RET_TRAP;
    return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
#else
    return false;
#endif
}

#ifdef ARCHITECTURE

/* Calls refused to learners' programs and compilers alike; newer ones by number, which is the same everywhere. */
static const int refused_to_all[] = {
    SYS_socket,
    SYS_socketpair,
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_setns,
    SYS_unshare,
    SYS_mount,
    SYS_umount2,
    SYS_chroot,
    SYS_pivot_root,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_keyctl,
    SYS_add_key,
    SYS_request_key,
    SYS_shmget,
    SYS_msgget,
    SYS_semget,
    SYS_mq_open,
    SYS_init_module,
    SYS_finit_module,
    SYS_delete_module,
    SYS_kexec_load,
    SYS_reboot,
    SYS_swapon,
    SYS_swapoff,
    SYS_sethostname,
    SYS_setdomainname,
    SYS_settimeofday,
    SYS_clock_settime,
    SYS_adjtimex,
    SYS_quotactl,
    SYS_acct,
    SYS_personality,
    SYS_setxattr,
    SYS_lsetxattr,
    SYS_fsetxattr,
    SYS_removexattr,
    SYS_lremovexattr,
    SYS_fremovexattr,
    SYS_fchownat,
    SYS_fchown,
    SYS_rt_sigqueueinfo,
    SYS_rt_tgsigqueueinfo,
    SYS_tkill,
    424 /* pidfd_send_signal */,
    425 /* io_uring_setup */,
    434 /* pidfd_open */,
    428 /* open_tree */,
    429 /* move_mount */,
    430 /* fsopen */,
    438 /* pidfd_getfd */,
    442 /* mount_setattr */,
#ifdef SYS_chown
    SYS_chown,
    SYS_lchown,
#endif
};

static const int refused_to_learners[] = {
    SYS_execve,    SYS_unlinkat,  SYS_fchmodat, 452 /* fchmodat2 */,
    SYS_utimensat, SYS_setrlimit, SYS_setpgid,  SYS_setsid,
#ifdef SYS_fork
    SYS_fork,      SYS_vfork,     SYS_unlink,   SYS_rmdir,
    SYS_chmod,     SYS_utime,     SYS_utimes,   SYS_futimesat,
#endif
};

enum { CALL = offsetof(struct seccomp_data, nr), ARCH = offsetof(struct seccomp_data, arch), LONGEST = 256 };
/* The half of an argument that matters on little-endian machines, which these are. */
#define ARGUMENT(n)      (offsetof(struct seccomp_data, args) + 8 * (n))
#define HIGH_ARGUMENT(n) (ARGUMENT(n) + 4)

typedef struct filter {
    struct sock_filter line[LONGEST];
    unsigned short length;
} filter;

static void add(filter *f, unsigned code, uint32_t k, unsigned yes, unsigned no)
{
    f->line[f->length++] = (struct sock_filter){(uint16_t)code, (uint8_t)yes, (uint8_t)no, k};
}

static void load(filter *f, size_t from)
{
    add(f, BPF_LD | BPF_W | BPF_ABS, (uint32_t)from, 0, 0);
}
static void answer(filter *f, uint32_t what)
{
    add(f, BPF_RET | BPF_K, what, 0, 0);
}

/* Answers so when the loaded word is k. */
static void when(filter *f, uint32_t k, uint32_t what)
{
    add(f, BPF_JMP | BPF_JEQ | BPF_K, k, 0, 1);
    answer(f, what);
}

/* A call that is right only with this word in its arguments. */
static void only_with(filter *f, int call, size_t argument, uint32_t k)
{
    add(f, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 4);
    load(f, argument);
    add(f, BPF_JMP | BPF_JEQ | BPF_K, k, 1, 0);
    answer(f, SECCOMP_RET_TRAP);
    load(f, CALL);
}

static void refuse_learners(filter *f, uint32_t self)
{
    for (size_t i = 0; i < sizeof(refused_to_learners) / sizeof(int); i++) {
        when(f, (uint32_t)refused_to_learners[i], SECCOMP_RET_TRAP);
    }
    only_with(f, SYS_execveat, ARGUMENT(0), FENCE_PROGRAM);
    only_with(f, SYS_kill, ARGUMENT(0), self);
    only_with(f, SYS_tgkill, ARGUMENT(0), self);
    only_with(f, SYS_prlimit64, ARGUMENT(2), 0);      /* asking is free, */
    only_with(f, SYS_prlimit64, HIGH_ARGUMENT(2), 0); /* setting is not */
    when(f, SYS_fchmod, SECCOMP_RET_ERRNO | EPERM);
    when(f, 435 /* clone3: its flags lie in memory; without it threads are made by clone */,
         SECCOMP_RET_ERRNO | ENOSYS);
    add(f, BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 4); /* threads only */
    load(f, ARGUMENT(0));
    add(f, BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0);
    answer(f, SECCOMP_RET_TRAP);
    load(f, CALL);
}

bool fence_calls(const sandbox_job *job)
{
    if (!has_seccomp()) {
        return true;
    }
    static filter f; /* not on the stack: this runs after fork */
    f.length = 0;
    load(&f, ARCH);
    add(&f, BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
    answer(&f, SECCOMP_RET_KILL_PROCESS);
    load(&f, CALL);
#ifdef __x86_64__
    add(&f, BPF_JMP | BPF_JGE | BPF_K, 0x40000000 /* x32's calls */, 0, 1);
    answer(&f, SECCOMP_RET_KILL_PROCESS);
#endif
    uint32_t refusal = job->compiler ? SECCOMP_RET_ERRNO | EPERM : SECCOMP_RET_TRAP;
    for (size_t i = 0; i < sizeof(refused_to_all) / sizeof(int); i++) {
        when(&f, (uint32_t)refused_to_all[i], refusal);
    }
    if (!job->compiler) {
        refuse_learners(&f, (uint32_t)getpid());
    }
    answer(&f, SECCOMP_RET_ALLOW);
    struct sock_fprog program = {f.length, f.line};
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

#else
bool fence_calls(const sandbox_job *job)
{
    (void)job;
    return true;
}
#endif

const char *sandbox_lacks(void)
{
    bool files = landlock_version() >= 1, calls = has_seccomp();
    return files && calls ? NULL : files ? "seccomp" : calls ? "Landlock" : "Landlock, seccomp";
}
