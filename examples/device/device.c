/*
 * device.c - a sensor that brings a learnt model along, adapts it to where it is mounted, and classifies: nothing but libc, libm and
 * ssi's core, in a fixed amount of memory, of which no call takes more once everything has run one time.
 *
 *     cmake -B build-device -DSSI_CORE=ON -DCMAKE_BUILD_TYPE=MinSizeRel && cmake --build build-device --target example_device
 */
#include "model.h"
#include "sensor.h"
#include <ssi/grad.h>
#include <ssi/nn.h>
#include <stdio.h>
#include <stdlib.h>

enum { MEMORY = 1 << 20, BATCH = 12, STEPS = 200, WINDOWS = 300 };

static long calls; /* for memory */

static void *take(size_t bytes, size_t alignment, void *context)
{
    (void)context;
    calls++;
    return aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
}

static void give(void *memory, size_t bytes, void *context)
{
    (void)bytes, (void)context;
    free(memory);
}

/* Which state a window shows; -1 if that failed. */
static int classify(ssi_model *net, const float *x)
{
    int64_t state = -1;
    ssi_scope scope = ssi_scope_open();
    ssi_item_int(ssi_argmax(ssi_forward(net, ssi_array(x, 1, SAMPLES)), SSI_ALL_AXES), &state);
    ssi_scope_close(scope);
    return (int)state;
}

/* One step of learning from windows whose states are known. */
static int learn(ssi_model *net, ssi_optimizer *optimizer, const float (*x)[SAMPLES], const int *states)
{
    ssi_tensor *w[SSI_MAX_PARAMETERS], *dw[SSI_MAX_PARAMETERS];
    int n = ssi_parameters(net, SSI_MAX_PARAMETERS, w);
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *loss = ssi_cross_entropy(ssi_forward(net, ssi_array(x[0], BATCH, SAMPLES)), ssi_array(states, BATCH));
    ssi_gradients(loss, n, w, dw);
    ssi_step(optimizer, n, w, dw);
    return ssi_scope_close(scope);
}

static double accuracy(ssi_model *net, float tilt, uint32_t random)
{
    float x[SAMPLES];
    int right = 0;
    for (int i = 0; i < WINDOWS; i++) {
        record(x, i % STATES, tilt, &random);
        right += classify(net, x) == i % STATES;
    }
    return right / (double)WINDOWS;
}

int main(void)
{
    const float tilt = 1.0f;
    static float x[BATCH][SAMPLES];
    static int states[BATCH];
    uint32_t random = 7;
    ssi_set_allocator(&(ssi_allocator){take, give, NULL});
    ssi_set_memory_limit(MEMORY);
    ssi_set_threads(1);

    ssi_model *net = ssi_load_memory(model, sizeof model);
    ssi_optimizer *sgd = ssi_sgd(.lr = 0.02, .momentum = 0.9);
    double before = accuracy(net, tilt, 99);
    long warm = 0;
    for (int step = 0; step < STEPS; step++) {
        for (int i = 0; i < BATCH; i++)
            record(x[i], states[i] = i % STATES, tilt, &random);
        if (learn(net, sgd, (const float(*)[SAMPLES])x, states) != SSI_OK)
            break;
        classify(net, x[0]);
        if (step == 2)
            warm = calls;
    }
    double after = accuracy(net, tilt, 99);
    size_t peak;
    ssi_memory_used(&peak);
    long taken = calls - warm;
    printf(
        "accuracy %.3f as delivered, %.3f where it is mounted; at most %zu kB; %ld allocations after the first steps\n",
        before, after, peak / 1000, taken);

    ssi_optimizer_free(sgd);
    ssi_model_free(net);
    ssi_shutdown();
    return ssi_report() || !(before < 0.9 && after > 0.95) || taken != 0 || ssi_memory_used(NULL) != 0;
}
