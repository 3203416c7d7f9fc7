/* The errors of loading are in one collection, and the check is given another. */
#include "../report.h"

int main(void)
{
    static const char text[] = "name: shop\nimageRegistry: registry.example.com\nimageTag: '1'\nservices: {web: {runtime: cpython, replicas: many}}\n";
    const struct hd_source source = {.name = "shop.yaml", .text = text, .length = sizeof text - 1};
    struct hd_diagnostics *of_loading = hd_diagnostics_new(NULL), *diagnostics = hd_diagnostics_new(NULL);
    struct hd_document *document;
    enum hd_status status = hd_document_load(&source, 1, NULL, of_loading, &document);

    if (status == HD_OK) {
        status = hd_validate(hd_document_app(document), NULL, diagnostics);
        hd_document_free(document);
    }
    hd_diagnostics_free(of_loading);
    return report(diagnostics, status);
}
