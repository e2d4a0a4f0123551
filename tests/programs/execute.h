/*
 * execute.h - a random program: a seed and a number of steps. What each step does follows from the seed, the step's number and the shapes of what is
 * alive, never from values; so the program is the same however it is run, and what it reads can be compared.
 */
#ifndef SSI_TESTS_PROGRAMS_EXECUTE_H
#define SSI_TESTS_PROGRAMS_EXECUTE_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "choose.h"
#include "run/run.h"
#include "ssi/grad.h"

enum { MOST_STEPS = 64, MOST_DEPTH = 4, PARAMETERS = 3 };

typedef struct program {
    uint64_t seed;
    int steps;
    bool skip[MOST_STEPS];
} program;

typedef struct execution {
    const program *program;
    bool check;  /* hold each operation to the reference executor */
    FILE *trace; /* NULL: silent */
    population alive;
    ssi_tensor *handle[PARAMETERS];
    ssi_scope scope[MOST_DEPTH];
    int depth, next_number;
    unsigned char *seen; /* all that was read, in order */
    size_t length, capacity;
    char complaint[400]; /* of the check */
} execution;

/* ---- what is seen ---- */

static void see(execution *e, const void *bytes, size_t count)
{
    if (e->length + count > e->capacity) {
        e->capacity = 2 * e->capacity + count;
        e->seen = realloc(e->seen, e->capacity);
    }
    if (count)
        memcpy(e->seen + e->length, bytes, count);
    e->length += count;
}

/* One NaN is as good as another. */
static void unify_nans(void *data, ssi_dtype dtype, int64_t count)
{
    for (int64_t i = 0; i < count && ssi_is_float(dtype); i++) {
        if (isnan(ssi_get_f64(data, dtype, i)))
            ssi_put_f64(data, dtype, i, NAN);
    }
}

static void see_status(execution *e, const char *of, int status)
{
    if (e->trace && status != SSI_OK)
        fprintf(e->trace, "    // %s returned %d\n", of, status);
    see(e, &status, sizeof status);
}

static void see_error(execution *e)
{
    ssi_error error = {0};
    if (ssi_error_take(&error) && e->trace)
        fprintf(e->trace, "    // %s: %s\n", error.operation, error.message);
    see(e, &error.code, sizeof error.code);
}

static void read_value(execution *e, const living *l)
{
    static _Thread_local int64_t data[4 * MOST_ELEMENTS];
    int64_t count = ssi_size(l->x);
    ssi_dtype dtype = ssi_dtype_of(l->x);
    if (count > 4 * MOST_ELEMENTS)
        return;
    if (e->trace)
        fprintf(e->trace, "    read(t%d); // at byte %zu\n", l->number, e->length);
    if (ssi_read(l->x, dtype, data, count) != SSI_OK) {
        see_error(e);
        return;
    }
    unify_nans(data, dtype, count);
    see(e, data, (size_t)count * ssi_dtype_size(dtype));
}

/* ---- who is alive ---- */

static int number_of(const execution *e, const ssi_tensor *x)
{
    for (int i = 0; i < e->alive.count; i++) {
        if (e->alive.of[i].x == x)
            return e->alive.of[i].number;
    }
    return -1;
}

static void add_living(execution *e, ssi_tensor *x, int depth)
{
    population *p = &e->alive;
    if (p->count == MOST_ALIVE) { /* a handle never leaves */
        int leaves = PARAMETERS + (int)((unsigned)e->next_number * 7u % (MOST_ALIVE - PARAMETERS));
        p->of[leaves] = p->of[--p->count];
    }
    p->of[p->count++] = (living){x, depth, e->next_number++};
}

static void born(execution *e, ssi_tensor *x, const char *text)
{
    char shape[SSI_SHAPE_TEXT];
    if (!x) {
        see_error(e);
        return;
    }
    if (e->trace)
        fprintf(e->trace, "    t%d = %s; // %s\n", e->next_number, text, ssi_describe(x, shape));
    add_living(e, x, e->depth);
}

/* ---- held to the reference ---- */

static ssi_tensor *copy_of(ssi_tensor *x)
{
    int64_t shape[SSI_MAX_RANK];
    int rank = shape_of(x, shape);
    const void *data = ssi_data(x);
    return data ? (ssi_array)(ssi_dtype_of(x), rank, shape, data) : NULL;
}

static double largest_of(ssi_tensor *x)
{
    double largest = 0;
    const void *data = x ? ssi_data(x) : NULL;
    for (int64_t i = 0; data && i < ssi_size(x); i++) {
        double size = fabs(ssi_get_f64(data, ssi_dtype_of(x), i));
        if (isfinite(size) && size > largest)
            largest = size;
    }
    return largest;
}

