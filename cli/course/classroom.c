/*
 * classroom.c - submissions graded by several processes, each of which takes the next one that nobody has taken; their results lie in a file a
 * process until all are done.
 */
#include "classroom.h"

#include "../cli.h"
#include "files.h"
#include "grade.h"
#include "submissions.h"

#include <errno.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_WORKERS = 64, MOST_NUMBER = 1000, NAP_NS = 200000000 };

/* FNV-1a (Fowler, Noll, Vo) of "STUDENT/LESSON": it shall differ, not be secret. */
uint64_t class_seed(const char *student, int number)
{
    char text[512];
    uint64_t hash = 0xCBF29CE484222325u;
    snprintf(text, sizeof(text), "%s/%d", student, number);
    for (const char *s = text; *s != '\0'; s++) {
        hash = (hash ^ (unsigned char)*s) * 0x100000001B3u;
    }
    return hash;
}

typedef struct work {
    course *course;
    const class_options *options;
    const submissions *all;
    _Atomic int *next;  /* the first that nobody has taken; shared by all processes */
    const char *folder; /* of the results */
} work;

/* ---- a worker ---- */

/* What a worker keeps of the lesson that it is at: submissions come sorted by lesson. */
typedef struct bench {
    const lesson *lesson; /* NULL: none yet */
    workshop solution;    /* in an exam: compiled once, run for each seed */
    reference reference;  /* otherwise */
    bool ready;
} bench;

static void leave_bench(bench *b, bool exam)
{
    if (b->ready && exam) {
        workshop_close(&b->solution);
    } else if (b->ready) {
        reference_close(&b->reference);
    }
    *b = (bench){0};
}

static bool take_bench(bench *b, const work *w, const lesson *l)
{
    if (b->lesson == l) {
        return b->ready;
    }
    leave_bench(b, w->options->exam);
    b->ready = w->options->exam ? reference_compile(&b->solution, w->course, l)
                                : reference_open(&b->reference, w->course, l, USUAL_SEED, true);
    b->lesson = b->ready ? l : NULL; /* else the next submission tries again */
    return b->ready;
}

static json_t *grade_one(bench *b, const work *w, const submission *s)
{
    workshop shop;
    reference own = {0};
    bool exam = w->options->exam;
    if (!take_bench(b, w, s->lesson) ||
        (exam && !reference_run(&own, &b->solution, class_seed(s->student, s->lesson->number))) ||
        !workshop_open(&shop, w->course, s->lesson, s->file, false)) {
        reference_close(&own);
        return NULL;
    }
    verdict v;
    grade(&shop, exam ? &own : &b->reference, &v);
    json_t *told = report_json(s->lesson, &shop, &v);
    json_object_del(told, "outputs");
    if (exam) {
        json_object_del(told, "hint");
    }
    json_object_set_new(told, "student", json_string(s->student));
    verdict_free(&v);
    workshop_close(&shop);
    reference_close(&own);
    return told;
}

static char *results_path(const work *w, int worker, char *out)
{
    char name[32];
    snprintf(name, sizeof(name), "worker-%d", worker);
    return path_join(out, w->folder, name);
}

static int be_worker(const work *w, int worker)
{
    char path[PATH_MAX];
    bench b = {0};
    FILE *results = fopen(results_path(w, worker, path), "w");
    for (int i = results != NULL ? atomic_fetch_add(w->next, 1) : w->all->count; i < w->all->count;
         i = atomic_fetch_add(w->next, 1)) {
        json_t *told = grade_one(&b, w, &w->all->item[i]);
        char *line = told != NULL ? json_dumps(told, JSON_COMPACT | JSON_REAL_PRECISION(9)) : NULL;
        if (line != NULL) {
            fprintf(results, "%s\n", line);
            fflush(results);
        }
        free(line);
        json_decref(told);
    }
    leave_bench(&b, w->options->exam);
    return results != NULL && fclose(results) == 0 ? 0 : 1;
}

