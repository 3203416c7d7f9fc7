/* Writes the page: one file, which asks for nothing else. */
#include "picture.h"

#include "../characters.h"
#include "page_text.h"

/* Only the styles and the script that the page itself has may act, so that nothing that a name could smuggle in would. */
static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; form-action 'none'; "
    "style-src 'sha256-" PICTURE_CSS_SHA256 "' 'sha256-" PAGE_CSS_SHA256 "'; script-src 'sha256-" PAGE_JS_SHA256 "'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Who can talk to whom</title>\n";

static const char tools[] = "<div class=\"tools\">\n<label>Filter <input type=\"search\" id=\"filter\" placeholder=\"web tcp 8000 mesh\" "
                            "autocomplete=\"off\"></label>\n"
                            "<label><input type=\"checkbox\" id=\"with-reasons\"> also in the reasons</label>\n<output id=\"count\" "
                            "for=\"filter\"></output>\n<label><input type=\"checkbox\" id=\"fit\"> whole picture at once</label>\n</div>\n";

static const char panel[] = "<aside class=\"reason\" id=\"reason\" aria-live=\"polite\" hidden>\n<header><h2>Why this is allowed</h2> "
                            "<button type=\"button\" id=\"close\">Close</button></header>\n"
                            "<div id=\"reasons\"></div>\n</aside>\n";

static void write_head(struct output *output)
{
    output_text(output, head);
    output_text(output, "<style>");
    output_sink(output, picture_css, sizeof picture_css);
    output_text(output, "</style>\n<style>");
    output_sink(output, page_css, sizeof page_css);
    output_text(output, "</style>\n</head>\n");
}

static void write_cell(struct output *output, const char *text)
{
    output_text(output, "<td>");
    output_html_text(output, text);
    output_text(output, "</td>");
}

static void begin_table(struct output *output, const char *id, const char *title, const char *const *columns)
{
    output_print(output, "<h2 id=\"%s-title\">%s</h2>\n<table id=\"%s\" aria-labelledby=\"%s-title\">\n<thead><tr>", id, title, id, id);
    for (; *columns; columns++)
        output_print(output, "<th scope=\"col\"><button type=\"button\">%s</button></th>", *columns);
    output_text(output, "</tr></thead>\n<tbody>\n");
}

/* The end of a connection; or all ends of its box, when the row tells of all connections of an arrow. */
static void write_end(const struct picture *picture, const struct link *link, size_t end, struct output *output)
{
    size_t n = 0;

    if (link->n_told == 1) {
        write_cell(output, picture->ends[end].name);
        return;
    }
    output_text(output, "<td>");
    for (size_t i = 0; i < picture->n_ends; i++) {
        if (picture->ends[i].box != picture->ends[end].box)
            continue;
        output_text(output, n++ ? ", " : "each of ");
        output_html_text(output, picture->ends[i].name);
    }
    output_text(output, "</td>");
}

static void write_reasons(const struct picture *picture, const struct link *link, struct output *output)
{
    output_print(output, "<td><details><summary>%zu line%s</summary><ol>", link->n_reasons, link->n_reasons == 1 ? "" : "s");
    for (size_t k = 0; k < link->n_reasons; k++) {
        output_text(output, "<li>");
        output_html_text(output, link->reasons[k]);
        output_text(output, "</li>");
    }
    output_text(output, "</ol>");
    if (link->n_told > 1) {
        output_print(output, "<p>This is for the first of %zu alike, from ", link->n_told);
        output_html_text(output, picture->ends[link->from].name);
        output_text(output, " to ");
        output_html_text(output, picture->ends[link->to].name);
        output_text(output, ".</p>");
    }
    output_text(output, "</details></td>");
}

static void write_connections(const struct picture *picture, struct output *output)
{
    static const char *const columns[] = {"From", "To", "Ports", "Layer", "Why", NULL};

    begin_table(output, "connections", "Connections", columns);
    for (size_t i = 0; i < picture->n_links; i++) {
        const struct link *link = &picture->links[i];

        if (!link->n_told)
            continue;
        output_print(output, "<tr data-arrow=\"%zu\" data-count=\"%zu\">", link->arrow, link->n_told);
        write_end(picture, link, link->from, output);
        write_end(picture, link, link->to, output);
        write_cell(output, link->ports);
        write_cell(output, link_layer(link));
        write_reasons(picture, link, output);
        output_text(output, "</tr>\n");
    }
    output_text(output, "</tbody>\n</table>\n");
}

static void write_ends(const struct picture *picture, struct output *output)
{
    static const char *const columns[] = {"Name", "Kind", "Namespace", "Service account", "Place", NULL};

    begin_table(output, "ends", "Workloads, and what leads requests to them", columns);
    for (size_t i = 0; i < picture->n_ends; i++) {
        const struct end *end = &picture->ends[i];

        if (!end->object)
            continue;
        output_text(output, "<tr>");
        write_cell(output, end->title);
        write_cell(output, end->what);
        write_cell(output, end->workload ? end->workload->namespace_name : end->object->namespace_name);
        write_cell(output, end->workload ? end->workload->service_account : "");
        output_text(output, "<td>");
        output_html_text(output, end->object->place.file);
        output_print(output, ":%u:%u</td></tr>\n", end->object->place.line, end->object->place.column);
    }
    output_text(output, "</tbody>\n</table>\n");
}

void picture_page(const struct picture *picture, struct output *output)
{
    write_head(output);
    output_text(
        output,
        "<body>\n<h1>Who can talk to whom</h1>\n"
        "<p>By the network policies and the mesh of these manifests. Choose an arrow, or a line in a box, to see why it is allowed.</p>\n");
    output_text(output, tools);
    output_text(output, "<div class=\"picture\" id=\"picture\">\n");
    picture_svg(picture, true, output);
    output_text(output, "</div>\n");
    output_text(output, panel);
    write_connections(picture, output);
    write_ends(picture, output);
    output_text(output, "<script>");
    output_sink(output, page_js, sizeof page_js);
    output_text(output, "</script>\n</body>\n</html>\n");
}
