/*
 * book.c - ssi book FOLDER: the course as a static site in both languages: plain HTML and CSS, formulas as MathML; no script is needed.
 *
 *     FOLDER/index.html                chooses the language
 *     FOLDER/book.css
 *     FOLDER/ko/index.html             the map of the lessons; en/ is the same in English
 *     FOLDER/ko/25-and.html            a lesson
 *     FOLDER/ko/sheet-25-and.html      its worksheet, for printing
 *     FOLDER/ko/find.html              all terms and headings, with where they stand
 *     FOLDER/ko/corrections.html       every lessons/NAME.ko.md is a page NAME.html
 *     FOLDER/pictures/25-and/ko/       what its figure.c draws
 */
#include "book.h"

#include "../cli.h"
#include "files.h"
#include "html.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

#define TEXT_LIMIT ((size_t)1 << 20)

static int run(int argc, char **argv);

const command command_book = {
    .name = "book",
    .summary = {"write the course as a web site", "과정 전체를 웹 페이지로 만들기"},
    .help = {"Usage: ssi book FOLDER [--lessons DIR]\n"
             "\n"
             "Writes the lessons, in Korean and English, as plain HTML into FOLDER: open\n"
             "FOLDER/index.html in any browser, or print it. FOLDER is new, empty, or an\n"
             "older book, which is written anew.\n"
             "\n"
             "  --lessons DIR  the folder of lessons (default: the course's own)\n"
             "\n"
             "Example:\n"
             "  ssi book course-book\n",
             "사용법: ssi book 폴더 [--lessons 폴더]\n"
             "\n"
             "모든 레슨을 한국어와 영어로 된 HTML로 폴더에 씁니다. 폴더의 index.html을\n"
             "브라우저로 열거나 인쇄하세요. 폴더는 새것이거나, 비어 있거나, 전에 만든\n"
             "책이어야 합니다. 책은 새로 씁니다.\n"
             "\n"
             "  --lessons 폴더  레슨이 있는 폴더 (기본값: 이 과정의 레슨)\n"
             "\n"
             "예:\n"
             "  ssi book course-book\n"},
    .run = run,
    .tidy = true,
};

/* ---- pages ---- */

/* A lesson's text, its values filled in; NULL when a mistake has been told. To be freed. */
static document *read_lesson(const lesson *l)
{
    char path[PATH_MAX];
    char *text = lesson_text(l);
    char *values = file_read(path_join(path, l->folder, "values.txt"), TEXT_LIMIT, NULL);
    document *it = text != NULL ? document_read(text, values) : NULL;
    if (text != NULL && it == NULL) {
        fail("%s: %s", l->name, T("out of memory", "메모리가 부족합니다"));
    }
    free(text);
    free(values);
    return it;
}

static void print_link(FILE *out, const char *file, const char *text, const char *attributes)
{
    fprintf(out, "<a href=\"");
    html_print(out, file);
    fprintf(out, ".html\"%s>", attributes);
    html_print(out, text);
    fputs("</a>", out);
}

static const char *language_name(void)
{
    return T("en", "ko");
}

/* The lessons by their sittings, a list under each one's name: with numbers, or with the current one marked. */
static void print_lessons(FILE *out, const book *b, bool numbered, const char *current)
{
    const char *end = numbered ? "</ol>\n" : "</ul>\n", *sitting = "";
    for (int i = 0; i < b->course.count; i++) {
        const lesson *l = &b->course.lesson[i];
        const char *its = lesson_say(json_object_get(l->spec, "sitting"));
        if (i == 0 || strcmp(its, sitting) != 0) {
            fprintf(out, "%s<h2>", i > 0 ? end : "");
            html_print(out, its);
            fputs(numbered ? "</h2>\n<ol class=\"course\">\n" : "</h2>\n<ul>\n", out);
            sitting = its;
        }
        fputs("<li>", out);
        if (numbered) {
            fprintf(out, "<span class=\"n\">%02d</span>", l->number);
        }
        print_link(out, l->name, b->title[i], strcmp(l->name, current) == 0 ? " aria-current=\"page\"" : "");
        fputs("</li>\n", out);
    }
    fputs(end, out);
}

