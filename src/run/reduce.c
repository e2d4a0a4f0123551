/*
 * reduce.c - long reductions: along rows of more than a block, or across rows.
 *
 * The order of a sum follows from the shape alone. Its smallest unit is a block of at most 512 elements of a row, folded to one (along), or eight
 * rows added one after another (across); of what no order changes, integers and extremes, a unit is as many elements as can be had. Units are joined
 * in pairs, pairs in pairs, as a binary counter counts; so the error of a sum grows with the logarithm of its length. Sixty-four units make a
 * piece; pieces may be computed by different threads, and because 64 is a power of two joining pieces continues the same tree. Of extremes the
 * order is nobody's business: the first is found whatever is looked at first.
 *
 * What is folded is computed block by block; where it lies in memory already, rows are folded where they lie, and where products of two such
 * operands are summed, as in a product by a vector, they are formed on the way.
 */
#include <string.h>

#include "run/execute.h"

enum { PIECE = 64, ROWS_PER_UNIT = 8, LEVELS = 8, TOGETHER = 256, TOGETHER_UNITS = 8, ACROSS = 2048, WHOLE = 1 << 15 };
/* Of a vector that rows are multiplied by, at once; how many of the longest. */
enum { PART_BYTES = 1 << 14, PARTS = 16 };

typedef struct ssi_reduce_job {
    ssi_run *run; /* known when it runs: these three; the rest belongs to the plan */
    const char *uniform;
    char *partial;
    const ssi_kernel *kernel;
    const ssi_access *direct; /* what is folded lies in memory, a row's elements side by side; NULL: it is computed */
    const ssi_access *factor; /* then its products with this, which lies likewise, are summed; NULL: none */
    ssi_dot_routine *dot;     /* sums either, whole rows of few units at once; NULL: there is no such routine */
    int64_t columns;          /* of an accumulator, or of a unit along a row */
    int64_t chunks;           /* that many columns make the width */
    int64_t outputs;          /* accumulators: kept rows (along), kept rows times chunks (across) */
    int64_t units, pieces;    /* per accumulator */
    int64_t rows;             /* across: of a unit */
    int64_t width;            /* elements of an accumulator, at most */
    size_t size;              /* bytes of an accumulator's element */
    int code, dtype;          /* argmin and argmax: of min and max */
    bool find, together;      /* of neighbouring outputs all rows at once */
} reduce_job;

/* The load of a value whose elements lie in memory, those of a row side by side. */
static const ssi_access *lying(const ssi_kernel *kernel, int value)
{
    for (int i = 0; i < kernel->before.loads; i++) {
        const ssi_access *load = &kernel->before.load[i];
        if (load->value == value)
            return load->extent == SSI_FULL && load->even && !load->gathered &&
                           (load->step == 1 || kernel->space.cols == 1)
                       ? load
                       : NULL;
    }
    return NULL;
}

/* The value that an integer was made of by widening it; itself, if it was not: a float loses its fraction on the way. */
static int narrow_of(const ssi_program *p, int value)
{
    for (int i = p->uniforms; i < p->instrs; i++) {
        const ssi_instr *instr = &p->instr[i];
        if (instr->d == value && instr->kind == SSI_DO_MAP && instr->code == SSI_MAP_CAST && instr->dtype == SSI_I64 &&
            !ssi_is_float((ssi_dtype)p->value[instr->a].dtype))
            return instr->a;
    }
    return value;
}

/* Whether what is folded is a sum of products of what lies in memory, as it is or narrower, which nobody else wants. */
static void find_factors(const ssi_plan *plan, const ssi_kernel *kernel, reduce_job *job)
{
    const ssi_program *before = &kernel->before;
    int instrs = before->instrs - before->uniforms;
    if (instrs == 0 || before->stores || kernel->fold.code != SSI_REDUCE_SUM || !kernel->order.along)
        return;
    const ssi_instr *last = &before->instr[before->instrs - 1];
    /* Products of narrower integers are cut to their type before they are summed. */
    const bool whole = last->dtype == SSI_I64 || ssi_is_float((ssi_dtype)last->dtype);
    if (last->kind != SSI_DO_MAP || last->code != SSI_MAP_MUL || last->d != kernel->fold.value || !whole)
        return;
    int a = narrow_of(before, last->a), b = narrow_of(before, last->b), from = before->value[a].dtype;
    int widened = (a != last->a) + (b != last->b && last->b != last->a);
    if (instrs != 1 + widened || before->value[b].dtype != from || !(job->dot = plan->backend->folds->dot[from]))
        return;
    job->direct = lying(kernel, a);
    job->factor = job->direct ? lying(kernel, b) : NULL;
    job->direct = job->factor ? job->direct : NULL;
}

