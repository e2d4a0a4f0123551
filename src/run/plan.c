/*
 * plan.c - recognising a step that was planned before.
 *
 * The needed nodes are written down as a key: operations, dtypes, shapes, attributes, who reads whom, what must outlive the run. C numbers, slice
 * starts and random streams are gathered beside it as arguments. The key is looked up in a small cache of this thread, where the plan that came after the
 * last one before is looked at first; only when it is new is anything scheduled. Writing and comparing the key of a training step of 300 nodes takes a few
 * microseconds and allocates nothing.
 */
#include <pthread.h>
#include <string.h>

#include "run/plan.h"
#include "run/view.h"

enum { CACHE = 64, LEAF_BIT = 1 << 30, NUMBER_BIT = 1 << 29, INDEX_MASK = NUMBER_BIT - 1 };

/* ---- memory of a plan ---- */

struct ssi_block {
    ssi_block *next;
    size_t used, size;
};

enum { BLOCK_HEAD = 64, BLOCK_BYTES = 16 * 1024 };

void *ssi_plan_alloc(ssi_plan *plan, size_t count, size_t size)
{
    size_t bytes;
    if (!ssi_size_mul(count, size, &bytes) || !ssi_size_align(bytes, 16, &bytes))
        return SSI_FAIL_NULL(SSI_NO_MEMORY, "plan", "a plan too large for memory");
    if (!plan->memory || plan->memory->size - plan->memory->used < bytes) {
        size_t room = bytes + BLOCK_HEAD > BLOCK_BYTES ? bytes + BLOCK_HEAD : BLOCK_BYTES;
        ssi_block *block = ssi_alloc(room);
        if (!block)
            return NULL;
        *block = (ssi_block){plan->memory, BLOCK_HEAD, room};
        plan->memory = block;
    }
    void *memory = (char *)plan->memory + plan->memory->used;
    plan->memory->used += bytes;
    return memset(memory, 0, bytes);
}

void ssi_plan_free(ssi_plan *plan)
{
    if (!plan)
        return;
    while (plan->memory) {
        ssi_block *next = plan->memory->next;
        ssi_free(plan->memory);
        plan->memory = next;
    }
    ssi_free(plan);
}

/* ---- the key and the arguments ---- */

/* Which leaves share a buffer: the first leaf with it, by a hash table over the run's leaves. */
typedef struct buffer_class {
    const ssi_buffer *buffer;
    int32_t first, leaves;
} buffer_class;

typedef struct tracer {
    uint64_t *key;
    size_t words, key_places;
    ssi_tensor **leaf, **number;
    size_t leaves, leaf_places, numbers, number_places;
    int64_t *argument;
    size_t arguments, argument_places;
    buffer_class *class;
    size_t class_places;
    ssi_plan *cache[CACHE];
    /* Of each plan the place of the one that came after it last time, and will again, as loops go round; and the place of the one that ran last. */
    uint8_t after[CACHE];
    size_t last;
    uint64_t clock;
} tracer;

static _Thread_local tracer *local; /* made by the thread's first run */
static _Thread_local ssi_run_count counted;

const ssi_run_count *ssi_run_counted(void)
{
    return &counted;
}

static pthread_key_t exit_key;
static pthread_once_t exit_once = PTHREAD_ONCE_INIT;

static bool reserve(void *array, size_t *places, size_t need, size_t size)
{
    if (need <= *places)
        return true;
    void *grown = ssi_grow(*(void **)array, places, need, size);
    if (grown)
        *(void **)array = grown;
    return grown != NULL;
}

/* Room for whatever the nodes bring, so that writing them down need not ask again. */
static bool make_room(tracer *t, const ssi_need *need, size_t wanted)
{
    return reserve(&t->key, &t->key_places, need->words + need->inputs + wanted + 4, sizeof *t->key) &&
           reserve(&t->leaf, &t->leaf_places, need->inputs + 1, sizeof *t->leaf) &&
           reserve(&t->number, &t->number_places, need->inputs + 1, sizeof *t->number) &&
           reserve(&t->argument, &t->argument_places, need->arguments + 1, sizeof *t->argument);
}

