/*
 * onednn.c - the products of `ssi bench` by oneDNN (version 2) at its best: weights reordered once, beforehand, into the form that it likes most.
 *
 *     OMP_NUM_THREADS=N build/peer_onednn          one line of JSON for each row
 */
#include <dnnl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench/clock.h"

static dnnl_engine_t engine;
static dnnl_stream_t stream;

static void expect(dnnl_status_t status, const char *what)
{
    if (status != dnnl_success) {
        fprintf(stderr, "oneDNN: %s: status %d\n", what, (int)status);
        exit(1);
    }
}

static dnnl_memory_t memory(const dnnl_memory_desc_t *form)
{
    dnnl_memory_t result;
    expect(dnnl_memory_create(&result, form, engine, DNNL_MEMORY_ALLOCATE), "memory");
    void *data = NULL;
    expect(dnnl_memory_map_data(result, &data), "map");
    uint16_t *half = data; /* 0.5 in f32 as in bf16, whatever the form */
    for (size_t i = 0; i < dnnl_memory_desc_get_size(form) / 2; i++)
        half[i] = form->data_type == dnnl_f32 && i % 2 == 0 ? 0 : 0x3f00;
    expect(dnnl_memory_unmap_data(result, data), "unmap");
    return result;
}

/* (m,k) @ (k,n), sums in f32; `turned`: the first operand lies as (k,m). */
static dnnl_primitive_t product(dnnl_dim_t m, dnnl_dim_t n, dnnl_dim_t k, int turned, dnnl_data_type_t type,
                                dnnl_data_type_t result_type, dnnl_memory_t *operand)
{
    dnnl_memory_desc_t a, b, c;
    expect(dnnl_memory_desc_init_by_tag(&a, 2, (dnnl_dims_t){m, k}, type, turned ? dnnl_ba : dnnl_ab), "a");
    expect(dnnl_memory_desc_init_by_tag(&b, 2, (dnnl_dims_t){k, n}, type, dnnl_format_tag_any), "b");
    expect(dnnl_memory_desc_init_by_tag(&c, 2, (dnnl_dims_t){m, n}, result_type, dnnl_ab), "c");
    dnnl_matmul_desc_t description;
    expect(dnnl_matmul_desc_init(&description, &a, &b, NULL, &c), "matmul");
    dnnl_primitive_desc_t chosen;
    dnnl_primitive_t result;
    expect(dnnl_primitive_desc_create(&chosen, &description, NULL, engine, NULL), "matmul");
    expect(dnnl_primitive_create(&result, chosen), "matmul");
    operand[0] = memory(&a);
    operand[1] = memory(dnnl_primitive_desc_query_md(chosen, dnnl_query_weights_md, 0));
    operand[2] = memory(&c);
    dnnl_primitive_desc_destroy(chosen);
    return result;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The median of the runs of 0.2 s, as ssi bench takes it. */
static double median_seconds(dnnl_primitive_t work, const dnnl_exec_arg_t *arguments)
{
    enum { MOST = 20000 };
    static double spent[MOST];
    int count = -3;
    for (double end = seconds_now() + 0.2; count < MOST && (count < 5 || seconds_now() < end); count++) {
        double start = seconds_now();
        expect(dnnl_primitive_execute(work, stream, 3, arguments), "execute");
        expect(dnnl_stream_wait(stream), "wait");
        spent[count < 0 ? 0 : count] = seconds_now() - start;
    }
    qsort(spent, (size_t)count, sizeof *spent, by_size);
    return spent[count / 2];
}

int main(void)
{
    static const struct {
        dnnl_dim_t m, n, k;
        int turned;
    } shapes[] = {{128, 256, 784, 0}, {128, 256, 256, 0}, {128, 10, 256, 0}, {784, 256, 128, 1}, {1024, 1024, 1024, 0}};
    static const struct {
        dnnl_data_type_t type, result;
        const char *precision, *words;
    } ways[] = {{dnnl_f32, dnnl_f32, "highest", ""},
                {dnnl_bf16, dnnl_f32, "medium", ""},
                {dnnl_bf16, dnnl_bf16, "medium", ", kept in bf16"}};
    enum { WAYS = sizeof ways / sizeof *ways };
    const dnnl_version_t *version = dnnl_version();
    expect(dnnl_set_default_fpmath_mode(dnnl_fpmath_mode_strict), "mode");
    expect(dnnl_engine_create(&engine, dnnl_cpu, 0), "engine");
    expect(dnnl_stream_create(&stream, engine, dnnl_stream_default_flags), "stream");
    for (size_t i = 0; i < WAYS * sizeof shapes / sizeof *shapes; i++) {
        int m = (int)shapes[i / WAYS].m, n = (int)shapes[i / WAYS].n, k = (int)shapes[i / WAYS].k;
        int turned = shapes[i / WAYS].turned, way = (int)(i % WAYS);
        dnnl_memory_t x[3];
        dnnl_primitive_t work = product(m, n, k, turned, ways[way].type, ways[way].result, x);
        double seconds = median_seconds(
            work, (dnnl_exec_arg_t[]){{DNNL_ARG_SRC, x[0]}, {DNNL_ARG_WEIGHTS, x[1]}, {DNNL_ARG_DST, x[2]}});
        printf("{\"group\": \"products\", \"name\": \"(%d,%d)%s @ (%d,%d)%s\", \"peer\": \"oneDNN\", \"version\": "
               "\"%d.%d.%d\", \"precision\": "
               "\"%s\", \"seconds\": %.9g}\n",
               turned ? k : m, turned ? m : k, turned ? ".T" : "", k, n, ways[way].words, version->major,
               version->minor, version->patch, ways[way].precision, seconds);
        for (int j = 0; j < 3; j++)
            dnnl_memory_destroy(x[j]);
        dnnl_primitive_destroy(work);
    }
    dnnl_stream_destroy(stream);
    dnnl_engine_destroy(engine);
    return 0;
}