/* Whether what is folded lies in memory as it is. */
static void find_direct(const ssi_plan *plan, const ssi_kernel *kernel, reduce_job *job)
{
    const ssi_program *before = &kernel->before;
    const ssi_fold *fold = &kernel->fold;
    if (before->instrs > before->uniforms || before->loads != 1 || before->stores)
        return;
    job->direct = lying(kernel, fold->value);
    if (fold->code == SSI_REDUCE_SUM && kernel->order.along && ssi_is_float((ssi_dtype)fold->from))
        job->dot = plan->backend->folds->dot[fold->from];
}

/* Whether rows lie at equal distances, forwards, or are all the same one. */
static bool lie_below(const reduce_job *job, const ssi_access *load)
{
    return load->linear &&
           (job->outputs == 1 || load->row_step >= job->kernel->order.width || (job->factor && load->row_step == 0));
}

/* Whether rows of neighbouring outputs, of few units each, lie in memory one after another. */
static bool can_go_together(const reduce_job *job)
{
    const ssi_fold_order *order = &job->kernel->order;
    return order->along && job->direct && order->folded_rows == 1 && lie_below(job, job->direct) &&
           (!job->factor || lie_below(job, job->factor)) &&
           (job->dot ? order->width <= PIECE * SSI_BLOCK : job->units <= (job->find ? 1 : TOGETHER_UNITS));
}

static void describe(const ssi_plan *plan, const ssi_kernel *kernel, reduce_job *job)
{
    const ssi_fold_order *order = &kernel->order;
    job->kernel = kernel;
    job->find = kernel->fold.code >= SSI_REDUCE_ARGMIN;
    job->code = job->find ? kernel->fold.code - SSI_REDUCE_ARGMIN + SSI_REDUCE_MIN : kernel->fold.code;
    job->dtype = kernel->fold.dtype;
    job->size = ssi_dtype_size((ssi_dtype)job->dtype);
    find_direct(plan, kernel, job);
    find_factors(plan, kernel, job);
    bool exact = job->code >= SSI_REDUCE_MIN || !ssi_is_float((ssi_dtype)job->dtype);
    job->columns = order->along && !exact ? SSI_BLOCK
                   : !job->direct         ? kernel->before.block
                   : !order->along        ? ACROSS
                                          : WHOLE;
    if (job->find && order->along && job->columns > SSI_FIND_COLUMNS)
        job->columns = SSI_FIND_COLUMNS;
    job->rows = job->find || exact ? SSI_FIND_ROWS : ROWS_PER_UNIT;
    job->chunks = (order->width + job->columns - 1) / job->columns;
    job->width = order->along ? 1 : order->width < job->columns ? order->width : job->columns;
    job->outputs = order->along ? order->kept_rows : order->kept_rows * job->chunks;
    job->units = order->along ? order->folded_rows * job->chunks : (order->folded_rows + job->rows - 1) / job->rows;
    job->pieces = (job->units + PIECE - 1) / PIECE;
    job->together = can_go_together(job);
}

/* An accumulator in memory: its values, and behind them, for argmin and argmax, their positions. */
static size_t accumulator_bytes(const reduce_job *job)
{
    return ssi_whole_lines((size_t)job->width * (job->size + (job->find ? sizeof(int64_t) : 0)));
}

static int64_t *positions(const reduce_job *job, char *accumulator)
{
    return (int64_t *)(void *)(accumulator + ((size_t)job->width * job->size + 7) / 8 * 8);
}

/* A worker's memory: registers, then accumulators of the levels and of two units, the masks of joining; or values of PARTS parts of rows that go together. */
bool ssi_reduce_work(ssi_plan *plan, ssi_kernel *kernel)
{
    reduce_job *job = ssi_plan_alloc(plan, 1, sizeof *job);
    if (!job)
        return false;
    describe(plan, kernel, job);
    kernel->job = job;
    kernel->work_bytes = ssi_whole_lines(kernel->work_bytes);
    if (job->pieces > 1)
        kernel->work_bytes += (size_t)(job->outputs * job->pieces) * accumulator_bytes(job);
    size_t own = kernel->order.along ? PARTS * TOGETHER * sizeof(int64_t)
                                     : (LEVELS + 2) * accumulator_bytes(job) + 3 * (size_t)job->width;
    kernel->scratch =
        ssi_whole_lines(kernel->scratch) + ssi_whole_lines(own) + ssi_whole_lines(2 * sizeof(int64_t)) + 3 * SSI_LINE;
    return true;
}