/* ---- all of them ---- */

static void show_progress(const work *w)
{
    char line[128];
    int taken = atomic_load(w->next);
    snprintf(line, sizeof(line), T("%d of %d submissions", "제출물 %d / %d"),
             taken < w->all->count ? taken : w->all->count, w->all->count);
    progress_show(line);
}

static int start_workers(const work *w, int workers, pid_t *worker)
{
    int started = 0;
    fflush(stdout);
    for (; started < workers; started++) {
        worker[started] = fork();
        if (worker[started] == 0) {
            prctl(PR_SET_PDEATHSIG, SIGTERM); /* Ctrl-C ends them with this process */
            _exit(be_worker(w, started));
        }
        if (worker[started] < 0) {
            break;
        }
    }
    return started;
}

/* Waits for the last. */
static void await_workers(const work *w, pid_t *worker, int started)
{
    for (int left = started; left > 0;) {
        struct timespec nap = {0, NAP_NS};
        for (int i = 0; i < started; i++) {
            if (worker[i] > 0 && waitpid(worker[i], NULL, WNOHANG) == worker[i]) {
                worker[i] = 0;
                left--;
            }
        }
        show_progress(w);
        if (left > 0) {
            nanosleep(&nap, NULL);
        }
    }
    progress_clear();
}

static void take_results(const char *text, json_t *results)
{
    for (const char *line = text; line != NULL && *line != '\0'; line += strcspn(line, "\n"), line += *line == '\n') {
        json_t *told = json_loadb(line, strcspn(line, "\n"), 0, NULL);
        if (told != NULL) {
            json_array_append_new(results, told);
        }
    }
}

static json_t *collect(const work *w, int workers)
{
    json_t *results = json_array();
    char path[PATH_MAX];
    for (int i = 0; i < workers; i++) {
        char *text = file_read(results_path(w, i, path), (size_t)1 << 30, NULL);
        take_results(text, results);
        free(text);
    }
    return results;
}

/* ---- the table ---- */

/* A field of a CSV table (RFC 4180). */
static void print_csv(FILE *out, const char *text)
{
    if (text[strcspn(text, ",\"\n\r")] == '\0') {
        fputs(text, out);
        return;
    }
    fputc('"', out);
    for (; *text != '\0'; text++) {
        fprintf(out, *text == '"' ? "\"\"" : "%c", *text);
    }
    fputc('"', out);
}

/* The result word of the student in the lesson; "" where nothing was handed in. */
static const char *result_of(const json_t *results, const char *student, int number)
{
    size_t i;
    const json_t *told;
    json_array_foreach(results, i, told)
    {
        if (json_integer_value(json_object_get(told, "lesson")) == number &&
            strcmp(json_string_value(json_object_get(told, "student")), student) == 0) {
            return json_string_value(json_object_get(told, "result"));
        }
    }
    return "";
}

/* A row a student, a column a lesson that somebody handed in, and how many passed. */
static void print_table(FILE *out, const submissions *all, const json_t *results)
{
    fputs("student", out);
    for (int i = 0; i < all->count; i++) {
        if (i == 0 || all->item[i].lesson != all->item[i - 1].lesson) {
            fprintf(out, ",%02d", all->item[i].lesson->number);
        }
    }
    fputs(",passed\n", out);
    for (int s = 0; s < all->students; s++) {
        int passed = 0;
        print_csv(out, all->student[s]);
        for (int i = 0; i < all->count; i++) {
            if (i == 0 || all->item[i].lesson != all->item[i - 1].lesson) {
                const char *result = result_of(results, all->student[s], all->item[i].lesson->number);
                passed += strcmp(result, "passed") == 0;
                fprintf(out, ",%s", result);
            }
        }
        fprintf(out, ",%d\n", passed);
    }
}

