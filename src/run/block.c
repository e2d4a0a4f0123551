/*
 * block.c - the block interpreter.
 *
 * A program runs on a block of some hundred or thousand elements at a time, so that every register stays in the first-level cache. Only the loader knows strides,
 * broadcasting and dtypes: an operand that lies in memory as the block wants it is pointed at, anything else is copied into a register. Then one
 * vectorised routine per instruction, and the stores, most of which the instructions have made themselves.
 */
#include <math.h>
#include <string.h>

#include "run/execute.h"

/* ---- where things lie ---- */

static int64_t odometer_offset(const int64_t *step, const int64_t *dim, int first, int last, int64_t index)
{
    int64_t offset = 0;
    for (int d = last - 1; d >= first; d--) {
        offset += index % dim[d] * step[d];
        index /= dim[d];
    }
    return offset;
}

static inline int64_t row_offset(const ssi_worker *w, const ssi_access *access, int64_t row)
{
    if (access->linear)
        return row * access->row_step;
    return odometer_offset(access->dim_step, w->space->dim, 0, w->space->row_dims, row);
}

static inline char *place_of(const ssi_worker *w, const ssi_access *access)
{
    return (access->rounded ? w->run->rounded : w->run->at)[access->slot];
}

/* Where the first element lies: a part may begin anywhere. */
static inline int64_t first_offset(const ssi_worker *w, const ssi_access *access)
{
    int64_t offset = access->offset;
    const ssi_slot *slot = &w->run->plan->slot[access->slot];
    for (int i = 0; access->moved && i < slot->rank; i++)
        offset += w->run->inputs->argument[slot->argument + i] * slot->stride[i];
    return offset;
}

/* Copies rows to a register that are all the same one, or of which each is one element repeated; whether they were such. */
static bool repeat_rows(const ssi_worker *w, const ssi_access *access, const char *memory, char *dense, int64_t row,
                        int64_t rows, int64_t column, int64_t columns)
{
    int64_t size = access->size, bytes = columns * size, all = rows * bytes;
    if (access->extent == SSI_ROW || !access->linear || !access->even)
        return false;
    if (access->row_step == 1 && access->step == 0) {
        w->run->plan->backend->spread(dense, memory + row * size, (size_t)rows, (size_t)columns, (size_t)size);
        return true;
    }
    if (access->row_step != 0)
        return false;
    w->run->plan->backend->copy(dense, 1, memory + column * access->step * size, access->step, columns, (size_t)size);
    for (int64_t done = bytes; done < all; done *= 2)
        memcpy(dense + done, dense, (size_t)(2 * done < all ? done : all - done));
    return true;
}

/* Asks for the lines of n elements, a step of bytes apart. */
static void ask_for(const char *first, int64_t step, int64_t n)
{
    int64_t some = step < 0 ? -step : step, each = step == 0 ? n : some < SSI_LINE ? SSI_LINE / some : 1;
    for (int64_t i = 0; i < n; i += each)
        __builtin_prefetch(first + i * step);
}

/* Copies between a register and memory, row by row; `to_memory` says which way. Rows that are read are asked for one ahead: where a row ends, no processor
 * foresees what is read next. */
static void copy_rows(const ssi_worker *w, const ssi_access *access, char *memory, char *dense, bool still,
                      bool to_memory, int64_t row, int64_t rows, int64_t column, int64_t columns)
{
    size_t size = access->size;
    int64_t dense_step = still ? 0 : 1;
    memory += first_offset(w, access) * (int64_t)size;
    if (access->extent == SSI_ROW) { /* one element per row */
        for (int64_t r = 0; r < rows; r++) {
            char *element = memory + row_offset(w, access, row + r) * (int64_t)size;
            char *own = dense + (still ? 0 : r) * (int64_t)size;
            memcpy(to_memory ? element : own, to_memory ? own : element, size);
        }
        return;
    }
    if (!to_memory && rows > 1 && repeat_rows(w, access, memory, dense, row, rows, column, columns))
        return;
    for (int64_t r = 0; r < rows; r++) {
        char *start = memory + row_offset(w, access, row + r) * (int64_t)size;
        char *own = dense + (still ? 0 : r * columns) * (int64_t)size;
        if (access->even) {
            char *first = start + column * access->step * (int64_t)size;
            if (access->streamed && access->step == 1 && !still)
                w->run->plan->backend->stream(first, own, (size_t)columns * size);
            else if (to_memory)
                w->run->plan->backend->copy(first, access->step, own, dense_step, columns, size);
            else
                w->run->plan->backend->copy(own, 1, first, access->step, columns, size);
            if (!to_memory && access->linear && w->space->rows > 1)
                ask_for(first + access->row_step * (int64_t)size, access->step * (int64_t)size, columns);
            continue;
        }
        for (int64_t c = 0; c < columns; c++) {
            int64_t offset =
                odometer_offset(access->dim_step, w->space->dim, w->space->row_dims, w->space->dims, column + c);
            char *element = start + offset * (int64_t)size;
            memcpy(to_memory ? element : own + c * (int64_t)size,
                   to_memory ? own + (still ? 0 : c) * (int64_t)size : element, size);
        }
    }
}