static uint32_t leaf_index(tracer *t, ssi_tensor *x, uint32_t mark)
{
    if (x->mark == mark)
        return x->slot;
    x->mark = mark;
    if (x->op->kind == SSI_KIND_NUMBER) {
        x->slot = NUMBER_BIT | (uint32_t)t->numbers;
        t->number[t->numbers++] = x;
    } else {
        x->slot = LEAF_BIT | (uint32_t)t->leaves;
        t->leaf[t->leaves++] = x;
    }
    return x->slot;
}

/* Each writes its part of the key at `word` and returns where the next begins. */
static uint64_t *add_node(tracer *t, uint64_t *word, const ssi_tensor *x, uint32_t need_mark, uint32_t leaf_mark)
{
    int rank = x->rank, attributes = x->attributes, arguments = x->arguments, inputs = x->inputs;
    *word++ = (uint64_t)(uintptr_t)x->op;
    *word++ = (uint64_t)x->dtype | (uint64_t)rank << 8 | (uint64_t)inputs << 16 | (uint64_t)attributes << 24;
    for (int i = 0; i < rank; i++)
        *word++ = (uint64_t)x->shape[i];
    for (int i = 0; i < attributes; i++)
        *word++ = (uint64_t)x->attribute[i];
    for (int i = 0; i < arguments; i++)
        t->argument[t->arguments++] = x->argument[i];
    for (int i = 0; i < inputs; i++) { /* two to a word */
        ssi_tensor *in = x->input[i];
        uint64_t slot = in->mark == need_mark ? in->slot : leaf_index(t, in, leaf_mark);
        if (i % 2)
            word[-1] |= slot << 32;
        else
            *word++ = slot;
    }
    return word;
}

static uint64_t *add_leaf(uint64_t *word, const ssi_tensor *x)
{
    const int64_t *shape = x->shape, *stride = x->stride;
    int rank = x->rank;
    *word++ = (uint64_t)x->dtype | (uint64_t)rank << 8 | (uint64_t)(stride != NULL) << 16;
    for (int i = 0; i < rank; i++)
        *word++ = (uint64_t)shape[i];
    for (int i = 0; stride && i < rank; i++)
        *word++ = (uint64_t)stride[i];
    return word;
}

static buffer_class *class_of(tracer *t, const ssi_buffer *buffer)
{
    size_t mask = t->class_places - 1, place = ((uintptr_t)buffer >> 5) * 0x9E3779B97F4A7C15u >> 30 & mask;
    while (t->class[place].buffer && t->class[place].buffer != buffer)
        place = (place + 1) & mask;
    return &t->class[place];
}

static bool classify_leaves(tracer *t, const ssi_scope_record *closing)
{
    size_t places = 64;
    while (places < 4 * t->leaves)
        places *= 2;
    if (places > t->class_places) {
        ssi_free(t->class);
        t->class_places = 0;
        if (!(t->class = ssi_alloc(places * sizeof *t->class)))
            return false;
        t->class_places = places;
    }
    memset(t->class, 0, t->class_places * sizeof *t->class);
    for (size_t i = 0; i < t->leaves; i++) {
        buffer_class *class = class_of(t, t->leaf[i]->buffer);
        if (!class->buffer)
            *class = (buffer_class){t->leaf[i]->buffer, (int32_t)i, 0};
        class->leaves += t->leaf[i]->scope == closing;
    }
    return true;
}

/* The leaf whose buffer an assigned value may overwrite: the handle's own, seen by nobody but it and leaves about to be freed; -1: none. */
static int32_t overwritable(tracer *t, const ssi_tensor *handle)
{
    if (!handle->buffer || handle->stride || handle->offset)
        return -1;
    const buffer_class *class = class_of(t, handle->buffer);
    bool own = handle->buffer->capacity && !handle->buffer->release;
    if (!class->buffer || !own || ssi_buffer_references(handle->buffer) != class->leaves + 1)
        return -1;
    return class->first;
}

