/*
 * formula.c - reads the LaTeX of the lessons into a tree, by recursive descent: a row is atoms with scripts, an atom is a sign, a group or a command.
 */
#include "formula.h"

#include <ctype.h>
#include <string.h>

enum { DEEPEST = 40 }; /* groups within groups; deeper ones stand as text */

typedef struct reader {
    arena *arena;
    const char *at;
    int depth;
} reader;

typedef struct sign {
    const char *name, *text;
    formula_kind kind;
} sign;

static const sign signs[] = {
    {"alpha", "α", FORMULA_NAME},
    {"beta", "β", FORMULA_NAME},
    {"gamma", "γ", FORMULA_NAME},
    {"delta", "δ", FORMULA_NAME},
    {"epsilon", "ϵ", FORMULA_NAME},
    {"varepsilon", "ε", FORMULA_NAME},
    {"eta", "η", FORMULA_NAME},
    {"theta", "θ", FORMULA_NAME},
    {"lambda", "λ", FORMULA_NAME},
    {"mu", "μ", FORMULA_NAME},
    {"pi", "π", FORMULA_NAME},
    {"rho", "ρ", FORMULA_NAME},
    {"sigma", "σ", FORMULA_NAME},
    {"tau", "τ", FORMULA_NAME},
    {"phi", "ϕ", FORMULA_NAME},
    {"varphi", "φ", FORMULA_NAME},
    {"omega", "ω", FORMULA_NAME},
    {"Delta", "Δ", FORMULA_NAME},
    {"Sigma", "Σ", FORMULA_NAME},
    {"Omega", "Ω", FORMULA_NAME},
    {"infty", "∞", FORMULA_NAME},
    {"partial", "∂", FORMULA_NAME},
    {"nabla", "∇", FORMULA_SIGN},
    {"ell", "ℓ", FORMULA_NAME},
    {"sum", "∑", FORMULA_SIGN},
    {"prod", "∏", FORMULA_SIGN},
    {"int", "∫", FORMULA_SIGN},
    {"le", "≤", FORMULA_SIGN},
    {"leq", "≤", FORMULA_SIGN},
    {"ge", "≥", FORMULA_SIGN},
    {"geq", "≥", FORMULA_SIGN},
    {"lt", "<", FORMULA_SIGN},
    {"gt", ">", FORMULA_SIGN},
    {"ne", "≠", FORMULA_SIGN},
    {"neq", "≠", FORMULA_SIGN},
    {"approx", "≈", FORMULA_SIGN},
    {"equiv", "≡", FORMULA_SIGN},
    {"sim", "∼", FORMULA_SIGN},
    {"times", "×", FORMULA_SIGN},
    {"cdot", "·", FORMULA_SIGN},
    {"div", "÷", FORMULA_SIGN},
    {"pm", "±", FORMULA_SIGN},
    {"odot", "⊙", FORMULA_SIGN},
    {"oplus", "⊕", FORMULA_SIGN},
    {"circ", "∘", FORMULA_SIGN},
    {"to", "→", FORMULA_SIGN},
    {"rightarrow", "→", FORMULA_SIGN},
    {"Rightarrow", "⇒", FORMULA_SIGN},
    {"leftarrow", "←", FORMULA_SIGN},
    {"mapsto", "↦", FORMULA_SIGN},
    {"Leftrightarrow", "⇔", FORMULA_SIGN},
    {"in", "∈", FORMULA_SIGN},
    {"cup", "∪", FORMULA_SIGN},
    {"cap", "∩", FORMULA_SIGN},
    {"subset", "⊂", FORMULA_SIGN},
    {"land", "∧", FORMULA_SIGN},
    {"lor", "∨", FORMULA_SIGN},
    {"lnot", "¬", FORMULA_SIGN},
    {"neg", "¬", FORMULA_SIGN},
    {"forall", "∀", FORMULA_SIGN},
    {"exists", "∃", FORMULA_SIGN},
    {"ldots", "…", FORMULA_SIGN},
    {"dots", "…", FORMULA_SIGN},
    {"cdots", "⋯", FORMULA_SIGN},
    {"vdots", "⋮", FORMULA_SIGN},
    {"prime", "′", FORMULA_SIGN},
    {"mid", "|", FORMULA_SIGN},
    {"lfloor", "⌊", FORMULA_SIGN},
    {"rfloor", "⌋", FORMULA_SIGN},
    {"lceil", "⌈", FORMULA_SIGN},
    {"rceil", "⌉", FORMULA_SIGN},
    {"langle", "⟨", FORMULA_SIGN},
    {"rangle", "⟩", FORMULA_SIGN},
    {"therefore", "∴", FORMULA_SIGN},
    {"because", "∵", FORMULA_SIGN},
    {"sin", "sin", FORMULA_FUNCTION},
    {"cos", "cos", FORMULA_FUNCTION},
    {"tan", "tan", FORMULA_FUNCTION},
    {"tanh", "tanh", FORMULA_FUNCTION},
    {"exp", "exp", FORMULA_FUNCTION},
    {"log", "log", FORMULA_FUNCTION},
    {"ln", "ln", FORMULA_FUNCTION},
    {"max", "max", FORMULA_FUNCTION},
    {"min", "min", FORMULA_FUNCTION},
    {"lim", "lim", FORMULA_FUNCTION},
    {"argmax", "argmax", FORMULA_FUNCTION},
    {"quad", "  ", FORMULA_TEXT},
    {"qquad", "   ", FORMULA_TEXT},
    {",", " ", FORMULA_TEXT},
    {";", " ", FORMULA_TEXT},
    {" ", " ", FORMULA_TEXT},
    {"!", "", FORMULA_TEXT},
    {"{", "{", FORMULA_SIGN},
    {"}", "}", FORMULA_SIGN},
    {"|", "‖", FORMULA_SIGN},
    {"%", "%", FORMULA_SIGN},
    {"_", "_", FORMULA_SIGN},
    {"#", "#", FORMULA_SIGN},
    {"hat", "^", FORMULA_ACCENT},
    {"bar", "¯", FORMULA_ACCENT},
    {"vec", "→", FORMULA_ACCENT},
    {"tilde", "~", FORMULA_ACCENT},
};

