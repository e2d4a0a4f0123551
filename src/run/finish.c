/*
 * finish.c - a program that has been written is made ready to run: which instructions form chains, which write straight to memory, how few loops walk its
 * operands, how large a block is, and which register every value has.
 */
#include <string.h>

#include "run/program.h"

/* ---- stores ---- */

static size_t size_of(const ssi_builder *b, const ssi_access *access)
{
    return ssi_dtype_size(access->rounded ? SSI_BF16 : (ssi_dtype)b->plan->slot[access->slot].dtype);
}

static int64_t bytes_of(const ssi_builder *b, const ssi_access *access)
{
    return b->plan->slot[access->slot].count * (int64_t)size_of(b, access);
}

/* Stores of what caches do not hold beside the operands go past them, block by block: else every line is read before it is written. That pays where elements
 * are copied, or come from elsewhere than the same places of an operand: arithmetic that reads as it writes hides the reading. */
static void choose_streamed(ssi_builder *b)
{
    enum { CACHES = 32 << 20 };
    for (int s = 0; s < b->stores; s++) {
        ssi_access *store = &b->store[s];
        int64_t bytes = bytes_of(b, store);
        for (int i = 0; i < b->loads; i++)
            bytes += bytes_of(b, &b->load[i]);
        store->streamed = bytes >= CACHES && b->loads > 0;
        for (int i = 0; i < b->loads && b->instrs > 0; i++)
            store->streamed = store->streamed && memcmp(b->load[i].dim_step, store->dim_step,
                                                        (size_t)b->dims.count * sizeof *store->dim_step) != 0;
    }
}

/* Stores whose instruction can write to memory itself: made by an instruction, dense, one place, and nothing still to be read lies there. */
static void choose_direct(ssi_builder *b)
{
    for (int s = 0; s < b->stores; s++) {
        ssi_access *store = &b->store[s];
        ssi_pvalue *value = &b->value[store->value];
        bool direct =
            store->direct && !store->streamed && value->source == SSI_FROM_REGISTER && value->extent == store->extent;
        int made = -1;
        for (int i = 0; i < b->instrs && direct; i++)
            made = b->instr[i].d == store->value ? i : made;
        direct = direct && made >= 0;
        const ssi_slot *to = &b->plan->slot[store->slot];
        for (int l = 0; l < b->loads && direct && to->storage == SSI_IN_PLACE; l++) {
            const ssi_slot *from = &b->plan->slot[b->plan->slot[b->load[l].slot].base];
            if (from->kind != SSI_KIND_LEAF || from->place != b->plan->slot[to->place].place)
                continue;
            for (int i = made + 1; i < b->instrs; i++)
                direct = direct && b->instr[i].a != b->load[l].value && b->instr[i].b != b->load[l].value &&
                         b->instr[i].c != b->load[l].value;
            for (int other = 0; other < b->stores; other++)
                direct = direct && b->store[other].value != b->load[l].value;
        }
        store->direct = direct;
        if (direct) {
            value->source = SSI_FROM_STORE;
            value->at = s;
        }
    }
}

/* ---- loops ---- */

/* Puts the axes into the order in which the results lie, the closest elements last; those of a map all lie alike. */
static void follow_stores(ssi_builder *b)
{
    for (int d = 1; d < b->dims.count && b->stores && !b->rows_matter; d++) {
        for (int k = d; k > 0 && b->store[0].dim_step[k - 1] < b->store[0].dim_step[k]; k--) {
            for (int i = 0; i < b->loads + b->stores; i++) {
                int64_t *step = (i < b->loads ? &b->load[i] : &b->store[i - b->loads])->dim_step, swap = step[k];
                step[k] = step[k - 1];
                step[k - 1] = swap;
            }
            int64_t swap = b->dims.size[k];
            b->dims.size[k] = b->dims.size[k - 1];
            b->dims.size[k - 1] = swap;
        }
    }
}

static bool mergeable(const ssi_builder *b, int d)
{
    for (int i = 0; i < b->loads + b->stores; i++) {
        const ssi_access *access = i < b->loads ? &b->load[i] : &b->store[i - b->loads];
        if (access->extent != SSI_UNIFORM && access->dim_step[d] != access->dim_step[d + 1] * b->dims.size[d + 1])
            return false;
    }
    return true;
}