/* A value that is assigned as it is stored, or as a view of what is, shares that buffer from now on: nobody may overwrite it. */
static void spare_buffer(tracer *t, const ssi_tensor *value)
{
    while (!value->buffer && value->op->kind == SSI_KIND_VIEW)
        value = value->input[0];
    buffer_class *class = value->buffer ? class_of(t, value->buffer) : NULL;
    if (class && class->buffer)
        class->leaves = -1; /* no number of references fits this */
}

static int trace(tracer *t, const ssi_need *need, uint32_t need_mark, int count, ssi_tensor *const *wanted,
                 const ssi_scope_record *closing)
{
    uint32_t leaf_mark = ssi_next_mark();
    t->leaves = t->numbers = t->arguments = 0;
    if (!make_room(t, need, (size_t)count))
        return SSI_NO_MEMORY;
    uint64_t *word = t->key;
    *word++ = (uint64_t)need->count << 32 | (uint64_t)(closing != NULL) << 31 | (uint64_t)count;
    for (size_t i = 0; i < need->count; i++)
        word = add_node(t, word, need->node[i], need_mark, leaf_mark);
    for (size_t i = 0; i < t->leaves; i++)
        word = add_leaf(word, t->leaf[i]);
    for (size_t i = 0; i < t->numbers; i++)
        *word++ = t->number[i]->dtype;
    if (closing && !classify_leaves(t, closing))
        return SSI_NO_MEMORY;
    for (int i = 0; i < count && closing; i++)
        spare_buffer(t, wanted[i]);
    for (size_t i = 0; i < t->leaves && closing; i++)
        *word++ = (uint64_t)class_of(t, t->leaf[i]->buffer)->first;
    for (int i = 0; i < count; i++) {
        bool computed = wanted[i]->mark == need_mark;
        int32_t target = closing && computed ? overwritable(t, closing->assignment[i].handle) : -1;
        *word++ = (uint64_t)(uint32_t)target << 32 | (computed ? wanted[i]->slot : UINT32_MAX);
    }
    t->words = (size_t)(word - t->key);
    return SSI_OK;
}

static uint64_t hash_of(const uint64_t *key, size_t words)
{
    uint64_t lane[4] = {1, 2, 3, 4};
    size_t i = 0;
    for (; i + 4 <= words; i += 4) {
        lane[0] = (lane[0] ^ key[i]) * 0x9E3779B97F4A7C15u;
        lane[1] = (lane[1] ^ key[i + 1]) * 0x9E3779B97F4A7C15u;
        lane[2] = (lane[2] ^ key[i + 2]) * 0x9E3779B97F4A7C15u;
        lane[3] = (lane[3] ^ key[i + 3]) * 0x9E3779B97F4A7C15u;
    }
    for (; i < words; i++)
        lane[0] = (lane[0] ^ key[i]) * 0x9E3779B97F4A7C15u;
    uint64_t hash = lane[0] ^ lane[1] >> 17 ^ lane[2] >> 29 ^ lane[3] << 7;
    return hash ^ hash >> 32;
}

/* ---- a new plan ---- */

static int32_t slot_number(const ssi_plan *plan, uint32_t reference)
{
    if (reference & LEAF_BIT)
        return plan->nodes + (int32_t)(reference & INDEX_MASK);
    if (reference & NUMBER_BIT)
        return plan->nodes + plan->leaves + (int32_t)(reference & INDEX_MASK);
    return (int32_t)reference;
}

static bool copy_shape(ssi_plan *plan, ssi_slot *slot, const ssi_tensor *x)
{
    int64_t *shape = ssi_plan_alloc(plan, 2u * x->rank + x->attributes + 1u, sizeof *shape);
    if (!shape)
        return false;
    slot->shape = shape;
    slot->stride = shape + x->rank;
    int64_t *attribute = slot->stride + x->rank;
    slot->attribute = attribute;
    slot->attributes = x->attributes;
    slot->op = x->op;
    slot->kind = (uint8_t)(x->op->kind);
    slot->dtype = x->dtype;
    slot->rank = x->rank;
    slot->inputs = x->inputs;
    slot->group = -1;
    memcpy(shape, x->shape, x->rank * sizeof *shape);
    memcpy(attribute, x->attribute, x->attributes * sizeof *shape);
    slot->count = ssi_count(x);
    ssi_shape_strides(x->rank, x->shape, slot->stride);
    return true;
}