/* The fences of the environments. */
static const struct environment {
    const char *name, *open, *close;
} environments[] = {
    {"matrix", "", ""},    {"pmatrix", "(", ")"}, {"bmatrix", "[", "]"},
    {"vmatrix", "|", "|"}, {"cases", "{", ""},    {"aligned", "", ""},
};

static formula *new_formula(reader *r, formula_kind kind, size_t parts)
{
    formula *made = arena_take(r->arena, sizeof(*made));
    if (made == NULL) {
        return NULL;
    }
    *made = (formula){.kind = kind, .text = "", .close = "", .count = parts};
    made->part = arena_take(r->arena, (parts + 1) * sizeof(formula *));
    return made->part != NULL ? made : NULL;
}

static formula *leaf(reader *r, formula_kind kind, const char *text, size_t length)
{
    formula *made = new_formula(r, kind, 0);
    if (made != NULL) {
        made->text = arena_text(r->arena, text, length);
    }
    return made;
}

static formula *read_row(reader *r, const char *until);
static formula *read_atom(reader *r);

static void skip_spaces(reader *r)
{
    r->at += strspn(r->at, " \n\t");
}

static bool skip_text(reader *r, const char *text)
{
    size_t length = strlen(text);
    bool there = strncmp(r->at, text, length) == 0;
    r->at += there ? length : 0;
    return there;
}

/* What a command acts upon: {a group}, or the next atom. */
static formula *read_argument(reader *r)
{
    skip_spaces(r);
    if (isdigit((unsigned char)*r->at)) { /* \frac12 is a half */
        return leaf(r, FORMULA_NUMBER, r->at++, 1);
    }
    return *r->at == '\0' ? new_formula(r, FORMULA_ROW, 0) : read_atom(r);
}