/* Whether the block's elements lie in memory one after another. */
static inline bool lies_dense(const ssi_access *access, int64_t rows, int64_t columns)
{
    if (access->extent == SSI_ROW)
        return rows == 1 || (access->linear && access->row_step == 1);
    return access->even && (columns == 1 || access->step == 1) &&
           (rows == 1 || (access->linear && access->row_step == columns));
}

static inline void *dense_start(const ssi_worker *w, const ssi_access *access, int64_t row, int64_t column)
{
    int64_t offset =
        row_offset(w, access, row) + first_offset(w, access) + (access->extent == SSI_ROW ? 0 : column * access->step);
    return place_of(w, access) + offset * access->size;
}

/* ---- instructions that are no map ---- */

static int64_t argument(const ssi_worker *w, int32_t slot, int i)
{
    return w->run->inputs->argument[w->run->plan->slot[slot].argument + i];
}

/* first, first + 1, ...: counted in i32, as long as they fit, or i64, where they belong or, of other dtypes, to be converted. */
static void count_up(const ssi_worker *w, ssi_dtype dtype, char *d, int64_t first, int64_t n)
{
    union {
        int32_t narrow[SSI_BLOCK];
        int64_t wide[SSI_BLOCK];
    } at;
    ssi_dtype counted = first + n <= INT32_MAX ? SSI_I32 : SSI_I64;
    ssi_map_routine *convert = w->run->plan->backend->cast[counted][dtype];
    for (int64_t done = 0; done < n; done += SSI_BLOCK, d += SSI_BLOCK * ssi_dtype_size(dtype)) {
        int64_t now = n - done < SSI_BLOCK ? n - done : SSI_BLOCK;
        bool there = counted == dtype && now == SSI_BLOCK;
        int32_t *narrow = there ? (int32_t *)(void *)d : at.narrow;
        int64_t *wide = there ? (int64_t *)(void *)d : at.wide;
        if (counted == SSI_I32) {
            for (uint32_t i = 0; i < SSI_BLOCK; i++) /* always a whole block: so it becomes vector code */
                narrow[i] = (int32_t)((uint32_t)(first + done) + i);
        } else {
            for (uint64_t i = 0; i < SSI_BLOCK; i++)
                wide[i] = (int64_t)((uint64_t)(first + done) + i);
        }
        if (!there)
            convert(d, &at, NULL, NULL, (size_t)now);
    }
}

/* The index along an axis, each lasting `inner` elements. */
static void do_iota(const ssi_worker *w, const ssi_instr *instr, char *d, int64_t first, int64_t n)
{
    const int64_t size = (int64_t)ssi_dtype_size((ssi_dtype)instr->dtype);
    for (int64_t done = 0, now; done < n; done += now) {
        int64_t at = first + done, within = at % instr->inner, index = at / instr->inner % instr->size;
        if (instr->inner == 1) {
            now = instr->size - index < n - done ? instr->size - index : n - done;
            count_up(w, (ssi_dtype)instr->dtype, d + done * size, index, now);
        } else {
            now = instr->inner - within < n - done ? instr->inner - within : n - done;
            ssi_put_i64(d, (ssi_dtype)instr->dtype, done, index);
            w->run->plan->backend->copy(d + (done + 1) * size, 1, d + done * size, 0, now - 1, (size_t)size);
        }
    }
}

