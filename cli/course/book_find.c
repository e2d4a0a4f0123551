/*
 * book_find.c - the page where a word is looked up: the terms of lessons/glossary.tsv with what they mean, and the headings of all lessons.
 *
 * The page is whole without a script; where scripts run, a field narrows the list while one types.
 */
#include "book.h"

#include "../cli.h"
#include "files.h"
#include "html.h"

#include <string.h>

typedef struct entry {
    char *word;   /* by which it is sorted */
    char *other;  /* the term in the other language, or "" */
    char *note;   /* what it means, or "" */
    char *target; /* FILE.html#ANCHOR */
} entry;

typedef struct entries {
    entry *entry;
    size_t count;
    bool failed;
} entries;

static void add(entries *all, const char *word, const char *other, const char *note, const char *target)
{
    entry *grown = realloc(all->entry, (all->count + 1) * sizeof(*grown));
    if (grown == NULL) {
        all->failed = true;
        return;
    }
    all->entry = grown;
    entry made = {strdup(word), strdup(other), strdup(note), strdup(target)};
    all->failed = all->failed || made.word == NULL || made.other == NULL || made.note == NULL || made.target == NULL;
    all->entry[all->count++] = made;
}

static void free_entries(entries *all)
{
    for (size_t i = 0; i < all->count; i++) {
        free(all->entry[i].word);
        free(all->entry[i].other);
        free(all->entry[i].note);
        free(all->entry[i].target);
    }
    free(all->entry);
}

static const lesson *lesson_of(const book *b, int number)
{
    for (int i = 0; i < b->course.count; i++) {
        if (b->course.lesson[i].number == number) {
            return &b->course.lesson[i];
        }
    }
    return NULL;
}

/* A line of the glossary: Korean, English, lesson, what it means in Korean and in English, between tabs. */
static void add_term(entries *all, const book *b, char *line)
{
    char *field[5], target[192];
    int fields = 0;
    for (char *at = line; at != NULL && fields < 5; fields++) {
        field[fields] = strsep(&at, "\t");
    }
    const lesson *l = fields == 5 ? lesson_of(b, atoi(field[2])) : NULL;
    if (l != NULL) {
        bool korean = language_is_korean();
        snprintf(target, sizeof(target), "%s.html", l->name);
        add(all, field[!korean], field[korean], field[korean ? 3 : 4], target);
    }
}

static void add_terms(entries *all, const book *b, size_t text_limit)
{
    char path[PATH_MAX];
    char *text = file_read(path_join(path, b->course.place.lessons, "glossary.tsv"), text_limit, NULL);
    char *at = text;
    while (at != NULL) {
        add_term(all, b, strsep(&at, "\n"));
    }
    free(text);
}

/* The words of a heading. */
static void heading_words(const block *heading, char *out, size_t size)
{
    out[0] = '\0';
    for (size_t i = 0; i < heading->text.count; i++) {
        size_t length = strlen(out);
        snprintf(out + length, size - length, "%s", heading->text.span[i].text);
    }
}

static bool is_usual(const char *heading)
{
    static const char *const usual[] = {"What you learn", "배울 것", "Your turn", "해 보기", "Think further",
                                        "더 생각하기",    "In C",    "C에서는",   NULL};
    for (int i = 0; usual[i] != NULL; i++) {
        if (strcmp(usual[i], heading) == 0) {
            return true;
        }
    }
    return false;
}

static void add_headings(entries *all, const lesson *l)
{
    char words[256], target[192];
    char *text = lesson_text(l);
    document *it = text != NULL ? document_read(text, NULL) : NULL;
    int section = 0;
    for (size_t i = 0; it != NULL && i < it->count; i++) {
        const block *of = &it->block[i];
        if (of->kind == BLOCK_HEADING && of->level <= 2) {
            section += of->level == 2;
            heading_words(of, words, sizeof(words));
            snprintf(target, sizeof(target), of->level == 2 ? "%s.html#s%d" : "%s.html", l->name, section);
            if (!is_usual(words)) {
                add(all, of->level == 1 ? words + strcspn(words, " ") + 1 : words, "", "", target);
            }
        }
    }
    all->failed = all->failed || it == NULL;
    document_free(it);
    free(text);
}

static int by_word(const void *a, const void *b)
{
    return strcasecmp(((const entry *)a)->word, ((const entry *)b)->word);
}

static void print_entry(FILE *out, const entry *of)
{
    fputs("<li><a href=\"", out);
    html_print(out, of->target);
    fputs("\">", out);
    html_print(out, of->word);
    fprintf(out, "</a> <small>%.*s</small>", (int)strcspn(of->target, "-"), of->target); /* the lesson's number */
    if (of->other[0] != '\0') {
        fputs(" <small>", out);
        html_print(out, of->other);
        fputs("</small>", out);
    }
    if (of->note[0] != '\0') {
        fputs("<br>", out);
        html_print(out, of->note);
    }
    fputs("</li>\n", out);
}

static const char narrowing[] =
    "<script>\n"
    "var field = document.querySelector('.search'), lines = document.querySelectorAll('.found li');\n"
    "field.hidden = false;\n"
    "field.querySelector('input').oninput = function () {\n"
    "    var words = this.value.toLowerCase();\n"
    "    lines.forEach(function (line) { line.hidden = line.textContent.toLowerCase().indexOf(words) < 0; });\n"
    "};\n"
    "</script>\n";

void book_print_find(FILE *out, const book *b, size_t text_limit, bool *failed)
{
    entries all = {0};
    add_terms(&all, b, text_limit);
    for (int i = 0; i < b->course.count; i++) {
        add_headings(&all, &b->course.lesson[i]);
    }
    if (all.count > 0 && !all.failed) {
        qsort(all.entry, all.count, sizeof(*all.entry), by_word);
    }
    fprintf(out,
            "<h1>%s</h1>\n<p class=\"search\" hidden><input type=\"search\" aria-label=\"%s\" "
            "placeholder=\"%s\"></p>\n<ul class=\"found\">\n",
            T("Find", "찾아보기"), T("Find", "찾아보기"), T("a word", "낱말"));
    for (size_t i = 0; i < all.count && !all.failed; i++) {
        print_entry(out, &all.entry[i]);
    }
    fputs("</ul>\n", out);
    fputs(narrowing, out);
    *failed = all.failed;
    free_entries(&all);
}
