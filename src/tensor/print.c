/*
 * print.c - tensors as text, as NumPy's str() and repr() write arrays: rows in brackets, wrapped at the end of the line, of large ones the edges.
 *
 * Text goes into the caller's room or, block by block, to a file. A tensor of no axes is written as the number itself.
 */
#include <string.h>

#include "tensor/print.h"
#include "tensor/tensor.h"

/* ---- the text so far ---- */

typedef struct sink {
    char *out;
    size_t capacity, length;
    size_t column; /* characters since the line began */
    size_t spaces; /* not yet written: a line that is wrapped does not end in spaces */
    FILE *file;    /* NULL: `out` is the caller's */
    bool failed;
} sink;

static void put_char(sink *s, char c)
{
    size_t at = s->length++;
    s->column = c == '\n' ? 0 : s->column + 1;
    if (!s->file) {
        if (at < s->capacity)
            s->out[at] = c;
        return;
    }
    s->out[at] = c;
    if (s->length == s->capacity) {
        s->failed |= fwrite(s->out, 1, s->length, s->file) != s->length;
        s->length = 0;
    }
}

static void put(sink *s, const char *text, size_t length)
{
    for (; s->spaces && length; s->spaces--)
        put_char(s, ' ');
    for (size_t i = 0; i < length; i++)
        put_char(s, text[i]);
}

static void put_text(sink *s, const char *text)
{
    put(s, text, strlen(text));
}

static void put_word(sink *s, const char *word)
{
    size_t lead = strspn(word, " ");
    s->spaces += lead;
    word += lead;
    size_t length = strlen(word), end = length;
    while (end && word[end - 1] == ' ')
        end--;
    put(s, word, end);
    s->spaces += length - end;
}

static void wrap(sink *s, size_t indent)
{
    s->spaces = 0;
    put(s, "\n", 1);
    s->spaces = indent;
}

/* ---- rows in rows ---- */

typedef struct writer {
    sink *sink;
    const ssi_view *view;
    const ssi_style *style;
    ssi_word_format format;
    bool summary;
    const char *comma; /* behind elements and rows: of a repr */
    size_t indent;     /* before the outer bracket, on every line but the first */
} writer;

/* Appends a word to a row that has `column` characters on its present line; a new line is begun where that helps. */
static void put_in_row(sink *s, const char *word, size_t *column, size_t indent, size_t limit)
{
    size_t length = strlen(word);
    if (*column + length > limit && *column > indent) {
        wrap(s, indent);
        *column = indent;
    }
    put_word(s, word);
    *column += length;
}

static void part_in_row(const writer *w, size_t *column)
{
    put(w->sink, w->comma, strlen(w->comma));
    w->sink->spaces++;
    *column += strlen(w->comma) + 1;
}

/* A row begins after `indent` characters, brackets included; as many brackets as are open, and a repr's own, must fit behind its last element. */
static void put_row(const writer *w, int64_t offset)
{
    const ssi_view *view = w->view;
    int axis = view->rank - 1;
    size_t rank = (size_t)view->rank, indent = w->indent + rank, column = indent, width = (size_t)w->style->width,
           behind = rank + w->style->repr, limit = width > behind ? width - behind : 0;
    int64_t skip, resume;
    ssi_seen(view, axis, w->style->edge, w->summary, &skip, &resume);
    for (int64_t i = 0; i < view->shape[axis]; i++) {
        char word[SSI_WORD];
        if (i == skip) {
            put_in_row(w->sink, "...", &column, indent, limit);
            part_in_row(w, &column);
            i = resume;
        }
        ssi_write_word(word, view, offset + i * view->stride[axis], &w->format);
        put_in_row(w->sink, word, &column, indent, limit);
        if (i < view->shape[axis] - 1)
            part_in_row(w, &column);
    }
}

static void end_block(const writer *w, int axis)
{
    put_text(w->sink, w->comma);
    for (int i = w->view->rank - axis - 1; i > 0; i--)
        put(w->sink, "\n", 1);
    w->sink->spaces = w->indent + (size_t)axis + 1;
}

static void put_axis(const writer *w, int axis, int64_t offset)
{
    const ssi_view *view = w->view;
    put(w->sink, "[", 1);
    if (axis == view->rank - 1) {
        put_row(w, offset);
    } else {
        int64_t skip, resume;
        ssi_seen(view, axis, w->style->edge, w->summary, &skip, &resume);
        for (int64_t i = 0; i < view->shape[axis]; i++) {
            if (i == skip) {
                put(w->sink, "...", 3);
                end_block(w, axis);
                i = resume;
            }
            put_axis(w, axis + 1, offset + i * view->stride[axis]);
            if (i < view->shape[axis] - 1)
                end_block(w, axis);
        }
    }
    put(w->sink, "]", 1);
}

/* ---- whole texts ---- */

static void put_elements(writer *w, int64_t count)
{
    char word[SSI_WORD];
    w->summary = count > w->style->threshold;
    w->format = ssi_find_word_format(w->view, w->summary, w->style);
    if (w->view->rank) {
        put_axis(w, 0, 0);
    } else {
        ssi_write_word(word, w->view, 0, &w->format);
        put_word(w->sink, word);
    }
}

static void put_str(writer *w, int64_t count)
{
    char word[SSI_WORD];
    if (w->view->rank == 0) {
        ssi_write_lone(word, w->view);
        put_word(w->sink, word);
    } else if (count == 0) {
        put(w->sink, "[]", 2);
    } else {
        put_elements(w, count);
    }
}