static void do_uniform(const ssi_worker *w, const ssi_instr *instr, void *d, int64_t first, int64_t n)
{
    uint64_t seed = (uint64_t)argument(w, instr->slot, 0), stream = (uint64_t)argument(w, instr->slot, 1);
    if (instr->dtype == SSI_F64)
        w->run->plan->backend->uniform_f64(d, seed, stream, (uint64_t)first, (size_t)n);
    else
        w->run->plan->backend->uniform_f32(d, seed, stream, (uint64_t)first, (size_t)n);
}

static void do_check(const ssi_worker *w, const ssi_instr *instr, const void *a, int64_t n)
{
    bool good = true;
    if (instr->code == SSI_MAP_CHECK_FINITE) {
        for (int64_t i = 0; i < n; i++)
            good = good && isfinite(ssi_get_f64(a, (ssi_dtype)instr->dtype, i));
    } else {
        int64_t limit = argument(w, instr->slot, 0);
        for (int64_t i = 0; i < n; i++) {
            int64_t value = ssi_get_i64(a, (ssi_dtype)instr->dtype, i);
            good = good && value >= 0 && value < limit;
        }
    }
    if (!good)
        atomic_store(&w->run->failed, instr->code == SSI_MAP_CHECK_FINITE ? SSI_NOT_FINITE : SSI_RANGE);
}

static void do_spread(const ssi_worker *w, const ssi_instr *instr, int64_t rows, int64_t columns)
{
    bool per_row = w->program->value[instr->a].extent == SSI_ROW;
    int64_t repeats = per_row ? columns : instr->extent == SSI_ROW ? rows : rows * columns;
    w->run->plan->backend->spread(w->at[instr->d], w->at[instr->a], per_row ? (size_t)rows : 1, (size_t)repeats,
                                  ssi_dtype_size((ssi_dtype)instr->dtype));
}

static void do_chain(const ssi_worker *w, const ssi_instr *instr, int64_t n)
{
    ssi_chain_step step[SSI_CHAIN_STEPS];
    const ssi_step *s = w->program->step + instr->first_step;
    for (int i = 0; i < instr->steps; i++, s++) {
        step[i] = (ssi_chain_step){s->run,
                                   s->from < 0 ? NULL : w->at[s->from],
                                   s->a < 0 ? NULL : w->at[s->a],
                                   s->to < 0 ? NULL : w->at[s->to],
                                   {0}};
        if (s->scalar >= 0)
            memcpy(&step[i].scalar, w->at[s->scalar], ssi_dtype_size((ssi_dtype)instr->dtype));
    }
    w->run->plan->backend->chain[instr->dtype]->run(step, instr->steps, (size_t)n);
}

static void do_rare(const ssi_worker *w, const ssi_instr *instr, void *d, const void *a, int64_t n)
{
    double (*f)(double, double, double) = w->run->plan->slot[instr->slot].op->map_f64;
    const void *b = instr->b >= 0 ? w->at[instr->b] : NULL, *c = instr->c >= 0 ? w->at[instr->c] : NULL;
    ssi_dtype dtype = (ssi_dtype)instr->dtype;
    for (int64_t i = 0; i < n; i++)
        ssi_put_f64(d, dtype, i,
                    f(ssi_get_f64(a, dtype, i), b ? ssi_get_f64(b, dtype, i) : 0, c ? ssi_get_f64(c, dtype, i) : 0));
}

/* Arithmetic of a single number, for which a call of a vector routine costs more than the operation; whether that is what it was. */
static bool do_alone(const ssi_worker *w, const ssi_instr *instr)
{
    if (instr->dtype != SSI_F32 || instr->code < SSI_MAP_ADD || instr->code > SSI_MAP_DIV)
        return false;
    float a = *(const float *)w->at[instr->a], b = *(const float *)w->at[instr->b], *d = w->at[instr->d];
    *d = instr->code == SSI_MAP_ADD   ? a + b
         : instr->code == SSI_MAP_SUB ? a - b
         : instr->code == SSI_MAP_MUL ? a * b
                                      : a / b;
    return true;
}

