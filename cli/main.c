/*
 * main.c - ssi COMMAND ...: finds the command and runs it.
 */
#include "cli.h"

#include <string.h>

static const command *const commands[] = {&command_train, &command_eval,  &command_predict, &command_summary,
                                          &command_data,  &command_info,  &command_bench,   &command_learn,
                                          &command_run,   &command_check, &command_hint,    &command_solution,
                                          &command_watch, &command_book};
#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

static void print_help(FILE *out)
{
    fputs(T("ssi - deep learning from scratch, in C\n\nUsage: ssi COMMAND [OPTION...]\n\n",
            "ssi - 밑바닥부터 만든 C 딥러닝\n\n사용법: ssi 명령 [옵션...]\n\n"),
          out);
    for (size_t i = 0; i < COMMANDS; i++) {
        fputs("  ", out);
        print_padded(out, commands[i]->name, 10);
        fprintf(out, "%s\n", commands[i]->summary[language_is_korean()]);
    }
    fputs(T("\n"
            "  --version  the version\n"
            "  --lang L   en or ko; otherwise as LANG says\n"
            "  --json     results as JSON Lines\n"
            "  --help     this text; after a command, its options\n"
            "\n"
            "Example: train a network on handwritten digits, then ask it about a picture\n"
            "  ssi train mnist --out digits.safetensors\n"
            "  ssi predict digits.safetensors my-digit.png\n",
            "\n"
            "  --version  버전\n"
            "  --lang L   en 또는 ko. 없으면 LANG을 따릅니다\n"
            "  --json     결과를 JSON Lines로\n"
            "  --help     이 도움말. 명령 뒤에 쓰면 그 명령의 옵션\n"
            "\n"
            "예: 손글씨 숫자로 신경망을 학습시키고 그림에 대해 물어보기\n"
            "  ssi train mnist --out digits.safetensors\n"
            "  ssi predict digits.safetensors my-digit.png\n"),
          out);
}

static int unknown_command(const char *name)
{
    const char *names[COMMANDS + 1];
    for (size_t i = 0; i < COMMANDS; i++) {
        names[i] = commands[i]->name;
    }
    names[COMMANDS] = NULL;
    wrong_use(T("unknown command '%s'%s", "모르는 명령입니다: '%s'%s"), name, did_you_mean(name, names));
    fputs(T("     ssi --help lists the commands\n", "     도움말: ssi --help\n"), stderr);
    return CLI_WRONG_USE;
}

static int run_command(int argc, char **argv)
{
    for (size_t i = 0; i < COMMANDS; i++) {
        if (strcmp(commands[i]->name, argv[0]) == 0) {
            optind = 0; /* glibc: start afresh */
            return commands[i]->tidy ? run_tidily(commands[i]->run, argc, argv) : commands[i]->run(argc, argv);
        }
    }
    return unknown_command(argv[0]);
}

/* The options before the command. */
static int run(int argc, char **argv)
{
    int i = 1;
    for (; i < argc && argv[i][0] == '-'; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            print_help(stdout);
            return CLI_OK;
        }
        if (strcmp(argv[i], "--version") == 0) {
            printf("ssi %s\n", ssi_version());
            return CLI_OK;
        }
        if (strcmp(argv[i], "--json") == 0) {
            common.json = true;
        } else if (strncmp(argv[i], "--lang=", 7) == 0 && language_set(argv[i] + 7)) {
            continue;
        } else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc && language_set(argv[i + 1])) {
            i++;
        } else {
            static const char *const names[] = {"--help", "--version", "--json", "--lang", NULL};
            return wrong_use(T("unknown option '%s'%s", "모르는 옵션입니다: '%s'%s"), argv[i],
                             did_you_mean(argv[i], names));
        }
    }
    if (i == argc) {
        print_help(stderr);
        return CLI_WRONG_USE;
    }
    return run_command(argc - i, argv + i);
}

int main(int argc, char **argv)
{
    language_from_environment();
    stop_install();
    ssi_set_log(show_log, NULL);
    return finish_output(run(argc, argv));
}
