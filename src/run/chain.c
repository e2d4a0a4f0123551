/*
 * chain.c - neighbouring instructions of arithmetic of floats become one, a chain, in which a value goes from one operation to the next in the processor's registers
 * (cpu/chain.isa.c). Each still rounds, so no bit changes.
 *
 *     t1 = g - m                     sub g, m
 *     t2 = t1 * 0.1                  mul 0.1
 *     n  = m + t2        becomes     add m, store n        n has other readers; t1 and t2 are nowhere in memory
 *     t3 = v * 0.9                   mul v, 0.9
 *     r  = n / t3                    div_into n, store r
 *
 * Most instructions are a step each. Two or three are one where they move a value a part of the way to another, m + (g - m)*0.1 (the above is `towards m, 0.1,
 * store n` in truth), or add a multiple, m*0.9 + d: running means and optimisers consist of these, and their operand is loaded once.
 */
#include <string.h>

#include "run/program.h"

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
    case SSI_MAP_EXP:
        return SSI_CHAIN_EXP;
    case SSI_MAP_SIGMOID:
        return SSI_CHAIN_SIGMOID;
    default:
        return -1;
    }
}

/* The steps that there are for values of a dtype. */
static const ssi_chain_routines *routines_of(const ssi_builder *b, int dtype)
{
    return dtype <= SSI_F64 ? b->plan->backend->chain[dtype] : NULL;
}

static bool chains(const ssi_builder *b, const ssi_instr *instr)
{
    const ssi_chain_routines *routines = routines_of(b, instr->dtype);
    int code = code_of(instr->code, false);
    return instr->kind == SSI_DO_MAP && instr->extent != SSI_UNIFORM && code >= 0 && routines &&
           routines->step[code][SSI_CHAIN_XV][0];
}