static void do_instr(ssi_worker *w, const ssi_instr *instr, int64_t row, int64_t rows, int64_t column, int64_t columns)
{
    int64_t n = instr->extent == SSI_UNIFORM ? 1 : instr->extent == SSI_ROW ? rows : rows * columns;
    int64_t first = instr->extent == SSI_ROW ? row : row * w->space->cols + column;
    void *d = instr->d >= 0 ? w->at[instr->d] : NULL;
    const void *a = instr->a >= 0 ? w->at[instr->a] : NULL;
    switch ((ssi_instr_kind)instr->kind) {
    case SSI_DO_MAP:
        if (n == 1 && do_alone(w, instr))
            break;
        instr->run.map(d, a, instr->b >= 0 ? w->at[instr->b] : NULL, instr->c >= 0 ? w->at[instr->c] : NULL, (size_t)n);
        break;
    case SSI_DO_CHAIN:
        do_chain(w, instr, n);
        break;
    case SSI_DO_RARE:
        do_rare(w, instr, d, a, n);
        break;
    case SSI_DO_FOLD:
        instr->run.fold(d, a, (size_t)rows, (size_t)columns, (size_t)columns);
        break;
    case SSI_DO_FIND:
        instr->run.find(d, w->at[instr->b], a, (size_t)rows, (size_t)columns, (size_t)columns);
        break;
    case SSI_DO_SPREAD:
        do_spread(w, instr, rows, columns);
        break;
    case SSI_DO_IOTA:
        do_iota(w, instr, d, first, n);
        break;
    case SSI_DO_UNIFORM:
        do_uniform(w, instr, d, first, n);
        break;
    case SSI_DO_CHECK:
        do_check(w, instr, a, n);
        break;
    }
}

/* ---- once per kernel ---- */

void ssi_put_number(void *to, ssi_dtype dtype, const ssi_tensor *number)
{
    double d;
    memcpy(&d, number->argument, sizeof d);
    if (number->dtype == SSI_F64)
        ssi_put_f64(to, dtype, 0, d);
    else
        ssi_put_i64(to, dtype, 0, number->argument[0]);
}

static void number_value(const ssi_run *run, const ssi_pvalue *value, void *to)
{
    const ssi_plan *plan = run->plan;
    if (value->source == SSI_FROM_CONSTANT)
        ssi_put_i64(to, (ssi_dtype)value->dtype, 0, value->at);
    else
        ssi_put_number(to, (ssi_dtype)value->dtype, run->inputs->number[value->at - plan->nodes - plan->leaves]);
}

void ssi_start_worker(ssi_worker *w, ssi_run *run, const ssi_program *program, const ssi_space *space,
                      const char *uniform, char *scratch)
{
    w->run = run;
    w->program = program;
    w->space = space;
    w->scratch = scratch;
    w->tile = NULL;
    w->band_row = -1;
    w->repeated_rows = w->repeated_column = w->repeated_columns = 0;
    for (int v = 0; v < program->values; v++) {
        const ssi_pvalue *value = &program->value[v];
        w->at[v] = NULL;
        if (value->extent == SSI_UNIFORM && value->source == SSI_FROM_MEMORY)
            w->at[v] = run->at[program->load[value->at].slot];
        else if (value->source == SSI_FROM_SPREAD || (value->extent == SSI_UNIFORM && value->source != SSI_FROM_STORE))
            w->at[v] = (char *)(uintptr_t)uniform + value->scratch;
        else if (value->scratch >= 0 && scratch)
            w->at[v] = scratch + value->scratch;
    }
}

void ssi_prepare_program(ssi_run *run, const ssi_program *program, const ssi_space *space, char *uniform)
{
    for (int v = 0; v < program->values; v++) {
        const ssi_pvalue *value = &program->value[v];
        if (value->source == SSI_FROM_NUMBER || value->source == SSI_FROM_CONSTANT)
            number_value(run, value, uniform + value->scratch);
    }
    if (program->uniforms) {
        ssi_worker w;
        ssi_start_worker(&w, run, program, space, uniform, NULL);
        int64_t all = space->rows * space->cols, most = 0 < all && all < program->block ? all : program->block;
        for (int i = 0; i < program->uniforms; i++) /* elements of a spread: no more than a block has */
            do_instr(&w, &program->instr[i], 0, most, 0, 1);
    }
}

