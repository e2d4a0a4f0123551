/*
 * evaluate.c - the two verbs that make a run: reading (through tensor's hook) and assigning.
 */
#include "run/plan.h"

static _Thread_local ssi_need need; /* kept between runs: a loop allocates nothing */

/* C numbers that are read as tensors are stored where they stand. So is a number repeated over a shape (ssi_full), as one element, with steps of 0 between
 * those of the shape; whoever asks for all of them side by side, ssi_data, has them written then. What is assigned lies in full: it will be overwritten. */
static int store_numbers(int count, ssi_tensor *const *wanted, bool assigned)
{
    for (int i = 0; i < count; i++) {
        ssi_tensor *x = wanted[i];
        bool repeated = x->op->kind == SSI_KIND_MAP && x->op->code == SSI_MAP_CAST && !assigned && !ssi_use_reference;
        const ssi_tensor *number = repeated ? x->input[0] : x;
        if (x->buffer || number->op->kind != SSI_KIND_NUMBER)
            continue;
        ssi_buffer *buffer = ssi_buffer_new(sizeof(int64_t));
        if (!buffer)
            return SSI_NO_MEMORY;
        ssi_put_number(buffer->data, (ssi_dtype)x->dtype, number);
        for (int axis = 0; axis < x->rank; axis++)
            x->stride_room[axis] = 0;
        x->stride = x->rank ? x->stride_room : NULL;
        x->buffer = buffer;
    }
    return SSI_OK;
}

void ssi_evaluate_forget(void)
{
    ssi_free(need.node);
    need = (ssi_need){0};
}

static int run_needed(uint32_t mark, int count, ssi_tensor *const *wanted, ssi_scope_record *closing)
{
    uint32_t host = ssi_float_control(), control = ssi_wanted_control(host);
    if (control != host)
        ssi_set_float_control(control);
    int status = ssi_use_reference ? ssi_reference_run(&need) : ssi_fused_run(&need, mark, count, wanted, closing);
    if (control != host)
        ssi_set_float_control(host);
    return status;
}

int ssi_compute(int count, ssi_tensor *const *wanted, ssi_scope_record *closing)
{
    uint32_t mark;
    int status = store_numbers(count, wanted, closing != NULL);
    if (status == SSI_OK)
        status = ssi_collect(count, wanted, &need, &mark);
    if (status == SSI_OK && need.count)
        status = run_needed(mark, count, wanted, closing);
    for (int i = 0; i < count && status != SSI_OK; i++) {
        if (!wanted[i]->buffer)
            wanted[i]->flags |= SSI_POISONED;
    }
    return status;
}

/* What is to be assigned to w: v in w's dtype. NULL with an error when it cannot be. */
static ssi_tensor *assignable(ssi_tensor *w, ssi_tensor *v)
{
    char a[SSI_SHAPE_TEXT], b[SSI_SHAPE_TEXT];
    if (!w || !v)
        return NULL;
    bool same = w->rank == v->rank;
    for (int i = 0; i < w->rank && same; i++)
        same = w->shape[i] == v->shape[i];
    if (!same)
        return SSI_FAIL_NULL(SSI_INVALID, "assign",
                             "shapes differ: the tensor is %s, its new value %s\nreshape or reduce the value; "
                             "an assignment never broadcasts",
                             ssi_describe(w, a), ssi_describe(v, b));
    if (w->flags & SSI_WEAK)
        return SSI_FAIL_NULL(SSI_INVALID, "assign",
                             "a C number cannot be assigned to\nmake a tensor with ssi_full or ssi_array");
    return ssi_cast(ssi_resolve(v), (ssi_dtype)w->dtype);
}

int ssi_assign(ssi_tensor *w, ssi_tensor *v)
{
    v = assignable(w, v);
    return v ? ssi_scope_assign(w, v) : ssi_error_peek() ? ssi_error_peek()->code : SSI_INVALID;
}

int ssi_assign_all(int count, ssi_tensor *const *w, ssi_tensor **v)
{
    bool good = true;
    for (int i = 0; i < count && good; i++)
        good = (v[i] = assignable(w[i], v[i])) != NULL;
    if (!good)
        return ssi_error_peek() ? ssi_error_peek()->code : SSI_INVALID;
    int status = ssi_scope_assign_room(count, w);
    for (int i = 0; i < count && status == SSI_OK; i++) { /* a tensor that was both a v and a w is a handle by now */
        v[i] = ssi_resolve(v[i]);
        status = v[i] ? SSI_OK : ssi_error_peek() ? ssi_error_peek()->code : SSI_INVALID;
    }
    for (int i = 0; i < count && status == SSI_OK; i++)
        status = ssi_scope_assign(w[i], v[i]);
    return status;
}