/* How many instructions, from `first` on, one chain may do. */
static int length_from(const ssi_builder *b, int first)
{
    int length = 0;
    while (length < SSI_CHAIN_LENGTH && first + length < b->instrs && chains(b, &b->instr[first + length]) &&
           b->instr[first + length].extent == b->instr[first].extent &&
           b->instr[first + length].dtype == b->instr[first].dtype)
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

static int reads(const ssi_instr *instr, int16_t value)
{
    return (instr->a == value) + (instr->b == value);
}

static bool uniform(const ssi_builder *b, int16_t value)
{
    return b->value[value].extent == SSI_UNIFORM;
}

/* Of an instruction that reads it, the other operand. */
static int16_t beside(const ssi_instr *instr, int16_t value)
{
    return instr->a == value ? instr->b : instr->a;
}

/* Whether x is added to a multiple of a vector that the first of two instructions makes of it, for the other alone. */
static bool adds_scaled(const ssi_builder *b, const ssi_instr *two, int16_t x, const int16_t *readers)
{
    return two[0].code == SSI_MAP_MUL && two[1].code == SSI_MAP_ADD && readers[two[0].d] == 1 && !reads(&two[0], x) &&
           uniform(b, two[0].a) != uniform(b, two[0].b) && reads(&two[1], x) == 1 && reads(&two[1], two[0].d) == 1;
}

/* Whether three instructions are (x - a)*t + a, a being in memory. */
static bool goes_towards(const ssi_builder *b, const ssi_instr *three, int16_t last, const int16_t *readers)
{
    int16_t x = three[0].a, a = three[0].b, between = three[0].d, part = three[1].d;
    return routines_of(b, three->dtype)->step[SSI_CHAIN_TOWARDS][SSI_CHAIN_XV][0] && three[0].code == SSI_MAP_SUB &&
           three[1].code == SSI_MAP_MUL && three[2].code == SSI_MAP_ADD && x != a && a != last && !uniform(b, x) &&
           !uniform(b, a) && readers[between] == 1 && readers[part] == 1 && reads(&three[1], between) &&
           uniform(b, beside(&three[1], between)) && reads(&three[2], part) && beside(&three[2], part) == a;
}

/* Whether the value that an instruction makes, `left` more of its chain being behind it, is nobody's but the next step's. */
static bool is_handed(const ssi_builder *b, const ssi_instr *instr, int left, const int16_t *readers)
{
    int16_t made = instr->d;
    if (left >= 2 && adds_scaled(b, instr + 1, made, readers))
        return readers[made] == 1;
    int times = left >= 1 ? reads(instr + 1, made) : 0;
    return times == readers[made] && (times == 1 || (times == 2 && instr[1].code == SSI_MAP_MUL));
}

void ssi_find_chains(ssi_builder *b)
{
    int16_t readers[SSI_PROGRAM_VALUES];
    count_readers(b, readers);
    for (int i = 0, length; i<b->instrs; i += length> 1 ? length : 1) {
        length = length_from(b, i);
        if (length < 2)
            continue;
        b->instr[i].joined = length;
        for (int k = i; k < i + length; k++) {
            if (is_handed(b, &b->instr[k], i + length - 1 - k, readers))
                b->value[b->instr[k].d].source = SSI_FROM_STEP;
        }
    }
}

/* ---- steps ---- */

/* A step of the first `count` of some instructions, x being their x, a their vector, t their number, and `last` the value that the step before made. */
typedef struct piece {
    int count;
    ssi_chain_code code;
    int16_t x, a, t, last; /* values; -1: none */
} piece;

/* The first step of `left` instructions. */
static piece piece_of(const ssi_builder *b, const ssi_instr *instr, int left, int16_t last, const int16_t *readers)
{
    if (left >= 3 && goes_towards(b, instr, last, readers))
        return (piece){3, SSI_CHAIN_TOWARDS, instr->a, instr->b, beside(&instr[1], instr->d), last};
    if (left >= 2 && last >= 0 && adds_scaled(b, instr, last, readers)) {
        bool turned = uniform(b, instr->a);
        return (piece){2, SSI_CHAIN_ADD_SCALED, last, turned ? instr->b : instr->a, turned ? instr->a : instr->b, last};
    }
    if (instr->code == SSI_MAP_MUL && instr->a == instr->b)
        return (piece){1, SSI_CHAIN_SQUARE, instr->a, -1, -1, last};
    bool swapped = instr->a != last && instr->b >= 0 && instr->b == last;
    return (piece){.count = 1,
                   .code = (ssi_chain_code)code_of(instr->code, swapped),
                   .x = swapped ? instr->b : instr->a,
                   .a = swapped ? instr->a : instr->b,
                   .t = -1,
                   .last = last};
}

/* The code that makes of a and x what the given one makes of x and a. */
static ssi_chain_code turned(ssi_chain_code code)
{
    return code == SSI_CHAIN_SUB ? SSI_CHAIN_SUB_FROM : code == SSI_CHAIN_DIV ? SSI_CHAIN_DIV_INTO : code;
}

static void put(ssi_program *p, ssi_chain_routine *run, int16_t from, int16_t a, int16_t scalar, int16_t to)
{
    p->step[p->steps++] = (ssi_step){.run = run, .from = from, .a = a, .scalar = scalar, .to = to};
}

/* A piece as its step or, where the set has none that loads or stores as well, as that and others around it. */
static void write_piece(const ssi_builder *b, const ssi_chain_routines *routines, piece now, int16_t made,
                        ssi_program *p)
{
    bool handed = now.x == now.last, stored = b->value[made].source != SSI_FROM_STEP;
    if (!handed && uniform(b, now.x)) /* vectors alone are loaded */
        now = (piece){now.count, turned(now.code), now.a, now.x, -1, now.last};
    bool by_scalar = now.a >= 0 && uniform(b, now.a);
    int16_t from = handed ? -1 : now.x, a = by_scalar ? -1 : now.a, scalar = by_scalar ? now.a : now.t,
            to = stored ? made : -1;
    ssi_chain_form of_x = by_scalar ? SSI_CHAIN_XS : SSI_CHAIN_XV, form = handed      ? of_x
                                                                          : by_scalar ? SSI_CHAIN_VS
                                                                                      : SSI_CHAIN_VV;
    ssi_chain_routine *const(*step)[2] = routines->step[now.code];
    if (step[form][stored]) {
        put(p, step[form][stored], from, a, scalar, to);
        return;
    }
    if (!handed)
        put(p, routines->step[SSI_CHAIN_SAME][SSI_CHAIN_VV][0], from, -1, -1, -1);
    put(p, step[of_x][0], -1, a, scalar, -1);
    if (stored)
        put(p, routines->step[SSI_CHAIN_SAME][SSI_CHAIN_XV][1], -1, -1, -1, to);
}

/* The steps of a chain. */
static void write_steps(const ssi_builder *b, ssi_instr *chain, const ssi_instr *instr, ssi_program *p,
                        const int16_t *readers)
{
    const ssi_chain_routines *routines = routines_of(b, chain->dtype);
    int16_t last = -1;
    piece now;
    chain->first_step = p->steps;
    for (int k = 0; k < chain->joined; k += now.count) {
        now = piece_of(b, &instr[k], chain->joined - k, last, readers);
        last = instr[k + now.count - 1].d;
        write_piece(b, routines, now, last, p);
    }
    put(p, routines->end, -1, -1, -1, -1);
    chain->steps = p->steps - chain->first_step;
}

bool ssi_make_chains(ssi_builder *b, ssi_program *p)
{
    int16_t readers[SSI_PROGRAM_VALUES];
    int steps = 0, left = 0;
    for (int i = 0; i < b->instrs; i++)
        steps += b->instr[i].joined ? 3 * b->instr[i].joined + 1 : 0;
    p->step = ssi_plan_alloc(b->plan, (size_t)steps + 1, sizeof *p->step);
    if (!p->step)
        return false;
    count_readers(b, readers);
    for (int i = 0, length; i < b->instrs; i += length) {
        ssi_instr chain = b->instr[i];
        length = chain.joined ? chain.joined : 1;
        if (chain.joined) {
            write_steps(b, &chain, &b->instr[i], p, readers);
            chain.kind = SSI_DO_CHAIN;
            chain.d = chain.a = chain.b = chain.c = -1;
        }
        b->instr[left++] = chain;
    }
    b->instrs = left;
    return true;
}