/* ---- joining ---- */

static ssi_map_routine *routine(const reduce_job *job, ssi_map_code code, int dtype)
{
    return ssi_map_of(job->run->plan->backend, code, dtype, SSI_VV);
}

/* d = a joined with b, a's elements coming first; d may be either. `mask`: three bytes an element. */
static void join(const reduce_job *job, char *d, char *a, char *b, int64_t n, uint8_t *mask)
{
    static const ssi_map_code code[] = {SSI_MAP_ADD, SSI_MAP_MUL, SSI_MAP_MIN, SSI_MAP_MAX, SSI_MAP_FMIN, SSI_MAP_FMAX};
    if (!job->find) {
        routine(job, code[job->code], job->dtype)(d, a, b, NULL, (size_t)n);
        return;
    }
    bool largest = job->code == SSI_REDUCE_MAX;
    uint8_t *better = mask, *b_nan = mask + n, *a_nan = mask + 2 * n;
    routine(job, SSI_MAP_LT, job->dtype)(better, largest ? a : b, largest ? b : a, NULL, (size_t)n);
    routine(job, SSI_MAP_NE, job->dtype)(b_nan, b, b, NULL, (size_t)n);
    routine(job, SSI_MAP_NE, job->dtype)(a_nan, a, a, NULL, (size_t)n);
    for (int64_t i = 0; i < n; i++)
        better[i] = !a_nan[i] && (better[i] || b_nan[i]);
    routine(job, SSI_MAP_WHERE, job->dtype)(d, better, b, a, (size_t)n);
    routine(job, SSI_MAP_WHERE, SSI_I64)(positions(job, d), better, positions(job, b), positions(job, a), (size_t)n);
}

/* A binary counter of accumulators: level k holds 2^k joined units. */
typedef struct counter {
    const reduce_job *job;
    char *level, *own; /* LEVELS of them; one more */
    size_t bytes;
    uint64_t count;
    uint8_t *mask;
} counter;

static char *level_of(const counter *c, int k)
{
    return c->level + (size_t)k * c->bytes;
}

/* Where the next unit goes: its level, or, where that holds one, beside it. */
static char *next_unit(const counter *c)
{
    return c->count & 1 ? c->own : c->level;
}

/* Counts the unit, which is joined with what its level holds, and they with the next, as far as levels hold anything. */
static void push(counter *c, int64_t n)
{
    char *carry = c->own;
    for (int k = 0; c->count >> k & 1; k++) {
        char *to = c->count >> (k + 1) & 1 ? level_of(c, k) : level_of(c, k + 1);
        join(c->job, to, level_of(c, k), carry, n, c->mask);
        carry = to;
    }
    c->count++;
}

/* Joins what is left, latest first, into the earliest. */
static char *total(counter *c, int64_t n)
{
    char *sum = NULL;
    for (int k = 0; c->count >> k; k++) {
        if (!(c->count >> k & 1))
            continue;
        if (sum)
            join(c->job, level_of(c, k), level_of(c, k), sum, n, c->mask);
        sum = level_of(c, k);
    }
    return sum;
}

/* ---- results ---- */

/* Columns of an accumulator, and the first of them. */
static int64_t width_of(const reduce_job *job, int64_t output, int64_t *first)
{
    if (job->kernel->order.along)
        return *first = 0, 1;
    *first = output % job->chunks * job->columns;
    int64_t left = job->kernel->order.width - *first;
    return left < job->columns ? left : job->columns;
}

static void store_result(const reduce_job *job, int64_t output, char *accumulator)
{
    int64_t column, n = width_of(job, output, &column);
    int64_t first = job->kernel->order.along ? output : output / job->chunks * job->kernel->order.width + column;
    size_t size = job->find ? sizeof(int64_t) : job->size;
    memcpy(job->run->at[job->kernel->fold.slot] + first * (int64_t)size,
           job->find ? (char *)positions(job, accumulator) : accumulator, (size_t)n * size);
}

