/*
 * arrays.c - array work, to be timed beside NumPy's by bench/arrays.
 *
 *     build/bench_arrays --list     every row: number, dtypes, what its operands are drawn from, and the line of NumPy that does the same
 *     build/bench_arrays            reads lines "row dtype elements calls", answers each with the seconds that one call takes
 *
 * Rows come from the table of operations first (what takes tensors alone: the NumPy text, the operands' ranges and the builder stand in its record),
 * then from the list at the end of this file. x and y hold `elements` elements, the rest are described there.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/arrays_rows.h"
#include "ops/op.h"

/* ---- rows ---- */

typedef struct row {
    const ssi_op *op; /* NULL: from the list */
    work *work;
    const char *numpy, *dtypes;
    double low[2], high[2];
} row;

enum { MOST = 512 };
static row rows[MOST];
static int count;

/* "a=uniform(-2,2) b=uniform(0.5,2)": the ranges of up to two operands. */
static void read_ranges(const char *sample, row *r)
{
    for (int i = 0; i < 2; i++) {
        const char *open = sample ? strchr(sample, '(') : NULL;
        if (!open || sscanf(open, "(%lf,%lf)", &r->low[i], &r->high[i]) != 2) {
            r->low[i] = i ? r->low[0] : -2;
            r->high[i] = i ? r->high[0] : 2;
        }
        sample = open ? open + 1 : NULL;
    }
}

static void add_table(void)
{
    for (int i = 0; ssi_ops[i] && count < MOST; i++) {
        const ssi_op *op = ssi_ops[i];
        if ((!op->words->unary && !op->words->binary) || !op->words->numpy || strstr(op->words->numpy, "scipy"))
            continue;
        rows[count] = (row){.op = op, .numpy = op->words->numpy, .dtypes = "f32 f64 i64 i32 u8 bool"};
        read_ranges(op->words->samples ? op->words->samples[0] : NULL, &rows[count++]);
    }
}

static void add_list(void)
{
    for (int i = 0; listed[i].numpy && count < MOST; i++)
        rows[count++] = (row){.work = listed[i].work,
                              .numpy = listed[i].numpy,
                              .dtypes = listed[i].dtypes,
                              .low = {-2, -2},
                              .high = {2, 2}};
}

/* ---- timing ---- */

/* One thread's time is the processor's: while others have it, the clock stands still. */
static double now(void)
{
    struct timespec t;
    clock_gettime(ssi_threads() == 1 ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static ssi_tensor *drawn(ssi_dtype dtype, int64_t n, double low, double high, uint64_t stream)
{
    ssi_tensor *u = (ssi_uniform)(SSI_F64, 1, &n, 1, stream);
    bool whole = dtype != SSI_F32 && dtype != SSI_F64;
    if (whole) { /* small whole numbers, not 0 where the range has none */
        low = low > 0 ? 1 : low < -1 ? -50 : low;
        high = 50;
    }
    ssi_tensor *x = ssi_cast(ssi_add(ssi_mul(u, high - low), low), dtype == SSI_BOOL ? SSI_I64 : dtype);
    return dtype == SSI_BOOL ? ssi_greater(x, 0) : x;
}

static void draw(operands *o, const row *r, ssi_dtype dtype, int64_t n)
{
    o->n = n;
    o->dtype = dtype;
    o->x = drawn(dtype, n, r->low[0], r->high[0], 1);
    o->y = drawn(dtype, n, r->low[1], r->high[1], 2);
    o->A = n % 1000 ? o->x : (ssi_reshape)(o->x, 2, (int64_t[]){n / 1000, 1000});
    o->B = n % 10 ? o->x : (ssi_reshape)(o->x, 2, (int64_t[]){n / 10, 10});
    int64_t side = 1;
    while (side < 1000 && (side + 1) * (side + 1) <= n)
        side++;
    o->S = (ssi_reshape)(first(o->x, side * side), 2, (int64_t[]){side, side});
    o->r = backwards(o->A, 0);
    o->weights = ssi_square(ssi_cast(o->y, SSI_F64));
    o->weights = ssi_div(o->weights, ssi_sum(o->weights));
    o->m = ssi_greater((ssi_uniform)(SSI_F64, 1, &n, 1, 3), 0.5);
    int64_t *index = malloc((size_t)n * sizeof *index);
    uint64_t state = 1;
    for (int64_t i = 0; i < n; i++)
        index[i] = i;
    for (int64_t i = n - 1; i > 0; i--) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        int64_t other = (int64_t)((state >> 33) % (uint64_t)(i + 1)), swap = index[i];
        index[i] = index[other];
        index[other] = swap;
    }
    o->k = (ssi_array)(SSI_I64, 1, &n, index);
    free(index);
    ssi_tensor *all[] = {o->x, o->y, o->A, o->B, o->S, o->m, o->r, o->weights};
    ssi_eval_all(8, all);
}

static ssi_tensor *run(const row *r, const operands *o)
{
    if (!r->op)
        return r->work(o);
    return r->op->words->unary ? r->op->words->unary(o->x) : r->op->words->binary(o->x, o->y);
}

/* Seconds a call; negative when the operation refuses the dtype. */
static double time_row(const row *r, const operands *o, long calls)
{
    double start = 0;
    for (long i = -1; i < calls; i++) { /* the first is not counted: it plans */
        if (i == 0)
            start = now();
        ssi_scope scope = ssi_scope_open();
        ssi_tensor *y = run(r, o);
        int status = y ? ssi_eval(y) : SSI_INVALID;
        ssi_scope_close(scope);
        if (status != SSI_OK) {
            ssi_error_take(NULL);
            return -1;
        }
    }
    return (now() - start) / (double)calls;
}

static ssi_dtype dtype_named(const char *name)
{
    int dtype = 0;
    while (dtype < SSI_DTYPES && strcmp(ssi_dtype_name((ssi_dtype)dtype), name))
        dtype++;
    return (ssi_dtype)dtype;
}

static bool same_ranges(const row *a, const row *b)
{
    return a->low[0] == b->low[0] && a->low[1] == b->low[1] && a->high[0] == b->high[0] && a->high[1] == b->high[1];
}

static void serve(void)
{
    int number;
    char name[16];
    long long n;
    long calls;
    operands o = {0};
    const row *drawn_for = NULL;
    ssi_scope scope = ssi_scope_open();
    while (scanf("%d %15s %lld %ld", &number, name, &n, &calls) == 4 && number >= 0 && number < count) {
        if (!drawn_for || n != o.n || dtype_named(name) != o.dtype || !same_ranges(drawn_for, &rows[number])) {
            ssi_scope_close(scope);
            scope = ssi_scope_open();
            draw(&o, &rows[number], dtype_named(name), n);
            drawn_for = &rows[number];
        }
        printf("%.9g\n", time_row(&rows[number], &o, calls));
        fflush(stdout);
    }
    ssi_scope_close(scope);
}

int main(int argc, char **argv)
{
    add_table();
    add_list();
    if (argc > 1 && !strcmp(argv[1], "--list")) {
        for (int i = 0; i < count; i++)
            printf("%d\t%s\t%g %g %g %g\t%s\n", i, rows[i].dtypes, rows[i].low[0], rows[i].high[0], rows[i].low[1],
                   rows[i].high[1], rows[i].numpy);
        return 0;
    }
    serve();
    return ssi_report();
}
