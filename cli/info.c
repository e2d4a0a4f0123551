/*
 * info.c - ssi info: what this build and this machine are, for a report or a question.
 */
#include "cli.h"

#include "course/sandbox.h"

#include <string.h>

static const char help_en[] = "Usage: ssi info [--json]\n"
                              "\n"
                              "Shows the version, the processor features in use, threads, features built in,\n"
                              "and where data are kept. SSI_THREADS, SSI_CPU and SSI_DATA change them.\n"
                              "\n"
                              "Example:\n"
                              "  ssi info\n";

static const char help_ko[] = "사용법: ssi info [--json]\n"
                              "\n"
                              "버전, 사용하는 프로세서 기능, 스레드 수, 포함된 기능, 데이터를 찾는 곳을 보여\n"
                              "줍니다. SSI_THREADS, SSI_CPU, SSI_DATA로 바꿀 수 있습니다.\n"
                              "\n"
                              "예:\n"
                              "  ssi info\n";

static int run(int argc, char **argv);

const command command_info = {
    .name = "info",
    .summary = {"version, processor, threads, folders", "버전, 프로세서, 스레드, 폴더"},
    .help = {help_en, help_ko},
    .run = run,
};

/* What this build can do beyond arrays: a NULL-terminated list. */
static const char *const features[] = {
#ifdef SSI_HAVE_PNG
    "png",
#endif
#ifdef SSI_HAVE_JPEG
    "jpeg",
#endif
#ifdef SSI_HAVE_NPZ
    "npz",
#endif
#ifdef SSI_HAVE_LAPACK
    "lapack",
#endif
#ifdef SSI_HAVE_DOWNLOAD
    "download",
#endif
    NULL,
};

static bool has_gnuplot(void)
{
    bool found = ssi_figure_check("x.png") != SSI_UNSUPPORTED;
    ssi_error_take(NULL);
    return found;
}

static const char *cache_folder(char *path, size_t size)
{
    if (!ssi_dataset_cache("", path, size)) {
        ssi_error_take(NULL);
        return NULL;
    }
    size_t length = strlen(path);
    path[length - (length > 1 && path[length - 1] == '/')] = '\0';
    return path;
}

static int print_as_json(void)
{
    char path[4096];
    json_t *processors = json_array(), *built_in = json_array();
    for (int i = 0; ssi_cpu_choice(i) != NULL; i++) {
        json_array_append_new(processors, json_string(ssi_cpu_choice(i)));
    }
    for (int i = 0; features[i] != NULL; i++) {
        json_array_append_new(built_in, json_string(features[i]));
    }
    return print_json(json_pack("{s:s, s:s, s:o, s:i, s:o, s:b, s:s?, s:s?}", "version", ssi_version(), "processor",
                                ssi_cpu(), "processors", processors, "threads", ssi_threads(), "features", built_in,
                                "gnuplot", has_gnuplot(), "sandbox_lacks", sandbox_lacks(), "cache",
                                cache_folder(path, sizeof(path))));
}

enum { KEY_WIDTH = 12 };

static void print_key(const char *key)
{
    print_padded(stdout, key, KEY_WIDTH);
}

/* The features, on as many lines as the screen's width asks for. */
static void print_features(void)
{
    int width = terminal_width(stdout), column = KEY_WIDTH;
    for (int i = 0; features[i] != NULL; i++) {
        int length = text_width(features[i]) + (features[i + 1] != NULL);
        if (i > 0 && column + 1 + length > width) {
            putchar('\n');
            print_key("");
            column = KEY_WIDTH;
        } else if (i > 0) {
            putchar(' ');
            column++;
        }
        printf("%s%s", features[i], features[i + 1] != NULL ? "," : "");
        column += length;
    }
    putchar('\n');
}

static int print_lines(void)
{
    char path[4096];
    const char *cache = cache_folder(path, sizeof(path));
    print_key(T("version", "버전"));
    puts(ssi_version());
    print_key(T("processor", "프로세서"));
    puts(ssi_cpu());
    print_key(T("threads", "스레드"));
    printf("%d\n", ssi_threads());
    print_key(T("built in", "포함 기능"));
    print_features();
    print_key(T("pictures", "그림"));
    puts(has_gnuplot() ? "gnuplot" : T("none: install gnuplot-nox", "없음: gnuplot-nox 설치 필요"));
    print_key(T("sandbox", "격리"));
    if (sandbox_lacks() == NULL) {
        puts("Landlock, seccomp");
    } else {
        printf(T("without %s\n", "%s 없음\n"), sandbox_lacks());
    }
    print_key(T("cache", "캐시"));
    puts(cache != NULL ? cache : "-");
    return CLI_OK;
}

static int run(int argc, char **argv)
{
    static const struct option options[] = {COMMON_OPTIONS};
    int c = next_option(argc, argv, options, &command_info);
    if (c != OPTIONS_END) {
        return c == OPTIONS_HELP ? CLI_OK : CLI_WRONG_USE;
    }
    if (argc != optind) {
        return wrong_operands(&command_info);
    }
    return common.json ? print_as_json() : print_lines();
}