/* {words}, as they stand. */
static formula *read_words(reader *r, formula_kind kind)
{
    skip_spaces(r);
    if (*r->at != '{') {
        return read_argument(r);
    }
    size_t length = strcspn(++r->at, "}");
    formula *made = leaf(r, kind, r->at, length);
    r->at += length + (r->at[length] == '}');
    return made;
}

static formula *add_part(reader *r, formula *row, formula *part)
{
    formula **grown = arena_take(r->arena, (row->count + 1) * sizeof(*grown));
    if (grown == NULL || part == NULL) {
        return NULL;
    }
    if (row->count > 0) {
        memcpy(grown, row->part, row->count * sizeof(*grown));
    }
    grown[row->count++] = part;
    row->part = grown;
    return row;
}

/* Cells between & and \\, up to \end{...}. Rows of fewer cells are filled with empty ones. */
static formula *read_table(reader *r, const struct environment *of)
{
    formula *cells = new_formula(r, FORMULA_TABLE, 0);
    size_t columns = 1, column = 0;
    bool row_is_open = false;
    /* the width first, from the source: cells of a row */
    const char *begin = r->at;
    for (const char *at = begin; *at != '\0' && strncmp(at, "\\end", 4) != 0; at++) {
        if (at[0] == '\\' && at[1] == '\\') {
            column = 0, at++;
        } else if (*at == '&' && (at == begin || at[-1] != '\\')) {
            columns = ++column + 1 > columns ? column + 1 : columns;
        }
    }
    column = 0;
    while (cells != NULL && *r->at != '\0' && strncmp(r->at, "\\end", 4) != 0) {
        if (add_part(r, cells, read_row(r, "&")) == NULL) {
            return NULL;
        }
        column++;
        row_is_open = true;
        if (skip_text(r, "\\\\")) {
            for (; column < columns && cells != NULL; column++) {
                cells = add_part(r, cells, new_formula(r, FORMULA_ROW, 0));
            }
            column = 0;
            row_is_open = false;
            skip_spaces(r);
        } else if (*r->at == '&') {
            r->at++;
        } else if (*r->at != '\0' && strncmp(r->at, "\\end", 4) != 0) {
            r->at++; /* a brace too many */
        }
    }
    for (; row_is_open && column < columns && cells != NULL; column++) {
        cells = add_part(r, cells, new_formula(r, FORMULA_ROW, 0));
    }
    if (skip_text(r, "\\end")) {
        read_words(r, FORMULA_TEXT);
    }
    if (cells != NULL) {
        cells->text = of->open, cells->close = of->close;
        cells->columns = columns, cells->rows = cells->count / columns;
    }
    return cells;
}

static formula *read_environment(reader *r)
{
    formula *name = read_words(r, FORMULA_TEXT);
    for (size_t i = 0; name != NULL && i < sizeof(environments) / sizeof(environments[0]); i++) {
        if (strcmp(environments[i].name, name->text) == 0) {
            return read_table(r, &environments[i]);
        }
    }
    return name;
}

/* \name, or \ and one sign. */
static formula *read_command(reader *r)
{
    const char *name = ++r->at;
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    length = length > 0 ? length : *name != '\0';
    r->at += length;
#define IS(text) (length == sizeof(text) - 1 && memcmp(name, text, length) == 0)
    if (IS("frac")) {
        formula *made = new_formula(r, FORMULA_FRACTION, 2);
        if (made != NULL) {
            made->part[0] = read_argument(r);
            made->part[1] = read_argument(r);
        }
        return made;
    }
    if (IS("sqrt")) {
        formula *made = new_formula(r, FORMULA_ROOT, 1);
        if (made != NULL) {
            made->part[0] = read_argument(r);
        }
        return made;
    }
    if (IS("text") || IS("textrm") || IS("operatorname") || IS("mathrm")) {
        return read_words(r, IS("text") || IS("textrm") ? FORMULA_TEXT : FORMULA_FUNCTION);
    }
    if (IS("mathbf") || IS("boldsymbol")) {
        formula *made = read_argument(r);
        if (made != NULL) {
            made->bold = true;
        }
        return made;
    }
    if (IS("begin")) {
        return read_environment(r);
    }
    if (IS("left") || IS("right")) {
        skip_spaces(r);
        if (*r->at == '.') { /* no bracket on this side */
            r->at++;
            return new_formula(r, FORMULA_ROW, 0);
        }
        formula *bracket = read_argument(r);
        if (bracket != NULL) {
            bracket->grows = true;
        }
        return bracket;
    }
#undef IS
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        if (strlen(signs[i].name) == length && memcmp(signs[i].name, name, length) == 0) {
            formula *made = leaf(r, signs[i].kind, signs[i].text, strlen(signs[i].text));
            if (made != NULL && made->kind == FORMULA_ACCENT) {
                made->count = 1;
                made->part[0] = read_argument(r);
            }
            return made;
        }
    }
    return leaf(r, FORMULA_TEXT, name, length);
}