/* Merges neighbouring axes that every operand walks as one; rows and columns stay apart where the program tells them apart. */
static void merge_axes(ssi_builder *b, bool keep_apart)
{
    for (int d = b->dims.count - 2; d >= 0; d--) {
        if ((keep_apart && d + 1 == b->row_dims) || !mergeable(b, d))
            continue;
        for (int i = 0; i < b->loads + b->stores; i++) {
            ssi_access *access = i < b->loads ? &b->load[i] : &b->store[i - b->loads];
            for (int k = d; k < b->dims.count - 1; k++)
                access->dim_step[k] = access->dim_step[k + 1];
        }
        b->dims.size[d] *= b->dims.size[d + 1];
        for (int k = d + 1; k < b->dims.count - 1; k++)
            b->dims.size[k] = b->dims.size[k + 1];
        b->dims.count--;
        b->row_dims -= d + 1 < b->row_dims;
    }
    if (!keep_apart)
        b->row_dims = b->dims.count ? b->dims.count - 1 : 0;
}

static void finish_access(const ssi_builder *b, ssi_access *access)
{
    const int64_t *step = access->dim_step;
    int last = b->dims.count - 1, last_row = b->row_dims - 1;
    access->linear = access->even = true;
    access->size = (uint8_t)size_of(b, access);
    for (int d = last - 1; d >= b->row_dims; d--)
        access->even = access->even && step[d] == step[d + 1] * b->dims.size[d + 1];
    for (int d = last_row - 1; d >= 0; d--)
        access->linear = access->linear && step[d] == step[d + 1] * b->dims.size[d + 1];
    access->step = last >= b->row_dims ? step[last] : 0;
    access->row_step = last_row >= 0 ? step[last_row] : 0;
    access->repeated = last_row >= 0 && access->extent == SSI_FULL && access->linear && access->row_step == 0 &&
                       access->even && !access->gathered;
}

/* Whether there are transposed operands, each of which is marked. */
static bool find_turned(ssi_builder *b)
{
    enum { VECTOR = 16 }; /* of fewer bytes, nothing is gained */
    bool any = false, free = b->group->kind == SSI_GROUP_ALONE || (b->group->kind == SSI_GROUP_MAP && !b->rows_matter);
    for (int i = 0; i < b->loads && free; i++) {
        ssi_access *load = &b->load[i];
        int64_t row = load->row_step, step = load->step < 0 ? -load->step : load->step;
        load->turned = !load->gathered && load->extent == SSI_FULL && load->even && (row == 1 || row == -1) &&
                       step * load->size >= VECTOR;
        any = any || load->turned;
    }
    return any;
}

/* What only turns one operand does so straight into its result, so many rows at once that the lines read lie side by side, which memory hands over sooner;
 * fewer where steps of a power of two bring the lines of those rows to the same few of the first-level cache's places. The result goes past the caches if
 * they hold it, but not the operand, too. A band is between where its rows are no whole lines, which alone go past, or all begin at one place. */
static void find_only_turns(ssi_builder *b, ssi_program *p, const ssi_space *space)
{
    enum { CACHES = 15 << 20, PLACES = 4096, LINES_OF_A_PLACE = 8, FEW = 32, MANY = 128 };
    ssi_access *store = b->store;
    p->only_turns =
        b->instrs == 0 && b->loads == 1 && b->stores == 1 && b->load->turned && store->even && store->step == 1;
    p->band_rows = SSI_BAND;
    if (!p->only_turns)
        return;
    int64_t row = space->cols * store->size, step = store->row_step * store->size, offset = store->offset * store->size;
    int64_t apart = step ? step & -step : PLACES, rows = apart < PLACES ? LINES_OF_A_PLACE * (PLACES / apart) : 0;
    store->streamed = store->streamed || bytes_of(b, store) >= CACHES;
    p->by_band = store->streamed ? store->moved || (step | row | offset) % SSI_LINE != 0 : rows == 0;
    p->band_rows = p->by_band || rows > MANY ? MANY : rows < FEW ? FEW : rows;
}

/* Room behind the registers for a band of rows of each transposed operand. */
static void give_bands(ssi_builder *b, ssi_program *p)
{
    for (int i = 0; i < b->loads && (!p->only_turns || p->by_band); i++) {
        b->load[i].band = (int64_t)p->scratch;
        p->scratch += b->load[i].turned ? (size_t)p->band_rows * ((size_t)p->block * b->load[i].size + SSI_LINE) : 0;
    }
}

static void *copy_of(ssi_builder *b, const void *from, int count, size_t size)
{
    void *to = ssi_plan_alloc(b->plan, (size_t)count + 1, size);
    if (to)
        memcpy(to, from, (size_t)count * size);
    return to;
}

