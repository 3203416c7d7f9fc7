#include <hybriddeploy/schema.h>
#include <hybriddeploy/version.h>

const char *hd_version(void)
{
    return HD_VERSION;
}

uint32_t hd_abi(void)
{
    return HD_ABI;
}