/* The reduction before slot i that is the same one of the same values; -1: none. */
static int32_t same_reduction(const ssi_plan *plan, int32_t i)
{
    const ssi_slot *y = &plan->slot[i];
    for (int32_t k = 0; k < i && y->kind == SSI_KIND_REDUCE; k++) {
        const ssi_slot *z = &plan->slot[k];
        if (z->op == y->op && z->input[0] == y->input[0] && z->dtype == y->dtype && z->attributes == y->attributes &&
            !memcmp(z->attribute, y->attribute, (size_t)y->attributes * sizeof *y->attribute))
            return k;
    }
    return -1;
}

static bool copy_graph(ssi_plan *plan, tracer *t, const ssi_need *need)
{
    int32_t argument = 0;
    for (int32_t i = 0; i < plan->nodes; i++) {
        const ssi_tensor *x = need->node[i];
        ssi_slot *slot = &plan->slot[i];
        int32_t *input = ssi_plan_alloc(plan, x->inputs + 1u, sizeof *input);
        if (!input || !copy_shape(plan, slot, x))
            return false;
        for (int k = 0; k < x->inputs; k++)
            input[k] = slot_number(plan, x->input[k]->slot);
        slot->input = input;
        int32_t same = same_reduction(plan, i);
        if (same >= 0) { /* a mean, and the deviation from it: one is seen through the other */
            slot->op = &ssi_op_reshape;
            slot->kind = SSI_KIND_VIEW;
            input[0] = same;
        }
        slot->base = i;
        slot->argument = argument;
        argument += x->arguments;
    }
    for (int32_t i = 0; i < plan->leaves + plan->numbers; i++) {
        const ssi_tensor *x = i < plan->leaves ? t->leaf[i] : t->number[i - plan->leaves];
        ssi_slot *slot = &plan->slot[plan->nodes + i];
        if (!copy_shape(plan, slot, x))
            return false;
        slot->kind = i < plan->leaves ? SSI_KIND_LEAF : SSI_KIND_NUMBER;
        slot->inputs = 0;
        slot->attributes = 0;
        slot->base = plan->nodes + i;
        slot->storage = i < plan->leaves ? SSI_IN_LEAF : SSI_IN_REGISTERS;
        slot->place = (size_t)i;
        if (x->stride)
            memcpy(slot->stride, x->stride, x->rank * sizeof *slot->stride);
    }
    return true;
}

static ssi_plan *make_plan(tracer *t, const ssi_need *need, uint64_t hash, int count, bool closing)
{
    ssi_plan *plan = ssi_calloc(1, sizeof *plan);
    if (!plan)
        return NULL;
    plan->backend = ssi_backend_cpu();
    plan->hash = hash;
    plan->keep_all = !closing;
    plan->nodes = (int)need->count;
    plan->leaves = (int)t->leaves;
    plan->numbers = (int)t->numbers;
    plan->slots = plan->nodes + plan->leaves + plan->numbers;
    plan->arguments = (int)t->arguments;
    plan->key_words = t->words;
    plan->key = ssi_plan_alloc(plan, t->words, sizeof *plan->key);
    plan->slot = ssi_plan_alloc(plan, (size_t)plan->slots + 1, sizeof *plan->slot);
    if (!plan->key || !plan->slot || !copy_graph(plan, t, need)) {
        ssi_plan_free(plan);
        return NULL;
    }
    memcpy(plan->key, t->key, t->words * sizeof *t->key);
    if (closing) { /* leaves that share a buffer share a class: its first leaf */
        for (int32_t i = 0; i < plan->leaves; i++)
            plan->slot[plan->nodes + i].place = (size_t)class_of(t, t->leaf[i]->buffer)->first;
    }
    const uint64_t *want = t->key + t->words - count;
    for (int i = 0; i < count; i++) {
        uint32_t slot = (uint32_t)want[i];
        int32_t target = (int32_t)(want[i] >> 32);
        if (slot == UINT32_MAX)
            continue;
        plan->slot[slot].wanted = true;
        if (target >= 0 && plan->slot[slot].kind != SSI_KIND_VIEW) {
            plan->slot[slot].storage = SSI_IN_PLACE;
            plan->slot[slot].place = (size_t)(plan->nodes + target);
        }
    }
    if (ssi_schedule(plan) != SSI_OK) {
        ssi_plan_free(plan);
        return NULL;
    }
    return plan;
}

