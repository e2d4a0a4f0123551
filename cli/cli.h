/*
 * cli.h - what the commands share. One file per command; each stands on the public headers only.
 *
 * stdout carries results, stderr carries progress and messages. What a student reads is in English or Korean; --json, and the
 * line `total parameters`, are never translated.
 */
#ifndef SSI_CLI_H
#define SSI_CLI_H

#include <getopt.h>
#include <jansson.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <ssi/ssi.h>

enum { CLI_OK = 0, CLI_FAILED = 1, CLI_WRONG_USE = 2, CLI_INTERRUPTED = 130 };

/* ---- commands (main.c) ----------------------------------------------------------------------------------------------- */

typedef struct command {
    const char *name;
    const char *summary[2];            /* one line, in English and Korean, as all pairs below */
    const char *help[2];               /* usage, options, examples */
    int (*run)(int argc, char **argv); /* argv[0] is the command's name; returns the exit code */
    bool tidy;                         /* it works in temporary folders: run_tidily */
} command;

extern const command command_train, command_eval, command_predict, command_summary, command_data, command_info,
    command_bench, command_learn, command_run, command_check, command_hint, command_solution, command_watch,
    command_book;

/* ---- language (language.c) ------------------------------------------------------------------------------------------- */

/* The text in the reader's language: --lang, else LC_ALL, LC_MESSAGES, LANG. */
__attribute__((format_arg(1), format_arg(2))) const char *T(const char *english, const char *korean);
bool language_is_korean(void);
/* "en", "ko" or a locale such as ko_KR.UTF-8; false when it is neither. */
bool language_set(const char *name);
void language_from_environment(void);

/* ---- messages (message.c) -------------------------------------------------------------------------------------------- */

/* "ssi: ..." on stderr, after clearing a progress line. Returns CLI_FAILED, or CLI_WRONG_USE. */
__attribute__((format(printf, 1, 2))) int fail(const char *format, ...);
__attribute__((format(printf, 1, 2))) int wrong_use(const char *format, ...);
/* The library's log handler: remedies, and SSI_EXPLAIN's tables, on stderr. */
void show_log(const char *text, void *context);
/* Too few or too many operands: shows the usage line. Returns CLI_WRONG_USE. */
int wrong_operands(const command *of);
/* Tells the library's waiting error. Returns its exit code. */
int fail_with_error(void);
/* The nearest of `names` (NULL-terminated) as ", did you mean 'x'?", or "". Valid until the next call. */
const char *did_you_mean(const char *name, const char *const *names);
/* The same, and where none is near all of them, ", one of x, y, z": for lists that are short. */
const char *one_of(const char *name, const char *const *names);
/* "400,906" into out; returns out. */
char *grouped(long long number, char out[32]);
/* "12 kB" */
char *bytes_text(double bytes, char out[32]);

/* ---- options (options.c) --------------------------------------------------------------------------------------------- */

/* What every command takes. */
typedef struct common_options {
    bool json;
} common_options;
extern common_options common;

#define COMMON_OPTIONS                                                                                                 \
    {"json", no_argument, NULL, 1001}, {"lang", required_argument, NULL, 1002}, {"help", no_argument, NULL, 'h'},      \
    {                                                                                                                  \
        NULL, 0, NULL, 0                                                                                               \
    }

enum { OPTIONS_END = -1, OPTIONS_HELP = -2, OPTIONS_WRONG = -3 };

/* The next option of `options` (long ones; each that takes one has its value in optarg), OPTIONS_END when only operands are left at
 * argv[optind], OPTIONS_HELP when help has been printed, OPTIONS_WRONG when a mistake has been told. */
int next_option(int argc, char **argv, const struct option *options, const command *of);

/* Read a whole number or a number in a range; false when a mistake has been told, naming `option`. */
bool read_integer(const char *option, const char *text, long long low, long long high, long long *out);
bool read_number(const char *option, const char *text, double low, double high, double *out);

/* ---- terminal (terminal.c) ------------------------------------------------------------------------------------------- */

bool is_terminal(FILE *stream);
/* Columns of the terminal behind the stream; 80 where nobody says. */
int terminal_width(FILE *stream);
/* The stream is a terminal that can rewrite a line: TERM is set, and not "dumb". */
bool can_rewrite(FILE *stream);
/* Columns that UTF-8 text takes; a Hangul syllable takes two. */
int text_width(const char *text);
/* Prints text filled with spaces to `width` columns: on the right, or on the left when width is negative. */
void print_padded(FILE *stream, const char *text, int width);
/* Prints words, starting at column `from`; on a terminal a word that does not fit begins a new line, five columns in. */
void print_wrapped(FILE *stream, const char *text, int from);

/* ---- progress (progress.c) ------------------------------------------------------------------------------------------- */

/* One line on stderr, rewritten in place on a terminal at most ten times a second, and left out elsewhere. Whether it would be written now: */
bool progress_due(void);
void progress_show(const char *line);
void progress_clear(void);
/* "0:42", "1:02:03" */
char *clock_text(double seconds, char out[32]);

/* ---- output (output.c) ----------------------------------------------------------------------------------------------- */

/* Prints the object as one line of JSON on stdout, and frees it. NULL (memory ran out): fails. */
int print_json(json_t *object);
/* null for NaN and infinity, which have no place in JSON. */
json_t *number_or_null(double value);
/* Whether a file of this name could be written; tells why not. */
bool can_write(const char *path);
/* Whether everything printed has arrived; the last thing main does. A reader who left early is not worth a message. */
int finish_output(int code);

/* ---- stopping (stop.c) ----------------------------------------------------------------------------------------------- */

/* Ctrl-C leaves with 130 at once; after stop_softly() the first one only sets the flag, for ssi_fit's .stop. */
void stop_install(void);
volatile sig_atomic_t *stop_softly(void);

/* ---- temporary folders (tidy.c) -------------------------------------------------------------------------------------- */

/* run(argc, argv) in a process of its own, with a TMPDIR that is removed however that process ends. Returns its exit code. */
int run_tidily(int (*run)(int argc, char **argv), int argc, char **argv);

#endif
