#include <hybriddeploy/version.h>

const char *hd_version(void)
{
    return HD_VERSION;
}