static double epsilon_of(ssi_dtype dtype)
{
    static const double epsilon[SSI_DTYPES] = {
        [SSI_F32] = 0x1p-23, [SSI_F64] = 0x1p-52, [SSI_F16] = 0x1p-10, [SSI_BF16] = 0x1p-7};
    return epsilon[dtype];
}

/* The coarsest rounding on the way to y: integers become floats by their width. */
static double coarsest(const ssi_tensor *y, ssi_tensor *const x[3])
{
    static const ssi_dtype as_float[SSI_DTYPES] = {
        [SSI_F32] = SSI_F32, [SSI_F64] = SSI_F64, [SSI_F16] = SSI_F16, [SSI_BF16] = SSI_BF16, [SSI_BOOL] = SSI_F16,
        [SSI_U8] = SSI_F16,  [SSI_I8] = SSI_F16,  [SSI_I16] = SSI_F32, [SSI_I32] = SSI_F64,   [SSI_I64] = SSI_F64};
    double epsilon = epsilon_of(ssi_dtype_of(y));
    for (int i = 0; i < 3 && x[i] && epsilon > 0; i++) {
        double other = epsilon_of(as_float[ssi_dtype_of(x[i])]);
        epsilon = other > epsilon ? other : epsilon;
    }
    return epsilon;
}

static bool gathers_terms(family f)
{
    return f == REDUCE || f == MATMUL || f == SCATTER || f == PHRASE;
}

/* Elements of what both broadcast to. */
static double broadcast_size(const ssi_tensor *a, const ssi_tensor *b)
{
    double size = 1;
    for (int axis = 1; axis <= ssi_rank(a) || axis <= ssi_rank(b); axis++) {
        int64_t of_a = axis <= ssi_rank(a) ? ssi_dim(a, -axis) : 1, of_b = axis <= ssi_rank(b) ? ssi_dim(b, -axis) : 1;
        size *= (double)(of_a > of_b ? of_a : of_b);
    }
    return size;
}

/* How far from the reference an element may be, in units of `epsilon`: of itself, and of what it was summed from. */
typedef struct tolerance {
    double epsilon, relative, absolute;
} tolerance;

static tolerance tolerance_of(const choice *c, ssi_tensor *const x[3], const ssi_tensor *y)
{
    tolerance t = {.epsilon = coarsest(y, x),
                   .relative = 16,
                   .absolute = 0x1p-120}; /* the last numbers above 0 are no more than they are */
    if (!gathers_terms(c->family))
        return t;
    double largest = 1, terms = 1;
    for (int i = 0; i < 3 && x[i]; i++) {
        double size = largest_of(x[i]);
        largest = size > largest ? size : largest;
        terms = (double)ssi_size(x[i]) > terms ? (double)ssi_size(x[i]) : terms;
    }
    if (c->family == PHRASE && x[1])
        terms = broadcast_size(x[0], x[1]);
    t.relative += terms;
    t.absolute += 16 * largest * largest * terms;
    return t;
}

static bool close_enough(double a, double b, const tolerance *t)
{
    if (a == b || (isnan(a) && isnan(b)))
        return true;
    return fabs(a - b) <= t->epsilon * (t->relative * fabs(b) + t->absolute) || (t->epsilon > 0 && fabs(b) > 1e30);
}

static void compare_with_reference(execution *e, const choice *c, ssi_tensor *y, ssi_tensor *r, const tolerance *t)
{
    ssi_dtype dtype = ssi_dtype_of(y);
    const void *got = ssi_data(y), *want = ssi_data(r);
    if (!got || !want || ssi_dtype_of(r) != dtype || ssi_size(r) != ssi_size(y)) {
        snprintf(e->complaint, sizeof e->complaint, "%s: no value, or another dtype or shape, by the reference",
                 name_of(c));
        return;
    }
    for (int64_t i = 0; i < ssi_size(y) && !e->complaint[0]; i++) {
        double a = ssi_get_f64(got, dtype, i), b = ssi_get_f64(want, dtype, i);
        if (!close_enough(a, b, t))
            snprintf(e->complaint, sizeof e->complaint, "t%d = %s: element %lld is %.17g, by the reference %.17g",
                     e->next_number, name_of(c), (long long)i, a, b);
    }
}

static void check_operation(execution *e, const choice *c, ssi_tensor *const x[3], ssi_tensor *y)
{
    int eager = ssi_eager;
    tolerance t = tolerance_of(c, x, y);
    ssi_scope scope = ssi_scope_open();
    ssi_eager = 0;
    ssi_tensor *copy[3] = {NULL, NULL, NULL};
    for (int i = 0; i < 3 && x[i]; i++)
        copy[i] = x[i] == x[0] && i ? copy[0] : copy_of(x[i]);
    ssi_use_reference = 1;
    ssi_tensor *r = apply(c, copy);
    ssi_eval(r);
    ssi_use_reference = 0;
    compare_with_reference(e, c, y, r, &t);
    ssi_eager = eager;
    ssi_scope_close(scope);
}

