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

/* <element> with its parts; a part that is missing is an empty row. */
static void print_parts(FILE *out, const char *element, const formula *of)
{
    fprintf(out, "<%s>", element);
    for (size_t i = 0; i < of->count; i++) {
        if (of->kind == FORMULA_ROW || of->part[i] != NULL) {
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

static void print_grid(FILE *out, const formula *of)
{
    fputs("<mrow>", out);
    if (of->text[0] != '\0') {
        fprintf(out, "<mo stretchy=\"true\" fence=\"true\">%s</mo>", of->text);
    }
    fputs(strcmp(of->text, "{") == 0 ? "<mtable class=\"cases\">" : "<mtable>", out);
    for (size_t i = 0; i < of->count; i++) {
        fputs(i % of->columns == 0 ? "<mtr><mtd>" : "<mtd>", out);
        print_mathml(out, of->part[i]);
        fputs((i + 1) % of->columns == 0 ? "</mtd></mtr>" : "</mtd>", out);
    }
    fputs("</mtable>", out);
    if (of->close[0] != '\0') {
        fprintf(out, "<mo stretchy=\"true\" fence=\"true\">%s</mo>", of->close);
    }
    fputs("</mrow>", out);
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
        print_in(out, "mo", "", of);
        break;
    case FORMULA_FUNCTION:
        print_in(out, "mi", " mathvariant=\"normal\"", of);
        fputs("<mo>&#8289;</mo>", out); /* function application: a thin space where one belongs */
        break;
    case FORMULA_TEXT:
        print_in(out, "mtext", "", of);
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