static int write_table(const char *path, const submissions *all, const json_t *results)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    if (out == NULL) {
        return fail(T("out of memory", "메모리가 부족합니다"));
    }
    print_table(out, all, results);
    fclose(out);
    int code = file_write(path, text, length) ? CLI_OK : fail("%s: %s", path, strerror(errno));
    free(text);
    return code;
}

static int by_student(const void *a, const void *b)
{
    const json_t *x = *(json_t *const *)a, *y = *(json_t *const *)b;
    int order =
        strcmp(json_string_value(json_object_get(x, "student")), json_string_value(json_object_get(y, "student")));
    return order != 0 ? order
                      : (int)(json_integer_value(json_object_get(x, "lesson")) -
                              json_integer_value(json_object_get(y, "lesson")));
}

/* Each on a line, by student and lesson. */
static int print_results(const json_t *results)
{
    size_t count = json_array_size(results);
    json_t **sorted = malloc((count + 1) * sizeof(json_t *));
    int code = sorted != NULL ? CLI_OK : fail(T("out of memory", "메모리가 부족합니다"));
    for (size_t i = 0; i < count && sorted != NULL; i++) {
        sorted[i] = json_array_get(results, i);
    }
    if (sorted != NULL) {
        qsort(sorted, count, sizeof(*sorted), by_student);
    }
    for (size_t i = 0; i < count && sorted != NULL && code == CLI_OK; i++) {
        code = print_json(json_incref(sorted[i]));
    }
    free(sorted);
    return code;
}

static int tell(const work *w, const json_t *results)
{
    int missing = w->all->count - (int)json_array_size(results), code = CLI_OK;
    if (w->options->csv != NULL) {
        code = write_table(w->options->csv, w->all, results);
    }
    if (code == CLI_OK && common.json) {
        code = print_results(results);
    } else if (code == CLI_OK && w->options->csv == NULL) {
        print_table(stdout, w->all, results);
    }
    if (missing > 0) {
        return fail(T("%d submissions could not be graded", "제출물 %d개를 채점하지 못했습니다"), missing);
    }
    return code;
}

/* Every lesson's check.json is read before the processes part. */
static bool open_lessons(course *c, const submissions *all)
{
    for (int i = 0; i < all->count; i++) {
        if (lesson_open(c, all->item[i].lesson->number) == NULL) {
            return false;
        }
    }
    return true;
}

static int grade_all(work *w)
{
    char folder[PATH_MAX];
    pid_t worker[MOST_WORKERS];
    int workers = w->options->workers > 0 ? w->options->workers : (int)sysconf(_SC_NPROCESSORS_ONLN);
    workers = workers < 1 ? 1 : workers > MOST_WORKERS ? MOST_WORKERS : workers;
    w->next = mmap(NULL, sizeof(*w->next), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (w->next == MAP_FAILED || !folder_temporary(folder)) {
        return fail("%s", strerror(errno));
    }
    w->folder = folder;
    int started = start_workers(w, workers, worker);
    await_workers(w, worker, started);
    json_t *results = collect(w, started);
    int code = started > 0 ? tell(w, results) : fail("fork: %s", strerror(errno));
    json_decref(results);
    folder_remove(folder);
    w->folder = NULL;
    munmap((void *)w->next, sizeof(*w->next));
    return code;
}

int class_check(course *c, const class_options *o)
{
    submissions all;
    if ((o->csv != NULL && !can_write(o->csv)) || !submissions_find(&all, c, o->folder)) {
        return CLI_FAILED;
    }
    if (sandbox_lacks() != NULL) {
        fail(T("this system lacks %s: submissions that mean harm are not held; grade on another one",
               "이 시스템에는 %s 기능이 없어 해로운 제출물을 막지 못합니다. 다른 시스템에서 채점하세요"),
             sandbox_lacks());
    }
    work w = {.course = c, .options = o, .all = &all};
    int code = open_lessons(c, &all) ? grade_all(&w) : CLI_FAILED;
    submissions_free(&all);
    return code;
}
