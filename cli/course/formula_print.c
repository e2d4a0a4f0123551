/*
 * formula_print.c - a formula as one line of Unicode, for the terminal.
 *
 * Indices and powers become small digits and letters where Unicode has all of them, and _x or ^x where it has not; what would be ambiguous in a line gets brackets.
 */
#include "formula.h"

#include <stdlib.h>
#include <string.h>

/* The small forms of a character, below and above; NULL where there is none. */
static const struct small {
    const char *of, *below, *above;
} smalls[] = {
    {"0", "₀", "⁰"},  {"1", "₁", "¹"}, {"2", "₂", "²"},  {"3", "₃", "³"},  {"4", "₄", "⁴"},  {"5", "₅", "⁵"},
    {"6", "₆", "⁶"},  {"7", "₇", "⁷"}, {"8", "₈", "⁸"},  {"9", "₉", "⁹"},  {"+", "₊", "⁺"},  {"−", "₋", "⁻"},
    {"=", "₌", NULL}, {"(", "₍", "⁽"}, {")", "₎", "⁾"},  {"a", "ₐ", "ᵃ"},  {"e", "ₑ", "ᵉ"},  {"h", "ₕ", "ʰ"},
    {"i", "ᵢ", "ⁱ"},  {"j", "ⱼ", "ʲ"}, {"k", "ₖ", "ᵏ"},  {"l", "ₗ", "ˡ"},  {"m", "ₘ", "ᵐ"},  {"n", "ₙ", "ⁿ"},
    {"o", "ₒ", "ᵒ"},  {"p", "ₚ", "ᵖ"}, {"r", "ᵣ", "ʳ"},  {"s", "ₛ", "ˢ"},  {"t", "ₜ", "ᵗ"},  {"u", "ᵤ", "ᵘ"},
    {"v", "ᵥ", "ᵛ"},  {"x", "ₓ", "ˣ"}, {"T", NULL, "ᵀ"}, {"′", NULL, "′"}, {"*", NULL, "*"},
};

/* The leaf's text in small, or NULL. Prints nothing. */
static bool add_small(char *to, size_t room, const char *text, bool above)
{
    while (*text != '\0') {
        const char *found = NULL;
        for (size_t i = 0; found == NULL && i < sizeof(smalls) / sizeof(smalls[0]); i++) {
            size_t length = strlen(smalls[i].of);
            if (strncmp(text, smalls[i].of, length) == 0) {
                found = above ? smalls[i].above : smalls[i].below;
                text += found != NULL ? length : 0;
                break;
            }
        }
        if (found == NULL || strlen(to) + strlen(found) >= room) {
            return false;
        }
        strcat(to, found);
    }
    return true;
}

static bool small_text(char *to, size_t room, const formula *of, bool above)
{
    if (of->kind == FORMULA_ROW) {
        bool all = true;
        for (size_t i = 0; all && i < of->count; i++) {
            all = small_text(to, room, of->part[i], above);
        }
        return all;
    }
    bool is_leaf = of->count == 0 && of->kind != FORMULA_TABLE;
    return is_leaf && add_small(to, room, of->text, above);
}

/* A product of names over something, or a derivative: nothing in it could be taken for more than the fraction. */
static bool is_product(const formula *of, bool below)
{
    bool all = of->kind == FORMULA_ROW && of->count > 0;
    for (size_t i = 0; all && i < of->count; i++) {
        all = of->part[i]->kind != FORMULA_SIGN && of->part[i]->kind != FORMULA_FRACTION &&
              of->part[i]->kind != FORMULA_FUNCTION;
    }
    return all && (!below || (of->count == 2 && strcmp(of->part[0]->text, "∂") == 0));
}

/* One atom needs no brackets. */
static bool is_simple(const formula *of)
{
    while (of->kind == FORMULA_ROW && of->count == 1) {
        of = of->part[0];
    }
    return of->kind != FORMULA_ROW && of->kind != FORMULA_FRACTION;
}

static void print_bracketed(FILE *out, const formula *of)
{
    bool simple = is_simple(of);
    fputs(simple ? "" : "(", out);
    formula_print(out, of);
    fputs(simple ? "" : ")", out);
}

