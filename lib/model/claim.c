/* Claims on storage. */
#include "claim.h"

#include "core/text/among.h"
#include "core/text/quantity.h"

#include <string.h>

static void check_size(struct checker *checker, const struct hd_claim *claim)
{
    struct amount size;

    if (!claim->size || !quantity_is_valid(claim->size))
        return;
    size = quantity_of(claim->size).amount;
    if (amount_sign(size) <= 0)
        hint(found(checker, HD_CLAIM_SIZE, AT(claim, size), "a claim of %s holds nothing", claim->size), "give a size such as 10Gi");
    else if (size.nano)
        hint(found(checker, HD_MILLI_BYTES, AT(claim, size), "%s is less than whole bytes, because m means thousandths", claim->size),
             "write Mi or Gi");
}

bool claim_has_mode(const struct hd_claim *claim, const char *mode)
{
    return is_among(mode, claim->access_modes, claim->n_access_modes);
}

static bool has_shared_mode(const char *const *modes, size_t n_modes)
{
    return is_among("ReadWriteMany", modes, n_modes) || is_among("ReadOnlyMany", modes, n_modes);
}

bool volume_is_exclusive(const struct hd_volume *volume)
{
    if (volume->existing_claim)
        return !has_shared_mode(volume->access_modes, volume->n_access_modes);
    return volume->claim.size && !has_shared_mode(volume->claim.access_modes, volume->claim.n_access_modes);
}

static void check_modes(struct checker *checker, const struct hd_claim *claim)
{
    for (size_t i = 0; i < claim->n_access_modes; i++) {
        if (strcmp(claim->access_modes[i], "ReadWriteOncePod"))
            continue;
        if (checker->kube_minor < 27)
            hint(found(checker, HD_TOO_NEW, AT_ITEM(claim, access_modes, i), "ReadWriteOncePod is off in Kubernetes 1.%d",
                       checker->kube_minor),
                 "it needs Kubernetes 1.27: raise kubernetesVersion, or use ReadWriteOnce");
        if (claim->n_access_modes > 1)
            hint(found(checker, HD_MODE_NOT_ALONE, AT_ITEM(claim, access_modes, i),
                       "ReadWriteOncePod cannot be combined with other access modes"),
                 "write accessModes: [ReadWriteOncePod]");
    }
}

void check_claim(struct checker *checker, const struct hd_claim *claim)
{
    check_size(checker, claim);
    check_modes(checker, claim);
    check_selector(checker, &claim->selector);
}