/* ---- registers ---- */

/* Which values lie in the first-level cache while a block is worked on: registers, and operands that more than one instruction touches, or that are
 * copied there first. */
static void find_cached(const ssi_builder *b, bool *cached)
{
    int16_t touched[SSI_PROGRAM_VALUES]; /* by which instruction first; -1: by none yet */
    for (int v = 0; v < b->values; v++) {
        touched[v] = -1;
        cached[v] = b->value[v].source == SSI_FROM_REGISTER || b->value[v].source == SSI_FROM_SPREAD;
    }
    for (int i = 0, end = 0; i < b->instrs; i++) {
        const int16_t used[4] = {b->instr[i].d, b->instr[i].a, b->instr[i].b, b->instr[i].c};
        end = b->instr[i].joined ? i + b->instr[i].joined : end;
        int16_t one = (int16_t)(i < end ? end : i); /* a chain is one */
        for (int k = 0; k < 4; k++) {
            if (used[k] < 0)
                continue;
            cached[used[k]] = cached[used[k]] || (touched[used[k]] >= 0 && touched[used[k]] != one);
            touched[used[k]] = one;
        }
    }
    for (int i = 0; i < b->loads; i++)
        cached[b->load[i].value] =
            cached[b->load[i].value] || !b->load[i].even || b->load[i].step != 1 || b->load[i].gathered;
}

/* Elements of a block with folds along its rows: whole rows, in sixteens, which are folded together, or as many as there are. What is done once for a block is
 * then little beside what is done for a row. Registers serve one value after another: of these bytes less than half are there at once. */
static int64_t block_of_rows(const ssi_space *space, int64_t bytes)
{
    enum { BYTES = 128 * 1024, MOST = 4096, ROWS = 16 };
    int64_t most = bytes * MOST > BYTES ? BYTES / bytes : MOST, at_once = space->cols ? most / space->cols : 0;
    at_once = at_once < SSI_BLOCK ? at_once : SSI_BLOCK;
    at_once = at_once > space->rows ? space->rows : at_once > ROWS ? at_once / ROWS * ROWS : at_once;
    /* so many elements that registers of any element size begin at a line */
    int64_t block = ssi_round_up(at_once * space->cols, SSI_LINE);
    return block > SSI_BLOCK ? block : SSI_BLOCK;
}

/* What the first-level cache takes in for an element that is copied from between others. */
static size_t bytes_passed(const ssi_access *load)
{
    int64_t step = load->step < 0 ? -load->step : load->step;
    bool apart = load->extent == SSI_FULL && load->even && !load->gathered && step > 1;
    return apart ? (size_t)(step * load->size < SSI_LINE ? step * load->size : SSI_LINE) : 0;
}

/* Elements of a block. The fewer and the narrower the values in the first-level cache, the more of them stay there together, and lines to which several stores
 * write. What goes by way of registers past the caches does so in small blocks: while one is written, the processor reads the next. */
static int64_t block_of(const ssi_builder *b, const ssi_space *space)
{
    enum { BYTES = 16 * 1024, MOST = 8192, GATHERED = 2048, STREAMED = 2048 };
    bool cached[SSI_PROGRAM_VALUES];
    bool streamed = false;
    size_t bytes = 0;
    int64_t block = SSI_BLOCK;
    find_cached(b, cached);
    for (int v = 0; v < b->values; v++)
        bytes += b->value[v].extent == SSI_FULL && cached[v] && b->value[v].source != SSI_FROM_STEP
                     ? ssi_dtype_size((ssi_dtype)b->value[v].dtype)
                     : 0;
    if (b->rows_matter)
        return block_of_rows(space, (int64_t)bytes);
    for (int i = 0; i < b->stores; i++)
        streamed = streamed || (b->store[i].streamed && b->store[i].step == 1);
    if (streamed && bytes)
        return STREAMED / b->store->size > SSI_BLOCK ? STREAMED / b->store->size : SSI_BLOCK;
    for (int i = 0; i < b->stores && b->stores > 1; i++)
        bytes += b->store[i].step > 1 ? b->store[i].size : 0;
    for (int i = 0; i < b->loads && b->instrs; i++) /* what is repeated stays, block after block; the rest passes */
        bytes += bytes_passed(&b->load[i]) + (b->load[i].repeated ? 2 * b->load[i].size : 0);
    int64_t most = MOST;
    if (b->instrs == 0 && b->stores) /* the longer a copy, the less is read of what lies there */
        most = 8 * MOST / b->store[0].size;
    while (block < most && 2 * (size_t)block * bytes <= BYTES)
        block *= 2;
    for (int i = 0; i < b->loads; i++) /* what an index chooses is asked for a block ahead, which must take a while */
        block = b->load[i].gathered && block < GATHERED ? GATHERED : block;
    return block;
}

