/*
 * data.c - ssi data list | get NAME | show NAME: which data sets there are, and what is in them.
 */
#include "dataset.h"
#include "download.h"
#include "letters.h"

#include <string.h>

static const char help_en[] = "Usage: ssi data [list | get NAME | show NAME [OPTION...]]\n"
                              "\n"
                              "  list         the data sets known by name, and where they are (the default)\n"
                              "  get NAME     fetch one into the cache; what is here is not fetched again\n"
                              "  show NAME    one example as letters; NAME may be a folder of idx files\n"
                              "\n"
                              "  --index N    which test example to show, from 0 (default 0)\n"
                              "  --count N    with --plot: how many from there on, as a grid (default 1)\n"
                              "  --plot FILE  as a picture with its label: .png, .svg, .pdf or .gp\n"
                              "  --out FILE   the bare pixels as a PNG file, for ssi predict\n"
                              "  --json       one object for each data set or example\n"
                              "\n"
                              "Examples:\n"
                              "  ssi data show mnist --index 7\n"
                              "  ssi data show mnist --count 40 --plot digits.png\n"
                              "  ssi data get fashion-mnist\n";

static const char help_ko[] = "사용법: ssi data [list | get NAME | show NAME [옵션...]]\n"
                              "\n"
                              "  list         이름으로 쓸 수 있는 데이터셋과 그 위치 (기본)\n"
                              "  get NAME     데이터셋을 캐시 폴더로 내려받기. 이미 있으면 받지 않습니다\n"
                              "  show NAME    예 하나를 글자로 보기. idx 파일 폴더도 됩니다\n"
                              "\n"
                              "  --index N    보여 줄 시험 데이터의 번호. 0부터 (기본 0)\n"
                              "  --count N    --plot과 함께: 거기서부터 몇 개를 격자로 (기본 1)\n"
                              "  --plot FILE  정답을 붙인 그림: .png, .svg, .pdf, .gp\n"
                              "  --out FILE   ssi predict에 쓸 수 있게 픽셀만 PNG 파일로\n"
                              "  --json       데이터셋이나 예마다 객체 하나\n"
                              "\n"
                              "예:\n"
                              "  ssi data show mnist --index 7\n"
                              "  ssi data show mnist --count 40 --plot digits.png\n"
                              "  ssi data get fashion-mnist\n";

static int run(int argc, char **argv);

const command command_data = {
    .name = "data",
    .summary = {"list, fetch and look at data sets", "데이터셋 목록, 내려받기, 보기"},
    .help = {help_en, help_ko},
    .run = run,
};

/* What was asked for. */
typedef struct request {
    const char *action, *name, *plot, *out;
    long long index, count;
} request;

/* ---- list ---- */

static int list_as_json(const ssi_dataset_info *known, const char *path)
{
    return print_json(json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:o}", "name", known->name, "title",
                                known->title, "license", known->license, "train", (json_int_t)known->train, "test",
                                (json_int_t)known->test, "height", (json_int_t)known->height, "width",
                                (json_int_t)known->width, "classes", (json_int_t)known->classes, "path",
                                path != NULL ? json_string(path) : json_null()));
}

static void list_one(const ssi_dataset_info *known, const char *path)
{
    char train[32], test[32];
    printf("%s\n", known->name);
    printf(T("  %s + %s, %lld classes\n", "  %s + %s개, %lld가지\n"), grouped(known->train, train),
           grouped(known->test, test), (long long)known->classes);
    if (path != NULL) {
        printf("  %s\n", path);
    } else {
        printf(T("  not here: ssi data get %s\n", "  없음: ssi data get %s\n"), known->name);
    }
}

static int list(void)
{
    const ssi_dataset_info *known;
    for (int i = 0; (known = ssi_dataset_known(i)) != NULL; i++) {
        char path[4096];
        bool here = ssi_dataset_find(known->name, path, sizeof(path)) != 0;
        if (!common.json) {
            list_one(known, here ? path : NULL);
        } else if (list_as_json(known, here ? path : NULL) != CLI_OK) {
            return CLI_FAILED;
        }
    }
    return CLI_OK;
}

/* ---- show ---- */

static int write_pixels(const grid *pictures, const char *path)
{
    int64_t count = pictures->height * pictures->width;
    unsigned char *byte = malloc((size_t)count);
    for (int64_t i = 0; byte != NULL && i < count; i++) {
        byte[i] = (unsigned char)(pictures->cell[0].pixel[i] * 255 + 0.5f);
    }
    ssi_scope scope = ssi_scope_open();
    int status = byte != NULL ? ssi_write_png(path, ssi_array(byte, pictures->height, pictures->width)) : SSI_NO_MEMORY;
    ssi_scope_close(scope);
    free(byte);
    return status;
}