/* What stands above every page's own text; `file` is the page's name without its ending, the same in both languages. */
static void begin_page(FILE *out, const char *file, const char *title)
{
    fprintf(out,
            "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" "
            "content=\"ssi book\">\n<title>",
            language_name());
    html_print(out, title);
    fputs("</title>\n<link rel=\"stylesheet\" href=\"../book.css\">\n</head>\n<body>\n<div class=\"top\">", out);
    fprintf(out, "<a class=\"name\" href=\"index.html\">%s</a>", T("Deep learning in C", "C로 배우는 딥러닝"));
    fprintf(out, "<a class=\"jump\" href=\"#map\">%s</a>", T("Lessons", "목차"));
    print_link(out, "find", T("Find", "찾아보기"), "");
    fprintf(out, "<a href=\"../%s/%s.html\" lang=\"%s\">%s</a></div>\n<div class=\"page\">\n<main>\n", T("ko", "en"),
            file, T("ko", "en"), T("한국어", "English"));
}

static void end_page(FILE *out, const book *b, const char *file)
{
    fputs("</main>\n", out);
    fputs("<nav class=\"map\" id=\"map\">\n", out);
    print_lessons(out, b, false, file);
    fputs("</nav>\n", out);
    fputs("</div>\n</body>\n</html>\n", out);
}

/* The page under construction: what is printed to page.out becomes FOLDER/LANGUAGE/FILE.html. */
typedef struct page {
    FILE *out;
    char *text;
    size_t length;
    const char *file;
} page;

static bool open_page(page *p, const char *file, const char *title)
{
    *p = (page){.file = file};
    p->out = open_memstream(&p->text, &p->length);
    if (p->out == NULL) {
        fail("%s", T("out of memory", "메모리가 부족합니다"));
        return false;
    }
    begin_page(p->out, file, title);
    return true;
}

static bool close_page(page *p, const book *b)
{
    char path[PATH_MAX], name[512];
    end_page(p->out, b, p->file);
    snprintf(name, sizeof(name), "%s/%s.html", language_name(), p->file);
    bool written = fclose(p->out) == 0 && file_write(path_join(path, b->folder, name), p->text, p->length);
    if (!written) {
        fail("%s: %s", path, strerror(errno));
    }
    free(p->text);
    return written;
}

/* ---- lessons ---- */

static void print_turns(FILE *out, const book *b, int i)
{
    char text[300];
    fputs("<div class=\"turns\">", out);
    for (int step = -1; step <= 1; step += 2) {
        if (i + step >= 0 && i + step < b->course.count) {
            const lesson *l = &b->course.lesson[i + step];
            snprintf(text, sizeof(text), step < 0 ? "← %02d. %s" : "%02d. %s →", l->number, b->title[i + step]);
            print_link(out, l->name, text, step < 0 ? " rel=\"prev\"" : " rel=\"next\"");
        }
    }
    fputs("</div>\n", out);
}

/* start.c, and the steps that `ssi hint` tells, behind a click. */
static void print_exercise(FILE *out, const lesson *l)
{
    char path[PATH_MAX];
    char *start = file_read(path_join(path, l->folder, "start.c"), TEXT_LIMIT, NULL);
    const json_t *step, *steps = json_object_get(l->spec, "steps");
    size_t i;
    if (start != NULL) {
        fputs("<details class=\"more\" open><summary>start.c</summary>\n", out);
        book_print_code(out, start);
        fputs("</details>\n", out);
    }
    json_array_foreach(steps, i, step)
    {
        fprintf(out, "<details class=\"more\"><summary>%s %zu</summary><p>", T("Hint", "힌트"), i + 1);
        html_print(out, lesson_say(step));
        fputs("</p></details>\n", out);
    }
    free(start);
}

