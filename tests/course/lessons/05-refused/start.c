int main(void)
{
    const int days = 7;
    return days - 7; // TODO
}