/* One letter, number, sign, group or command. */
static formula *read_atom(reader *r)
{
    unsigned char c = (unsigned char)*r->at;
    if ((c == '\\' || c == '{') && r->depth < DEEPEST) {
        r->depth++;
        formula *made = c == '{' ? (r->at++, read_row(r, "}")) : read_command(r);
        r->depth--;
        r->at += c == '{' && *r->at == '}';
        return made;
    }
    size_t length = 1;
    if (isdigit(c)) {
        length = strspn(r->at, "0123456789");
        if (r->at[length] == '.' && isdigit((unsigned char)r->at[length + 1])) {
            length += 1 + strspn(r->at + length + 1, "0123456789");
        }
    } else {
        while ((r->at[length] & 0xC0) == 0x80) { /* the rest of a character */
            length++;
        }
    }
    const char *text = r->at;
    r->at += length;
    if (c == '-') {
        return leaf(r, FORMULA_SIGN, "−", strlen("−"));
    }
    if (c == '\'') {
        return leaf(r, FORMULA_SIGN, "′", strlen("′"));
    }
    formula_kind kind = isdigit(c)   ? FORMULA_NUMBER
                        : isalpha(c) ? FORMULA_NAME
                        : c >= 0x80  ? FORMULA_TEXT
                                     : FORMULA_SIGN;
    return leaf(r, kind, text, length);
}

static bool takes_limits(const formula *base)
{
    return base != NULL &&
           (strcmp(base->text, "∑") == 0 || strcmp(base->text, "∏") == 0 || strcmp(base->text, "lim") == 0);
}

/* An atom with what stands below and above it. */
static formula *read_scripted(reader *r)
{
    formula *base = read_atom(r), *below = NULL, *above = NULL;
    for (skip_spaces(r); *r->at == '_' || *r->at == '^'; skip_spaces(r)) {
        bool is_below = *r->at++ == '_';
        formula *script = read_argument(r);
        below = is_below ? script : below;
        above = is_below ? above : script;
    }
    if (below == NULL && above == NULL) {
        return base;
    }
    formula *made = new_formula(r, takes_limits(base) ? FORMULA_LIMITS : FORMULA_SCRIPT, 3);
    if (made != NULL) {
        made->part[0] = base, made->part[1] = below, made->part[2] = above;
    }
    return made;
}

/* Atoms up to a sign of `until`, \\, \end or the end. */
static formula *read_row(reader *r, const char *until)
{
    formula *row = new_formula(r, FORMULA_ROW, 0);
    skip_spaces(r);
    while (row != NULL && *r->at != '\0' && strchr(until, *r->at) == NULL && strncmp(r->at, "\\\\", 2) != 0 &&
           strncmp(r->at, "\\end", 4) != 0) {
        row = add_part(r, row, read_scripted(r));
        skip_spaces(r);
    }
    return row;
}

const formula *formula_read(arena *pool, const char *latex)
{
    reader r = {.arena = pool, .at = latex};
    formula *row = read_row(&r, "");
    while (row != NULL && *r.at != '\0') { /* a stray \\ or \end */
        r.at += strncmp(r.at, "\\end", 4) == 0 ? 4 : 2;
        row = add_part(&r, row, read_row(&r, ""));
    }
    return row;
}