/* ---- steps ---- */

static void step_leaf(execution *e, dice *d)
{
    int64_t shape[SSI_MAX_RANK];
    ssi_dtype dtype = random_dtype(d, &e->alive);
    int rank = random_shape(d, &e->alive, shape);
    born(e, random_leaf(d, dtype, rank, shape), "leaf");
}

static void step_operation(execution *e, dice *d)
{
    choice c;
    ssi_tensor *x[3];
    if (!choose(d, &e->alive, &c, x))
        return;
    ssi_tensor *y = apply(&c, x);
    char text[100];
    snprintf(text, sizeof text, "%s(t%d, t%d, t%d)", name_of(&c), number_of(e, x[0]), number_of(e, x[1]),
             number_of(e, x[2]));
    if (y && e->check)
        check_operation(e, &c, x, y);
    born(e, y, text);
}

static void step_read(execution *e, dice *d)
{
    read_value(e, &e->alive.of[below(d, e->alive.count)]);
}

static void step_open(execution *e)
{
    if (e->depth == MOST_DEPTH)
        return;
    if (e->trace)
        fprintf(e->trace, "    open();\n");
    e->scope[e->depth++] = ssi_scope_open();
}

static void step_close(execution *e)
{
    if (e->trace)
        fprintf(e->trace, "    close();\n");
    e->depth--;
    see_status(e, "close", ssi_scope_close(e->scope[e->depth]));
    see_error(e);
    int left = 0;
    for (int i = 0; i < e->alive.count; i++) {
        if (e->alive.of[i].depth <= e->depth)
            e->alive.of[left++] = e->alive.of[i];
    }
    e->alive.count = left;
}

static void step_leave_and_enter(execution *e)
{
    ssi_scope scope = e->scope[e->depth - 1];
    see_status(e, "leave", ssi_scope_leave(scope));
    see_status(e, "enter", ssi_scope_enter(scope));
}

static void step_keep(execution *e, dice *d)
{
    living *l = &e->alive.of[below(d, e->alive.count)];
    if (e->depth < 2 || l->depth != e->depth)
        return;
    if (e->trace)
        fprintf(e->trace, "    keep(t%d);\n", l->number);
    ssi_keep(l->x);
    l->depth--;
}

static void assign(execution *e, ssi_tensor *w, ssi_tensor *v)
{
    if (e->trace)
        fprintf(e->trace, "    assign(t%d, t%d);\n", number_of(e, w), number_of(e, v));
    int status = ssi_assign(w, v);
    see_status(e, "assign", status);
    if (status != SSI_OK)
        see_error(e);
}

/* w with a part as v has it. */
static ssi_tensor *with_part(dice *d, ssi_tensor *w, ssi_tensor *v)
{
    choice c = {.family = SET};
    if (!choose_slice(d, &c, w))
        return v;
    return ssi_set_slice(w, c.rank, c.range, chance(d, 70) ? ssi_slice(v, c.rank, c.range) : ssi_number(0.5));
}

static void step_assign(execution *e, dice *d)
{
    ssi_tensor *w = e->alive.of[chance(d, 60) ? below(d, PARAMETERS) : below(d, e->alive.count)].x;
    ssi_tensor *v = fitting(d, &e->alive, w, same_shape);
    if (!v || chance(d, 30)) {
        v = ssi_mul(w, ssi_number(0.75));
        born(e, v, "0.75 * w");
    }
    for (int parts = chance(d, 50) ? below(d, 4) : 0; v && parts > 0; parts--) {
        ssi_tensor *set = with_part(d, w, v);
        born(e, set, "w with a part of v");
        assign(e, w, set);
    }
    if (v && chance(d, 60))
        assign(e, w, v);
}

static ssi_tensor *loss_of(ssi_tensor *x)
{
    return ssi_sum_axes(ssi_tanh(x), 0, NULL, 0);
}

static bool has_gradient(const ssi_tensor *x)
{
    return ssi_dtype_of(x) <= SSI_F64;
}

static void step_gradient(execution *e, dice *d)
{
    ssi_tensor *x[3], *dx[3] = {NULL, NULL, NULL}, *y = someone(d, &e->alive);
    int n = 1 + below(d, 3);
    for (int i = 0; i < n; i++) {
        x[i] = chance(d, 50) ? e->alive.of[below(d, PARAMETERS)].x : someone(d, &e->alive);
        if (!has_gradient(x[i]))
            return;
    }
    if (!has_gradient(y))
        return;
    int status = ssi_gradients(loss_of(y), n, x, dx);
    see_status(e, "gradients", status);
    if (status != SSI_OK) {
        see_error(e);
        return;
    }
    for (int i = 0; i < n; i++) {
        char text[100];
        snprintf(text, sizeof text, "gradient of sum tanh t%d by t%d", number_of(e, y), number_of(e, x[i]));
        born(e, dx[i], text);
    }
}

