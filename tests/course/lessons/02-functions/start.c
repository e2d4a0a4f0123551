int twice(int x);
double half(double x);
int odd(int x);

int twice(int x)
{
    return x; // TODO
}

double half(double x)
{
    return x;
}

int odd(int x)
{
    return x % 2 != 0;
}

int main(void)
{
    return 0;
}
