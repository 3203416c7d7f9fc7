#include <hybriddeploy/version.h>

const char *hd_version(void)
{
    return HD_VERSION;
}

unsigned hd_abi(void)
{
    return HD_INTERFACE_VERSION;
}