/* Rows of a block; 0: not even one. One, although it could have more, where a row is the same for all: that is then pointed at, and not copied as often as
 * there are rows. */
static int64_t rows_at_once(const ssi_builder *b, const ssi_space *space, int64_t block)
{
    bool repeated = false;
    for (int i = 0; i < b->loads; i++)
        repeated = repeated || (b->load[i].repeated && b->load[i].step == 1);
    int64_t rows = space->cols ? block / space->cols : 0;
    return rows > 1 && repeated && !b->rows_matter && space->cols >= SSI_BLOCK ? 1 : rows;
}

/* By which instruction each value is used last; INT16_MAX: by what comes after them. */
static void find_last_uses(const ssi_builder *b, int16_t *last_use)
{
    for (int v = 0; v < b->values; v++)
        last_use[v] = -1;
    for (int i = 0; i < b->instrs; i++) {
        const int16_t used[4] = {b->instr[i].d, b->instr[i].a, b->instr[i].b, b->instr[i].c};
        for (int k = 0; k < 4; k++) {
            if (used[k] >= 0)
                last_use[used[k]] = (int16_t)i;
        }
    }
    for (int s = 0; s < b->stores; s++)
        last_use[b->store[s].value] = INT16_MAX;
    for (int i = 0; i < b->loads; i++)
        last_use[b->load[i].value] = b->load[i].repeated ? INT16_MAX : last_use[b->load[i].value];
    if (b->result >= 0)
        last_use[b->result] = INT16_MAX;
}

/* Whether instruction i makes the value; -1: it is loaded, before the first. */
static bool is_made_by(const ssi_builder *b, int v, int i)
{
    int source = b->value[v].source;
    if (i < 0)
        return source == SSI_FROM_MEMORY || source == SSI_FROM_NUMBER || source == SSI_FROM_CONSTANT;
    const ssi_instr *instr = &b->instr[i];
    return (source == SSI_FROM_REGISTER || source == SSI_FROM_SPREAD) &&
           (instr->d == v || (instr->kind == SSI_DO_FIND && instr->b == v));
}

/* Registers that no value is in any more, by the size of their elements. */
typedef struct free_registers {
    int32_t place[4][SSI_PROGRAM_VALUES];
    int count[4];
} free_registers;

static int class_of(size_t size)
{
    return size == 1 ? 0 : size == 2 ? 1 : size == 4 ? 2 : 3;
}

/* A place for the value: free, or behind all others. */
static int32_t take_register(free_registers *unused, ssi_program *p, size_t size)
{
    int class = class_of(size);
    if (unused->count[class])
        return unused->place[class][--unused->count[class]];
    size_t at = p->scratch;
    p->scratch += (size_t)p->block * size + 64;
    return (int32_t)at;
}

/* Gives every value that needs one a register: the first that is free. What is used for the last time is free from the next instruction on. */
static void give_registers(ssi_builder *b, ssi_program *p)
{
    int16_t last_use[SSI_PROGRAM_VALUES];
    free_registers unused;
    memset(unused.count, 0, sizeof unused.count);
    find_last_uses(b, last_use);
    p->scratch = p->uniform_bytes = 0;
    for (int i = -1; i < b->instrs; i++) {
        for (int v = 0; v < b->values; v++) {
            ssi_pvalue *value = &b->value[v];
            if (!is_made_by(b, v, i))
                continue;
            if (value->extent == SSI_UNIFORM) {
                value->scratch = (int32_t)p->uniform_bytes;
                p->uniform_bytes += 8;
            } else if (value->source == SSI_FROM_SPREAD) {
                value->scratch = (int32_t)ssi_whole_lines(p->uniform_bytes);
                p->uniform_bytes = (size_t)value->scratch + (size_t)p->block * ssi_dtype_size((ssi_dtype)value->dtype);
            } else {
                value->scratch = take_register(&unused, p, ssi_dtype_size((ssi_dtype)value->dtype));
            }
        }
        for (int v = 0; v < b->values && i >= 0; v++) {
            const ssi_pvalue *value = &b->value[v];
            int class = class_of(ssi_dtype_size((ssi_dtype)value->dtype));
            if (last_use[v] == i && value->extent != SSI_UNIFORM && value->source != SSI_FROM_SPREAD &&
                value->scratch >= 0)
                unused.place[class][unused.count[class]++] = value->scratch;
        }
    }
}