/* ---- a block ---- */

/* Elements [first, first + n) of rows that an index chooses. Those of the next block are asked for meanwhile: where they lie is known to nobody else. */
static void gather(const ssi_worker *w, const ssi_access *load, char *to, int64_t first, int64_t n)
{
    const ssi_slot *x = &w->run->plan->slot[load->slot];
    int64_t size = load->size, inner = load->inner, ahead = n / inner + 1;
    int64_t rows = w->run->plan->slot[load->by].count, step = x->stride[0] * size;
    for (int64_t at = first, now; at < first + n; at += now, to += now * size) {
        int64_t row = at / inner, within = at % inner;
        int64_t from = ssi_index_at(w->run, load->by, row, x->shape[0]);
        now = inner - within < first + n - at ? inner - within : first + n - at;
        if (from >= 0)
            memcpy(to, w->run->at[load->slot] + from * step + within * size, (size_t)(now * size));
        else
            memset(to, 0, (size_t)(now * size)); /* the run has failed */
        if (within || row + ahead >= rows || (from = ssi_index_at(w->run, load->by, row + ahead, x->shape[0])) < 0)
            continue;
        for (int64_t i = 0; i < inner * size; i += SSI_LINE)
            __builtin_prefetch(w->run->at[load->slot] + from * step + i);
    }
}

/* Rows of so few columns lie side by side in a band, and as many as a block holds are worked on together. */
enum { FEW_COLUMNS = 128 };

/* Elements from one row of a band to the next: steps of a power of two would bring all rows to the same few places of the first-level cache. */
static int64_t band_step(const ssi_access *load, int64_t columns)
{
    return columns <= FEW_COLUMNS ? columns : columns + SSI_LINE / load->size;
}

void ssi_load_operands(ssi_worker *w, int64_t row, int64_t rows, int64_t column, int64_t columns)
{
    const ssi_program *p = w->program;
    bool there = rows <= w->repeated_rows && column == w->repeated_column && columns == w->repeated_columns;
    if (!there)
        w->repeated_rows = rows, w->repeated_column = column, w->repeated_columns = columns;
    for (int i = 0; i < p->loads; i++) {
        const ssi_access *load = &p->load[i];
        if (load->extent == SSI_UNIFORM)
            continue;
        if (load->gathered) {
            bool of_rows = load->extent == SSI_ROW;
            w->at[load->value] = w->scratch + p->value[load->value].scratch;
            gather(w, load, w->at[load->value], of_rows ? row : row * w->space->cols + column,
                   of_rows ? rows : rows * columns);
        } else if (load->turned && w->band_row >= 0) {
            w->at[load->value] = w->scratch + load->band + (row - w->band_row) * band_step(load, columns) * load->size;
        } else if (lies_dense(load, rows, columns)) {
            w->at[load->value] = dense_start(w, load, row, column);
        } else {
            w->at[load->value] = w->scratch + p->value[load->value].scratch;
            if (!there || !load->repeated)
                copy_rows(w, load, w->run->at[load->slot], w->at[load->value], false, false, row, rows, column,
                          columns);
        }
    }
}

void ssi_run_block(ssi_worker *w, int64_t row, int64_t rows, int64_t column, int64_t columns)
{
    const ssi_program *p = w->program;
    ssi_load_operands(w, row, rows, column, columns);
    for (int v = 0; v < p->values && w->tile; v++) {
        if (p->value[v].source == SSI_FROM_TILE)
            w->at[v] = (char *)(uintptr_t)w->tile + ((row - w->tile_row) * w->tile_stride + column - w->tile_column) *
                                                        (int64_t)ssi_dtype_size((ssi_dtype)p->value[v].dtype);
    }
    for (int i = 0; i < p->stores; i++) {
        if (p->store[i].direct)
            w->at[p->store[i].value] = dense_start(w, &p->store[i], row, column);
    }
    for (int i = p->uniforms; i < p->instrs; i++)
        do_instr(w, &p->instr[i], row, rows, column, columns);
    for (int i = 0; i < p->stores; i++) {
        const ssi_access *store = &p->store[i];
        if (!store->direct)
            copy_rows(w, store, place_of(w, store), w->at[store->value], p->value[store->value].extent == SSI_UNIFORM,
                      true, row, rows, column, columns);
    }
}

