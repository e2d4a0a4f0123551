int twice(int x);
double half(double x);
int odd(int x);

int twice(int x)
{
    return 2 * x;
}

double half(double x)
{
    return x / 2;
}

int odd(int x)
{
    return x % 2 != 0;
}

int main(void)
{
    return 0;
}