static bool write_lesson(const book *b, int i)
{
    const lesson *l = &b->course.lesson[i];
    document *it = read_lesson(l);
    page p;
    char pictures[512], sheet[160];
    if (it == NULL || !open_page(&p, l->name, document_title(it))) {
        document_free(it);
        return false;
    }
    snprintf(pictures, sizeof(pictures), "../pictures/%s/%s", l->name, language_name());
    book_print_document(p.out, it, 0, pictures);
    print_exercise(p.out, l);
    snprintf(sheet, sizeof(sheet), "sheet-%s", l->name);
    fputs("<p>", p.out);
    print_link(p.out, sheet, T("Worksheet for printing", "인쇄용 활동지"), "");
    fputs("</p>\n", p.out);
    print_turns(p.out, b, i);
    document_free(it);
    return close_page(&p, b);
}

/* ---- worksheets ---- */

static bool is_section(const block *of, const char *title)
{
    return of->kind == BLOCK_HEADING && of->level == 2 && of->text.count > 0 &&
           strcmp(of->text.span[0].text, title) == 0;
}

/* The part of the document under a heading of the second level. */
static document section_of(const document *it, const char *title)
{
    document part = {0};
    for (size_t i = 0; i < it->count; i++) {
        if (is_section(&it->block[i], title)) {
            part.block = &it->block[i];
            part.count = 1;
            while (i + part.count < it->count &&
                   !(it->block[i + part.count].kind == BLOCK_HEADING && it->block[i + part.count].level <= 2)) {
                part.count++;
            }
        }
    }
    return part;
}

static void print_lines(FILE *out, int count)
{
    for (int i = 0; i < count; i++) {
        fputs("<div class=\"lines\"></div>\n", out);
    }
}

/* A sheet of paper: what is learnt, what is to be done with the program to be completed by hand, and room for answers. */
static bool write_sheet(const book *b, int i)
{
    const lesson *l = &b->course.lesson[i];
    document *it = read_lesson(l);
    char file[160], path[PATH_MAX];
    page p;
    snprintf(file, sizeof(file), "sheet-%s", l->name);
    if (it == NULL || !open_page(&p, file, document_title(it))) {
        document_free(it);
        return false;
    }
    fprintf(p.out, "<div class=\"sheet\"><h1>%02d. ", l->number);
    html_print(p.out, b->title[i]);
    fprintf(p.out, "</h1>\n<p>%s</p>\n",
            T("Name: ____________________ Date: ____________", "이름: ____________________ 날짜: ____________"));
    static const char *const sections[][2] = {
        {"What you learn", "배울 것"}, {"Your turn", "해 보기"}, {"Think further", "더 생각하기"}};
    for (int s = 0; s < 3; s++) {
        document part = section_of(it, sections[s][language_is_korean()]);
        book_print_document(p.out, &part, 0, "");
        char *start = s == 1 ? file_read(path_join(path, l->folder, "start.c"), TEXT_LIMIT, NULL) : NULL;
        if (start != NULL) {
            book_print_code(p.out, start);
        }
        free(start);
        print_lines(p.out, s == 0 ? 0 : 6);
    }
    fputs("</div>\n", p.out);
    document_free(it);
    return close_page(&p, b);
}

/* ---- the map, and the pages beside the lessons ---- */