/* ---- the cache ---- */

static void free_local(void *unused)
{
    (void)unused;
    tracer *t = local;
    if (t) {
        for (int i = 0; i < CACHE; i++)
            ssi_plan_free(t->cache[i]);
        ssi_free(t->key);
        ssi_free(t->leaf);
        ssi_free(t->number);
        ssi_free(t->argument);
        ssi_free(t->class);
        ssi_free(t);
        local = NULL;
    }
    ssi_execute_forget();
    ssi_evaluate_forget();
}

static void make_key(void)
{
    pthread_key_create(&exit_key, free_local);
    ssi_at_shutdown(ssi_plan_forget);
}

void ssi_plan_forget(void)
{
    free_local(NULL);
}

static bool is_plan_of(const ssi_plan *plan, const tracer *t)
{
    return plan && plan->key_words == t->words && !memcmp(plan->key, t->key, t->words * sizeof *t->key) &&
           plan->backend == ssi_backend_cpu();
}

/* The place of the plan with that hash; CACHE: there is none. */
static size_t look_up(const tracer *t, uint64_t hash)
{
    for (size_t i = 0; i < CACHE; i++) {
        size_t place = (hash + i) % CACHE;
        if (t->cache[place] && t->cache[place]->hash == hash && is_plan_of(t->cache[place], t))
            return place;
    }
    return CACHE;
}

/* Returns its place. */
static size_t remember(tracer *t, ssi_plan *plan)
{
    size_t oldest = plan->hash % CACHE; /* where looking up begins, if it is free */
    for (size_t i = 0; i < CACHE && t->cache[oldest]; i++) {
        size_t next = (plan->hash + i) % CACHE;
        if (!t->cache[next] || t->cache[next]->used < t->cache[oldest]->used)
            oldest = next;
    }
    ssi_plan_free(t->cache[oldest]);
    t->cache[oldest] = plan;
    return oldest;
}

static tracer *new_tracer(void)
{
    pthread_once(&exit_once, make_key);
    tracer *t = ssi_calloc(1, sizeof *t);
    if (t && pthread_setspecific(exit_key, t) != 0) {
        ssi_free(t);
        return SSI_FAIL_NULL(SSI_NO_MEMORY, "run", "no room for what a thread keeps between runs");
    }
    return local = t;
}

int ssi_fused_run(const ssi_need *need, uint32_t mark, int count, ssi_tensor *const *wanted, ssi_scope_record *closing)
{
    tracer *t = local ? local : new_tracer();
    int status = t ? trace(t, need, mark, count, wanted, closing) : SSI_NO_MEMORY;
    if (status != SSI_OK)
        return status;
    size_t place = t->after[t->last];
    if (!is_plan_of(t->cache[place], t)) {
        uint64_t hash = hash_of(t->key, t->words);
        if ((place = look_up(t, hash)) == CACHE) {
            ssi_plan *made = make_plan(t, need, hash, count, closing != NULL);
            if (!made)
                return ssi_failed() ? ssi_error_peek()->code : SSI_NO_MEMORY;
            place = remember(t, made);
            counted.planned++;
        }
        t->after[t->last] = (uint8_t)place;
    }
    ssi_plan *plan = t->cache[place];
    plan->used = ++t->clock;
    t->last = place;
    counted.runs++;
    counted.kernels += (uint64_t)plan->kernels;
    ssi_inputs inputs = {
        .leaf = t->leaf, .number = t->number, .argument = t->argument, .need = need, .closing = closing};
    return ssi_execute(plan, &inputs);
}
