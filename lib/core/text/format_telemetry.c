/* Forms of numbers and times as Prometheus and OpenTelemetry write them. */
#include "format.h"
#include "format_text.h"

/* A plain decimal, with no sign and no exponent. */
static bool is_decimal(const char *text)
{
    size_t whole = strspn(text, DIGIT), fraction = text[whole] == '.' ? strspn(text + whole + 1, DIGIT) : 0;

    return whole && (whole == 1 || *text != '0') && text[whole + (fraction ? fraction + 1 : 0)] == '\0';
}

/* Whether a decimal is at most `most`, a one and zeros. strtod() is not used, because its decimal point depends on the locale. */
static bool is_at_most(const char *text, const char *most)
{
    size_t whole = strspn(text, DIGIT), longest = strlen(most);

    if (!is_decimal(text) || whole > longest)
        return false;
    return whole < longest || *text == '0' || (!memcmp(text, most, longest) && !text[longest + strspn(text + longest, ".0")]);
}

static bool is_ratio(const char *text)
{
    return is_at_most(text, "1");
}

static bool is_percentage(const char *text)
{
    return is_at_most(text, "100");
}

/* Units from large to small, each at most once. (Prometheus: model.ParseDuration) */
static bool is_scrape_time(const char *text)
{
    static const char *const units[] = {"y", "w", "d", "h", "m", "s", "ms"};
    size_t next = 0;

    if (!strcmp(text, "0"))
        return false;
    for (const char *p = text; *p;) {
        size_t digits = strspn(p, DIGIT), letters = strspn(p + digits, LOWER);

        while (next < 7 && (strlen(units[next]) != letters || memcmp(units[next], p + digits, letters) != 0))
            next++;
        if (!digits || next++ == 7)
            return false;
        p += digits + letters;
    }
    return *text;
}

static bool is_collector_version(const char *text)
{
    size_t minor = strncmp(text, "0.", 2) ? 0 : strspn(text + 2, DIGIT);

    return minor && minor <= 3 && text[2 + minor] == '.' && text[3 + minor] && !text[3 + minor + strspn(text + 3 + minor, DIGIT)];
}

static bool is_image_path(const char *text)
{
    const char *slash = strrchr(text, '/');

    return all_of(text, strlen(text), LOWER DIGIT "._-/:") && is_alnum(*text) && is_alnum(text[strlen(text) - 1]) &&
           !strchr(slash ? slash : text, ':');
}

static bool is_statement(const char *text)
{
    return *text;
}

/* Text in quotes is skipped; brackets must close in their order. */
static bool is_ottl(const char *text)
{
    char open[64];
    size_t depth = 0;

    for (const char *p = text; *p; p++) {
        if (*p == '"') {
            for (p++; *p && *p != '"'; p++)
                p += *p == '\\' && p[1];
            if (!*p)
                return false;
        } else if (strchr("([{", *p)) {
            if (depth == sizeof open)
                return false;
            open[depth++] = *p == '(' ? ')' : *p == '[' ? ']' : '}';
        } else if (strchr(")]}", *p) && (!depth || open[--depth] != *p)) {
            return false;
        }
    }
    return !depth && is_statement(text);
}

const struct hd_format_rule format_ratio = {
    "a number from 0 to 1, such as 0.1", "^(0(\\.[0-9]+)?|1(\\.0+)?)$", 20, is_ratio};
const struct hd_format_rule format_percentage = {
    "a number from 0 to 100, such as 12.5", "^([1-9]?[0-9](\\.[0-9]+)?|100(\\.0+)?)$", 20, is_percentage};
const struct hd_format_rule format_scrape_time = {
    "a time with its unit, such as 30s, 1m or 500ms", "^([0-9]+(y|w|d|h|ms|m|s))+$", 64, is_scrape_time};
const struct hd_format_rule format_collector_version = {
    "a collector's version such as \"0.155.0\"", "^0\\.[0-9]{1,3}\\.[0-9]+$", 16, is_collector_version};
const struct hd_format_rule format_statement = {
    "a text of at most 4000 letters on one line", "^[^" CONTROLS "]+$", 4000, is_statement};
const struct hd_format_rule format_ottl = {
    "a text in which each quote and bracket is closed", "^[^" CONTROLS "]+$", 4000, is_ottl};
const struct hd_format_rule format_image_path = {
    "an image without tag, such as registry.example.com/otel/collector", "^([a-z0-9][a-z0-9._:/-]*/)?[a-z0-9][a-z0-9._-]*$", 255, is_image_path};
