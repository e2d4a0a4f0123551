/* undefine.h - ends what an includer of map_*.h and fold.h defined for one type. */
#undef T
#undef A
#undef NAME
#undef LOWEST
#undef HIGHEST
#undef ZERO
#undef SUMMED
#undef UNSIGNED