/* Turns rows of a load, from a column on, into rows `step` elements apart. Those that lie backwards in memory are taken from the last on. */
static void turn_rows(const ssi_worker *w, const ssi_access *load, char *to, int64_t step, int64_t row, int64_t rows,
                      int64_t column, int64_t columns, bool past)
{
    bool backwards = load->row_step < 0;
    const char *from = dense_start(w, load, backwards ? row + rows - 1 : row, column);
    to += backwards ? (rows - 1) * step * load->size : 0;
    w->run->plan->backend->turn(to, backwards ? -step : step, from, load->step, rows, columns, load->size, past);
}

/* The same for a program that does nothing else: into its result, straight or by way of the band. */
static void turn_into_result(const ssi_worker *w, int64_t row, int64_t rows, int64_t column, int64_t columns)
{
    const ssi_backend *backend = w->run->plan->backend;
    const ssi_access *load = w->program->load, *store = w->program->store;
    int64_t size = load->size, step = band_step(load, columns);
    char *to = dense_start(w, store, row, column), *band = w->scratch + load->band;
    if (!w->program->by_band) {
        bool past = store->streamed && (uintptr_t)to % SSI_LINE == 0;
        turn_rows(w, load, to, store->row_step, row, rows, column, columns, past);
        return;
    }
    turn_rows(w, load, band, step, row, rows, column, columns, false);
    for (int64_t r = 0; r < rows; r++) {
        if (store->streamed)
            backend->stream(to + r * store->row_step * size, band + r * step * size, (size_t)(columns * size));
        else
            memcpy(to + r * store->row_step * size, band + r * step * size, (size_t)(columns * size));
    }
}

/* Rows in bands, for programs with transposed operands. A band stays within the last axis of rows. */
static void run_bands(ssi_worker *w, int64_t row, int64_t rows, int64_t column, int64_t columns)
{
    const ssi_program *p = w->program;
    int64_t within = w->space->row_dims ? w->space->dim[w->space->row_dims - 1] : 1;
    for (int64_t at = row, now; at < row + rows; at += now) {
        now = within - at % within < p->band_rows ? within - at % within : p->band_rows;
        now = now < row + rows - at ? now : row + rows - at;
        for (int64_t c = column; c < column + columns; c += p->block) {
            int64_t n = column + columns - c < p->block ? column + columns - c : p->block;
            if (p->only_turns) {
                turn_into_result(w, at, now, c, n);
                continue;
            }
            w->band_row = at;
            for (int i = 0; i < p->loads; i++) {
                const ssi_access *load = &p->load[i];
                if (load->turned)
                    turn_rows(w, load, w->scratch + load->band, band_step(load, n), at, now, c, n, false);
            }
            int64_t at_once = w->space->cols <= FEW_COLUMNS ? SSI_BLOCK / w->space->cols : 1;
            for (int64_t r = at; r < at + now; r += at_once)
                ssi_run_block(w, r, r + at_once < at + now ? at_once : at + now - r, c, n);
        }
    }
    w->band_row = -1;
}

void ssi_run_region(ssi_worker *w, int64_t row, int64_t rows, int64_t column, int64_t columns)
{
    if (w->program->turned) {
        run_bands(w, row, rows, column, columns);
        return;
    }
    w->repeated_rows = 0; /* others may have used the registers */
    bool whole = columns == w->space->cols && (!w->tile || w->tile_stride == columns);
    int64_t at_once = w->space->at_once;
    if (whole && at_once > 1) {
        for (int64_t r = 0; r < rows; r += at_once)
            ssi_run_block(w, row + r, r + at_once < rows ? at_once : rows - r, column, columns);
        return;
    }
    for (int64_t r = 0; r < rows; r++) {
        for (int64_t c = 0; c < columns; c += w->program->block)
            ssi_run_block(w, row + r, 1, column + c, c + w->program->block < columns ? w->program->block : columns - c);
    }
}