static const char *numpy_name(ssi_dtype dtype)
{
    static const char *const names[SSI_DTYPES] = {
        [SSI_F32] = "float32", [SSI_F64] = "float64", [SSI_F16] = "float16", [SSI_BF16] = "bfloat16",
        [SSI_BOOL] = "bool",   [SSI_U8] = "uint8",    [SSI_I8] = "int8",     [SSI_I16] = "int16",
        [SSI_I32] = "int32",   [SSI_I64] = "int64"};
    return names[dtype];
}

/* array(..., dtype=...): the dtype is left out where the elements say it, and stands on a line of its own where it would stick out. */
static void put_repr(writer *w, int64_t count)
{
    const ssi_view *view = w->view;
    sink *s = w->sink;
    char text[40];
    bool said = count && (view->dtype == SSI_F64 || view->dtype == SSI_I64 || view->dtype == SSI_BOOL);
    put_text(s, "array(");
    if (count) {
        put_elements(w, count);
    } else {
        put_text(s, view->rank == 1 ? "[]" : "[], shape=(");
        for (int i = 0; i < view->rank && view->rank > 1; i++) {
            snprintf(text, sizeof text, "%s%lld", i ? ", " : "", (long long)view->shape[i]);
            put_text(s, text);
        }
        put_text(s, view->rank == 1 ? "" : ")");
    }
    put_text(s, said ? ")" : ",");
    if (said)
        return;
    snprintf(text, sizeof text, "dtype=%s)", numpy_name(view->dtype));
    if (s->column + strlen(text) + 1 > (size_t)w->style->width)
        wrap(s, strlen("array("));
    else
        s->spaces = 1;
    put_text(s, text);
}

static void put_view(sink *s, const ssi_view *view, const ssi_style *style)
{
    writer w = {.sink = s, .view = view, .style = style, .comma = style->repr ? "," : ""};
    int64_t count = 1;
    for (int i = 0; i < view->rank; i++)
        count *= view->shape[i];
    w.indent = style->repr ? strlen("array(") : 0;
    if (style->repr)
        put_repr(&w, count);
    else
        put_str(&w, count);
}

/* ---- options ---- */

static _Thread_local ssi_print_options usual;

#define ASKED(option, otherwise) (o->option ? o->option : usual.option ? usual.option : (otherwise))

static bool check_options(const ssi_print_options *o)
{
    bool right = o->precision >= SSI_NO_DIGITS && o->precision <= SSI_MOST_PRECISION && o->linewidth >= 0 &&
                 o->edgeitems >= 0 && o->threshold >= 0 && (unsigned)o->floatmode <= SSI_UNIQUE &&
                 (o->sign == 0 || o->sign == '-' || o->sign == '+' || o->sign == ' ');
    return right || ssi_fail(SSI_INVALID, "print",
                             "an option cannot be\nprecision runs from SSI_NO_DIGITS to %d, sign is '-', '+' or ' ', "
                             "sizes are not negative",
                             SSI_MOST_PRECISION) == SSI_OK;
}

static bool find_style(const ssi_print_options *o, ssi_style *style)
{
    static const ssi_print_options none;
    o = o ? o : &none;
    if (!check_options(o))
        return false;
    int precision = ASKED(precision, 8);
    *style = (ssi_style){.precision = precision > 0 ? precision : 0,
                         .threshold = ASKED(threshold, 1000),
                         .edge = ASKED(edgeitems, 3),
                         .width = ASKED(linewidth, 75),
                         .sign = ASKED(sign, '-'),
                         .mode = ASKED(floatmode, SSI_MAXPREC),
                         .suppress = ASKED(suppress, 0) != 0,
                         .repr = ASKED(repr, 0) != 0};
    return true;
}

int(ssi_set_print_options)(const ssi_print_options *options)
{
    if (!options)
        usual = (ssi_print_options){0};
    else if (!check_options(options))
        return SSI_INVALID;
    else
        usual = *options;
    return SSI_OK;
}

/* ---- tensors ---- */

int64_t ssi_format_view(const ssi_view *view, const ssi_print_options *options, char *out, size_t capacity)
{
    ssi_style style;
    sink s = {.out = out, .capacity = capacity ? capacity - 1 : 0};
    if (!find_style(options, &style))
        return SSI_INVALID;
    put_view(&s, view, &style);
    if (capacity)
        out[s.length < capacity ? s.length : capacity - 1] = '\0';
    return (int64_t)s.length;
}

static int view_value(ssi_tensor *x, ssi_view *view)
{
    ssi_tensor *value = x && ssi_eval(x) == SSI_OK ? ssi_resolve(x) : NULL;
    if (!value)
        return ssi_error_peek() ? ssi_error_peek()->code : SSI_INVALID;
    ssi_view_of(value, view);
    return SSI_OK;
}

int64_t(ssi_format)(ssi_tensor *x, char *out, size_t capacity, const ssi_print_options *options)
{
    ssi_view view;
    if (capacity)
        out[0] = '\0';
    int status = view_value(x, &view);
    return status == SSI_OK ? ssi_format_view(&view, options, out, capacity) : status;
}

int(ssi_print)(ssi_tensor *x, const ssi_print_options *options)
{
    ssi_view view;
    ssi_style style;
    char block[4096];
    sink s = {.out = block, .capacity = sizeof block, .file = stdout};
    int status = view_value(x, &view);
    if (status != SSI_OK || !find_style(options, &style))
        return status != SSI_OK ? status : SSI_INVALID;
    put_view(&s, &view, &style);
    put(&s, "\n", 1);
    s.failed |= fwrite(block, 1, s.length, stdout) != s.length;
    return s.failed ? ssi_fail(SSI_IO, "print", "stdout cannot be written") : SSI_OK;
}
