/*
 * map_rare.h - quotients of floats rounded down, and what they leave: fast where nothing is lost by dividing. Included once for each float type T.
 */

/* What is left of a when b is taken from it as often as goes, without a rounding: for the quotients that pass. */
INLINE T NAME(rest)(T a, T b)
{
    W q = (W)a / (W)b, whole = q < 0 ? -floor_f64(-q) : floor_f64(q);
    T rest = whole == 0 ? a : (T)FMA64(-whole, (W)b, (W)a);
    bool beyond = rest != 0 && (rest < 0) != (a < 0); /* the quotient was rounded up to a whole number */
    rest = beyond ? ((a < 0) != (b < 0) ? rest - b : rest + b) : rest;
    return NAME(signed)(NAME(abs)(rest), a);
}

INLINE bool NAME(rest_refused)(T a, T b)
{
    return !((W)a / (W)b < EXACT && (W)a / (W)b > -EXACT);
}

INLINE T NAME(mod_of)(T b, T rest)
{
    T y = (rest < 0) != (b < 0) ? rest + b : rest;
    return rest == 0 ? NAME(signed)(0, b) : y;
}

INLINE T NAME(floor_div_of)(T a, T b, T rest)
{
    bool down = rest != 0 && (rest < 0) != (b < 0);
    T quotient = (a - rest) / b - (T)down, whole = NAME(floor)(quotient); /* but for a rounding, whole already */
    whole = quotient - whole > (T)0.5 ? whole + 1 : whole;
    whole = quotient == 0 ? NAME(signed)(0, a / b) : whole;
    return b == 0 ? a / b : whole;
}

/* clang-format off */
INLINE T NAME(mod)(T a, T b) { return NAME(mod_of)(b, NAME(rest)(a, b)); }
INLINE T NAME(floor_div)(T a, T b) { return NAME(floor_div_of)(a, b, NAME(rest)(a, b)); }
INLINE T NAME(mod_slow)(T a, T b) { return NAME(mod_of)(b, (T)fmod((double)a, (double)b)); }
INLINE T NAME(floor_div_slow)(T a, T b) { return NAME(floor_div_of)(a, b, (T)fmod((double)a, (double)b)); }
/* clang-format on */
BINARY_OR(mod, rest_refused)
BINARY_OR(floor_div, rest_refused)
