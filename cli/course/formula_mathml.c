/*
 * formula_mathml.c - a formula as MathML, which browsers draw without a script.
 */
#include "formula.h"
#include "html.h"

#include <string.h>

static void print_mathml(FILE *out, const formula *of);

static void print_in(FILE *out, const char *element, const char *attributes, const formula *of)
{
    fprintf(out, "<%s%s>", element, attributes);
    html_print(out, of->text);
    fprintf(out, "</%s>", element);
}

/* A sign that has nothing before it belongs to what follows, as the minus of q = -b. */
static bool is_prefix(const formula *row, size_t i)
{
    static const char *const closing[] = {")", "]", "}", "|", "′", "!", "%", "…", "⋯", NULL};
    bool behind_sign = i > 0 && row->part[i - 1]->kind == FORMULA_SIGN;
    for (int k = 0; behind_sign && closing[k] != NULL; k++) {
        behind_sign = strcmp(row->part[i - 1]->text, closing[k]) != 0;
    }
    return row->part[i]->kind == FORMULA_SIGN && behind_sign && strcmp(row->part[i]->text, "−") == 0;
}

/* <element> with its parts. */
static void print_parts(FILE *out, const char *element, const formula *of)
{
    fprintf(out, "<%s>", element);
    for (size_t i = 0; i < of->count; i++) {
        if (of->kind == FORMULA_ROW && is_prefix(of, i)) {
            print_in(out, "mo", " form=\"prefix\"", of->part[i]);
        } else if (of->part[i] != NULL) {
            print_mathml(out, of->part[i]);
        }
    }
    fprintf(out, "</%s>", element);
}

static void print_scripts(FILE *out, const formula *of)
{
    bool limits = of->kind == FORMULA_LIMITS, below = of->part[1] != NULL, above = of->part[2] != NULL;
    print_parts(out,
                below && above ? (limits ? "munderover" : "msubsup")
                : below        ? (limits ? "munder" : "msub")
                               : (limits ? "mover" : "msup"),
                of);
}

/* Round and square brackets are borders, which are as high as the table whatever the fonts; a brace must be a sign that grows. */
static void print_grid(FILE *out, const formula *of)
{
    const char *class = of->text[0] == '(' ? " class=\"round\"" : of->text[0] == '\0' ? "" : " class=\"square\"";
    bool brace = of->text[0] == '{';
    fputs(brace ? "<mrow><mo stretchy=\"true\" fence=\"true\">{</mo>" : "<mrow>", out);
    fprintf(out, "<mtable%s>", brace ? " class=\"cases\"" : class);
    for (size_t i = 0; i < of->count; i++) {
        fputs(i % of->columns == 0 ? "<mtr><mtd>" : "<mtd>", out);
        print_mathml(out, of->part[i]);
        fputs((i + 1) % of->columns == 0 ? "</mtd></mtr>" : "</mtd>", out);
    }
    fputs("</mtable></mrow>", out);
}

static void print_mathml(FILE *out, const formula *of)
{
    if (of == NULL) {
        return;
    }
    const char *bold = of->bold ? " class=\"bold\"" : "";
    switch (of->kind) {
    case FORMULA_ROW:
        print_parts(out, "mrow", of);
        break;
    case FORMULA_NAME:
        print_in(out, "mi", bold, of);
        break;
    case FORMULA_NUMBER:
        print_in(out, "mn", bold, of);
        break;
    case FORMULA_SIGN:
        print_in(out, "mo", of->grows || strchr("()[]|", of->text[0]) == NULL ? "" : " stretchy=\"false\"", of);
        break;
    case FORMULA_FUNCTION:
        print_in(out, "mi", " mathvariant=\"normal\"", of);
        fputs("<mo>&#8289;</mo>", out); /* function application: a thin space where one belongs */
        break;
    case FORMULA_TEXT:
        if (of->text[strspn(of->text, " ")] == '\0') { /* of blanks alone, as \quad, mtext would show nothing */
            static const char *const widths[] = {"0", "0.2em", "1em", "2em"};
            fprintf(out, "<mspace width=\"%s\"/>", widths[strlen(of->text) % 4]);
        } else {
            print_in(out, "mtext", "", of);
        }
        break;
    case FORMULA_FRACTION:
        print_parts(out, "mfrac", of);
        break;
    case FORMULA_ROOT:
        print_parts(out, "msqrt", of);
        break;
    case FORMULA_SCRIPT:
    case FORMULA_LIMITS:
        print_scripts(out, of);
        break;
    case FORMULA_ACCENT:
        fputs("<mover accent=\"true\">", out);
        print_mathml(out, of->part[0]);
        print_in(out, "mo", "", of);
        fputs("</mover>", out);
        break;
    case FORMULA_TABLE:
        print_grid(out, of);
        break;
    }
}

void formula_print_mathml(FILE *out, const formula *of, bool display)
{
    fputs(display ? "<math display=\"block\">" : "<math>", out);
    print_mathml(out, of);
    fputs("</math>", out);
}
