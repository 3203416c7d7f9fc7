// The macros of the headers in C++: they compile, and what they make is there when the statement has ended.
#include <hybriddeploy/hybriddeploy.h>
#include <string>
#include <vector>

static int append(void *user, const char *text, size_t length) noexcept
{
    static_cast<std::string *>(user)->append(text, length);
    return 0;
}

// Whatever would stand where a temporary had been is something else by then.
static int overwrite(int depth)
{
    volatile char stack[4096];

    for (size_t i = 0; i < sizeof stack; i++)
        stack[i] = static_cast<char>(i + static_cast<size_t>(depth));
    return depth ? overwrite(depth - 1) + stack[17] : stack[5];
}

static hd_app make(std::vector<hd_service> &services)
{
    hd_app app{};
    hd_service web = {.name = "web", .runtime = "cpython", HD_LIST(calls, hd_call, {.to = "orders"})};
    hd_service orders{};

    orders.name = "orders";
    orders.runtime = "condon";
    orders.replicas = HD_INT(3);
    orders.at = HD_HERE;
    web.container = {HD_STRINGS(command, "python", "-m", "app")};
    services = {web, orders};
    app.abi = HD_ABI;
    app.name = "shop";
    app.image_registry = "registry.example.com/shop";
    app.image_tag = "1";
    app.services = services.data();
    app.n_services = services.size();
    return app;
}

// A loaded model gets a service more; 0 when all went well.
static int change_a_document(hd_diagnostics *diagnostics)
{
    const std::string text = "name: shop\nservices: {web: {runtime: cpython}}\n";
    const hd_source source = {"shop.yaml", text.c_str(), text.size()};
    hd_document *document = nullptr;
    hd_service orders{};
    hd_status status = hd_document_load(&source, 1, nullptr, diagnostics, &document);

    orders.name = "orders";
    if (status == HD_OK)
        status = hd_document_add(document, "services", HD_ENTRY(&orders), diagnostics);
    if (status == HD_OK)
        status = hd_document_remove(document, "services.web", diagnostics);
    bool is_changed = status == HD_OK && hd_document_app(document)->services[0].name == std::string("orders");
    hd_document_free(document);
    return is_changed ? 0 : 98;
}

int main()
{
    std::vector<hd_service> services;
    hd_app app = make(services);
    hd_diagnostics *diagnostics = hd_diagnostics_new(nullptr);
    hd_model *model = nullptr;
    std::string out;
    int used = overwrite(8);
    hd_status status = hd_resolve(&app, nullptr, diagnostics, &model);

    if (status == HD_OK)
        status = hd_generate(model, nullptr, diagnostics, append, &out);
    bool all = out.find("- \"-m\"\n") != out.npos && out.find("replicas: 3\n") != out.npos && std::string(services[1].at->file).size() > 3;
    hd_model_free(model);
    int changed = change_a_document(diagnostics);
    hd_diagnostics_free(diagnostics);
    return status != HD_OK ? status : !all || used == 12345 ? 99 : changed;
}
