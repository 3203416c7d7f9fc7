#ifndef HYBRIDDEPLOY_VERSION_H
#define HYBRIDDEPLOY_VERSION_H
#define HD_VERSION "0.1.0"
#define HD_VERSION_MAJOR 0
#define HD_VERSION_MINOR 1
#define HD_VERSION_PATCH 0
#define HD_VERSION_NUMBER (HD_VERSION_MAJOR * 10000 + HD_VERSION_MINOR * 100 + HD_VERSION_PATCH)
#define HD_INTERFACE_VERSION 3u
#if defined(__GNUC__)
#define HD_API __attribute__((visibility("default")))
#else
#define HD_API
#endif
#ifdef __cplusplus
extern "C" {
#endif
HD_API const char *hd_version(void);
HD_API unsigned hd_abi(void);
#ifdef __cplusplus
}
#endif
#endif