/* What stands above or below the line of a fraction. */
static void print_side(FILE *out, const formula *of, bool below)
{
    if (of != NULL && is_product(of, below)) {
        formula_print(out, of);
    } else if (of != NULL) {
        print_bracketed(out, of);
    }
}

static void print_script(FILE *out, const formula *of, bool above)
{
    char small[64] = "";
    if (of == NULL) {
        return;
    }
    if (small_text(small, sizeof(small), of, above)) {
        fputs(small, out);
    } else {
        fputc(above ? '^' : '_', out);
        print_bracketed(out, of);
    }
}

static void print_table(FILE *out, const formula *of)
{
    bool cases = strcmp(of->text, "{") == 0;
    fputs(cases ? "{ " : of->text, out);
    for (size_t i = 0; i < of->count; i++) {
        bool ends_row = (i + 1) % of->columns == 0;
        formula_print(out, of->part[i]);
        fputs(i + 1 == of->count ? "" : ends_row ? "; " : cases ? ", " : " ", out);
    }
    fputs(cases ? " }" : of->close, out);
}

/* Signs that stand between two things have a space on each side. */
static bool stands_between(const formula *sign, size_t place)
{
    static const char *const between[] = {"=", "+", "−", "<", ">", "≤", "≥", "≠", "≈", "≡", "→", "⇒", "⇔", "←", "↦",
                                          "∈", "×", "·", "÷", "±", "⊙", "⊕", "∘", "∧", "∨", "∪", "∩", "⊂", "∼", NULL};
    bool found = false;
    for (int i = 0; sign->kind == FORMULA_SIGN && place > 0 && between[i] != NULL; i++) {
        found = found || strcmp(sign->text, between[i]) == 0;
    }
    return found;
}

static bool opens(const formula *before)
{
    return before->kind == FORMULA_SIGN &&
           (strcmp(before->text, "(") == 0 || strcmp(before->text, "[") == 0 || strcmp(before->text, ",") == 0);
}

void formula_spaces(const formula *row, size_t i, bool *in_front, bool *behind)
{
    const formula *part = row->part[i], *before = i > 0 ? row->part[i - 1] : NULL;
    bool comma = part->kind == FORMULA_SIGN && (strcmp(part->text, ",") == 0 || strcmp(part->text, ";") == 0);
    /* a minus behind a bracket or another sign belongs to what follows */
    bool between = stands_between(part, i) && !opens(before) && !stands_between(before, i - 1);
    bool leads = before != NULL && (before->kind == FORMULA_FUNCTION || before->kind == FORMULA_LIMITS) &&
                 part->kind != FORMULA_SIGN;
    *in_front = between || leads;
    *behind = (between || comma) && i + 1 < row->count;
}

static void print_row(FILE *out, const formula *row)
{
    for (size_t i = 0; i < row->count; i++) {
        bool in_front, behind;
        formula_spaces(row, i, &in_front, &behind);
        fputs(in_front ? " " : "", out);
        formula_print(out, row->part[i]);
        fputs(behind ? " " : "", out);
    }
}

void formula_print(FILE *out, const formula *of)
{
    if (of == NULL) {
        return;
    }
    switch (of->kind) {
    case FORMULA_ROW:
        print_row(out, of);
        break;
    case FORMULA_FRACTION:
        print_side(out, of->part[0], false);
        fputc('/', out);
        print_side(out, of->part[1], true);
        break;
    case FORMULA_ROOT:
        fputs("√", out);
        print_bracketed(out, of->part[0]);
        break;
    case FORMULA_SCRIPT:
    case FORMULA_LIMITS:
        print_bracketed(out, of->part[0]);
        print_script(out, of->part[1], false);
        print_script(out, of->part[2], true);
        break;
    case FORMULA_ACCENT:
        formula_print(out, of->part[0]);
        fputs(of->text[0] == '^' ? "̂" : of->text[0] == '~' ? "̃" : strcmp(of->text, "→") == 0 ? "⃗" : "̄", out);
        break;
    case FORMULA_TABLE:
        print_table(out, of);
        break;
    default:
        fputs(of->text, out);
    }
}
