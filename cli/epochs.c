/*
 * epochs.c - what training looks like: a table with a row for each epoch, and the line that moves while one runs.
 */
#include "epochs.h"

#include <math.h>
#include <string.h>

/* A column of the table; those that are left out first in a narrow terminal come with the larger width. */
typedef struct column {
    const char *head[2];
    int width, from_width; /* shown when the terminal has at least so many columns */
    const char *format;
} column;

static const column columns[] = {
    {{"epoch", "에폭"}, 5, 0, "%.0f"},
    {{"loss", "손실"}, 9, 0, "%.4f"},
    {{"accuracy", "정확도"}, 10, 0, "%.4f"},
    {{"test loss", "시험 손실"}, 11, 50, "%.4f"},
    {{"test accuracy", "시험 정확도"}, 15, 0, "%.4f"},
    {{"seconds", "초"}, 9, 59, "%.2f"},
};
#define COLUMNS (sizeof(columns) / sizeof(columns[0]))

void epochs_head(void)
{
    int room = terminal_width(stdout);
    for (size_t i = 0; i < COLUMNS; i++) {
        if (room >= columns[i].from_width) {
            print_padded(stdout, columns[i].head[language_is_korean()], -columns[i].width);
        }
    }
    putchar('\n');
    fflush(stdout);
}

void epochs_row(const epoch_result *of)
{
    const double values[COLUMNS] = {of->epoch, of->loss, of->accuracy, of->test_loss, of->test_accuracy, of->seconds};
    int room = terminal_width(stdout);
    for (size_t i = 0; i < COLUMNS; i++) {
        char shown[32] = "-"; /* what was not measured */
        if (room < columns[i].from_width) {
            continue;
        }
        if (isfinite(values[i])) {
            snprintf(shown, sizeof(shown), columns[i].format, values[i]);
        }
        print_padded(stdout, shown, -columns[i].width);
    }
    putchar('\n');
    fflush(stdout);
}

/* Appends a part, with two spaces before it, if the line stays within `room` columns. */
static void append(char *line, size_t size, const char *part, int room)
{
    size_t used = strlen(line);
    int gap = used > 0 ? 2 : 0;
    if (text_width(line) + gap + text_width(part) <= room) {
        snprintf(line + used, size - used, "%*s%s", gap, "", part);
    }
}

/* "[=====>    ]" of the given inner width. */
static void draw_bar(char *out, size_t size, double done, int width)
{
    int filled = (int)(done * width);
    size_t used = 0;
    out[used++] = '[';
    for (int i = 0; i < width && used + 2 < size; i++) {
        out[used++] = i < filled ? '=' : i == filled ? '>' : ' ';
    }
    out[used++] = ']';
    out[used] = '\0';
}

void epochs_progress(const epoch_progress *at)
{
    if (!progress_due()) { /* a step may take less time than writing the line */
        return;
    }
    int room = terminal_width(stderr) - 1; /* the last column makes some terminals wrap */
    char line[512] = "", part[96], number[32];
    snprintf(part, sizeof(part), T("epoch %d/%d", "에폭 %d/%d"), at->epoch, at->epochs);
    append(line, sizeof(line), part, room);
    if (room >= 96) {
        draw_bar(part, sizeof(part), at->done, 20);
        append(line, sizeof(line), part, room);
    }
    snprintf(part, sizeof(part), "%3.0f%%", 100 * at->done);
    append(line, sizeof(line), part, room);
    snprintf(part, sizeof(part), T("%s left", "남은 시간 %s"), clock_text(at->seconds_left, number));
    append(line, sizeof(line), part, room);
    snprintf(part, sizeof(part), T("%s/s", "초당 %s"), grouped((long long)at->rate, number));
    append(line, sizeof(line), part, room);
    snprintf(part, sizeof(part), T("loss %.4f", "손실 %.4f"), at->loss);
    append(line, sizeof(line), part, room);
    snprintf(part, sizeof(part), T("accuracy %.4f", "정확도 %.4f"), at->accuracy);
    append(line, sizeof(line), part, room);
    progress_show(line);
}
