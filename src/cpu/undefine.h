/* undefine.h - ends what an includer of map_*.h and fold.h defined for one type. */
#undef T
#undef I
#undef FLOAT
#undef A
#undef NAME
#undef HIGHEST
#undef ZERO
#undef UNSIGNED
#undef W
#undef EXACT
#undef HALVES
#undef QUOTIENT
#undef LYING
#undef RARE_QUOTIENT
#undef RARE_AS_I16
#undef WIDE_ELEMENTS
#undef WIDE_FLOATS
