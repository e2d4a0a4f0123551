/*
 * witness.c - loaded beside a learner's program, it writes down why the program ended: where it crashed, or which system call was refused.
 *
 * The notes go into the file that SSI_WITNESS names, a line each: `crash N` (the signal), `deep` (at the end of the stack), `at ADDRESS` (in the
 * program, as addr2line takes it, innermost first), `refused N` (a system call), `memory` (there is none left). stdout is written line by line, so that what was
 * printed before a crash arrives. Nothing here is trusted by who reads the notes.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <elf.h>
#include <execinfo.h>
#include <fcntl.h>
#include <link.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

enum { DEPTH = 64, SPARE = 1 << 24 };

static char notes[4096];
static uintptr_t program_base; /* what to take from addresses of the program */
static const void *program_start;
static uintptr_t stack_start; /* what was found at the beginning: a program may spoil its stack */
static char signal_stack[1 << 16];

static void note(const char *word, unsigned long number, int base)
{
    char line[64], digits[24];
    int n = 0, d = 0;
    for (; *word != '\0'; word++) {
        line[n++] = *word;
    }
    do {
        digits[d++] = "0123456789abcdef"[number % (unsigned)base];
        number /= (unsigned)base;
    } while (number > 0);
    while (d > 0) {
        line[n++] = digits[--d];
    }
    line[n++] = '\n';
    int file = open(notes, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file >= 0) {
        ssize_t written = write(file, line, (size_t)n);
        (void)written;
        close(file);
    }
}

static void note_memory(void)
{
    void *spare = mmap(NULL, SPARE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (spare == MAP_FAILED) {
        note("memory ", 0, 10);
    } else {
        munmap(spare, SPARE);
    }
}

/* Notes the address if it is the program's. */
static int note_place(uintptr_t address)
{
    Dl_info where;
    int own = dladdr((void *)address, &where) != 0 && where.dli_fbase == program_start;
    if (own) {
        note("at ", address - program_base, 16);
    }
    return own;
}

/* Where it crashed, and the calls that led there: a call is one byte before where it returns to. The stack may be spoilt: the first comes without it. */
static void note_places(uintptr_t crash)
{
    void *place[DEPTH];
    int told = note_place(crash), places = backtrace(place, DEPTH);
    for (int i = 0; i < places && told < 16; i++) {
        if ((uintptr_t)place[i] != crash) {
            told += note_place((uintptr_t)place[i] - 1);
        }
    }
}

static uintptr_t counter_of(const ucontext_t *context)
{
#if defined(__x86_64__)
    return (uintptr_t)context->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
    return (uintptr_t)context->uc_mcontext.pc;
#else
    (void)context;
    return 0;
#endif
}

static void on_crash(int number, siginfo_t *info, void *context)
{
    signal(number, SIG_DFL); /* what goes wrong here ends it at once */
    if (number == SIGSYS) {
        note("refused ", (unsigned long)info->si_syscall, 10);
    } else {
        note("crash ", (unsigned long)number, 10);
        uintptr_t fault = (uintptr_t)info->si_addr;
        if (number == SIGSEGV && fault < stack_start && stack_start - fault > 7u << 20 &&
            stack_start - fault < 9u << 20) {
            note("deep ", 0, 10); /* the stack, of 8 MB, ends there */
        }
        note_memory();
    }
    note_places(counter_of(context));
    raise(number);
}

__attribute__((destructor)) static void leave(void)
{
    note_memory();
}

__attribute__((constructor)) static void enter(void)
{
    const char *path = getenv("SSI_WITNESS");
    if (path == NULL || strlen(path) >= sizeof(notes)) {
        return;
    }
    strcpy(notes, path);
    setvbuf(stdout, NULL, _IOLBF, 1 << 16);
    void *warm[1];
    backtrace(warm, 1); /* loads what it needs now, while there is memory */
    const ElfW(Phdr) *header = (const ElfW(Phdr) *)getauxval(AT_PHDR);
    Dl_info where;
    if (header != NULL && dladdr((const void *)header, &where) != 0) {
        const ElfW(Ehdr) *file = where.dli_fbase;
        program_start = where.dli_fbase;
        program_base = file->e_type == ET_EXEC ? 0 : (uintptr_t)where.dli_fbase;
    }
    stack_start = (uintptr_t)getauxval(AT_RANDOM);
    stack_t stack = {.ss_sp = signal_stack, .ss_size = sizeof(signal_stack)};
    sigaltstack(&stack, NULL);
    struct sigaction action = {.sa_sigaction = on_crash, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    sigemptyset(&action.sa_mask);
    static const int signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS};
    for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
        sigaction(signals[i], &action, NULL);
    }
}