static char *partial_of(const reduce_job *job, int64_t output, int64_t piece)
{
    return job->partial + (size_t)(output * job->pieces + piece) * accumulator_bytes(job);
}

/* The sum of a piece goes to the others of its output, or to its place. */
static void finish_piece(const reduce_job *job, int64_t output, int64_t piece, char *sum)
{
    if (job->pieces == 1)
        store_result(job, output, sum);
    else
        memcpy(partial_of(job, output, piece), sum, accumulator_bytes(job));
}

/* Joins the pieces of each output where they lie, continuing the tree. */
static void join_pieces(const reduce_job *job)
{
    uint8_t *mask = (uint8_t *)job->run->scratch;
    for (int64_t output = 0; output < job->outputs; output++) {
        int64_t column, n = width_of(job, output, &column);
        for (int64_t step = 1; step < job->pieces; step *= 2) {
            for (int64_t piece = 0; piece + step < job->pieces; piece += 2 * step)
                join(job, partial_of(job, output, piece), partial_of(job, output, piece),
                     partial_of(job, output, piece + step), n, mask);
        }
        store_result(job, output, partial_of(job, output, 0));
    }
}

/* ---- along rows ---- */

/* Row of the program's space for a kept and a folded position. */
static int64_t row_of(const ssi_fold_order *order, int64_t kept, int64_t folded)
{
    int64_t row = 0, step = 1;
    for (int g = order->groups - 1; g >= 0; g--) {
        int64_t *index = order->folded[g] ? &folded : &kept;
        row += *index % order->size[g] * step;
        *index /= order->size[g];
        step *= order->size[g];
    }
    return row;
}

/* Columns [column, column + n) of a row, in memory or in a register. */
static const char *elements(const reduce_job *job, ssi_worker *w, int64_t row, int64_t column, int64_t n)
{
    if (job->direct)
        ssi_load_operands(w, row, 1, column, n);
    else
        ssi_run_block(w, row, 1, column, n);
    return w->at[job->kernel->fold.value];
}

/* Folds parts of n columns into d: one after another in [column, column + columns) of the row, or, where they lie `below` each other, in that row and those
 * after it. */
static void fold_parts(const reduce_job *job, ssi_worker *w, int64_t row, int64_t column, int64_t columns,
                       int64_t parts, int64_t n, bool below, void *d)
{
    const ssi_fold_routines *folds = job->run->plan->backend->folds;
    int64_t step = below ? job->direct->row_step : n;
    if (!job->direct || !job->dot) {
        ssi_fold_routine *along = folds->along[job->code][job->kernel->fold.from];
        along(d, elements(job, w, row, column, columns), (size_t)parts, (size_t)n, (size_t)step);
        return;
    }
    ssi_load_operands(w, row, 1, column, columns);
    job->dot(d, w->at[job->direct->value], job->factor ? w->at[job->factor->value] : NULL, (size_t)parts, (size_t)n,
             (size_t)step, (size_t)(below && job->factor ? job->factor->row_step : n));
}

/* How many columns unit `unit` of a row has, and the first of them. */
static int64_t unit_columns(const reduce_job *job, int64_t unit, int64_t *column)
{
    *column = unit % job->chunks * job->columns;
    int64_t left = job->kernel->order.width - *column;
    return left < job->columns ? left : job->columns;
}

/* Folds units [first, last) of an output into `value`, as many at once as lie side by side. */
static void fold_units(const reduce_job *job, ssi_worker *w, int64_t output, int64_t first, int64_t last, char *value)
{
    int64_t width = job->kernel->order.width, most = job->direct ? PIECE : w->program->block / job->columns;
    for (int64_t unit = first, count; unit < last; unit += count) {
        int64_t column, n = unit_columns(job, unit, &column), full = (width - column) / job->columns;
        count = n < job->columns ? 1 : full < last - unit ? full : last - unit;
        count = count < most ? count : most;
        fold_parts(job, w, row_of(&job->kernel->order, output, unit / job->chunks), column, count * n, count, n, false,
                   value + (unit - first) * (int64_t)job->size);
    }
}

