int main(void)
{
    const int days = 7;
#ifdef REFUSED
    days = 8;
#endif
    return days - 7;
}
