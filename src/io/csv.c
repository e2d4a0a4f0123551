/*
 * csv.c - tables of text, read line by line through a window on the file.
 */
#include <math.h>
#include <string.h>
#include <strings.h>

#include "io/file.h"
#include "io/number.h"
#include "ssi/io.h"
#include "tensor/tensor.h"

/* The most columns; and the longest line, which is all that is seen of the file at once. */
enum { COLUMNS = 1 << 16, WINDOW = 1 << 20 };
static const size_t FILE_LIMIT = (size_t)1 << 46;

typedef struct field {
    const char *text;
    size_t length;
} field;

struct ssi_csv {
    ssi_csv_options how;
    ssi_file file;
    const char *memory; /* instead of a file: what is left of it */
    size_t memory_left;
    char *window; /* WINDOW bytes, of which [at, end) have not been read */
    size_t at, end;
    int64_t line, rows;
    int fields;    /* of a line; 0: not known yet */
    field *part;   /* of the present line */
    size_t places; /* of part */
    int wanted;
    int *column;
    char **name; /* of all fields, if there is a header */
};

/* ---- lines ---- */

static bool refill(ssi_csv *csv)
{
    memmove(csv->window, csv->window + csv->at, csv->end - csv->at);
    csv->end -= csv->at;
    csv->at = 0;
    size_t left = csv->memory ? csv->memory_left : csv->file.bytes, room = WINDOW - csv->end;
    size_t now = left < room ? left : room;
    if (csv->memory) {
        memcpy(csv->window + csv->end, csv->memory, now);
        csv->memory += now;
        csv->memory_left -= now;
    } else if (!ssi_file_take(&csv->file, csv->window + csv->end, now)) {
        return false;
    }
    csv->end += now;
    return true;
}

