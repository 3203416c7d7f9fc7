// Embeds the library in C++17: a model from containers, findings as an exception, manifests as strings by kind.
//   c++ -std=c++17 embed.cpp -o embed $(pkg-config --cflags --libs hybriddeploy)
#include <hybriddeploy/hybriddeploy.h>

#include <iostream>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

template <auto release> struct Releases {
    template <class T> void operator()(T *object) const { release(object); }
};
using Diagnostics = std::unique_ptr<hd_diagnostics, Releases<hd_diagnostics_free>>;
using Model = std::unique_ptr<hd_model, Releases<hd_model_free>>;

// Exceptions must not pass through the library, so what is thrown by append() ends here.
static int append(void *user, const char *text, std::size_t length) noexcept
try {
    static_cast<std::string *>(user)->append(text, length);
    return 0;
} catch (...) {
    return 1;
}

// Throws unless all is well; what() has the findings, a line each.
static void expect_ok(hd_status status, const hd_diagnostics *diagnostics)
{
    std::string text;

    for (std::size_t i = 0; i < hd_diagnostics_count(diagnostics); i++) {
        const hd_diagnostic *finding = hd_diagnostics_get(diagnostics, i);
        text += std::string(finding->path ? finding->path : "") + ": " + finding->message + "\n";
    }
    if (status != HD_OK)
        throw std::runtime_error(text.empty() ? "status " + std::to_string(status) : text);
}

// What the library is given it borrows: strings, vectors and calls stay where they are while the model lives.
struct Shop {
    std::vector<std::string> names;
    std::vector<hd_service> services;
    hd_app app{};

    explicit Shop(std::vector<std::string> service_names) : names(std::move(service_names))
    {
        for (const std::string &name : names) {
            hd_service service{};
            service.name = name.c_str();
            service.runtime = "cpython";
            services.push_back(service);
        }
        app.abi = HD_ABI;
        app.name = "shop";
        app.image_registry = "registry.example.com/shop";
        app.image_tag = "1.4.2";
        app.services = services.data();
        app.n_services = services.size();
    }
    Shop(const Shop &) = delete;
    Shop &operator=(const Shop &) = delete;
};

static std::map<std::string, std::vector<std::string>> manifests_by_kind(const hd_app &app)
{
    Diagnostics diagnostics{hd_diagnostics_new(nullptr)};
    hd_model *resolved = nullptr;
    std::map<std::string, std::vector<std::string>> kinds;

    expect_ok(hd_resolve(&app, nullptr, diagnostics.get(), &resolved), diagnostics.get());
    Model model{resolved};
    expect_ok(hd_check(model.get(), diagnostics.get()), diagnostics.get());
    for (std::size_t i = 0; i < hd_manifest_count(model.get()); i++) {
        std::string text;
        expect_ok(hd_manifest_write(model.get(), i, HD_FORMAT_YAML, append, &text), diagnostics.get());
        kinds[hd_manifest_at(model.get(), i)->kind].push_back(std::move(text));
    }
    return kinds;
}

int main(int argc, char **argv)
try {
    const Shop shop{std::vector<std::string>(argv + 1, argv + argc)};

    for (const auto &[kind, texts] : manifests_by_kind(shop.app))
        std::cout << kind << ": " << texts.size() << "\n";
} catch (const std::exception &error) {
    std::cerr << error.what();
    return 1;
}
