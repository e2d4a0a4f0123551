/*
 * execute.h - inside running: the state of one run, the block interpreter, and the kernels' loops.
 */
#ifndef SSI_SRC_EXECUTE_H
#define SSI_SRC_EXECUTE_H

#include <stdatomic.h>

#include "run/plan.h"
#include "run/program.h"

typedef struct ssi_run {
    ssi_plan *plan;
    const ssi_inputs *inputs;
    char **at;      /* per slot: its first element in memory */
    char **rounded; /* of its rounded copy; NULL: there is none */
    char *work;     /* the plan's work memory */
    char *scratch;  /* plan->scratch bytes per worker */
    int threads;
    atomic_int failed; /* status of the first check that failed */
} ssi_run;

/* A worker's view of a program: where every value of the present block is. */
typedef struct ssi_worker {
    ssi_run *run;
    const ssi_program *program;
    const ssi_space *space;
    char *scratch;
    const char *tile; /* contract: the tile, its first row and column, elements from row to row */
    int64_t tile_row, tile_column, tile_stride;
    int64_t repeated_rows, repeated_column, repeated_columns; /* of the copies that registers of repeated rows have */
    int64_t band_row;                                         /* the first row of the bands read ahead; -1: none are */
    void *at[SSI_PROGRAM_VALUES];
} ssi_worker;

/* Before a kernel: computes what is the same for all blocks, into `uniform` (program->uniform_bytes). */
void ssi_prepare_program(ssi_run *run, const ssi_program *program, const ssi_space *space, char *uniform);
/* Makes a worker ready for blocks of a prepared program. */
void ssi_start_worker(ssi_worker *w, ssi_run *run, const ssi_program *program, const ssi_space *space,
                      const char *uniform, char *scratch);
/* Runs the program on rows [row, row+rows) by columns [column, column+columns): one row, or whole rows; rows*columns <= program->block. */
void ssi_run_block(ssi_worker *w, int64_t row, int64_t rows, int64_t column, int64_t columns);
/* Its first part: where the operands of such a block lie, or copies of them, as w->at of their values says from here on. */
void ssi_load_operands(ssi_worker *w, int64_t row, int64_t rows, int64_t column, int64_t columns);
/* Runs it on a rectangle, in blocks. */
void ssi_run_region(ssi_worker *w, int64_t row, int64_t rows, int64_t column, int64_t columns);

/* Rows of `size` bytes taken to lie side by side: d[i] = x[index[i]], of n rows `step` bytes apart, an index counted from the end if negative. How many
 * were taken: fewer than `count` where an index is outside. */
int64_t ssi_take_rows(void *d, const void *x, int64_t step, int64_t n, const int64_t *index, int64_t count,
                      size_t size);

/* The i-th index in a slot, counted from the end if negative, of n rows; -1 when it is outside, and then the run has failed. */
int64_t ssi_index_at(ssi_run *run, int32_t slot, int64_t i, int64_t n);

/* The work of one kernel, between two barriers. */
void ssi_run_map(ssi_run *run, const ssi_kernel *kernel);
void ssi_run_reduce(ssi_run *run, const ssi_kernel *kernel);
void ssi_run_contract(ssi_run *run, const ssi_kernel *kernel);
void ssi_run_index(ssi_run *run, const ssi_kernel *kernel);
void ssi_run_call(ssi_run *run, const ssi_kernel *kernel);

/* What they need of work memory and scratch. */
bool ssi_reduce_work(ssi_plan *plan, ssi_kernel *kernel);
void ssi_contract_work(const ssi_plan *plan, ssi_kernel *kernel);
void ssi_call_memory(const ssi_plan *plan, ssi_kernel *kernel);

/* pack.c: the packed form of a matrix with k rows and n columns, `row` and `column` elements apart; columns before `from` are not packed. */
typedef struct ssi_packing {
    const ssi_gemm_routines *gemm;
    int64_t size, k, n, from, row, column, k_block;
} ssi_packing;

ssi_packing ssi_packing_of(const ssi_gemm_routines *gemm, size_t size, int64_t k, int64_t n, int64_t from, int64_t row,
                           int64_t column);
int64_t ssi_packed_columns(const ssi_packing *p);
size_t ssi_packed_bytes(const ssi_packing *p);
/* Steps of a panel for k steps of the product. */
int64_t ssi_panel_steps(const ssi_packing *p, int64_t k);
/* Packs columns [first, last) of rows [q, end) of the matrix at b; they begin and end at whole panels, or the edge, and at whole steps. */
void ssi_pack_part(const ssi_packing *p, char *packed, const char *b, int64_t first, int64_t last, int64_t q,
                   int64_t end);

/* keep.c: packed copies that stay. */
typedef struct ssi_pack_key {
    ssi_packing packing;
    int64_t offset; /* of the matrix, in bytes of its buffer */
} ssi_pack_key;

typedef struct ssi_kept {
    void *data;
    bool ready; /* data are packed; else, if there are any, they are to be, and then ssi_kept_done */
    bool again; /* they have been asked for before, packed as they are */
    ssi_copy *copy;
} ssi_kept;

/* The copy of a buffer that a product asks for. Without data: the product packs for itself. */
ssi_kept ssi_kept_copy(ssi_buffer *buffer, const ssi_pack_key *key);
void ssi_kept_done(const ssi_kept *kept);
/* Whether all numbers of a copy that is ready are finite: looked at once, as long as the buffer is not overwritten. */
bool ssi_kept_is_finite(const ssi_kept *kept, const ssi_buffer *buffer, const ssi_packing *packing);

/* Copies of a matrix that a kernel is about to overwrite, to be packed from what it writes. ssi_copies_renewed: the buffer's version has grown. */
typedef struct ssi_renewed {
    ssi_packing packing;
    char *data;
    const char *matrix; /* the kernel's */
} ssi_renewed;
int ssi_copies_to_renew(ssi_buffer *buffer, int64_t rows, int64_t columns, ssi_renewed *out, int most);
void ssi_copies_renewed(ssi_buffer *buffer);

/* explain.c: after the first run of a plan, and after some more, if SSI_EXPLAIN asks for it, a table of its kernels. */
bool ssi_explaining(void);
void ssi_explain(ssi_plan *plan);

#endif