/* Joins the values of `count` units side by side: neighbours first. */
static void join_units(const reduce_job *job, char *value, int64_t count)
{
    ssi_fold_routine *fold = job->run->plan->backend->folds->along[job->code][job->dtype];
    for (; count > 1; count = (count + 1) / 2) {
        fold(value, value, (size_t)count / 2, 2, 2);
        if (count & 1)
            memcpy(value + count / 2 * (int64_t)job->size, value + (count - 1) * (int64_t)job->size, job->size);
    }
}

/* The unit with the first extreme of all, then the extreme within it. */
static void find_in_units(const reduce_job *job, ssi_worker *w, int64_t output, int64_t first, int64_t count,
                          char *value)
{
    ssi_find_routine *find = job->run->plan->backend->folds->find[job->code - SSI_REDUCE_MIN][job->dtype];
    int64_t unit, column, position;
    find(&unit, value, value, 1, (size_t)count, (size_t)count);
    unit += first;
    int64_t n = unit_columns(job, unit, &column), folded = unit / job->chunks;
    find(&position, value, elements(job, w, row_of(&job->kernel->order, output, folded), column, n), 1, (size_t)n,
         (size_t)n);
    *positions(job, value) = folded * job->kernel->order.width + column + position;
}

static void piece_along(const reduce_job *job, ssi_worker *w, int64_t output, int64_t piece, char *value)
{
    int64_t first = piece * PIECE, last = first + PIECE < job->units ? first + PIECE : job->units;
    if (job->direct && job->dot && job->chunks == job->units) { /* all in one row */
        int64_t column = first * job->columns, width = job->kernel->order.width,
                n = last == job->units ? width - column : PIECE * job->columns;
        fold_parts(job, w, row_of(&job->kernel->order, output, 0), column, n, 1, n, false, value);
    } else {
        fold_units(job, w, output, first, last, value);
        if (job->find)
            find_in_units(job, w, output, first, last - first, value);
        else
            join_units(job, value, last - first);
    }
    finish_piece(job, output, piece, value);
}

/* Neighbouring outputs of few units each, whose rows lie one after another in memory: part by part, all rows together. A part is a unit, or as many of them
 * as the first-level cache holds of a vector while rows pass by. */
static void sum_rows(const reduce_job *job, ssi_worker *w, int64_t output, int64_t rows, char *value)
{
    int64_t bytes = TOGETHER * (int64_t)job->size, width = job->kernel->order.width,
            columns = job->dot ? PART_BYTES / (int64_t)job->size : job->columns,
            parts = (width + columns - 1) / columns;
    for (int64_t part = 0; part < parts; part++) {
        int64_t column = part * columns, n = width - column < columns ? width - column : columns;
        fold_parts(job, w, output, column, n, rows, n, true, value + part * bytes);
    }
    for (int64_t step = 1; step < parts; step *= 2) {
        for (int64_t part = 0; part + step < parts; part += 2 * step)
            join(job, value + part * bytes, value + part * bytes, value + (part + step) * bytes, rows, NULL);
    }
    memcpy(job->run->at[job->kernel->fold.slot] + output * (int64_t)job->size, value, (size_t)rows * job->size);
}

static void find_in_rows(const reduce_job *job, ssi_worker *w, int64_t output, int64_t rows, char *value)
{
    int64_t *index = (int64_t *)(void *)job->run->at[job->kernel->fold.slot] + output;
    int64_t width = job->kernel->order.width;
    job->run->plan->backend->folds->find[job->code - SSI_REDUCE_MIN][job->dtype](
        index, value, elements(job, w, output, 0, width), (size_t)rows, (size_t)width, (size_t)job->direct->row_step);
}

/* ---- across rows ---- */

/* Each of a unit's rows in turn, where they are computed or lie nowhere near each other, or are folded by no other routine. */
static void unit_by_rows(const reduce_job *job, ssi_worker *w, int64_t kept, int64_t folded, int64_t rows,
                         int64_t column, int64_t n, char *to, char *other, uint8_t *mask)
{
    for (int64_t i = 0; i < rows; i++) {
        int64_t position = folded + i;
        char *into = i ? other : to;
        const char *from = elements(job, w, row_of(&job->kernel->order, kept, position), column, n);
        if (i == 0 || job->find) { /* a row needs its positions behind it to be joined */
            memcpy(into, from, (size_t)n * job->size);
            from = into;
        }
        if (job->find)
            job->run->plan->backend->copy(positions(job, into), 1, &position, 0, n, sizeof position);
        if (i)
            join(job, to, to, (char *)(uintptr_t)from, n, mask);
    }
}