/* The next line, without its end: 1; 0 at the end of the file, -1 with an error. It stays where it is until the next is asked for. */
static int next_line(ssi_csv *csv, char **line, size_t *length)
{
    char *end = csv->end > csv->at ? memchr(csv->window + csv->at, '\n', csv->end - csv->at) : NULL;
    if (!end) {
        if (!refill(csv))
            return -1;
        end = csv->end ? memchr(csv->window, '\n', csv->end) : NULL;
    }
    if (csv->at == csv->end)
        return 0;
    size_t left = csv->memory ? csv->memory_left : csv->file.bytes;
    if (!end && left)
        return ssi_fail(SSI_FORMAT, "load_csv", "line %lld is longer than %d bytes", (long long)csv->line + 1, WINDOW),
               -1;
    *line = csv->window + csv->at;
    *length = end ? (size_t)(end - *line) : csv->end - csv->at;
    csv->at += *length + (end != NULL);
    *length -= *length && (*line)[*length - 1] == '\r';
    if (csv->line++ == 0 && *length >= 3 && !memcmp(*line, "\xEF\xBB\xBF", 3)) { /* a byte order mark */
        *line += 3;
        *length -= 3;
    }
    char *comment = csv->how.comment ? memchr(*line, csv->how.comment, *length) : NULL;
    *length = comment ? (size_t)(comment - *line) : *length;
    return 1;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

/* The next line that is not empty. */
static int next_full_line(ssi_csv *csv, char **line, size_t *length)
{
    for (;;) {
        int found = next_line(csv, line, length);
        size_t i = 0;
        while (found == 1 && i < *length && is_space((*line)[i]))
            i++;
        if (found != 1 || i < *length)
            return found;
    }
}

/* ---- fields ---- */

/* A quoted field loses its quotes, and one of each doubled quote inside; in place. Where it ends, or NULL. */
static char *unquote(char *at, char *end, field *part)
{
    char *to = at;
    part->text = to;
    for (at++; at < end; at++) {
        if (*at == '"' && (at + 1 == end || at[1] != '"')) {
            part->length = (size_t)(to - part->text);
            return at + 1;
        }
        at += *at == '"';
        *to++ = *at;
    }
    return NULL;
}

static bool add_part(ssi_csv *csv, int count, field part)
{
    if ((size_t)count == csv->places) {
        field *grown = count < COLUMNS ? ssi_grow(csv->part, &csv->places, csv->places + 16, sizeof *grown) : NULL;
        if (!grown)
            return count < COLUMNS ? false
                                   : ssi_fail(SSI_FORMAT, "load_csv", "line %lld has more than %d fields",
                                              (long long)csv->line, COLUMNS) == 0;
        csv->part = grown;
    }
    csv->part[count] = part;
    return true;
}

/* Splits a line into csv->part; how many there are, -1 with an error. */
static int split(ssi_csv *csv, char *line, size_t length)
{
    char delimiter = csv->how.delimiter ? csv->how.delimiter : ',', *at = line, *end = line + length;
    bool spaces = delimiter == ' ';
    int count = 0;
    while (spaces && end > at && is_space(end[-1]))
        end--;
    for (;; count++) {
        field part;
        while (at < end && (*at == ' ' || (*at == '\t' && delimiter != '\t')))
            at++;
        if (at < end && *at == '"') {
            if (!(at = unquote(at, end, &part)))
                return ssi_fail(SSI_FORMAT, "load_csv", "line %lld: a quote is not closed", (long long)csv->line), -1;
            while (at < end && is_space(*at) && *at != delimiter)
                at++;
            if (at < end && *at != delimiter && !(spaces && is_space(*at)))
                return ssi_fail(SSI_FORMAT, "load_csv", "line %lld: text follows a closed quote", (long long)csv->line),
                       -1;
        } else {
            part.text = at;
            while (at < end && *at != delimiter && !(spaces && is_space(*at)))
                at++;
            const char *last = at;
            while (last > part.text && is_space(last[-1]))
                last--;
            part.length = (size_t)(last - part.text);
        }
        if (!add_part(csv, count, part))
            return -1;
        if (at == end)
            return count + 1;
        at++;
    }
}

/* ---- opening ---- */

static int find_name(const ssi_csv *csv, const char *name)
{
    for (int i = 0; i < csv->fields; i++) {
        if (!strcmp(csv->name[i], name))
            return i;
    }
    const char **names = (const char **)csv->name; /* ends with a NULL */
    const char *near = ssi_nearest_name(name, names);
    return ssi_fail(SSI_NOT_FOUND, "load_csv", "no column is named '%s'%s%s%s", name, near ? "\ndid you mean '" : "",
                    near ? near : "", near ? "'?" : ""),
           -1;
}

static bool keep_names(ssi_csv *csv)
{
    csv->name = ssi_calloc((size_t)csv->fields + 1, sizeof *csv->name);
    for (int i = 0; csv->name && i < csv->fields; i++) {
        if (!(csv->name[i] = ssi_alloc(csv->part[i].length + 1)))
            return false;
        memcpy(csv->name[i], csv->part[i].text, csv->part[i].length);
        csv->name[i][csv->part[i].length] = '\0';
    }
    return csv->name != NULL;
}

/* Which of the fields are wanted, now that there are csv->fields of them. */
static bool choose_columns(ssi_csv *csv)
{
    csv->wanted = csv->how.columns ? csv->how.columns : csv->fields;
    csv->column = ssi_alloc(((size_t)csv->wanted + 1) * sizeof *csv->column);
    for (int i = 0; csv->column && i < csv->wanted; i++) {
        int at = csv->how.named && csv->how.columns ? find_name(csv, csv->how.named[i])
                 : csv->how.columns                 ? csv->how.column[i]
                                                    : i;
        if (csv->how.named && csv->how.columns && at < 0)
            return false;
        if (at < 0 || at >= csv->fields)
            return ssi_fail(SSI_RANGE, "load_csv", "column %d of %d\nthey count from 0", at, csv->fields) == 0;
        csv->column[i] = at;
    }
    return csv->column != NULL;
}

/* Passes over what is not data and looks at the first line of it, which stays to be read. */
static bool begin(ssi_csv *csv)
{
    char *line;
    size_t length;
    int found = 1;
    for (int64_t i = 0; i < csv->how.skip && found == 1; i++)
        found = next_line(csv, &line, &length);
    if (csv->how.header && found == 1 && (found = next_full_line(csv, &line, &length)) == 1) {
        if ((csv->fields = split(csv, line, length)) < 0 || !keep_names(csv))
            return false;
    }
    if (!csv->fields && found == 1) {
        size_t at = 0;
        int64_t before = 0;
        if ((found = next_full_line(csv, &line, &length)) == 1) {
            char *copy = ssi_alloc(length + 1); /* splitting may change the line */
            if (!copy)
                return false;
            memcpy(copy, line, length);
            csv->fields = split(csv, copy, length);
            ssi_free(copy);
            at = (size_t)(line - csv->window); /* the window may have moved */
            before = csv->line - 1;
        }
        if (csv->fields < 0)
            return false;
        if (found == 1) { /* else nothing was there to be looked at, nor is to be read */
            csv->at = at;
            csv->line = before;
        }
    }
    return found >= 0 && choose_columns(csv);
}

static bool fits(const ssi_csv_options *o)
{
    char delimiter = o->delimiter ? o->delimiter : ',';
    if (!ssi_dtype_size(o->dtype))
        return ssi_fail(SSI_INVALID, "load_csv", "%d is no dtype", (int)o->dtype) == 0;
    if (o->decimal_comma && delimiter == ',')
        return ssi_fail(SSI_INVALID, "load_csv",
                        "the comma cannot divide both fields and numbers\ngive .delimiter = ';'") == 0;
    if (strchr("\"\n\r.+-eE0123456789", delimiter) || delimiter == o->comment)
        return ssi_fail(SSI_INVALID, "load_csv", "'%c' cannot be the delimiter", delimiter) == 0;
    if (o->columns < 0 || (o->columns && !o->column && !o->named) || (o->columns && o->named && !o->header))
        return ssi_fail(SSI_INVALID, "load_csv",
                        "%d columns are wanted, and not said which\ngive .column, or .named with .header = 1",
                        o->columns) == 0;
    return true;
}

static ssi_csv *open_table(const ssi_csv_options *options, const char *memory, size_t count)
{
    ssi_csv_options how = {0};
    if (!options || !options->size || options->size > sizeof how)
        return SSI_FAIL_NULL(SSI_INVALID, "load_csv", "no options were given");
    memcpy(&how, options, options->size);
    if (!fits(&how))
        return NULL;
    ssi_csv *csv = ssi_calloc(1, sizeof *csv);
    if (!csv)
        return NULL;
    csv->how = how;
    csv->file.descriptor = -1;
    csv->memory = memory;
    csv->memory_left = count;
    csv->window = ssi_alloc(WINDOW);
    bool open = csv->window && (memory || ssi_file_open(&csv->file, "load_csv", how.path, FILE_LIMIT));
    if (!open || !begin(csv)) {
        ssi_csv_close(csv);
        return NULL;
    }
    return csv;
}

ssi_csv *(ssi_csv_open)(const ssi_csv_options *options)
{
    if (options && !options->path)
        return SSI_FAIL_NULL(SSI_INVALID, "load_csv", "no path was given");
    return open_table(options, NULL, 0);
}

void ssi_csv_close(ssi_csv *csv)
{
    if (!csv)
        return;
    ssi_file_close(&csv->file);
    for (int i = 0; csv->name && csv->name[i]; i++)
        ssi_free(csv->name[i]);
    ssi_free(csv->name);
    ssi_free(csv->column);
    ssi_free(csv->part);
    ssi_free(csv->window);
    ssi_free(csv);
}

int ssi_csv_columns(const ssi_csv *csv)
{
    return csv ? csv->wanted : -1;
}

const char *ssi_csv_name(const ssi_csv *csv, int i)
{
    return csv && csv->name && i >= 0 && i < csv->wanted ? csv->name[csv->column[i]] : NULL;
}

/* ---- numbers ---- */

static bool is_missing(const field *part)
{
    static const char *const words[] = {"", "NA", "N/A", "NaN", "null"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (part->length == strlen(words[i]) && !strncasecmp(part->text, words[i], part->length))
            return true;
    }
    return false;
}

static bool bad_field(const ssi_csv *csv, int column, const char *problem)
{
    const field *part = &csv->part[column];
    int shown = part->length < 40 ? (int)part->length : 40;
    return ssi_fail(SSI_FORMAT, "load_csv", "line %lld, column %d: '%.*s' %s", (long long)csv->line, column, shown,
                    part->text, problem) == 0;
}

static bool put_field(const ssi_csv *csv, int column, void *to, int64_t at)
{
    const field *part = &csv->part[column];
    ssi_dtype dtype = csv->how.dtype;
    int64_t whole;
    double value;
    bool integer = ssi_is_integer(dtype);
    if (is_missing(part)) {
        if (!csv->how.missing && integer)
            return bad_field(csv, column, "is missing, which no integer can say\ngive .missing, or a float dtype");
        value = csv->how.missing ? *csv->how.missing : (double)NAN;
    } else if (integer && ssi_read_integer(part->text, part->length, &whole)) {
        ssi_put_i64(to, dtype, at, whole);
        return ssi_get_i64(to, dtype, at) == whole || bad_field(csv, column, "does not fit the dtype");
    } else if (!ssi_read_number(part->text, part->length, csv->how.decimal_comma ? ',' : '.', &value)) {
        return bad_field(csv, column, "is no number\nis there a header (.header = 1), or another delimiter?");
    }
    if (integer && (!(value >= -0x1p63 && value < 0x1p63) || value != (double)(int64_t)value))
        return bad_field(csv, column, "is no integer\ngive a float dtype");
    ssi_put_f64(to, dtype, at, value);
    return !integer || ssi_get_f64(to, dtype, at) == value || bad_field(csv, column, "does not fit the dtype");
}

/* One more row in `to`, of which `rows` are there: 1; 0 at the end, -1 with an error. */
static int read_row(ssi_csv *csv, void *to, int64_t rows)
{
    char *line;
    size_t length;
    int found = csv->how.rows && csv->rows == csv->how.rows ? 0 : next_full_line(csv, &line, &length);
    if (found != 1)
        return found;
    int fields = split(csv, line, length);
    if (fields < 0)
        return -1;
    if (fields != csv->fields)
        return ssi_fail(SSI_FORMAT, "load_csv", "line %lld has %d fields, those before it %d", (long long)csv->line,
                        fields, csv->fields),
               -1;
    for (int i = 0; i < csv->wanted; i++) {
        if (!put_field(csv, csv->column[i], to, rows * csv->wanted + i))
            return -1;
    }
    csv->rows++;
    return 1;
}

/* ---- rows ---- */

/* A tensor of the rows; its buffer takes over none of the room. */
static ssi_tensor *as_tensor(const ssi_csv *csv, const void *from, int64_t rows)
{
    return (ssi_array)(csv->how.dtype, 2, (int64_t[]){rows, csv->wanted}, from ? from : "");
}

ssi_tensor *ssi_csv_rows(ssi_csv *csv, int64_t most)
{
    if (!csv)
        return NULL;
    if (most < 0)
        return SSI_FAIL_NULL(SSI_INVALID, "csv_rows", "%lld rows", (long long)most);
    size_t row = (size_t)csv->wanted * ssi_dtype_size(csv->how.dtype), room = 0;
    char *data = NULL;
    int64_t rows = 0;
    int found = 1;
    while (rows < most && found == 1) {
        if ((size_t)rows == room) {
            char *grown = ssi_grow(data, &room, room + (room ? room / 2 : 64), row ? row : 1);
            if (!grown) {
                found = -1;
                break;
            }
            data = grown;
        }
        if ((found = read_row(csv, data, rows)) == 1)
            rows++;
    }
    ssi_tensor *x = found < 0 ? NULL : as_tensor(csv, data, rows);
    ssi_free(data);
    return x;
}

static ssi_tensor *read_all(ssi_csv *csv)
{
    ssi_tensor *x = csv ? ssi_csv_rows(csv, INT64_MAX) : NULL;
    ssi_csv_close(csv);
    return x;
}

ssi_tensor *(ssi_load_csv)(const ssi_csv_options *options)
{
    return read_all((ssi_csv_open)(options));
}

ssi_tensor *(ssi_load_csv_memory)(const char *text, size_t count, const ssi_csv_options *options)
{
    if (!text)
        return SSI_FAIL_NULL(SSI_INVALID, "load_csv", "no text was given");
    return read_all(open_table(options, text, count));
}
