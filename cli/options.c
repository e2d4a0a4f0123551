/*
 * options.c - reading a command's options: getopt_long, with the mistakes told in the reader's language.
 */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

common_options common;

static int tell_unknown(const char *given, const struct option *options, const command *of)
{
    enum { MOST = 32 };
    char written[MOST][32], name[64];
    const char *names[MOST + 1] = {NULL};
    for (size_t i = 0; options[i].name != NULL && i < MOST; i++) {
        snprintf(written[i], sizeof(written[i]), "--%s", options[i].name);
        names[i] = written[i];
    }
    snprintf(name, sizeof(name), "%.*s", (int)strcspn(given, "="), given);
    wrong_use(T("%s: unknown option '%s'%s", "%s: 모르는 옵션입니다: '%s'%s"), of->name, given,
              did_you_mean(name, names));
    fprintf(stderr, T("     ssi %s --help lists the options\n", "     도움말: ssi %s --help\n"), of->name);
    return OPTIONS_WRONG;
}

static int take_language(void)
{
    if (language_set(optarg)) {
        return 0;
    }
    wrong_use("--lang %s: en, ko", optarg);
    return OPTIONS_WRONG;
}

int next_option(int argc, char **argv, const struct option *options, const command *of)
{
    for (;;) {
        int place = optind > 0 ? optind : 1; /* where a mistake would stand */
        opterr = 0;
        int c = getopt_long(argc, argv, ":h", options, NULL);
        switch (c) {
        case 1001:
            common.json = true;
            continue;
        case 1002:
            if (take_language() != 0) {
                return OPTIONS_WRONG;
            }
            continue;
        case 'h':
            fputs(of->help[language_is_korean()], stdout);
            return OPTIONS_HELP;
        case ':':
            wrong_use(T("%s: '%s' needs a value", "%s: '%s'에 값이 필요합니다"), of->name, argv[optind - 1]);
            return OPTIONS_WRONG;
        case '?':
            return tell_unknown(argv[optind > place ? optind - 1 : place], options, of);
        default:
            return c;
        }
    }
}

bool read_integer(const char *option, const char *text, long long low, long long high, long long *out)
{
    char *end = NULL;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (end == text || *end != '\0' || errno != 0 || value < low || value > high) {
        wrong_use(T("%s %s: a whole number from %lld to %lld", "%s %s: %lld 이상 %lld 이하의 정수여야 합니다"), option,
                  text, low, high);
        return false;
    }
    *out = value;
    return true;
}

bool read_number(const char *option, const char *text, double low, double high, double *out)
{
    char *end = NULL;
    double value = strtod(text, &end);
    if (end == text || *end != '\0' || !(value >= low && value <= high)) {
        wrong_use(T("%s %s: a number from %g to %g", "%s %s: %g 이상 %g 이하의 수여야 합니다"), option, text, low,
                  high);
        return false;
    }
    *out = value;
    return true;
}