static void unit_across(const reduce_job *job, ssi_worker *w, int64_t output, int64_t unit, char *to, char *other,
                        uint8_t *mask)
{
    const ssi_fold_order *order = &job->kernel->order;
    const ssi_fold_routines *folds = job->run->plan->backend->folds;
    int64_t column, n = width_of(job, output, &column), kept = output / job->chunks, folded = unit * job->rows;
    int64_t rows = order->folded_rows - folded < job->rows ? order->folded_rows - folded : job->rows;
    int64_t step = job->direct ? job->direct->row_step : 0;
    ssi_across_routine *across = job->find ? NULL : folds->across[job->code][job->dtype];
    if (!(job->find || across) || !job->direct || !job->direct->linear || order->groups != (order->kept_rows > 1) + 1 ||
        step < 0) {
        unit_by_rows(job, w, kept, folded, rows, column, n, to, other, mask);
        return;
    }
    const char *from = elements(job, w, row_of(order, kept, folded), column, n);
    if (!job->find) {
        across(to, from, (size_t)rows, (size_t)n, (size_t)step);
        return;
    }
    int64_t *position = positions(job, to);
    folds->find_across[job->code - SSI_REDUCE_MIN][job->dtype](position, to, from, (size_t)rows, (size_t)n,
                                                               (size_t)step);
    for (int64_t i = 0; i < n; i++)
        position[i] += folded;
}

static void piece_across(const reduce_job *job, ssi_worker *w, int64_t output, int64_t piece, char *own)
{
    size_t bytes = accumulator_bytes(job);
    int64_t column, n = width_of(job, output, &column);
    counter c = {.job = job, .level = own + 2 * bytes, .own = own, .bytes = bytes};
    c.mask = (uint8_t *)own + (LEVELS + 2) * bytes;
    for (int64_t unit = piece * PIECE; unit < job->units && unit < (piece + 1) * PIECE; unit++) {
        unit_across(job, w, output, unit, next_unit(&c), own + bytes, c.mask);
        push(&c, n);
    }
    finish_piece(job, output, piece, total(&c, n));
}

/* ---- tasks ---- */

static void do_items(const reduce_job *job, int64_t item, int64_t end, int worker)
{
    const ssi_kernel *kernel = job->kernel;
    char *scratch = job->run->scratch + (size_t)worker * job->run->plan->scratch;
    ssi_worker w;
    ssi_start_worker(&w, job->run, &kernel->before, &kernel->space, job->uniform, scratch);
    char *own = scratch + ssi_whole_lines(kernel->before.scratch > kernel->after.scratch ? kernel->before.scratch
                                                                                         : kernel->after.scratch);
    for (; item < end && job->together; item += TOGETHER)
        (job->find ? find_in_rows : sum_rows)(job, &w, item, end - item < TOGETHER ? end - item : TOGETHER, own);
    for (; item < end; item++) {
        if (kernel->order.along)
            piece_along(job, &w, item / job->pieces, item % job->pieces, own);
        else
            piece_across(job, &w, item / job->pieces, item % job->pieces, own);
    }
}

static void piece_task(void *context, int index, int worker)
{
    const reduce_job *job = context;
    int64_t items = job->outputs * job->pieces, tasks = job->run->threads;
    do_items(job, items * index / tasks, items * (index + 1) / tasks, worker);
}

void ssi_run_reduce(ssi_run *run, const ssi_kernel *kernel)
{
    reduce_job job = *kernel->job;
    job.run = run;
    if (job.outputs == 0)
        return;
    char *uniform = run->work + kernel->work_place;
    size_t uniform_bytes = kernel->before.uniform_bytes > kernel->after.uniform_bytes ? kernel->before.uniform_bytes
                                                                                      : kernel->after.uniform_bytes;
    job.uniform = uniform;
    job.partial = uniform + ssi_whole_lines(uniform_bytes);
    ssi_prepare_program(run, &kernel->before, &kernel->space, uniform);
    int64_t items = job.outputs * job.pieces;
    if (items < run->threads || kernel->space.rows * kernel->space.cols < 1 << 14)
        do_items(&job, 0, items, 0);
    else
        ssi_parallel(run->threads, piece_task, &job);
    if (job.pieces > 1)
        join_pieces(&job);
}
