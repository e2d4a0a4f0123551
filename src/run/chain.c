/*
 * chain.c - neighbouring instructions of f32 arithmetic become one, a chain, in which a value goes from one operation to the next in the processor's registers
 * (cpu/chain.isa.c). Each still rounds, so no bit changes.
 *
 *     t1 = g - m                     sub g, m
 *     t2 = t1 * 0.1                  mul 0.1
 *     n  = m + t2        becomes     add m, store n        n has other readers; t1 and t2 are nowhere in memory
 *     t3 = v * 0.9                   mul v, 0.9
 *     r  = n / t3                    div_into n, store r
 */
#include <string.h>

#include "run/program.h"

enum { MOST_JOINED = SSI_CHAIN_STEPS - 1 };

/* What an operation is as a step; `swapped`: x is its second operand. -1: none. */
static int code_of(int map_code, bool swapped)
{
    switch (map_code) {
    case SSI_MAP_ADD:
        return SSI_CHAIN_ADD;
    case SSI_MAP_SUB:
        return swapped ? SSI_CHAIN_SUB_FROM : SSI_CHAIN_SUB;
    case SSI_MAP_MUL:
        return SSI_CHAIN_MUL;
    case SSI_MAP_DIV:
        return swapped ? SSI_CHAIN_DIV_INTO : SSI_CHAIN_DIV;
    case SSI_MAP_NEG:
        return SSI_CHAIN_NEG;
    case SSI_MAP_ABS:
        return SSI_CHAIN_ABS;
    case SSI_MAP_SQRT:
        return SSI_CHAIN_SQRT;
    case SSI_MAP_RELU:
        return SSI_CHAIN_RELU;
    default:
        return -1;
    }
}

static bool chains(const ssi_instr *instr)
{
    return instr->kind == SSI_DO_MAP && instr->extent != SSI_UNIFORM && instr->dtype == SSI_F32 &&
           code_of(instr->code, false) >= 0;
}

/* How many instructions, from `first` on, one chain may do. */
static int length_from(const ssi_builder *b, int first)
{
    int length = 0;
    while (length < MOST_JOINED && first + length < b->instrs && chains(&b->instr[first + length]) &&
           b->instr[first + length].extent == b->instr[first].extent)
        length++;
    return length;
}

/* How often each value is read: by instructions, by stores, by the kernel itself. */
static void count_readers(const ssi_builder *b, int16_t *readers)
{
    memset(readers, 0, (size_t)b->values * sizeof *readers);
    for (int i = 0; i < b->instrs; i++) {
        const int16_t used[3] = {b->instr[i].a, b->instr[i].b, b->instr[i].c};
        for (int k = 0; k < 3; k++) {
            if (used[k] >= 0)
                readers[used[k]]++;
        }
    }
    for (int s = 0; s < b->stores; s++)
        readers[b->store[s].value]++;
    if (b->result >= 0)
        readers[b->result]++;
}

void ssi_find_chains(ssi_builder *b)
{
    int16_t readers[SSI_PROGRAM_VALUES];
    if (!b->plan->backend->chain)
        return;
    count_readers(b, readers);
    for (int i = 0, length; i<b->instrs; i += length> 1 ? length : 1) {
        length = length_from(b, i);
        if (length < 2)
            continue;
        b->instr[i].joined = length;
        for (int k = i; k < i + length - 1; k++) {
            int16_t made = b->instr[k].d;
            if (readers[made] == 1 && (b->instr[k + 1].a == made || b->instr[k + 1].b == made))
                b->value[made].source = SSI_FROM_STEP;
        }
    }
}

/* ---- steps ---- */

/* The step of one instruction, x being the value that the one before it made (-1: none). */
static ssi_step step_of(const ssi_builder *b, const ssi_instr *instr, int16_t x)
{
    bool handed = instr->a == x, swapped = !handed && instr->b >= 0 && instr->b == x;
    int16_t from = handed || swapped ? -1 : instr->a, a = swapped ? instr->a : instr->b;
    bool scalar = a >= 0 && b->value[a].extent == SSI_UNIFORM, stored = b->value[instr->d].source != SSI_FROM_STEP;
    ssi_chain_form form = from < 0                               ? (scalar ? SSI_CHAIN_XS : SSI_CHAIN_XV)
                          : b->value[from].extent == SSI_UNIFORM ? SSI_CHAIN_SV
                          : scalar                               ? SSI_CHAIN_VS
                                                                 : SSI_CHAIN_VV;
    int code = code_of(instr->code, swapped);
    return (ssi_step){.run = b->plan->backend->chain->step[code][form][stored],
                      .form = form,
                      .from = from,
                      .a = a,
                      .to = stored ? instr->d : -1};
}

bool ssi_make_chains(ssi_builder *b, ssi_program *p)
{
    int steps = 0, left = 0;
    for (int i = 0; i < b->instrs; i++)
        steps += b->instr[i].joined ? b->instr[i].joined + 1 : 0;
    p->step = ssi_plan_alloc(b->plan, (size_t)steps + 1, sizeof *p->step);
    if (!p->step)
        return false;
    for (int i = 0, length; i < b->instrs; i += length) {
        ssi_instr chain = b->instr[i];
        length = chain.joined ? chain.joined : 1;
        if (chain.joined) {
            chain.first_step = p->steps;
            for (int k = 0; k < length; k++)
                p->step[p->steps++] = step_of(b, &b->instr[i + k], k ? b->instr[i + k - 1].d : -1);
            p->step[p->steps++] = (ssi_step){.run = b->plan->backend->chain->end, .from = -1, .a = -1, .to = -1};
            chain.kind = SSI_DO_CHAIN;
            chain.d = chain.a = chain.b = chain.c = -1;
        }
        b->instr[left++] = chain;
    }
    b->instrs = left;
    return true;
}
