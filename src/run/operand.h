/*
 * operand.h - a matrix product as its loop sees it: what is multiplied, how it lies, and where it is made ready (operand.c); the loop is contract.c's.
 */
#ifndef SSI_SRC_OPERAND_H
#define SSI_SRC_OPERAND_H

#include "run/execute.h"

/* Copies of what a product overwrites, at most. For few rows of A packing B is hardly worth the while. */
enum { RENEWED = 4, FEW_ROWS = 64 };

/* A matrix in memory. */
typedef struct operand {
    const char *data;
    int64_t row, column; /* strides in elements */
} operand;

/* The left operand: in memory, or, where `maker` is set, rows that a program makes when they are asked for; room for rows that are made or copied one by
 * one, and for packed ones; and the rows of a tile that are ready. */
typedef struct left_operand {
    operand lies;
    ssi_worker *maker;
    char *made, *packed;
    const char *ready;
} left_operand;

/* One product. ssi_describe_product fills what its operands ask for, contract.c the rest. */
typedef struct contract_job {
    ssi_run *run;
    const ssi_kernel *kernel;
    const ssi_gemm_routines *gemm; /* of A; the packing's is B's */
    size_t size;                   /* of an element of C, and of a packed one */
    const char *uniform;
    ssi_packing packing; /* of B */
    char *packed;        /* B, shared by all threads; NULL: one batch per task, each packs its own */
    bool finite;         /* it is known to have neither infinities nor NaN */
    int64_t tile_rows, tile_columns, row_unit /* by which rows are shared, and tiles are high */;
    ssi_renewed renewed[RENEWED]; /* copies of what is overwritten, packed anew tile by tile */
    int renews;
    int tasks, packers;
    bool split_columns;
    int64_t mirrored_rows; /* of a task, where C is its own mirror image */
    int64_t lying_steps;   /* of a B narrower than a panel: for which it is multiplied as it lies all the same */
    /* A's rows are: multiplied as they lie (or are made); made or copied one by one; after that, so many elements apart, and their steps. */
    bool a_lies, a_singly;
    bool unrounded; /* as they lie: they are rounded on the way */
    bool one_tile;  /* of all rows of a task: neither rounded rows nor what follows the product ask for lower ones */
    int64_t a_row, a_column;
} contract_job;

/* How the operands of a product lie and will be multiplied, and in what tiles. */
void ssi_describe_product(const ssi_plan *plan, const ssi_kernel *kernel, contract_job *job);
/* What a worker needs for packed rows of A, for rows that are made or copied one by one, and for a tile of C. */
size_t ssi_packed_left_bytes(const contract_job *job, const ssi_kernel *kernel);
size_t ssi_made_left_bytes(const contract_job *job, const ssi_kernel *kernel);
size_t ssi_tile_bytes(const contract_job *job);
/* The operand of one batch, 0 or 1, in memory. */
operand ssi_operand_of(const contract_job *job, int which, int64_t batch);
/* A of one batch, and where in a worker's scratch its rows go. */
left_operand ssi_left_of(const contract_job *job, int64_t batch, char *scratch);
/* Makes rows [first, first + count) of A ready: as they will be multiplied. */
void ssi_make_left_ready(const contract_job *job, left_operand *a, int64_t first, int64_t count);
/* The steps of a k block of rows that are ready, which begins with step q. */
ssi_panels ssi_left_panels(const contract_job *job, const left_operand *a, int64_t rows, int64_t q, int64_t steps);

#endif
