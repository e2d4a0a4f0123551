/*
 * font.c - how much room a text takes: the advances of DejaVu Sans, in which figures are set, in thousandths of its size. Hangul and
 * other characters that it has not come from NanumGothic, 0.94 of the size.
 */
#include "plot/figure.h"

double ssi_text_width(const char *shown)
{
    static const short ascii[] = {318,  401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
                                  636,  636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
                                  1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
                                  603,  787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
                                  500,  613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
                                  635,  635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838};
    double width = 0;
    for (const unsigned char *s = (const unsigned char *)shown; *s != '\0';) {
        size_t length = ssi_utf8_length(s);
        if (length == 1) {
            width += *s >= 0x20 && *s < 0x7F ? ascii[*s - 0x20] : 318;
        } else if (length == 2) {
            width += s[0] == 0xC2 && (s[1] == 0xB9 || s[1] == 0xB2 || s[1] == 0xB3) ? 401 : 620; /* raised figures */
        } else if (length == 3 && s[0] == 0xE2) {
            width += s[1] == 0x81 ? (s[2] == 0xBB ? 528 : 401) : 838; /* raised figures; the minus sign and the like */
        } else {
            width += 940;
        }
        s += length > 0 ? length : 1;
    }
    return width / 1000;
}