static bool write_index(const book *b)
{
    page p;
    if (!open_page(&p, "index", T("Deep learning in C", "C로 배우는 딥러닝"))) {
        return false;
    }
    fprintf(p.out, "<h1>%s</h1>\n<p>%s</p>\n", T("Deep learning in C", "C로 배우는 딥러닝"),
            T("From the first array to a network that reads digits: each lesson is a question, a picture and a small "
              "program that you complete.",
              "첫 배열에서 숫자를 읽는 신경망까지. 레슨마다 질문 하나, 그림 하나, 그리고 여러분이 완성할 작은 프로그램 "
              "하나가 있습니다."));
    print_lessons(p.out, b, true, "");
    fprintf(p.out, "<h2>%s</h2>\n<ol class=\"course\">\n", T("Beside the lessons", "함께 볼 것"));
    for (int i = 0; i < b->extras; i++) {
        fputs("<li>", p.out);
        print_link(p.out, b->extra[i].name, b->extra[i].title[language_is_korean()], "");
        fputs("</li>\n", p.out);
    }
    fputs("<li>", p.out);
    print_link(p.out, "find", T("Find: all terms and headings", "찾아보기: 모든 용어와 제목"), "");
    fputs("</li>\n</ol>\n", p.out);
    return close_page(&p, b);
}

/* lessons/NAME.LANGUAGE.md as a document; NULL when there is none. */
static document *read_extra(const book *b, const char *name)
{
    char path[PATH_MAX], file[160];
    snprintf(file, sizeof(file), "%s.%s.md", name, language_name());
    char *text = file_read(path_join(path, b->course.place.lessons, file), TEXT_LIMIT, NULL);
    document *it = text != NULL ? document_read(text, NULL) : NULL;
    free(text);
    return it;
}

static bool write_extra(const book *b, int i)
{
    document *it = read_extra(b, b->extra[i].name);
    page p;
    if (it == NULL || !open_page(&p, b->extra[i].name, document_title(it))) {
        document_free(it);
        return it != NULL || fail("%s.%s.md: %s", b->extra[i].name, language_name(), strerror(errno)) == CLI_OK;
    }
    book_print_document(p.out, it, 0, "");
    document_free(it);
    return close_page(&p, b);
}

static bool write_find(const book *b)
{
    page p;
    bool failed = true;
    if (!open_page(&p, "find", T("Find", "찾아보기"))) {
        return false;
    }
    book_print_find(p.out, b, TEXT_LIMIT, &failed);
    return close_page(&p, b) && (!failed || fail("find.html: %s", T("out of memory", "메모리가 부족합니다")) == CLI_OK);
}

/* Remembers the pages beside the lessons by their names, in order. */
static bool find_extras(book *b)
{
    struct dirent **entry;
    int count = scandir(b->course.place.lessons, &entry, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        size_t length = strlen(entry[i]->d_name);
        bool is_text = length > 6 && strcmp(entry[i]->d_name + length - 6, ".ko.md") == 0;
        if (is_text && b->extras < BOOK_EXTRAS && length < sizeof(b->extra[0].name)) {
            book_extra *extra = &b->extra[b->extras++];
            snprintf(extra->name, sizeof(extra->name), "%.*s", (int)length - 6, entry[i]->d_name);
        }
        free(entry[i]);
    }
    if (count >= 0) {
        free(entry);
    }
    return count >= 0;
}

/* Titles in the language that is being written, each read once: every page lists those of all lessons. */
static void read_titles(book *b)
{
    for (int i = 0; i < b->course.count; i++) {
        lesson_title(&b->course.lesson[i], b->title[i], sizeof(b->title[i]));
    }
    for (int i = 0; i < b->extras; i++) {
        document *it = read_extra(b, b->extra[i].name);
        snprintf(b->extra[i].title[language_is_korean()], sizeof(b->extra[i].title[0]), "%s",
                 it != NULL ? document_title(it) : b->extra[i].name);
        document_free(it);
    }
}

/* ---- the book ---- */

static bool write_language(book *b, const char *language)
{
    char path[PATH_MAX];
    language_set(language);
    read_titles(b);
    bool good = folder_make(path_join(path, b->folder, language)) && write_index(b) && write_find(b);
    for (int i = 0; good && i < b->course.count; i++) {
        good = write_lesson(b, i) && write_sheet(b, i);
    }
    for (int i = 0; good && i < b->extras; i++) {
        good = write_extra(b, i);
    }
    return good;
}