/* ---- all of it ---- */

/* One element repeated is the same in every block. But what is stored is made where it is stored, block by block. */
static void find_spreads(ssi_builder *b)
{
    bool stored[SSI_PROGRAM_VALUES] = {false};
    for (int s = 0; s < b->stores; s++)
        stored[b->store[s].value] = true;
    for (int i = 0; i < b->instrs; i++) {
        const ssi_instr *instr = &b->instr[i];
        if (instr->kind == SSI_DO_SPREAD && b->value[instr->a].extent == SSI_UNIFORM && !stored[instr->d])
            b->value[instr->d].source = SSI_FROM_SPREAD;
    }
}

static bool runs_once(const ssi_builder *b, const ssi_instr *instr)
{
    return instr->extent == SSI_UNIFORM || (instr->d >= 0 && b->value[instr->d].source == SSI_FROM_SPREAD);
}

/* Puts first what runs once, and not for each block. */
static void put_uniforms_first(ssi_builder *b, ssi_program *p)
{
    ssi_instr sorted[SSI_PROGRAM_INSTRS];
    int at = 0;
    find_spreads(b);
    for (int i = 0; i < b->instrs; i++) {
        if (runs_once(b, &b->instr[i]))
            sorted[at++] = b->instr[i];
    }
    p->uniforms = at;
    for (int i = 0; i < b->instrs; i++) {
        if (!runs_once(b, &b->instr[i]))
            sorted[at++] = b->instr[i];
    }
    memcpy(b->instr, sorted, (size_t)at * sizeof *sorted);
}

/* Copies what was built into the plan; false when memory runs out. */
static bool move_to_plan(ssi_builder *b, ssi_program *p)
{
    p->instrs = b->instrs, p->values = b->values, p->loads = b->loads, p->stores = b->stores;
    p->instr = copy_of(b, b->instr, b->instrs, sizeof *b->instr);
    p->value = copy_of(b, b->value, b->values, sizeof *b->value);
    p->load = copy_of(b, b->load, b->loads, sizeof *b->load);
    p->store = copy_of(b, b->store, b->stores, sizeof *b->store);
    return p->instr && p->value && p->load && p->store;
}

static void set_loops(const ssi_builder *b, ssi_space *space)
{
    *space = (ssi_space){.row_dims = b->row_dims, .dims = b->dims.count, .rows = 1, .cols = 1};
    for (int d = 0; d < b->dims.count; d++) {
        space->dim[d] = b->dims.size[d];
        *(d < b->row_dims ? &space->rows : &space->cols) *= b->dims.size[d];
    }
}

int ssi_builder_finish(ssi_builder *b, ssi_program *p, ssi_space *space)
{
    int status = SSI_OK;
    if (!b->failed) {
        put_uniforms_first(b, p);
        ssi_find_chains(b);
        choose_streamed(b);
        choose_direct(b);
        if (b->group->kind == SSI_GROUP_MAP)
            follow_stores(b);
        merge_axes(b, b->rows_matter || b->group->kind == SSI_GROUP_REDUCE || b->group->kind == SSI_GROUP_CONTRACT);
        for (int i = 0; i < b->loads; i++)
            finish_access(b, &b->load[i]);
        for (int i = 0; i < b->stores; i++)
            finish_access(b, &b->store[i]);
        p->turned = find_turned(b);
        set_loops(b, space);
        find_only_turns(b, p, space);
        for (int i = 0; i < b->stores; i++)
            b->plan->streams = b->plan->streams || b->store[i].streamed;
        p->block = p->turned ? SSI_BLOCK : block_of(b, space);
        space->at_once = rows_at_once(b, space, p->block);
        give_registers(b, p);
        give_bands(b, p);
        bool chained = ssi_make_chains(b, p);
        b->failed = !move_to_plan(b, p) || !chained;
    }
    if (b->failed)
        status = ssi_failed() ? ssi_error_peek()->code
                              : ssi_fail(SSI_INTERNAL, "schedule", "a kernel grew beyond its limits");
    ssi_free(b->value_of);
    ssi_free(b);
    return status;
}
