/*
 * confusion.c - which classes were taken for which: as a table, as a list of the commonest mistakes, as a picture.
 */
#include "confusion.h"

#include <string.h>

static int digits_of(long long number)
{
    return snprintf(NULL, 0, "%lld", number);
}

/* Columns that each count takes. */
static int cell_width(const confusion *of)
{
    int widest = digits_of(of->classes - 1);
    for (int64_t i = 0; i < of->classes * of->classes; i++) {
        int digits = digits_of(of->count[i]);
        widest = digits > widest ? digits : widest;
    }
    return widest + 1;
}

static void print_table(const confusion *of, int width)
{
    puts(T("confusion matrix\n(row: label, column: prediction)", "혼동 행렬\n(행: 정답, 열: 예측)"));
    printf("%*s", width, "");
    for (int64_t c = 0; c < of->classes; c++) {
        printf("%*lld", width, (long long)c);
    }
    putchar('\n');
    for (int64_t r = 0; r < of->classes; r++) {
        printf("%*lld", width, (long long)r);
        for (int64_t c = 0; c < of->classes; c++) {
            printf("%*lld", width, (long long)of->count[r * of->classes + c]);
        }
        putchar('\n');
    }
}

/* The place of the largest mistake that is smaller than the one at `after`, or as large and further on; -1: no more. */
static int64_t next_mistake(const confusion *of, int64_t after)
{
    int64_t best = -1, cells = of->classes * of->classes;
    for (int64_t i = 0; i < cells; i++) {
        bool mistake = i / of->classes != i % of->classes && of->count[i] > 0;
        bool later = after < 0 || of->count[i] < of->count[after] || (of->count[i] == of->count[after] && i > after);
        if (mistake && later && (best < 0 || of->count[i] > of->count[best])) {
            best = i;
        }
    }
    return best;
}

static void print_mistakes(const confusion *of)
{
    puts(T("\ncommonest mistakes", "\n가장 잦은 실수"));
    int64_t at = next_mistake(of, -1);
    if (at < 0) {
        puts(T("  none", "  없음"));
    }
    for (int shown = 0; shown < 5 && at >= 0; shown++, at = next_mistake(of, at)) {
        printf("  %lld -> %lld  %6lld\n", (long long)(at / of->classes), (long long)(at % of->classes),
               (long long)of->count[at]);
    }
}

void confusion_print(const confusion *of)
{
    int width = cell_width(of), room = terminal_width(stdout);
    if (width * (of->classes + 1) <= room) {
        print_table(of, width);
    }
    print_mistakes(of);
}

json_t *confusion_json(const confusion *of)
{
    json_t *rows = json_array();
    for (int64_t r = 0; r < of->classes; r++) {
        json_t *row = json_array();
        for (int64_t c = 0; c < of->classes; c++) {
            json_array_append_new(row, json_integer(of->count[r * of->classes + c]));
        }
        json_array_append_new(rows, row);
    }
    return rows;
}

int confusion_plot(const confusion *of, const char *data, double accuracy, const char *path)
{
    char title[256];
    snprintf(title, sizeof(title), T("%s: confusion matrix, accuracy %.4f", "%s: 혼동 행렬, 정확도 %.4f"), data,
             accuracy);
    int side = of->classes > 12 ? 960 : 680;
    ssi_scope scope = ssi_scope_open();
    ssi_figure *figure = ssi_figure_new(.width = side, .height = side);
    ssi_axes *axes =
        ssi_figure_axes(figure, 0, 0, .title = title, .xlabel = T("prediction", "예측"), .ylabel = T("label", "정답"));
    ssi_plot_heatmap(axes, ssi_array(of->count, of->classes, of->classes));
    int status = ssi_figure_save(figure, path);
    ssi_figure_free(figure);
    ssi_scope_close(scope);
    return status;
}
