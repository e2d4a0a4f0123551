/*
 * counts.c - how many instructions array work takes beside the fewest that it could: where a time misses its mark, this shows whether it is instructions that
 * take it, or waiting. A child does the work once, so that its plan and its memory are there, then once more, instruction by instruction, counted by its
 * parent: so the kernels of this very processor are counted, and no counter of the system is needed. Done for two sizes; what the larger one takes
 * more is what its elements cost. One thread.
 *
 *     cmake --build build --target bench_counts && build/bench_counts            Linux; a minute or two
 *
 * `fewest`: vector instructions of the operations themselves, by hand: arithmetic, stores, and loads that are no operand of another instruction.
 */
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <ssi/ssi.h>

enum { SMALL = 8192, MULTIPLY_ADDS = 32 * 64 }; /* elements, and of a product for each step of k */

typedef struct operands {
    ssi_tensor *x, *mask, *matrix, *left, *right, *w, *g;
    ssi_optimizer *adam, *momentum;
} operands;

static ssi_tensor *adam(operands *o)
{
    ssi_step(o->adam, 1, &o->w, &o->g);
    return NULL; /* done when the scope closes */
}

static ssi_tensor *momentum(operands *o)
{
    ssi_step(o->momentum, 1, &o->w, &o->g);
    return NULL; /* done when the scope closes */
}

static ssi_tensor *sigmoid(operands *o)
{
    return ssi_div(1, ssi_add(1, ssi_exp(ssi_neg(ssi_add(ssi_mul(o->x, 3), 1)))));
}

static ssi_tensor *standard(operands *o)
{
    return ssi_div(ssi_sub(o->x, ssi_mean(o->x)), ssi_std(o->x));
}

static ssi_tensor *sum_rows(operands *o)
{
    return ssi_sum(o->matrix, 0);
}

static ssi_tensor *argmax(operands *o)
{
    return ssi_argmax(o->x, 0);
}

static ssi_tensor *chosen(operands *o)
{
    return ssi_mask(o->x, o->mask);
}

static ssi_tensor *product(operands *o)
{
    return ssi_matmul(o->left, o->right);
}

/* What is counted per vector of 16 elements (products: per 16 multiply-adds), and of what the fewest are made. */
static const struct {
    const char *name;
    ssi_tensor *(*work)(operands *o);
    ssi_precision precision;
    double fewest;
    const char *made_of;
} rows[] = {
    {"Adam", adam, SSI_HIGHEST, 17, "12 operations, a square root and a division among them; 2 loads alone, 3 stores"},
    {"sgd with momentum", momentum, SSI_HIGHEST, 7, "5 operations, 2 stores"},
    {"1/(1+exp(-(x*3+1)))", sigmoid, SSI_HIGHEST, 15, "5 operations, 9 of a polynomial for exp, a store"},
    {"(x-mean)/std", standard, SSI_HIGHEST, 7,
     "three times through x: a sum; a difference, its square, a sum; a difference, a division, a store"},
    {"A.sum(0)", sum_rows, SSI_HIGHEST, 1, "a sum from memory"},
    {"argmax", argmax, SSI_HIGHEST, 1, "a maximum from memory"},
    {"x[mask]", chosen, SSI_HIGHEST, 4, "a load, a mask's load, a compressing store, a count"},
    {"product, f32", product, SSI_HIGHEST, 1, "a multiply-add"},
    {"product, medium", product, SSI_MEDIUM, 0.5, "half a multiply-add of pairs (without AMX)"},
};

static ssi_tensor *numbers(int64_t m, int64_t n, uint64_t seed)
{
    ssi_tensor *x = (ssi_uniform)(SSI_F32, 2, (int64_t[]){m, n}, seed, 0);
    ssi_tensor *flat = m == 1 ? ssi_reshape(x, n) : x;
    ssi_eval(flat);
    return flat;
}

static operands make(int64_t n)
{
    int64_t k = n / 128; /* of the product */
    operands o = {
        .x = numbers(1, n, 1), .w = numbers(1, n, 2), .g = numbers(1, n, 3), .matrix = numbers(n / 512, 512, 4)};
    o.mask = ssi_less(o.x, 0.5);
    ssi_eval(o.mask);
    o.left = numbers(32, k, 5);
    o.right = numbers(k, 64, 6);
    o.adam = ssi_adam(.lr = 1e-3);
    o.momentum = ssi_sgd(.lr = 1e-3, .momentum = 0.9);
    return o;
}

static void work_once(int row, operands *o)
{
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *y = rows[row].work(o);
    if (y)
        ssi_data(y);
    ssi_scope_close(scope);
}

static void be_counted(int row, int64_t n)
{
    ssi_set_threads(1);
    operands o = make(n);
    ssi_set_precision(rows[row].precision);
    for (int i = 0; i < 10; i++)
        work_once(row, &o);
    ptrace(PTRACE_TRACEME, 0, NULL, NULL);
    raise(SIGSTOP);
    work_once(row, &o);
    raise(SIGSTOP);
    _exit(ssi_report() != 0);
}

/* Instructions of one run; -1: it could not be followed. */
static double count(int row, int64_t n)
{
    int status;
    double steps = 0;
    pid_t child = fork();
    if (child == 0)
        be_counted(row, n);
    if (child < 0 || waitpid(child, &status, 0) < 0 || !WIFSTOPPED(status))
        return -1;
    for (;; steps++) {
        if (ptrace(PTRACE_SINGLESTEP, child, NULL, NULL) || waitpid(child, &status, 0) < 0 || !WIFSTOPPED(status))
            return -1;
        if (WSTOPSIG(status) == SIGSTOP)
            break;
    }
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    return steps;
}

int main(void)
{
    bool good = true;
    printf("| work | instructions for 16 | fewest | times | made of | besides, once |\n|---|---|---|---|---|---|\n");
    for (int row = 0; row < (int)(sizeof rows / sizeof rows[0]); row++) {
        double once = count(row, SMALL), twice = count(row, 2 * SMALL), more = twice - once;
        double sixteens = (rows[row].work == product ? SMALL / 128.0 * MULTIPLY_ADDS : SMALL) / 16;
        good = good && once > 0 && twice > 0;
        printf("| %s | %.1f | %g | %.2f | %s | %.0f |\n", rows[row].name, more / sixteens, rows[row].fewest,
               more / sixteens / rows[row].fewest, rows[row].made_of, once - more);
        fflush(stdout);
    }
    return !good;
}
