// From C++ the plain functions are called: no macro of the headers is needed.
#include <ssi/ssi.h>

#include <cstdio>

int main()
{
    const ssi_scope scope = ssi_scope_open();
    const float values[] = {1, 2, 3, 4, 5, 6};
    const int64_t shape[] = {2, 3};
    ssi_tensor *x = ssi_array(SSI_F32, 2, shape, values);
    ssi_tensor *product = ssi_mul(x, ssi_number(2));
    const double last = static_cast<double>(ssi_data_f32(product)[5]);
    ssi_scope_close(scope);
    std::printf("ssi %s, %g\n", ssi_version(), last);
    return ssi_report() || last != 12;
}
