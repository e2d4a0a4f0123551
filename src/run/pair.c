/*
 * pair.c - makes one instruction of two where the first one's result has no other reader: (a first b) second c. Each still rounds, so no
 * bit changes; what is saved is a pass over a register.
 */
#include <string.h>

#include "run/program.h"

/* Whether an instruction is the arithmetic that pairs are made of. */
static bool pairs(const ssi_instr *instr)
{
    return instr->kind == SSI_DO_MAP && instr->extent != SSI_UNIFORM && instr->dtype == SSI_F32 &&
           instr->code >= SSI_MAP_ADD && instr->code <= SSI_MAP_DIV;
}

static bool commutes(int code)
{
    return code == SSI_MAP_ADD || code == SSI_MAP_MUL;
}

static bool scalar(const ssi_builder *b, int value)
{
    return b->value[value].extent == SSI_UNIFORM;
}

/* `instr`, whose first (or second) operand is what `inner` makes, becomes both. */
static void join(const ssi_builder *b, ssi_instr *instr, const ssi_instr *inner, bool second_operand)
{
    int16_t x = inner->a, y = inner->b, c = second_operand ? instr->a : instr->b;
    if (commutes(inner->code) && scalar(b, x)) {
        x = inner->b;
        y = inner->a;
    }
    int form = scalar(b, x) ? SSI_SV : scalar(b, y) ? SSI_VS : SSI_VV;
    int order = second_operand && !commutes(instr->code) ? SSI_PAIR_CX : SSI_PAIR_XC;
    instr->run.map =
        b->plan->backend->pair[inner->code - SSI_MAP_ADD][instr->code - SSI_MAP_ADD][order][form][scalar(b, c)];
    instr->kind = SSI_DO_PAIR;
    instr->a = x;
    instr->b = y;
    instr->c = c;
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

void ssi_pair_instrs(ssi_builder *b)
{
    int16_t readers[SSI_PROGRAM_VALUES], made[SSI_PROGRAM_VALUES];
    bool joined[SSI_PROGRAM_INSTRS] = {false};
    if (b->plan->backend->pair[0][0][0][0][0] == NULL)
        return;
    count_readers(b, readers);
    for (int v = 0; v < b->values; v++)
        made[v] = -1;
    for (int i = 0; i < b->instrs; i++) {
        ssi_instr *instr = &b->instr[i];
        for (int k = 0; k < 2 && pairs(instr); k++) {
            int value = k == 0 ? instr->a : instr->b, inner = made[value];
            if (inner < 0 || readers[value] != 1 || !pairs(&b->instr[inner]) || b->instr[inner].extent != instr->extent)
                continue;
            join(b, instr, &b->instr[inner], k == 1);
            joined[inner] = true;
        }
        if (instr->d >= 0)
            made[instr->d] = (int16_t)i;
    }
    int left = 0;
    for (int i = 0; i < b->instrs; i++) {
        if (!joined[i])
            b->instr[left++] = b->instr[i];
    }
    b->instrs = left;
}
