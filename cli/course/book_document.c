/*
 * book_document.c - a document as HTML, block by block.
 */
#include "book.h"
#include "formula.h"
#include "html.h"

#include <stdlib.h>
#include <string.h>

/* ---- spans ---- */

static void print_formula(FILE *out, const char *latex, bool display)
{
    arena *pool = arena_new();
    const formula *read = pool != NULL ? formula_read(pool, latex) : NULL;
    formula_print_mathml(out, read, display);
    arena_free(pool);
}

/* Links to other texts lead to their pages: lesson.md of a folder is FOLDER.html. */
static void print_target(FILE *out, const char *target)
{
    fputs("<a href=\"", out);
    html_print(out, target);
    fputs("\">", out);
}

static void print_span(FILE *out, const span *of)
{
    if (of->target != NULL) {
        print_target(out, of->target);
    }
    fputs(of->strong ? "<strong>" : "", out);
    fputs(of->emphasis ? "<em>" : "", out);
    if (of->kind == SPAN_FORMULA) {
        print_formula(out, of->text, false);
    } else {
        fputs(of->kind == SPAN_CODE ? "<code>" : "", out);
        html_print(out, of->text);
        fputs(of->kind == SPAN_CODE ? "</code>" : "", out);
    }
    fputs(of->emphasis ? "</em>" : "", out);
    fputs(of->strong ? "</strong>" : "", out);
    fputs(of->target != NULL ? "</a>" : "", out);
}

static void print_spans(FILE *out, spans text)
{
    for (size_t i = 0; i < text.count; i++) {
        print_span(out, &text.span[i]);
    }
}

/* ---- blocks ---- */

static void print_paragraph(FILE *out, const block *of)
{
    if (of->text.count == 1 &&
        of->text.span[0].kind == SPAN_FORMULA) { /* a formula alone stands on a line of its own */
        fputs("<div class=\"formula\">", out);
        print_formula(out, of->text.span[0].text, true);
        fputs("</div>\n", out);
        return;
    }
    fputs("<p>", out);
    print_spans(out, of->text);
    fputs("</p>\n", out);
}

static void print_table(FILE *out, const block *of)
{
    fputs("<div class=\"wide\"><table>\n", out);
    for (size_t i = 0; i < of->rows; i++) {
        const char *cell = i == 0 ? "th" : "td";
        fputs("<tr>", out);
        for (size_t k = 0; k < of->columns; k++) {
            fprintf(out, "<%s>", cell);
            print_spans(out, of->cell[i * of->columns + k]);
            fprintf(out, "</%s>", cell);
        }
        fputs("</tr>\n", out);
    }
    fputs("</table></div>\n", out);
}

static void print_picture(FILE *out, const block *of, const char *pictures)
{
    fputs("<figure><img src=\"", out);
    html_print(out, pictures);
    fputc('/', out);
    html_print(out, of->info);
    fputs("\" alt=\"\"><figcaption>", out);
    print_spans(out, of->text);
    fputs("</figcaption></figure>\n", out);
}

static void print_code(FILE *out, const block *of)
{
    if (strcmp(of->info, "c") == 0) {
        book_print_code(out, of->code);
        return;
    }
    fputs(strncmp(of->info, "output", 6) == 0 ? "<pre class=\"output\"><code>" : "<pre><code>", out);
    html_print(out, of->code);
    fputs("</code></pre>\n", out);
}

static const char *list_element(const block *item)
{
    return item->number > 0 ? "ol" : "ul";
}

/* The items from block i on that belong to one list, with the lists inside it; returns the block behind them. */
static size_t print_list(FILE *out, const document *it, size_t i)
{
    const block *first = &it->block[i];
    fprintf(out, "<%s>\n", list_element(first));
    while (i < it->count && it->block[i].kind == BLOCK_ITEM && it->block[i].level >= first->level) {
        fputs("<li>", out);
        print_spans(out, it->block[i].text);
        i++;
        if (i < it->count && it->block[i].kind == BLOCK_ITEM && it->block[i].level > first->level) {
            i = print_list(out, it, i);
        }
        fputs("</li>\n", out);
    }
    fprintf(out, "</%s>\n", list_element(first));
    return i;
}

void book_print_document(FILE *out, const document *it, size_t first, const char *pictures)
{
    int section = 0;
    for (size_t i = first; i < it->count;) {
        const block *of = &it->block[i++];
        switch (of->kind) {
        case BLOCK_HEADING:
            fprintf(out, of->level == 2 ? "<h%d id=\"s%d\">" : "<h%d>", of->level, section += of->level == 2);
            print_spans(out, of->text);
            fprintf(out, "</h%d>\n", of->level);
            break;
        case BLOCK_PARAGRAPH:
            print_paragraph(out, of);
            break;
        case BLOCK_ITEM:
            i = print_list(out, it, i - 1);
            break;
        case BLOCK_QUOTE:
            fputs("<blockquote>", out);
            print_spans(out, of->text);
            fputs("</blockquote>\n", out);
            break;
        case BLOCK_CODE:
            print_code(out, of);
            break;
        case BLOCK_TABLE:
            print_table(out, of);
            break;
        case BLOCK_PICTURE:
            print_picture(out, of, pictures);
            break;
        }
    }
}
