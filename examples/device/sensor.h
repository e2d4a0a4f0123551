/*
 * sensor.h - what the device hears: 32 samples of a motor that stands still, runs, or runs with a worn bearing.
 */
#ifndef SENSOR_H
#define SENSOR_H

#include <math.h>
#include <stdint.h>

enum { SAMPLES = 32, STATES = 3 };
enum { STILL, RUNNING, WORN };

/* In [-1, 1), by a congruential generator. */
static inline float noise(uint32_t *random)
{
    *random = *random * 1664525u + 1013904223u;
    return (float)(int32_t)*random / 2147483648.0f;
}

/* A window of the signal. Every device is mounted a little differently: `tilt` is added to all of it. */
static inline void record(float x[SAMPLES], int state, float tilt, uint32_t *random)
{
    float phase = 3.14159265f * noise(random), strength = 1 + 0.3f * noise(random);
    for (int i = 0; i < SAMPLES; i++) {
        float t = (float)i;
        x[i] = tilt + 0.2f * noise(random);
        if (state != STILL)
            x[i] += strength * sinf(0.6f * t + phase);
        if (state == WORN)
            x[i] += 0.5f * strength * sinf(1.9f * t + 3 * phase);
    }
}

#endif