/* The first page and the style sheet. */
static bool write_front(const book *b)
{
    static const char front[] =
        "<!DOCTYPE html>\n<html lang=\"ko\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
        "content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"generator\" content=\"ssi book\">\n<title>C로 배우는 딥러닝 · Deep learning in C</title>\n<link "
        "rel=\"stylesheet\" href=\"book.css\"> </head>\n<body>\n<div\n"
        "class=\"page\"><main>\n<h1><a href=\"ko/index.html\">C로 배우는 딥러닝</a></h1>\n"
        "<h1><a href=\"en/index.html\" lang=\"en\">Deep learning in\n"
        "C</a></h1>\n</main></div>\n</body>\n</html>\n";
    char path[PATH_MAX];
    size_t length;
    char *style = file_read(path_join(path, b->course.place.lessons, "book.css"), TEXT_LIMIT, &length);
    /* index.html first: it is the sign of a book, which may be written again after Ctrl-C */
    bool good = style != NULL && file_write(path_join(path, b->folder, "index.html"), front, sizeof(front) - 1) &&
                file_write(path_join(path, b->folder, "book.css"), style, length);
    if (!good) {
        fail("%s: %s", path, strerror(errno));
    }
    free(style);
    return good;
}

/* A folder that holds anything but a book is not written to. */
static bool may_write(const char *folder)
{
    char path[PATH_MAX];
    int others = 0;
    DIR *open = opendir(folder);
    for (struct dirent *entry = open != NULL ? readdir(open) : NULL; entry != NULL; entry = readdir(open)) {
        others += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    }
    if (open != NULL) {
        closedir(open);
    }
    if (others == 0) {
        return true;
    }
    char *front = file_read(path_join(path, folder, "index.html"), TEXT_LIMIT, NULL);
    bool is_book = front != NULL && strstr(front, "content=\"ssi book\"") != NULL;
    free(front);
    if (!is_book) {
        fail(T("%s: the folder is not empty and holds no book; name a new one",
               "%s: 비어 있지 않고 책도 아닌 폴더입니다. 새 폴더 이름을 쓰세요"),
             folder);
    }
    return is_book;
}

static int write_book(book *b)
{
    bool korean = language_is_korean();
    b->title = calloc((size_t)b->course.count + 1, sizeof(*b->title));
    if (b->title == NULL) {
        fail("%s", T("out of memory", "메모리가 부족합니다"));
    }
    bool good = b->title != NULL && find_extras(b);
    for (int i = 0; good && i < b->course.count; i++) {
        good = lesson_open(&b->course, b->course.lesson[i].number) != NULL;
    }
    if (good && !folder_make(b->folder)) {
        fail("%s: %s", b->folder, strerror(errno));
        good = false;
    }
    good = good && write_front(b) && write_language(b, "ko") && write_language(b, "en");
    language_set(korean ? "ko" : "en");
    free(b->title);
    good = good && book_draw_pictures(b);
    if (good) {
        printf(T("%d lessons in two languages: %s/index.html\n", "레슨 %d개를 두 언어로 썼습니다: %s/index.html\n"),
               b->course.count, b->folder);
    }
    return good ? CLI_OK : CLI_FAILED;
}

static int run(int argc, char **argv)
{
    static const struct option options[] = {{"lessons", required_argument, NULL, 'l'}, COMMON_OPTIONS};
    const char *lessons = NULL;
    int c;
    while ((c = next_option(argc, argv, options, &command_book)) != OPTIONS_END) {
        if (c != 'l') {
            return c == OPTIONS_HELP ? CLI_OK : CLI_WRONG_USE;
        }
        lessons = optarg;
    }
    if (optind + 1 != argc) {
        return wrong_operands(&command_book);
    }
    book *b = calloc(1, sizeof(*b));
    if (b == NULL || !may_write(argv[optind]) || !course_open(&b->course, lessons)) {
        free(b);
        return CLI_FAILED;
    }
    b->folder = argv[optind];
    int code = write_book(b);
    course_close(&b->course);
    free(b);
    return code;
}
