/*
 * radix.h - sorting words, for each type T and NAME(...) included once.
 *
 * Of how far a word is above the least, as many bits are sorted by digits, from the highest that is needed and last digit first, as tell most of n
 * words apart: log2 n and the exponent of a float. Words that agree in all of them stand together then, few at a time, and are sorted by
 * themselves. So random f64 take three or four passes, not six.
 */

/* By the whole words: what is below the bits asked for ascends already where they are equal. */
static void NAME(insert)(T *a, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        T x = a[i];
        size_t j = i;
        for (; j > 0 && a[j - 1] > x; j--)
            a[j] = a[j - 1];
        a[j] = x;
    }
}

/* How far the largest is from the least, whose bits below `below` count as 0; 0 also where a is sorted. */
static T NAME(spread)(const T *a, size_t n, int below, T *least)
{
    T low = a[0], high = a[0], descents = 0;
    for (size_t i = 1; i < n; i++) {
        low = a[i] < low ? a[i] : low;
        high = a[i] > high ? a[i] : high;
        descents |= a[i] < a[i - 1];
    }
    *least = low >> below << below;
    return descents ? high - *least : 0;
}

/* One pass by the digit at `shift` of what is above the least, whose counts are given. */
static void NAME(distribute)(T *restrict to, const T *restrict from, size_t n, T least, uint32_t *count, int shift,
                             int width)
{
    uint32_t place = 0;
    for (int d = 0; d < 1 << width; d++) {
        uint32_t here = count[d];
        count[d] = place;
        place += here;
    }
    T mask = ((T)1 << width) - 1;
    for (size_t i = 0; i < n; i++)
        to[count[(from[i] - least) >> shift & mask]++] = from[i];
}

static T *NAME(sort)(T *a, T *b, size_t n, int low);

/* Sorts what agrees from the bit `from` on and so stands together, where it is out of order. */
static void NAME(finish)(T *a, T *b, size_t n, T least, int from, int low)
{
    for (size_t i = 1; i < n; i++) {
        if (a[i - 1] <= a[i])
            continue;
        size_t begin = i - 1, end = i + 1;
        T same = (a[i] - least) >> from;
        for (; begin > 0 && (a[begin - 1] - least) >> from == same; begin--)
            ;
        for (; end < n && (a[end] - least) >> from == same; end++)
            ;
        T *run = NAME(sort)(a + begin, b + begin, end - begin, low);
        if (run != a + begin)
            memcpy(a + begin, run, (end - begin) * sizeof *a);
        i = end;
    }
}

/* As `sort`, of words whose least and spread are known. */
static T *NAME(sort_digits)(T *a, T *b, size_t n, int low, T least, T spread)
{
    int bits = BITS_OF(spread) - low, widest = n < HUGE ? DIGIT : HUGE_DIGIT;
    int enough = n < LARGE ? BITS_OF(n) + EXPONENT : n < HUGE ? 3 * DIGIT : PASSES * HUGE_DIGIT;
    if (bits <= 0)
        return a;
    int sorted = bits < enough ? bits : enough, passes = (sorted + widest - 1) / widest;
    int width = (sorted + passes - 1) / passes;
    int from = low + (bits > passes * width ? bits - passes * width : 0);
    uint32_t count[PASSES][1 << DIGIT];
    for (int pass = 0; pass < passes; pass++)
        memset(count[pass], 0, sizeof(uint32_t) << width);
    T mask = ((T)1 << width) - 1;
    for (size_t i = 0; i < n; i++)
        for (int pass = 0; pass < passes; pass++)
            count[pass][(a[i] - least) >> from >> pass * width & mask]++;
    for (int pass = 0; pass < passes; pass++) {
        NAME(distribute)(b, a, n, least, count[pass], from + pass * width, width);
        T *swap = a;
        a = b;
        b = swap;
    }
    if (from > low)
        NAME(finish)(a, b, n, least, from, low);
    return a;
}

/* As `sort`, by digits also of few words: the best way where one digit is all there is. */
static T *NAME(sort_by_digits)(T *a, T *b, size_t n, int low)
{
    if (n <= FEW) {
        NAME(insert)(a, n);
        return a;
    }
    T least, spread = NAME(spread)(a, n, low, &least);
    return NAME(sort_digits)(a, b, n, low, least, spread);
}

/* Sorts the n < 2^32 words at a by their bits from `low` on; equals keep their order, in which the bits below must ascend. b is memory for as many.
 * Returns where they are: a or b. */
static T *NAME(sort)(T *a, T *b, size_t n, int low)
{
    void (*network)(T *, size_t) = n <= SSI_SORT_FEW ? NETWORK(ssi_backend_cpu()) : NULL;
    if (n <= FEW || !network)
        return NAME(sort_by_digits)(a, b, n, low);
    network(a, n);
    return a;
}

/* How many of the sorted keys are less. */
static size_t NAME(less)(const T *key, size_t n, T than)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (key[middle] < than)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The elements of a lane, sorted, in keys: a or b. Zeros of both signs, whose keys are `minus_zero` and the next one, are equal and keep
 * their order. */
static T *NAME(sort_lane)(const ssi_lane *x, T *a, T *b, T minus_zero)
{
    size_t n = (size_t)x->n;
    NAME(ssi_keys)(a, x, 0, x->n, true);
    T *key = NAME(sort)(a, b, n, 0);
    if (!ssi_is_float(x->dtype))
        return key;
    size_t zero = NAME(less)(key, n, minus_zero), end = NAME(less)(key, n, minus_zero + 2);
    if (zero == end || key[zero] == key[end - 1])
        return key;
    for (int64_t i = 0; zero < end; i++) {
        T k;
        NAME(ssi_keys)(&k, x, i, 1, true);
        if (k == minus_zero || k == minus_zero + 1)
            key[zero++] = k;
    }
    return key;
}