/* A training loop in small: the plan of the first round serves the others, with other numbers. */
static void step_loop(execution *e, dice *d)
{
    ssi_tensor *w = e->handle[below(d, PARAMETERS)], *x = fitting(d, &e->alive, w, broadcasts);
    int rounds = 2 + below(d, 3);
    double rate = 0.05 + 0.1 * below(d, 4);
    if (!x || !has_gradient(x) || e->depth == MOST_DEPTH)
        return;
    if (e->trace)
        fprintf(e->trace, "    for (int i = 0; i < %d; i++) { t%d -= rate * gradient of sum tanh(t%d * t%d); }\n",
                rounds, number_of(e, w), number_of(e, w), number_of(e, x));
    for (int i = 0; i < rounds; i++) {
        ssi_scope scope = ssi_scope_open();
        ssi_tensor *dw = NULL, *loss = loss_of(ssi_mul(w, x));
        see_status(e, "gradients", ssi_gradients(loss, 1, &w, &dw));
        see_status(e, "assign", ssi_assign(w, ssi_sub(w, ssi_mul(dw, ssi_number(rate / (i + 1))))));
        if (chance(d, 30)) {
            double seen = ssi_item(loss);
            unify_nans(&seen, SSI_F64, 1);
            see(e, &seen, sizeof seen);
        }
        see_status(e, "close", ssi_scope_close(scope));
        see_error(e);
    }
}

static void step(execution *e, int number)
{
    dice d = {e->program->seed * 1000003u + (uint64_t)number};
    int kind = below(&d, 100);
    if (kind < 66)
        step_operation(e, &d);
    else if (kind < 72)
        step_leaf(e, &d);
    else if (kind < 78)
        step_read(e, &d);
    else if (kind < 82)
        step_open(e);
    else if (kind < 85 && e->depth > 1)
        step_close(e);
    else if (kind < 86)
        step_leave_and_enter(e);
    else if (kind < 89)
        step_keep(e, &d);
    else if (kind < 94)
        step_assign(e, &d);
    else if (kind < 97)
        step_gradient(e, &d);
    else
        step_loop(e, &d);
}

/* ---- the whole ---- */

static ssi_tensor *make_handle(dice *d, ssi_dtype dtype, int rank, const int64_t *shape)
{
    int64_t count = 1;
    for (int i = 0; i < rank; i++)
        count *= shape[i];
    ssi_buffer *buffer = ssi_buffer_new((size_t)count * ssi_dtype_size(dtype));
    for (int64_t i = 0; i < count; i++)
        ssi_put_f64(buffer->data, dtype, i, random_value(d));
    return ssi_handle(dtype, rank, shape, buffer);
}

static void begin(execution *e)
{
    static const int64_t sizes[] = {1, 2, 3, 4, 5, 7, 8, 10, 16, 17, 33, 64, 65, 100, 511, 513, 700};
    dice d = {e->program->seed};
    e->alive.favourite = chance(&d, 60) ? SSI_F32 : SSI_F64;
    for (int i = 0; i < 3; i++)
        e->alive.size[i] = sizes[below(&d, chance(&d, 20) ? 17 : 11)];
    for (int i = 0; i < PARAMETERS; i++) {
        int64_t shape[SSI_MAX_RANK];
        int rank = random_shape(&d, &e->alive, shape);
        e->handle[i] = make_handle(&d, e->alive.favourite, rank, shape);
        add_living(e, e->handle[i], 0);
        char text[SSI_SHAPE_TEXT];
        if (e->trace)
            fprintf(e->trace, "    t%d = handle; // %s\n", i, ssi_describe(e->handle[i], text));
    }
    e->scope[e->depth++] = ssi_scope_open();
}

static void finish(execution *e)
{
    while (e->depth > 1) {
        step_read(e, &(dice){(uint64_t)e->depth});
        step_close(e);
    }
    for (int i = 0; i < e->alive.count; i++)
        read_value(e, &e->alive.of[i]);
    step_close(e);
    ssi_scope scope = ssi_scope_open();
    for (int i = 0; i < PARAMETERS; i++)
        read_value(e, &e->alive.of[i]);
    ssi_scope_close(scope);
    for (int i = 0; i < PARAMETERS; i++)
        ssi_handle_free(e->handle[i]);
}

/* Runs the program; e->seen is the caller's to free. */
static void execute(execution *e)
{
    begin(e);
    for (int i = 0; i < e->program->steps && !e->complaint[0]; i++) {
        if (!e->program->skip[i])
            step(e, i);
    }
    finish(e);
}

#endif