static int show_as_json(const request *r, const grid_cell *cell, long long index)
{
    return print_json(json_pack("{s:s, s:I, s:I, s:s}", "data", r->name, "index", (json_int_t)index, "label",
                                (json_int_t)cell->label, "class", cell->label_name));
}

static int tell_labels(const request *r, const grid *pictures)
{
    for (int i = 0; i < pictures->count; i++) {
        const grid_cell *cell = &pictures->cell[i];
        if (!common.json) {
            printf(T("%lld  label %s\n", "%lld  정답 %s\n"), r->index + i, cell->label_name);
        } else if (show_as_json(r, cell, r->index + i) != CLI_OK) {
            return CLI_FAILED;
        }
    }
    return CLI_OK;
}

static int show_pictures(const request *r, const grid *pictures)
{
    bool letters = r->plot == NULL && r->out == NULL && !common.json;
    if (letters) {
        letters_print(pictures->cell[0].pixel, pictures->height, pictures->width);
    }
    if (r->out != NULL && write_pixels(pictures, r->out) != 0) {
        return fail_with_error();
    }
    if (r->plot != NULL && grid_plot(pictures, NULL, r->plot) != 0) {
        return fail_with_error();
    }
    return tell_labels(r, pictures);
}

static int show(const request *r)
{
    if (r->plot != NULL && ssi_figure_check(r->plot) != 0) {
        return fail_with_error();
    }
    ssi_dataset *data = ssi_load_dataset(r->name, .split = SSI_TEST);
    if (data == NULL) {
        return fail_with_error();
    }
    long long count = ssi_dataset_count(data);
    if (r->index + r->count > count) {
        ssi_dataset_free(data);
        return fail(
            T("%s has %lld test examples, from 0 to %lld", "%s의 시험 데이터는 %lld개, 0번부터 %lld번까지입니다"),
            r->name, count, count - 1);
    }
    int64_t *index = malloc((size_t)r->count * sizeof(int64_t));
    for (long long i = 0; index != NULL && i < r->count; i++) {
        index[i] = r->index + i;
    }
    grid pictures = {0};
    bool loaded = index != NULL && load_pictures(data, (int)r->count, index, &pictures);
    int code = loaded ? show_pictures(r, &pictures) : fail_with_error();
    free_pictures(&pictures);
    free(index);
    ssi_dataset_free(data);
    return code;
}

/* ---- the command ---- */

static bool take_option(int c, request *r)
{
    switch (c) {
    case 'i':
        return read_integer("--index", optarg, 0, INT32_MAX, &r->index);
    case 'n':
        return read_integer("--count", optarg, 1, 640, &r->count);
    case 'p':
        r->plot = optarg;
        return true;
    default:
        r->out = optarg;
        return true;
    }
}

static int act(const request *r)
{
    if (strcmp(r->action, "list") == 0 && r->name == NULL) {
        return list();
    }
    if (r->name != NULL && strcmp(r->action, "get") == 0) {
        return download_dataset(r->name);
    }
    if (r->name != NULL && strcmp(r->action, "show") == 0) {
        return show(r);
    }
    static const char *const actions[] = {"list", "get", "show", NULL};
    int code = wrong_operands(&command_data);
    for (int i = 0; actions[i] != NULL; i++) {
        if (strcmp(actions[i], r->action) == 0) {
            return code;
        }
    }
    return wrong_use(T("data: unknown action '%s'%s", "data: 모르는 동작입니다: '%s'%s"), r->action,
                     one_of(r->action, actions));
}

static int run(int argc, char **argv)
{
    static const struct option options[] = {{"index", required_argument, NULL, 'i'},
                                            {"count", required_argument, NULL, 'n'},
                                            {"plot", required_argument, NULL, 'p'},
                                            {"out", required_argument, NULL, 'o'},
                                            COMMON_OPTIONS};
    request r = {.action = "list", .count = 1};
    int c;
    while ((c = next_option(argc, argv, options, &command_data)) >= 0) {
        if (!take_option(c, &r)) {
            return CLI_WRONG_USE;
        }
    }
    if (c != OPTIONS_END) {
        return c == OPTIONS_HELP ? CLI_OK : CLI_WRONG_USE;
    }
    if (argc - optind > 2) {
        return wrong_operands(&command_data);
    }
    r.action = optind < argc ? argv[optind] : r.action;
    r.name = optind + 1 < argc ? argv[optind + 1] : NULL;
    return act(&r);
}
